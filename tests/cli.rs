//! The program as people run it: commands, exit codes, files.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::desk::{Desk, SMALL};

/// The contract of the results: files and header lines.
#[test]
fn a_run_writes_every_table() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    desk.run(&["run", "small.toml"], 0);
    let headers: BTreeMap<String, String> = desk
        .files("results/small")
        .into_iter()
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap().lines().next().unwrap_or("").to_owned()))
        .collect();
    let expected = [
        ("assets.csv", "scenario,year,zone,technology,asset,commissioned,retires,capacity,output,unit"),
        (
            "calibration.csv",
            "scenario,year,statistic,indicator,observed,modelled,deviation,unit,tolerance,within,source",
        ),
        ("capacity.csv", "scenario,year,zone,technology,capacity,unit"),
        ("costs.csv", "scenario,year,zone,technology,component,basis,value,unit"),
        ("dispatch.csv", "scenario,year,zone,slice,commodity,technology,value,unit"),
        ("display.json", "{"),
        ("emissions.csv", "scenario,year,zone,sector,technology,pollutant,value,unit"),
        ("flows.csv", "scenario,year,zone,commodity,technology,direction,value,unit"),
        ("investment.csv", "scenario,year,zone,technology,source,built,retired,capacity_unit,overnight_cost,cost_unit"),
        ("links.csv", "scenario,year,link,commodity,from,to,flow,losses,capacity,utilisation,unit"),
        (
            "markets.csv",
            "scenario,year,market,zone,commodity,direction,step,quantity,unit,price,price_unit,revenue,revenue_unit",
        ),
        ("model.json", "{"),
        ("policies.csv", "scenario,year,policy,limit,actual,slack,shadow_price,unit,price_unit"),
        ("prices.csv", "scenario,year,zone,commodity,price,unit"),
        ("storage.csv", "scenario,year,zone,technology,slice,level,unit"),
        ("summary.json", "{"),
        ("timing.json", "{"),
    ];
    let expected: BTreeMap<String, String> =
        expected.iter().map(|(name, header)| ((*name).to_owned(), (*header).to_owned())).collect();
    assert_eq!(headers, expected);
}

#[test]
fn json_is_the_summary() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    let (out, _) = desk.run(&["run", "small.toml", "--json", "--out", "there"], 0);
    let printed: serde_json::Value = serde_json::from_str(&out).unwrap();
    let written: serde_json::Value =
        serde_json::from_slice(&std::fs::read(desk.path("there/small/summary.json")).unwrap()).unwrap();
    assert_eq!(printed, written);
    assert_eq!(printed["scenario"], "small");
    assert_eq!(printed["title"], "A small scenario");
    assert_eq!(printed["status"], "optimal");
    assert_eq!(printed["years"], serde_json::json!([2025, 2030]));
    assert_eq!(printed["objective"]["unit"], "MUSD2023");
    for key in ["rows", "columns", "nonzeros", "slices"] {
        assert!(printed["model"][key].as_u64().unwrap() > 0, "{key}");
    }
    for key in ["primal_infeasibility", "dual_infeasibility", "gap"] {
        assert!(printed["quality"][key].as_f64().unwrap() < 1e-6, "{key}");
    }
    // 8.76 TWh at 56.1 t/TJ · 3.6 / 0.5.
    let emissions = printed["indicators"]["co2_mt"]["2030"].as_f64().unwrap();
    assert!((emissions - 8.76 * 0.056_1 * 3.6 / 0.5).abs() < 1e-9);
    // Several scenarios make a list.
    std::fs::write(desk.path("other.toml"), "extends = \"small.toml\"\ntitle = \"Another\"").unwrap();
    let (out, _) = desk.run(&["run", "small.toml", "other.toml", "--json"], 0);
    let printed: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(printed[1]["title"], "Another");
}

#[test]
fn the_terminal_shows_indicators_and_where_results_are() {
    let desk = Desk::new(&[("small.toml", SMALL), ("gas.toml", "extends = \"small.toml\"\ntitle = \"More\"")]);
    let (one, progress) = desk.run(&["run", "small.toml"], 0);
    assert!(one.contains("A small scenario") && one.contains("Emissions") && one.contains("Results: results/small"));
    assert!(progress.contains("solving"), "{progress}");
    let (two, _) = desk.run(&["run", "small.toml", "gas.toml"], 0);
    assert!(two.contains("A small scenario") && two.contains("More") && two.contains("results/gas"));
    let (none, nothing) = desk.run(&["run", "small.toml", "--quiet"], 0);
    assert_eq!((none.as_str(), nothing.as_str()), ("", ""));
}

