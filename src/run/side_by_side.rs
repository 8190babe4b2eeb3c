//! Several runs at a time.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Does something for each item, in so many threads, and returns what came of it in the order of the items. After an error no new
/// item is begun. These are threads of their own, since one of rayon's that waits for a solve would begin the next meanwhile.
///
/// # Errors
/// The first error, in the order of the threads.
pub fn side_by_side<I: Sync, T: Send, E: Send>(
    jobs: usize,
    items: &[I],
    work: impl Fn(&I) -> Result<T, E> + Sync,
) -> Result<Vec<T>, E> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let position = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(position) else { return Ok(done) };
            match work(item) {
                Ok(value) => done.push((position, value)),
                Err(error) => {
                    next.store(items.len(), Ordering::Relaxed);
                    return Err(error);
                }
            }
        }
    };
    let ended: Vec<Result<Vec<(usize, T)>, E>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..jobs.clamp(1, items.len().max(1))).map(|_| scope.spawn(run)).collect();
        threads.into_iter().map(|t| t.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let mut done: Vec<(usize, T)> = ended.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    done.sort_by_key(|&(position, _)| position);
    Ok(done.into_iter().map(|(_, value)| value).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_items_is_in_their_order() {
        let squares: Result<Vec<u64>, ()> = side_by_side(3, &[1, 2, 3, 4, 5], |number| Ok(number * number));
        assert_eq!(squares, Ok(vec![1, 4, 9, 16, 25]));
    }

    #[test]
    fn an_error_ends_it() {
        let odd = |number: &u64| if number.is_multiple_of(2) { Err(*number) } else { Ok(()) };
        assert_eq!(side_by_side(1, &[1, 3, 4, 6], odd), Err(4));
    }
}
