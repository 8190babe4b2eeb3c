//! Progress of runs: a spinner per scenario on a terminal, plain lines elsewhere.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::say;
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
        Self { name, bar, quiet }
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
        if let Some(bar) = &self.bar {
            bar.set_message(format!("solving: {} iterations", progress.iterations));
        }
    }

    fn is_interrupted(&self) -> bool {
        is_interrupted()
    }
}

impl RunObserver for Reporter {
    fn stage(&self, stage: Stage, note: &str) {
        let word = match stage {
            Stage::Reading => "reading",
            Stage::Building => "building",
            Stage::Solving => "solving",
            Stage::Writing => "writing",
        };
        let message = if note.is_empty() { word.to_owned() } else { format!("{word}: {note}") };
        match &self.bar {
            Some(bar) => bar.set_message(message),
            None if !self.quiet => say(&format!("{}: {message}", self.name)),
            None => {}
        }
    }
}
