//! What a reader has to do with any input: an answer in time and within bounds of memory, with places where something is wrong.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use altyn::diagnostics::{Diagnostics, Place, Severity};
use altyn::formulation::{self, program::Program};
use altyn::import::osemosys::{self, ImportError};
use altyn::model::{Model, TimeSpec};
use altyn::scenario::Loaded;
use altyn::{run, sweep};

use super::case::Case;
use super::memory::held;

/// Longest time for a case.
const LONGEST: Duration = Duration::from_secs(5);

/// Time after which a case is taken to have no end.
const ENDLESS: Duration = Duration::from_secs(120);

/// Most bytes that are held for a case.
const MOST: usize = 512 << 20;

/// Most of years times slices times parts of a model whose program is built.
const SMALL: usize = 100_000;

/// What becomes of a case.
pub enum Verdict {
    /// What has to be: a scenario, or errors. The number tells answers of one kind from those of others.
    Sound(u64),
    /// What must not be.
    Wrong(String),
}

thread_local! {
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What is being judged, and since when.
static RUNNING: Mutex<Option<(Case, Instant)>> = Mutex::new(None);

/// A folder in which cases are read.
pub struct Judge {
    folder: tempfile::TempDir,
}

impl Judge {
    /// A judge; panics are noted instead of printed, and a case without end ends the process.
    pub fn new() -> Self {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let place = info.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
            PANIC.set(format!("{info} at {place}"));
            if RUNNING.lock().is_ok_and(|running| running.is_none()) {
                print(info);
            }
        }));
        std::thread::spawn(|| {
            loop {
                std::thread::sleep(Duration::from_secs(1));
                let Ok(running) = RUNNING.lock() else { continue };
                if let Some((case, _)) = running.as_ref().filter(|(_, since)| since.elapsed() > ENDLESS) {
                    eprintln!("without end: {}", case.keep(Path::new(env!("CARGO_TARGET_TMPDIR"))).display());
                    std::process::abort();
                }
            }
        });
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Judges a case.
    pub fn verdict(&self, case: &Case) -> Verdict {
        let folder = self.folder.path().join("case");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).unwrap();
        for file in &case.files {
            // Names that can not be are none of the reader's.
            let _ = std::fs::write(folder.join(&file.name), file.written());
        }
        // What ends the process leaves its case here.
        let current = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{}.case", std::process::id()));
        std::fs::write(&current, case.text()).unwrap();
        *RUNNING.lock().unwrap() = Some((case.clone(), Instant::now()));
        let start = spent();
        let (read, bytes) = held(|| catch_unwind(AssertUnwindSafe(|| read(&folder))));
        let time = spent().saturating_sub(start);
        *RUNNING.lock().unwrap() = None;
        std::fs::remove_file(&current).unwrap();
        match read {
            Err(_) => Verdict::Wrong(format!("panic: {}", PANIC.take())),
            Ok(Err(what)) => Verdict::Wrong(what),
            Ok(Ok(_)) if bytes > MOST => Verdict::Wrong(format!("it holds {} MB", bytes >> 20)),
            Ok(Ok(_)) if time > LONGEST => Verdict::Wrong(format!("it takes {} s", time.as_secs())),
            Ok(Ok(answer)) => Verdict::Sound(answer),
        }
    }
}

/// Time for which this thread has run, so that a busy machine judges like an idle one; 0 where the system does not tell.
fn spent() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default())
}

/// Reads the files of a folder; says what is wrong with the answer.
fn read(folder: &Path) -> Result<u64, String> {
    let (scenario, sweep) = (folder.join("scenario.toml"), folder.join("sweep.toml"));
    if sweep.exists() {
        return match sweep::Plan::read(&sweep, &[]) {
            Ok(plan) => {
                plan.shown(0);
                Ok(plan.variants.len().ilog2().into())
            }
            Err(diagnostics) => refused(&diagnostics, folder),
        };
    }
    if scenario.exists() {
        return match run::load(&scenario, &[]) {
            Ok(loaded) => stages(loaded, folder),
            Err(diagnostics) => refused(&diagnostics, folder),
        };
    }
    match osemosys::import(folder, &folder.join("out"), &options()) {
        Ok(imported) => told(&imported.warnings, folder),
        Err(ImportError::Tables(diagnostics)) => refused(&diagnostics, folder),
        Err(other) => Err(other.to_string()),
    }
}

