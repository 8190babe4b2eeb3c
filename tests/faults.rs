//! What may go wrong around a run: it is killed, interrupted, left without room, or its files go away. What was there before stays whole.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::desk::{Desk, SMALL};

fn kazakhstan(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name).display().to_string()
}

/// Settings that make a scenario of Kazakhstan small.
const FEW: [&str; 4] = ["--set", "time.days=1", "--set", "horizon.years=[2025, 2035]"];

/// Results without `timing.json`, which is never the same.
fn results(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = desk.files(folder);
    let timing = files.remove("timing.json").unwrap_or_default();
    assert!(serde_json::from_slice::<serde_json::Value>(&timing).is_ok(), "timing.json is not whole");
    files
}

/// Drafts in a folder.
fn drafts(desk: &Desk, folder: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(desk.path(folder)) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".altyn-")).collect()
}

/// Waits until something holds or a process has ended.
fn wait_for(child: &mut Child, holds: impl Fn() -> bool) {
    while !holds() && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(1));
    }
}

/// Twenty kills: ten at moments that are spread over the run, ten at moments that are spread over its writing.
#[test]
fn a_killed_run_leaves_old_results_or_new_ones() {
    let desk = Desk::new(&[]);
    let scenario = kazakhstan("reference.toml");
    let args = |rate: &'static str, out: &'static str| {
        let change = ["--set", rate, "--out", out, "--format", "parquet,xlsx,iamc"];
        [&["run", &scenario, "--quiet"][..], &FEW, &change].concat().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let run = |rate, out| desk.run(&args(rate, out).iter().map(String::as_str).collect::<Vec<_>>(), 0);
    let rates = ["money.discount-rate=0.05", "money.discount-rate=0.06"];
    let started = Instant::now();
    run(rates[0], "results");
    let whole = started.elapsed();
    run(rates[1], "other");
    let known = [results(&desk, "results/reference"), results(&desk, "other/reference")];
    assert_ne!(known[0]["summary.json"], known[1]["summary.json"]);
    let timing: serde_json::Value =
        serde_json::from_slice(&std::fs::read(desk.path("other/reference/timing.json")).unwrap()).unwrap();
    let writing = Duration::from_secs_f64(timing["stages"]["writing"]["seconds"].as_f64().unwrap());
    let (mut now, mut left_behind) = (0, 0);
    for kill in 0..20_u32 {
        let other = 1 - now;
        let mut child = desk.command(&[]).args(args(rates[other], "results")).stdout(Stdio::null()).spawn().unwrap();
        // Parts of the golden section are spread evenly, however many there are.
        let part = (f64::from(kill) * 0.618_034).fract();
        if kill % 2 == 0 {
            sleep(whole.mul_f64(part));
        } else {
            wait_for(&mut child, || !drafts(&desk, "results").is_empty());
            sleep(writing.mul_f64(1.2 * part));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let found = results(&desk, "results/reference");
        now = known
            .iter()
            .position(|known| *known == found)
            .unwrap_or_else(|| panic!("kill {kill}: neither old nor new"));
        left_behind += drafts(&desk, "results").len();
        if kill % 4 == 3 {
            now = 1 - now;
            run(rates[now], "results");
            assert!(results(&desk, "results/reference") == known[now], "after kill {kill}");
            assert_eq!(drafts(&desk, "results"), [""; 0]);
        }
    }
    assert!(left_behind > 0, "no run was killed while it wrote");
}

/// A run by blocks; one of the whole program is interrupted in `cli.rs`.
#[test]
fn an_interrupt_keeps_results() {
    let desk = Desk::new(&[]);
    let scenario = kazakhstan("reference.toml");
    desk.run(&[&["run", &scenario, "--quiet"][..], &FEW].concat(), 0);
    let before = desk.files("results/reference");
    let mut child = desk.command(&["run", &scenario]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("solving")));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let said: Vec<String> = lines.map(|line| line.unwrap()).collect();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{said:?}");
    assert!(said.iter().any(|line| line.contains("interrupted; nothing is written")), "{said:?}");
    assert_eq!(desk.files("results/reference"), before);
    assert_eq!(drafts(&desk, "results"), [""; 0]);
}

/// A file that must not grow: what can not be written is a failure, in every format, and earlier results stay.
#[test]
fn without_room_earlier_results_stay() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    desk.run(&["run", "small.toml"], 0);
    let before = desk.files("results/small");
    for format in ["csv", "parquet", "xlsx"] {
        let limited = format!("trap '' XFSZ; ulimit -f 0; exec \"$0\" run small.toml --format {format}");
        let shell = ["-c", &limited, env!("CARGO_BIN_EXE_altyn")];
        let Output { status, stderr, .. } = Command::new("sh").args(shell).current_dir(desk.path("")).output().unwrap();
        let stderr = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(1), "{format}: {stderr}");
        assert!(stderr.contains("error: can not write ") && !stderr.contains("panic"), "{format}: {stderr}");
        assert_eq!(desk.files("results/small"), before, "{format}");
        assert_eq!(drafts(&desk, "results"), [""; 0], "{format}");
    }
}