#[test]
fn a_wrong_scenario_ends_with_2_and_writes_nothing() {
    let wrong = SMALL
        .replace("discount-rate = 0.05", "discount-rate = \"5 USD\"")
        .replace("efficiency = 0.5", "eficiency = 0.5")
        .replace("zone = \"a\"", "zone = \"aa\"")
        .replace("\"900 USD/kW\"", "\"900 USD/kv\"")
        .replace("slices = { base = 0.8, peak = 1.8 }", "slices = { base = 0.8, peek = 1.8 }");
    let desk = Desk::new(&[("wrong.toml", &wrong), ("small.toml", SMALL)]);
    let (out, err) = desk.run(&["run", "wrong.toml"], 2);
    assert_eq!(out, "");
    assert!(!desk.path("results").exists(), "nothing is written");
    let mistakes = ["wrong.toml:5:17", "wrong.toml:18:24", "wrong.toml:22:1", "wrong.toml:23:25", "wrong.toml:26:8"];
    for place in mistakes {
        assert!(err.contains(place), "{place} is not in\n{err}");
    }
    assert_eq!(err.matches("= help:").count(), err.matches("error:").count());
    let (_, checked) = desk.run(&["check", "wrong.toml"], 2);
    assert!(err.ends_with(&checked), "{checked}");
    // One wrong scenario does not keep the others from being run.
    desk.run(&["run", "wrong.toml", "small.toml"], 2);
    assert!(desk.path("results/small/summary.json").exists() && !desk.path("results/wrong").exists());
}

#[test]
fn exit_codes() {
    let infeasible = format!("{SMALL}[policies.cap]\nkind = \"emission-cap\"\npollutants = \"co2\"\nmax = \"0 Mt\"\n");
    let unbounded = format!(
        "{SMALL}[markets.fool]\nzone = \"a\"\ncommodity = \"electricity\"\ntrade = \"export\"\nprice = \"900 USD/MWh\"\n"
    );
    let option = format!("{SMALL}[solver]\nsolvr = \"ipm\"\n");
    let desk = Desk::new(&[
        ("small.toml", SMALL),
        ("infeasible.toml", &infeasible),
        ("unbounded.toml", &unbounded),
        ("option.toml", &option),
    ]);
    let (_, err) = desk.run(&["run", "infeasible.toml"], 3);
    assert!(err.contains("infeasible"), "{err}");
    let (_, err) = desk.run(&["run", "unbounded.toml"], 3);
    assert!(err.contains("unbounded"), "{err}");
    assert!(!desk.path("results").exists());
    let (_, err) = desk.run(&["run", "option.toml"], 2);
    assert!(err.contains("option.toml:") && err.contains("`solvr`"), "{err}");
    desk.run(&["run", "missing.toml"], 2);
    desk.run(&["run"], 2);
    desk.run(&["fly"], 2);
    desk.run(&["run", "small.toml", "--time-limit", "soon"], 2);
    desk.run(&["run", "small.toml", "--set", "time.slices.base=2"], 2);
    std::fs::write(desk.path("file"), "").unwrap();
    let (_, err) = desk.run(&["run", "small.toml", "--out", "file/below"], 1);
    assert!(err.contains("can not write"), "{err}");
    desk.run(&["--version"], 0);
    desk.run(&["--help"], 0);
}

#[test]
fn two_files_of_one_name_are_refused() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    std::fs::create_dir(desk.path("sub")).unwrap();
    std::fs::write(desk.path("sub/small.toml"), SMALL).unwrap();
    let (_, err) = desk.run(&["run", "small.toml", "sub/small.toml"], 2);
    assert!(err.contains("would both write to"), "{err}");
}

#[test]
fn settings_change_values() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    let objective = |args: &[&str]| {
        let all: Vec<&str> = ["run", "small.toml", "--json"].iter().chain(args).copied().collect();
        let (out, _) = desk.run(&all, 0);
        serde_json::from_str::<serde_json::Value>(&out).unwrap()["objective"]["value"].as_f64().unwrap()
    };
    let cheap = objective(&["--set", "technologies.ccgt.capital-cost=450 USD/kW"]);
    assert!(cheap < objective(&[]));
}