fn options() -> osemosys::Options {
    let text = str::to_owned;
    osemosys::Options {
        name: text("imported"),
        title: None,
        energy_unit: text("PJ"),
        capacity_unit: text("GW"),
        money_unit: text("MUSD"),
        emission_unit: text("Mt"),
        price_year: None,
        defaults: Vec::new(),
    }
}

/// What follows for a scenario that was read: the division of the year and, of a small one, its program.
fn stages(mut loaded: Loaded, folder: &Path) -> Result<u64, String> {
    let grid = run::divide(&mut loaded);
    told(&loaded.warnings, folder)?;
    loaded.merged.show(None);
    let model = &loaded.model;
    let size = model.horizon.len() * grid.slices.len() * parts(model);
    if size > SMALL {
        return Ok(1000 + u64::from(size.ilog2()));
    }
    let built = formulation::build(model, &grid);
    match numbers(&built.program).find(|number| number.is_nan()) {
        Some(_) => Err("the program holds a number that is none".to_owned()),
        None => Ok(2000 + built.program.rows().len() as u64),
    }
}

fn parts(model: &Model) -> usize {
    let days = matches!(model.time, TimeSpec::Days(_));
    let balances = model.commodities.len() * model.zones.len();
    balances + model.processes.len() + model.links.len() + model.markets.len() + model.demands.len() + usize::from(days)
}

fn numbers(program: &Program) -> impl Iterator<Item = f64> {
    let columns = program.columns().iter().flat_map(|column| [column.lower, column.upper, column.cost]);
    let rows = program.rows().iter().map(|row| row.rhs);
    let entries = program.row_ids().flat_map(|row| program.entries(row).iter().map(|(_, number)| *number));
    columns.chain(rows).chain(entries)
}

/// Errors: each has a place, and says what to do.
fn refused(diagnostics: &Diagnostics, folder: &Path) -> Result<u64, String> {
    if !diagnostics.has_errors() {
        return Err("refused without an error".to_owned());
    }
    told(diagnostics, folder)
}

/// Errors and warnings: a place within a file, a message of one line, help.
fn told(diagnostics: &Diagnostics, folder: &Path) -> Result<u64, String> {
    let shown = diagnostics.render(false);
    if let Some(control) = shown.chars().find(|c| c.is_control() && *c != '\n') {
        return Err(format!("{control:?} is shown as it is: {shown}"));
    }
    let (mut kinds, mut texts) = (Vec::new(), Texts::default());
    for problem in diagnostics.iter() {
        let message = &problem.message;
        if problem.help.as_ref().is_none_or(String::is_empty) {
            return Err(format!("no help: {message}"));
        }
        match diagnostics.place(problem) {
            None if problem.severity == Severity::Error && !is_of_no_place(message) => {
                return Err(format!("no place: {message}"));
            }
            Some(place) if !texts.hold(&place, folder) => return Err(format!("{place:?} is no place: {message}")),
            _ => {}
        }
        kinds.push(super::shrink::kind(message));
    }
    kinds.sort();
    kinds.dedup();
    let mut hasher = DefaultHasher::new();
    kinds.hash(&mut hasher);
    Ok(hasher.finish())
}

/// Whether a message is about a file that can not be read, or is not there.
fn is_of_no_place(message: &str) -> bool {
    ["can not read ", "the set ", "slice "].iter().any(|begin| message.starts_with(begin))
}

/// The files that places are in, by lines; each is read once.
#[derive(Default)]
struct Texts(HashMap<String, Option<Vec<usize>>>);

impl Texts {
    /// Whether a place lies within the file that it names. What is no file, or none of the case's own, is not looked at.
    fn hold(&mut self, place: &Place, folder: &Path) -> bool {
        let lengths = self.0.entry(place.name.clone()).or_insert_with(|| {
            let path = Path::new(&place.name);
            let text = std::fs::read_to_string(path).ok().filter(|_| path.starts_with(folder))?;
            Some(text.split('\n').map(|line| line.chars().count()).collect())
        });
        // A mark may stand behind the end of a line.
        let fits = |lengths: &Vec<usize>| lengths.get(place.line - 1).is_some_and(|length| place.column <= length + 2);
        lengths.as_ref().is_none_or(fits)
    }
}
