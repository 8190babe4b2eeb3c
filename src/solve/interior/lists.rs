//! Positions, and lists of them, in half the memory.

/// Lists of entries, one list after the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lists {
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { starts: vec![0], members: Vec::new() }
    }
}

impl Lists {
    /// So many lists, of members that come with the list they belong to, the first list's first.
    pub fn of(count: usize, members: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut lists =
            Self { starts: Vec::with_capacity(count + 1), members: Vec::with_capacity(members.size_hint().0) };
        lists.starts.push(0);
        for (list, member) in members {
            lists.end_until(list as usize);
            lists.members.push(member);
        }
        lists.end_until(count);
        lists
    }

    /// Ends the last list, and others without members, until there are so many.
    fn end_until(&mut self, count: usize) {
        self.starts.resize(count + 1, index(self.members.len()));
    }

    /// Number of lists.
    #[inline]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Where the entries of a list are among those of all.
    #[inline]
    pub fn span(&self, list: usize) -> std::ops::Range<usize> {
        self.starts[list] as usize..self.starts[list + 1] as usize
    }

    /// A list.
    #[inline]
    pub fn list(&self, list: usize) -> &[u32] {
        &self.members[self.span(list)]
    }
}

/// A position that is stored in 32 bits.
pub fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_may_be_empty() {
        let lists = Lists::of(4, [(1, 7), (1, 8), (2, 9)].into_iter());
        let all: Vec<&[u32]> = (0..lists.len()).map(|list| lists.list(list)).collect();
        assert_eq!(all, [&[][..], &[7, 8], &[9], &[]]);
    }
}