#[test]
fn check_says_what_a_scenario_holds() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    let (out, err) = desk.run(&["check", "small.toml"], 0);
    assert!(out.starts_with("small.toml: valid. 2 milestone years"), "{out}");
    // The price of gas has a source, what stands in other tables has none; years and slices need none.
    assert!(err.starts_with("warning: ") && err.contains(" figures have no source\n"), "{err}");
    assert!(err.contains("  small.toml:23 technologies.ccgt.capital-cost = \"900 USD/kW\"\n"), "{err}");
    assert!(!err.contains("commodities.gas.price") && !err.contains("horizon"), "{err}");
    // Where a table has one, nothing is said.
    let sourced = SMALL.replace("[technologies.ccgt]", "[technologies.ccgt]\nsource = \"a book\"");
    let desk = Desk::new(&[("small.toml", &sourced)]);
    let (_, err) = desk.run(&["check", "small.toml"], 0);
    assert!(!err.contains("technologies.ccgt"), "{err}");
}

#[test]
fn show_tells_where_values_come_from() {
    let child = "extends = \"small.toml\"\n[technologies.ccgt]\nefficiency = 0.55\n";
    let desk = Desk::new(&[("small.toml", SMALL), ("child.toml", child)]);
    let (out, _) = desk.run(&["show", "child.toml", "technologies.ccgt"], 0);
    assert!(out.contains("technologies.ccgt.efficiency = 0.55  # child.toml:3"), "{out}");
    assert!(out.contains("technologies.ccgt.capital-cost = \"900 USD/kW\"  # small.toml:23"), "{out}");
    let (out, _) = desk.run(&["show", "child.toml", "commodities.gas.price"], 0);
    assert!(out.contains("source: a guess  (estimate)"), "{out}");
    let (out, _) = desk.run(&["show", "child.toml", "--set", "title=Set"], 0);
    assert!(out.contains("title = \"Set\"  # --set:1"), "{out}");
    let (_, err) = desk.run(&["show", "child.toml", "technologies.cgt"], 2);
    assert!(err.contains("did you mean `technologies.ccgt`?"), "{err}");
}

/// The same bytes from run to run, whatever the number of jobs; `timing.json` apart.
#[test]
fn results_are_the_same_from_run_to_run() {
    let other = "extends = \"small.toml\"\n[technologies.ccgt]\nefficiency = 0.55\n";
    let desk = Desk::new(&[("small.toml", SMALL), ("other.toml", other)]);
    for (out, jobs) in [("first", "1"), ("second", "2")] {
        desk.run(&["run", "small.toml", "other.toml", "--jobs", jobs, "--out", out], 0);
    }
    for scenario in ["small", "other"] {
        let mut first = desk.files(&format!("first/{scenario}"));
        let mut second = desk.files(&format!("second/{scenario}"));
        assert!(first.remove("timing.json").is_some() && second.remove("timing.json").is_some());
        assert_eq!(first, second);
    }
}

/// Each scenario of a run has the threads it asks for, one after another.
#[test]
fn scenarios_of_one_run_may_differ_in_threads() {
    let other = "extends = \"small.toml\"\n[solver]\nthreads = 2\n";
    let desk = Desk::new(&[("small.toml", &format!("{SMALL}[solver]\nthreads = 1\n")), ("other.toml", other)]);
    desk.run(&["run", "small.toml", "other.toml", "--jobs", "1"], 0);
}

/// Files of one's own in a results folder survive, results are replaced, and nothing else is left behind.
#[test]
fn a_second_run_replaces_results_and_nothing_else() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    desk.run(&["run", "small.toml"], 0);
    std::fs::write(desk.path("results/small/notes.txt"), "mine").unwrap();
    let before = desk.files("results/small");
    desk.run(&["run", "small.toml", "--set", "technologies.ccgt.efficiency=0.6"], 0);
    let after = desk.files("results/small");
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert_eq!(after["notes.txt"], b"mine");
    assert_ne!(before["flows.csv"], after["flows.csv"]);
}

fn kazakhstan(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name).display().to_string()
}

#[test]
fn a_time_limit_ends_with_4_and_keeps_earlier_results() {
    let desk = Desk::new(&[]);
    let scenario = kazakhstan("reference.toml");
    desk.run(&["run", &scenario, "--quiet", "--set", "time.days=2", "--set", "time.hours=2"], 0);
    let before = desk.files("results/reference");
    let (_, err) = desk.run(&["run", &scenario, "--time-limit", "1s"], 4);
    assert!(err.contains("stopped at a limit"), "{err}");
    assert_eq!(desk.files("results/reference"), before);
}

