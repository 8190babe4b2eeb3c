//! `altyn explain`: what sets a price, which limits bind, and why something is not built.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use indicatif::MultiProgress;
use serde_json::json;

use super::progress::{Reporter, catch_interrupts};
use super::scenarios::{failed, judged, options, stem};
use super::solver::SolverArgs;
use super::{Exit, print, report, say};
use crate::explain::{Answer, Narrowed, Question, Unanswerable, answer, terminal};
use crate::model::Model;
use crate::results::Timing;
use crate::results::read::Stored;
use crate::run::{self, RunError, RunObserver as _, RunOptions, Stage, fingerprint, solve_model, wanted_gap};
use crate::scenario::Loaded;
use crate::time::TimeGrid;

/// Arguments of `altyn explain`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A scenario file, or a folder with its results; it is solved anew either way
    #[arg(value_name = "SCENARIO.toml|RESULT_DIR")]
    scenario: PathBuf,
    /// What to explain; all at a glance without it
    #[arg(value_enum)]
    what: Option<What>,
    /// A commodity, a policy (finance:NAME for a source of finance), or a technology (link:NAME for a link)
    #[arg(requires = "what")]
    name: Option<String>,
    /// In this zone; in all without it
    #[arg(long)]
    zone: Option<String>,
    /// In this milestone year; in all without it
    #[arg(long)]
    year: Option<i32>,
    /// In this step of the commodity's balance, as dispatch.csv names it: d017h05
    #[arg(long)]
    slice: Option<String>,
    /// Change a value, as a file that extends the scenario would: time.days=12
    #[arg(long = "set", value_name = "PATH=VALUE")]
    overrides: Vec<String>,
    /// Print for other programs
    #[arg(long)]
    json: bool,
    /// Print no progress
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    solver: SolverArgs,
}

/// What may be explained.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum What {
    /// What sets the price of a commodity
    Price,
    /// Where a policy binds, and what a unit more would save
    Policy,
    /// Why a technology is built or not, and what it would have to cost
    Technology,
}

/// Solves the scenario and explains it.
pub fn main(args: &Args) -> Exit {
    catch_interrupts();
    let options = options(Path::new(""), &args.overrides, &args.solver);
    let (path, was) = match source(&args.scenario) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let mut loaded = match run::load(&path, &options.overrides) {
        Ok(loaded) => loaded,
        Err(diagnostics) => {
            report(&diagnostics);
            return Exit::Invalid;
        }
    };
    if was.is_some_and(|was| was != fingerprint(&loaded, &options)) {
        say(&format!(
            "warning: {} is out of date, or was run with other options; explained is {} as it is now",
            args.scenario.display(),
            path.display()
        ));
    }
    let grid = run::divide(&mut loaded);
    let question = match ask(args, &loaded.model, &grid) {
        Ok(question) => question,
        Err(error) => {
            say(&format!("error: {error}"));
            return Exit::Invalid;
        }
    };
    match solve_and_answer(args, &path, loaded, &grid, &options, &question) {
        Ok((answer, exit)) => shown(args, &path, &answer).max(exit),
        Err(error) => failed(&path, &error),
    }
}

/// The scenario file, and of a folder with results the fingerprint of their run.
fn source(path: &Path) -> Result<(PathBuf, Option<String>), Exit> {
    if !path.is_dir() {
        return Ok((path.to_owned(), None));
    }
    let stored = super::open(&[path.to_owned()]).and_then(|mut stored| stored.pop()).ok_or(Exit::Failed)?;
    let Stored { summary, resolved, .. } = stored;
    let mut files = resolved.origins.values().map(|origin| PathBuf::from(&origin.file));
    let Some(file) = files.find(|file| stem(file) == summary.scenario) else {
        let (folder, id) = (path.display(), summary.scenario);
        say(&format!(
            "error: {folder} does not say which file scenario `{id}` is\nhelp: give the scenario file itself"
        ));
        return Err(Exit::Invalid);
    };
    Ok((file, Some(summary.fingerprint)))
}

fn ask(args: &Args, model: &Model, grid: &TimeGrid) -> Result<Question, Unanswerable> {
    let Args { zone, year, slice, .. } = args;
    let by = Narrowed { zone: zone.as_deref(), year: *year, slice: slice.as_deref() };
    // An empty name is none that the scenario has, and the error lists those that it has.
    let name = args.name.as_deref().unwrap_or_default();
    match args.what {
        None => Ok(Question::Overview),
        Some(What::Price) => Question::price(model, grid, name, by),
        Some(What::Policy) => Question::policy(model, name),
        Some(What::Technology) => Question::technology(model, name, by),
    }
}

fn solve_and_answer(
    args: &Args,
    path: &Path,
    loaded: Loaded,
    grid: &TimeGrid,
    options: &RunOptions,
    question: &Question,
) -> Result<(Answer, Exit), RunError> {
    let bars = std::io::stderr().is_terminal().then(MultiProgress::new);
    let reporter = Reporter::new(stem(path), bars.as_ref(), args.quiet);
    let Loaded { model, mut warnings, merged } = loaded;
    let solved = solve_model((&model, grid, &merged), &mut warnings, options, &mut Timing::start(), &reporter);
    let answer = solved.map(|solved| {
        reporter.stage(Stage::Explaining, "");
        let size = solved.formulations.size;
        (answer(&solved, question), solved.solutions.first().map(|first| first.quality), solved.status(), size.rows)
    });
    reporter.finish(if answer.is_ok() { "explained" } else { "failed" });
    let (answer, quality, status, rows) = answer?;
    report(&warnings);
    let wanted_gap = wanted_gap(options.method, rows, options.gap);
    let exit = quality.map_or(Exit::Done, |quality| judged(&stem(path), status, &quality, wanted_gap));
    Ok((answer, exit))
}

fn shown(args: &Args, path: &Path, answer: &Answer) -> Exit {
    if !args.json {
        return print(&terminal::answer(answer));
    }
    match serde_json::to_string_pretty(&json!({ "scenario": stem(path), "answer": answer })) {
        Ok(text) => print(&(text + "\n")),
        Err(error) => {
            say(&format!("error: {error}"));
            Exit::Failed
        }
    }
}
