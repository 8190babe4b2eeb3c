//! Progress of runs: a spinner per scenario on a terminal, plain lines elsewhere.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::say;
use crate::results::terminal::number;
use crate::run::{RunObserver, Stage};
use crate::solve::{Observer, Progress};

/// Set when the user asks to stop.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Catches Ctrl-C: the first stops the solver cleanly, the second ends the process.
pub fn catch_interrupts() {
    let caught = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
    if let Err(error) = caught {
        say(&format!("warning: Ctrl-C will end the process at once: {error}"));
    }
}

/// Whether the user has asked to stop.
pub fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Shows how one scenario comes along.
pub struct Reporter {
    name: String,
    bar: Option<ProgressBar>,
    quiet: bool,
    /// The gap of the last plain line.
    said: Mutex<f64>,
}

impl Reporter {
    /// A reporter for a scenario; `bars` is `None` where there is no terminal.
    pub fn new(name: String, bars: Option<&MultiProgress>, quiet: bool) -> Self {
        let bar = bars.filter(|_| !quiet).map(|bars| {
            let bar = bars.add(ProgressBar::new_spinner());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix:<20} {elapsed:>4}  {msg}") {
                bar.set_style(style);
            }
            bar.set_prefix(name.clone());
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self { name, bar, quiet, said: Mutex::new(f64::INFINITY) }
    }

    /// Ends with a last word.
    pub fn finish(&self, message: &str) {
        match &self.bar {
            Some(bar) => bar.finish_with_message(message.to_owned()),
            None if !self.quiet => say(&format!("{}: {message}", self.name)),
            None => {}
        }
    }
}

impl Observer for Reporter {
    fn progress(&self, progress: Progress) {
        let message = match progress.bounds {
            None => format!("solving: {} iterations", progress.iterations),
            Some(bounds) => format!(
                "solving: iteration {}, cost between {} and {}, gap {:.1e}",
                progress.iterations,
                cost(bounds.lower),
                cost(bounds.upper),
                bounds.gap()
            ),
        };
        match &self.bar {
            Some(bar) => bar.set_message(message),
            None if self.quiet => {}
            None => {
                let gap = progress.bounds.map_or(f64::INFINITY, |bounds| bounds.gap());
                let Ok(mut said) = self.said.lock() else { return };
                // A line for each halving is enough for a log.
                if gap < 0.5 * *said {
                    *said = gap;
                    say(&format!("{}: {message}", self.name));
                }
            }
        }
    }

    fn is_interrupted(&self) -> bool {
        is_interrupted()
    }
}

/// A cost; what is not known yet is a question mark.
fn cost(value: f64) -> String {
    if value.is_finite() { number(value) } else { "?".to_owned() }
}

impl RunObserver for Reporter {
    fn warn(&self, warning: &str) {
        let text = format!("warning: {}: {warning}", self.name);
        match &self.bar {
            Some(bar) => bar.suspend(|| say(&text)),
            None => say(&text),
        }
    }

    fn stage(&self, stage: Stage, note: &str) {
        let word = match stage {
            Stage::Reading => "reading",
            Stage::Building => "building",
            Stage::Solving => "solving",
            Stage::Writing => "writing",
            Stage::Explaining => "explaining",
        };
        let message = if note.is_empty() { word.to_owned() } else { format!("{word}: {note}") };
        match &self.bar {
            Some(bar) => bar.set_message(message),
            None if !self.quiet => say(&format!("{}: {message}", self.name)),
            None => {}
        }
    }
}