/// Decomposition says how far it has come, ends within the gap that it is asked for, and gives the same bytes each time.
#[test]
fn decomposition_is_a_method() {
    let desk = Desk::new(&[]);
    let scenario = kazakhstan("neutral-2060.toml");
    let run = |out: &str, threads: &str| {
        let settings = ["--set", "time.days=2", "--set", "time.hours=6", "--method", "decomposition", "--gap", "1e-5"];
        let args = [&["run", &scenario, "--out", out, "--threads", threads][..], &settings].concat();
        let (_, err) = desk.run(&args, 0);
        assert!(err.contains("cost between") && err.contains("gap"), "{err}");
        let mut files = desk.files(&format!("{out}/neutral-2060"));
        files.remove("timing.json");
        files
    };
    let (one, two) = (run("one", "1"), run("two", "2"));
    assert_eq!(one, two);
    let summary: serde_json::Value = serde_json::from_slice(&one["summary.json"]).unwrap();
    assert_eq!(summary["status"], "optimal");
    assert!(summary["quality"]["gap"].as_f64().unwrap() <= 1e-5);
    let (_, err) = desk.run(&["run", &scenario, "--gap", "0"], 2);
    assert!(err.contains("between 0 and 1"), "{err}");
}

/// What decomposition has when time runs out is written, with its gap, if there is anything.
#[test]
fn decomposition_may_stop_at_a_limit() {
    let desk = Desk::new(&[]);
    let scenario = kazakhstan("neutral-2060.toml");
    let limits = ["--gap", "1e-9", "--time-limit", "4s", "--set", "time.days=24"];
    let args = [&["run", &scenario, "--method", "decomposition"][..], &limits].concat();
    let (_, err) = desk.run(&args, 4);
    if let Ok(text) = std::fs::read(desk.path("results/neutral-2060/summary.json")) {
        let summary: serde_json::Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(summary["status"], "feasible");
        assert!(summary["quality"]["gap"].as_f64().unwrap() < 1.0);
    }
    assert!(err.contains("stopped at a limit"), "{err}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_with_130_and_keeps_earlier_results() {
    let desk = Desk::new(&[]);
    let scenario = kazakhstan("reference.toml");
    desk.run(&["run", &scenario, "--quiet", "--set", "time.days=2", "--set", "time.hours=2"], 0);
    let before = desk.files("results/reference");
    for solver in ["simplex", "ipm"] {
        let setting = format!("solver.solver={solver}");
        let args = ["run", &scenario, "--method", "monolith", "--set", &setting];
        let child = desk.command(&args).stderr(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_secs(4));
        let pid = child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        let Output { status, stderr, .. } = child.wait_with_output().unwrap();
        assert_eq!(status.code(), Some(130), "{solver}: {}", String::from_utf8_lossy(&stderr));
        assert_eq!(desk.files("results/reference"), before);
    }
}

/// The reading end of standard output, or of standard error, is gone before anything is written.
#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let desk = Desk::new(&[("small.toml", SMALL), ("wrong.toml", &SMALL.replace("efficiency", "eficiency"))]);
    let closed = || {
        let (read, write) = std::io::pipe().unwrap();
        drop(read);
        write
    };
    for args in [&["check", "small.toml"][..], &["show", "small.toml"], &["run", "small.toml"], &["--help"]] {
        let Output { status, stderr, .. } = desk.command(args).stdout(closed()).output().unwrap();
        let stderr = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(0), "{args:?}\n{stderr}");
        assert!(!stderr.contains("error"), "{args:?}\n{stderr}");
    }
    for (args, code) in [
        (&["check", "wrong.toml"][..], 2),
        (&["run", "wrong.toml"], 2),
        (&["run", "small.toml"], 0),
        (&["show", "small.toml", "nothing"], 2),
    ] {
        assert_eq!(desk.command(args).stderr(closed()).output().unwrap().status.code(), Some(code), "{args:?}");
    }
}

/// A device on which nothing more can be written.
#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_a_failure_with_a_word() {
    let desk = Desk::new(&[("small.toml", SMALL), ("wrong.toml", &SMALL.replace("efficiency", "eficiency"))]);
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for args in [&["check", "small.toml"][..], &["show", "small.toml"], &["run", "small.toml", "--json"]] {
        let Output { status, stderr, .. } = desk.command(args).stdout(full()).output().unwrap();
        let stderr = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(1), "{args:?}\n{stderr}");
        assert!(stderr.contains("can not write to standard output"), "{args:?}\n{stderr}");
    }
    let both = desk.command(&["check", "wrong.toml"]).stdout(full()).stderr(full()).status().unwrap();
    assert_eq!(both.code(), Some(2));
}

