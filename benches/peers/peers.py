#!/usr/bin/env python3
"""Times Altyn against PyPSA and bare HiGHS on the same power system, and checks that all find the same cost.

Everything runs in one go, one program after the other, each as a process of its own with a time limit; time is from the start of
the process to its end, memory is its peak. The table goes into docs/performance.md, the figures into docs/peers.json.
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from measuring import ROOT, machine, measure, put_between_markers

WORK = ROOT / "target/peers"
PYTHON = WORK / "venv/bin/python"
ALTYN = ROOT / "target/release/altyn"
SCENARIO = HERE / "power.toml"
FIGURES = ROOT / "docs/peers.json"

# Runs that take longer are not repeated.
LONG = 60.0
IPM = {"solver": "ipm"}
NO_CROSSOVER = {"solver": "ipm", "run_crossover": "off"}


def contestants(altyn, work, settings, gap):
    """Name and command of each. The first solves exactly: the others are held to its cost."""
    altyn = [altyn, "run", SCENARIO, "--out", work / "results", "--json", *settings]
    highs = [PYTHON, HERE / "bare_highs.py", work / "program.mps", "--options"]
    pypsa = [PYTHON, HERE / "pypsa_twin.py", work / "tables", "--options"]
    return {
        "Altyn, whole program": [*altyn, "--method", "monolith"],
        "Altyn, decomposition": [*altyn, "--method", "decomposition", "--gap", str(gap)],
        "HiGHS on Altyn's program, interior point and crossover": [*highs, json.dumps(IPM)],
        "HiGHS on Altyn's program, as it comes": [*highs, "{}"],
        "PyPSA tuned, interior point without crossover": [*pypsa, json.dumps(NO_CROSSOVER), "--style", "tuned"],
        "PyPSA tuned, HiGHS as it comes": [*pypsa, "{}", "--style", "tuned"],
        "PyPSA as its examples do it": [*pypsa, "{}", "--style", "examples"],
    }


def answer(found):
    """Cost, gap and size from what a program prints."""
    if "model" in found:
        size = found["model"]
        return found["objective"]["value"], found["quality"]["gap"], size["columns"], size["rows"]
    if found["status"] != "optimal":
        sys.exit(f"not solved: {found}")
    return found["objective"], 0.0, found["columns"], found["rows"]


def compare(days, args):
    """Times all contestants at a number of days."""
    work = WORK / f"{days}-days"
    work.mkdir(parents=True, exist_ok=True)
    settings = [f"--set=time.days={days}", *(f"--set={setting}" for setting in args.set)]
    for form, out in [("mps", "program.mps"), ("tables", "tables")]:
        subprocess.run([args.altyn, "export", SCENARIO, "--to", form, "--out", work / out, *settings], check=True)
    chosen = {
        name: command
        for name, command in contestants(args.altyn, work, settings, args.gap).items()
        if not args.only or any(word in name for word in args.only)
    }
    runs = {name: [] for name in chosen}
    conditions = machine()
    for _ in range(args.rounds):
        for name, command in chosen.items():
            if runs[name] and runs[name][0]["seconds"] > LONG:
                continue
            print(f"{days} days: {name} ...", end=" ", flush=True, file=sys.stderr)
            runs[name].append(measure(command, args.limit))
            print(f"{runs[name][-1]['seconds']:.1f} s", file=sys.stderr)
    rows = [row(name, times) for name, times in runs.items()]
    check(rows)
    return {
        "days": days,
        "date": date.today().isoformat(),
        "machine": conditions,
        "versions": versions(args.altyn),
        "limit": args.limit,
        "rounds": args.rounds,
        "contestants": rows,
    }


def row(name, runs):
    """Median time and greatest memory of some runs of the same command."""
    found = {
        "name": name,
        "runs": len(runs),
        "seconds": statistics.median(run["seconds"] for run in runs),
        "cpu_seconds": statistics.median(run["cpu_seconds"] for run in runs),
        "memory_mb": max(run["memory_mb"] for run in runs),
        "stopped": runs[0]["answer"] is None,
    }
    if not found["stopped"]:
        found["cost"], found["gap"], found["columns"], found["rows"] = answer(runs[0]["answer"])
        found["highs_seconds"] = runs[0]["answer"].get("highs_seconds")
    return found


def check(rows):
    """All costs must agree with the first, or within the proven gaps."""
    solved = [row for row in rows if not row["stopped"]]
    for other in solved[1:]:
        apart = abs(other["cost"] / solved[0]["cost"] - 1)
        if apart > max(1e-6, other["gap"], solved[0]["gap"]):
            sys.exit(f"{other['name']} costs {other['cost']}, and {solved[0]['name']} {solved[0]['cost']}")


def markdown(parts):
    """The section of docs/performance.md."""
    lines = []
    for part in parts:
        base = next((row for row in part["contestants"] if row["name"] == "Altyn, decomposition"), None)
        lines += [
            f"**{part['days']} representative days.** Measured on {part['date']}: {part['machine']}. {part['versions']}. Time limit "
            f"{part['limit']:.0f} s; median of up to {part['rounds']} runs (one where it takes more than {LONG:.0f} s).",
            "",
            "| | seconds | CPU seconds | seconds in HiGHS | peak MB | columns | rows | cost, MUSD | × seconds | × CPU | × memory |",
            "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
        ]
        for row in part["contestants"]:
            over = "> " if row["stopped"] else ""
            inside = row.get("highs_seconds")
            size = ["", "", "not solved"] if row["stopped"] else [row["columns"], row["rows"], f"{row['cost']:,.2f}"]
            ratios = ["", "", ""]
            if base and not base["stopped"]:
                ratios = [f"{over}{row[key] / base[key]:.1f}" for key in ("seconds", "cpu_seconds", "memory_mb")]
            cells = [row["name"], f"{over}{row['seconds']:.1f}", f"{over}{row['cpu_seconds']:.1f}", f"{inside:.1f}" if inside else "",
                     f"{over}{row['memory_mb']:.0f}", *map(str, size), *ratios]
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def versions(altyn):
    """Versions of everything that takes part."""
    script = "from importlib.metadata import version as v; print(', '.join(f'{p} {v(p)}' for p in ['pypsa', 'linopy', 'highspy']))"
    packages = subprocess.run([PYTHON, "-c", script], check=True, capture_output=True, text=True).stdout.strip()
    own = subprocess.run([altyn, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    return f"{own}, {packages}, Python {platform.python_version()}"


def prepare(altyn):
    """A Python environment of its own, with the versions of requirements.txt."""
    wanted, installed = HERE / "requirements.txt", WORK / "requirements.txt"
    if not installed.exists() or installed.read_text() != wanted.read_text():
        subprocess.run([sys.executable, "-m", "venv", WORK / "venv"], check=True)
        subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "-r", wanted], check=True)
        installed.write_text(wanted.read_text())
    if not altyn.exists():
        sys.exit("build Altyn first: make build")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, nargs="+", default=[4, 12])
    parser.add_argument("--limit", type=float, default=900.0, help="seconds for each run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gap", type=float, default=1e-4, help="gap of decomposition")
    parser.add_argument("--set", action="append", default=[], help="setting of the scenario, as for altyn")
    parser.add_argument("--altyn", type=Path, default=ALTYN, help="the program to time")
    parser.add_argument("--only", action="append", default=[], help="contestants whose name holds this")
    parser.add_argument("--dry", action="store_true", help="print the table, and leave docs as they are")
    args = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    prepare(args.altyn)
    # What was measured at other numbers of days stays.
    parts = {part["days"]: part for part in json.loads(FIGURES.read_text())} if FIGURES.exists() else {}
    for days in args.days:
        parts[days] = compare(days, args)
        print(markdown([parts[days]]))
        if not args.dry:
            kept = [parts[days] for days in sorted(parts)]
            FIGURES.write_text(json.dumps(kept, indent=2) + "\n")
            put_between_markers("peers", markdown(kept))


if __name__ == "__main__":
    main()