/// A file system in memory that is unmounted in the end.
struct Mounted(std::path::PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_earlier_results_stay() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    std::fs::create_dir(desk.path("results")).unwrap();
    let mount = ["-t", "tmpfs", "-o", "size=200k", "tmpfs", "results"];
    let mounted = Command::new("mount").args(mount).current_dir(desk.path("")).output();
    if !mounted.is_ok_and(|mounted| mounted.status.success()) {
        eprintln!("skipped: a file system can not be mounted here");
        return;
    }
    let _mounted = Mounted(desk.path("results"));
    desk.run(&["run", "small.toml"], 0);
    let before = desk.files("results/small");
    // As long as it takes.
    std::fs::write(desk.path("results/filler"), vec![0; 1 << 20]).unwrap_err();
    let (_, err) = desk.run(&["run", "small.toml"], 1);
    assert!(err.contains("can not write") && err.contains("No space left"), "{err}");
    assert_eq!(desk.files("results/small"), before);
    std::fs::remove_file(desk.path("results/filler")).unwrap();
    desk.run(&["run", "small.toml"], 0);
    assert_eq!(drafts(&desk, "results"), [""; 0]);
}

/// Said before anything is solved.
#[test]
fn a_place_that_can_not_be_written_is_told_at_once() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    std::fs::create_dir(desk.path("results")).unwrap();
    std::fs::write(desk.path("results/small"), "mine").unwrap();
    let (_, err) = desk.run(&["run", "small.toml"], 1);
    assert!(err.contains("can not write results/small: there is a file of that name"), "{err}");
    assert!(!err.contains("solving"), "{err}");
    assert_eq!(std::fs::read_to_string(desk.path("results/small")).unwrap(), "mine");
    std::fs::remove_file(desk.path("results/small")).unwrap();
    let mode = |name: &str, mode| std::fs::set_permissions(desk.path(name), PermissionsExt::from_mode(mode)).unwrap();
    mode("", 0o755);
    mode("results", 0o555);
    let mut command = desk.command(&["run", "small.toml"]);
    if std::fs::write(desk.path("results/probe"), "").is_ok() {
        // Nothing keeps root from writing.
        command.uid(65_534).gid(65_534);
    }
    match command.output() {
        Err(error) => eprintln!("skipped: not as another user: {error}"),
        Ok(Output { status, stderr, .. }) => {
            let stderr = String::from_utf8(stderr).unwrap();
            assert_eq!(status.code(), Some(1), "{stderr}");
            assert!(stderr.contains("nothing may be written in results") && !stderr.contains("solving"), "{stderr}");
        }
    }
}

/// A link to a folder stays one, and what it points to has the new results.
#[test]
fn results_may_stand_elsewhere() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    desk.run(&["run", "small.toml", "--out", "store"], 0);
    std::fs::create_dir(desk.path("results")).unwrap();
    std::os::unix::fs::symlink("../store/small", desk.path("results/small")).unwrap();
    let before = desk.files("store/small");
    desk.run(&["run", "small.toml", "--set", "technologies.ccgt.efficiency=0.6"], 0);
    assert!(desk.path("results/small").is_symlink());
    assert_ne!(desk.files("store/small")["flows.csv"], before["flows.csv"]);
    assert!(drafts(&desk, "store").is_empty() && drafts(&desk, "results").is_empty());
}

#[test]
fn a_profile_that_is_missing_has_its_place() {
    let text = SMALL
        .replace("slices = { base = 0.8, peak = 0.2 }", "days = 1\nhours = 2")
        .replace("slices = { base = 0.8, peak = 1.8 }", "file = \"p.csv\"\ncolumn = \"heat\"");
    let desk = Desk::new(&[("small.toml", &text)]);
    let (_, err) = desk.run(&["run", "small.toml"], 2);
    assert!(err.contains("small.toml:19:8") && err.contains("p.csv"), "{err}");
    assert!(!desk.path("results").exists());
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// All files are read before the program is solved: what becomes of them then changes nothing.
#[test]
fn files_may_go_while_a_run_solves() {
    let desk = Desk::new(&[]);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"), &desk.path("scenarios"));
    let args = |out: &'static str| [&["run", "scenarios/reference.toml", "--out", out][..], &FEW].concat();
    desk.run(&args("before"), 0);
    let mut child = desk.command(&args("results")).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("solving")));
    std::fs::remove_dir_all(desk.path("scenarios")).unwrap();
    let said: Vec<String> = lines.map(|line| line.unwrap()).collect();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said:?}");
    assert_eq!(results(&desk, "results/reference"), results(&desk, "before/reference"));
}

/// `altyn show … | head -1`
#[test]
fn a_pipe_may_be_closed_after_the_first_line() {
    let desk = Desk::new(&[]);
    let scenario = kazakhstan("reference.toml");
    let mut show = desk.command(&["show", &scenario]);
    let mut child = show.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains(" = "), "{line}");
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!((status.code(), String::from_utf8(stderr).unwrap().as_str()), (Some(0), ""));
}