/// Options that would write between the results, or that HiGHS would read as 0.
#[test]
fn solver_options_that_reach_beyond_the_solve_are_refused() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    for (setting, word) in [
        ("log_to_console=true", "`log_to_console`"),
        ("output_flag=true", "`output_flag`"),
        ("log_file=log.txt", "reads and writes no files"),
        ("time_limit=\"\"", "`time_limit` is empty"),
        ("time_limit=soon", "does not accept"),
    ] {
        let setting = format!("solver.{setting}");
        let (out, err) = desk.run(&["check", "small.toml", "--set", &setting], 2);
        assert_eq!(out, "", "{setting}");
        assert!(err.contains(word) && err.contains("= help:"), "{setting}: {err}");
    }
}

/// A pipe would be waited for without end, and a device has none.
#[cfg(unix)]
#[test]
fn scenarios_and_profiles_are_files() {
    let profile = SMALL
        .replace("slices = { base = 0.8, peak = 0.2 }", "days = 2")
        .replace("slices = { base = 0.8, peak = 1.8 }", "file = \"pipe\"\ncolumn = \"load\"");
    let desk = Desk::new(&[("small.toml", SMALL), ("profile.toml", &profile), ("child.toml", "extends = \"pipe\"")]);
    assert!(Command::new("mkfifo").arg(desk.path("pipe")).status().unwrap().success());
    for scenario in ["pipe", "profile.toml", "child.toml", "/dev/zero"] {
        let (_, err) = desk.run(&["check", scenario], 2);
        assert!(err.contains("it is a pipe or a device, not a file"), "{scenario}: {err}");
    }
    let (_, err) = desk.run(&["check", "."], 2);
    assert!(err.contains("it is a folder"), "{err}");
}

/// A cost that the solver would take for a mistake is named, instead of a failure of the solver.
#[test]
fn numbers_that_the_solver_can_not_take_are_named() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    let settings = [
        "technologies.ccgt.fixed-cost=9e11 USD/kW/yr",
        "money.discount-rate=-0.1",
        "money.cost-of-capital=0.1",
        "horizon.edge=100",
    ];
    let args: Vec<&str> = ["run", "small.toml"].into_iter().chain(settings.iter().flat_map(|s| ["--set", s])).collect();
    let (_, err) = desk.run(&args, 1);
    assert!(err.contains("small: the cost of capacity[ccgt@a,2030] is"), "{err}");
    assert!(err.contains("help: ") && !desk.path("results").exists(), "{err}");
}

/// Heat of sixty days in winter keeps its year where the days are chosen for it; where they are not, a warning says so.
#[test]
fn a_profile_that_loses_its_mean_is_no_secret() {
    let text = SMALL
        .replace("slices = { base = 0.8, peak = 0.2 }", "days = 1\nhours = 2")
        .replace("slices = { base = 0.8, peak = 1.8 }", "file = \"p.csv\"\ncolumn = \"heat\"");
    let even = "extends = \"ward.toml\"\ntime.method = \"even\"\n";
    let csv = format!("heat\n{}{}", "1\n".repeat(60 * 24), "0\n".repeat(305 * 24));
    let desk = Desk::new(&[("ward.toml", &text), ("even.toml", even), ("p.csv", &csv)]);
    let (_, err) = desk.run(&["run", "ward.toml"], 0);
    assert!(!err.contains("warning"), "{err}");
    let flows = String::from_utf8(desk.files("results/ward").remove("flows.csv").unwrap()).unwrap();
    assert!(flows.contains("ward,2030,a,electricity,demand:load,use,8.76,TWh"), "{flows}");
    for command in ["check", "run"] {
        let (_, err) = desk.run(&[command, "even.toml"], 0);
        assert!(err.contains("warning: on the representative days the mean of profile `load` is 0.0000"), "{err}");
        assert!(
            err.contains("over the year 0.1644") && err.contains("ward.toml:18:1") && err.contains("`days`"),
            "{err}"
        );
    }
}

/// Warnings about a scenario may say why there is no solution: they are shown then too.
#[test]
fn warnings_are_shown_without_a_solution() {
    let policies = r#"
[policies.reserve]
kind = "planning-reserve"
commodity = "electricity"
margin = 0.1
[policies.growth]
kind = "growth-limit"
technologies = ["ccgt"]
rate = 20
seed = "1 GW/yr"
"#;
    let desk = Desk::new(&[("small.toml", &format!("{SMALL}{policies}"))]);
    let (_, err) = desk.run(&["run", "small.toml"], 3);
    assert!(err.contains("2000 %") && err.contains("infeasible"), "{err}");
}
