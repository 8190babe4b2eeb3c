#!/usr/bin/env python3
"""How many days stand for a year: what runs with fewer days miss, and what every day costs.

Solves a scenario with all 365 days and with fewer, chosen in several ways, one run after the other, each as a process of its own. The
tables and the plot go into docs/performance.md and docs/days.svg, the figures into docs/days.json. Needs Python alone.
"""

import argparse
import csv
import json
import shutil
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measuring import ROOT, machine, measure, put_between_markers

PLOT = ROOT / "docs/days.svg"
FIGURES = ROOT / "docs/days.json"

# Ways to choose days, from simple to rich: what a scenario that extends the shipped one says.
SELECTIONS = {
    "evenly spread, peak": 'remove = ["time.calm"]\n[time]\nmethod = "even"\n',
    "Ward, peak": 'remove = ["time.calm"]\n',
    "Ward, peak and dark calm day": "",
}
FULL = 365

# Seconds after which a run is given up.
LIMIT = 3600.0


def solve(altyn, scenario, days, gap, out):
    """Runs a scenario; seconds, CPU seconds and peak memory in MB. Its results are in `out`."""
    command = [altyn, "run", scenario, "--out", out, "--gap", gap, "--set", f"time.days={days}", "--json"]
    found = measure(command, LIMIT)
    if found.pop("answer") is None:
        sys.exit(f"{command} took more than {LIMIT} s")
    return {"days": days, **found}


def read(folder):
    """What is compared of a run: cost, capacities of technologies, prices of electricity."""
    summary = json.loads((folder / "summary.json").read_text())
    capacities = defaultdict(float)
    with open(folder / "capacity.csv") as file:
        for row in csv.DictReader(file):
            if row["unit"] == "GW" and not row["technology"].startswith("link:"):
                capacities[row["year"], row["technology"]] += float(row["capacity"])
    prices = {}
    with open(folder / "prices.csv") as file:
        for row in csv.DictReader(file):
            if row["commodity"] == "electricity" and row["price"]:
                prices[row["year"], row["zone"]] = float(row["price"])
    return {
        "cost": summary["objective"]["value"],
        "gap": summary["quality"]["gap"],
        "capacities": capacities,
        "prices": prices,
    }


def distance(some, full):
    """Sum of absolute differences, as a part of the sum of what is compared with."""
    keys = some.keys() | full.keys()
    return sum(abs(some.get(key, 0.0) - full.get(key, 0.0)) for key in keys) / sum(abs(value) for value in full.values())


def compared(run, full):
    """How far a run is from the one with every day."""
    return {
        "cost": run["cost"],
        "gap": run["gap"],
        "cost_error": run["cost"] / full["cost"] - 1.0,
        "capacity_error": distance(run["capacities"], full["capacities"]),
        "price_error": distance(run["prices"], full["prices"]),
    }


def study(args, scenario):
    """Every selection with every number of days, and all days."""
    path, found = ROOT / f"scenarios/{scenario}.toml", []
    folder = args.work / str(FULL)
    if not (folder / scenario / "summary.json").exists():
        solve(args.altyn, path, FULL, args.loose, folder)
    full = read(folder / scenario)
    found.append({"selection": "every day", "days": FULL, **compared(full, full)})
    for selection, text in SELECTIONS.items():
        other = args.work / f"{scenario}.toml"
        other.write_text(f'extends = "{path}"\n{text}')
        for days in args.days:
            timing = solve(args.altyn, other, days, args.gap, args.work / "part")
            found.append({"selection": selection, **timing, **compared(read(args.work / "part" / scenario), full)})
            print(scenario, selection, days, f"{found[-1]['cost_error']:+.2%}", flush=True)
    return found


def growth(args):
    """Time and memory of more and more days, all to the same loose gap."""
    path = ROOT / f"scenarios/{args.scenario[-1]}.toml"
    return [solve(args.altyn, path, days, args.loose, args.work / str(days)) for days in args.growth]


def selection_table(found):
    """Errors by selection and days."""
    lines = ["| selection | days | cost, MUSD | cost | capacities | prices |", "| --- | --: | --: | --: | --: | --: |"]
    for run in found:
        errors = ["", "", ""]
        if run["selection"] != "every day":
            errors = [f"{run['cost_error']:+.2%}", f"{run['capacity_error']:.1%}", f"{run['price_error']:.1%}"]
        lines.append(f"| {run['selection']} | {run['days']} | {run['cost']:,.0f} | " + " | ".join(errors) + " |")
    return "\n".join(lines)


def growth_table(runs):
    """Time and memory by days."""
    lines = [
        "| days | seconds | CPU seconds | CPU seconds per day | peak MB |",
        "| --: | --: | --: | --: | --: |",
    ]
    for run in runs:
        each = run["cpu_seconds"] / run["days"]
        lines.append(
            f"| {run['days']} | {run['seconds']:.1f} | {run['cpu_seconds']:.1f} | {each:.2f} | {run['memory_mb']:.0f} |"
        )
    return "\n".join(lines)


def plot(runs):
    """Seconds against days as an SVG, with the line through the first point and the origin."""
    width, height, left, bottom = 640, 360, 60, 40
    most_days, most = max(run["days"] for run in runs), 1.1 * max(run["seconds"] for run in runs)
    x = lambda days: left + days / most_days * (width - left - 20)
    y = lambda seconds: height - bottom - seconds / most * (height - bottom - 20)
    slope = runs[0]["seconds"] / runs[0]["days"]
    end = min(most_days, most / slope)
    dots = "".join(f'<circle cx="{x(run["days"]):.1f}" cy="{y(run["seconds"]):.1f}" r="4"/>' for run in runs)
    path = " ".join(f'{x(run["days"]):.1f},{y(run["seconds"]):.1f}' for run in runs)
    ticks = "".join(
        f'<text x="{x(run["days"]):.1f}" y="{height - bottom + 18}" text-anchor="middle">{run["days"]}</text>'
        for run in runs
    )
    steps = [most * part / 4 for part in range(5)]
    ticks += "".join(
        f'<text x="{left - 8}" y="{y(step) + 4:.1f}" text-anchor="end">{step:.0f}</text>'
        f'<line x1="{left}" x2="{width - 20}" y1="{y(step):.1f}" y2="{y(step):.1f}" stroke="#ddd"/>'
        for step in steps
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="{width}" height="{height}" fill="white"/>\n{ticks}\n'
        f'<line x1="{x(0):.1f}" y1="{y(0):.1f}" x2="{x(end):.1f}" y2="{y(end * slope):.1f}" stroke="#999" '
        'stroke-dasharray="4"/>\n'
        f'<polyline points="{path}" fill="none" stroke="#1f6f8b" stroke-width="2"/>\n<g fill="#1f6f8b">{dots}</g>\n'
        f'<text x="{left}" y="14">seconds</text><text x="{width - 20}" y="{height - 4}" text-anchor="end">days; dashed: '
        "as the first point, in proportion</text>\n</svg>\n"
    )


def section(args, found):
    """What stands between the marks of the page."""
    parts = [
        f"Measured on {found['measured']}. Every run is a whole command on `{args.scenario[-1]}`, results written, to a proven gap of {args.loose:g}; "
        f"plot: [days.svg](days.svg).\n",
        growth_table(found["growth"]),
        "\n## Days that represent the year\n",
        f"Runs with fewer days, to a gap of {args.gap:g}, beside the one with every day, to {args.loose:g} or better: the discounted cost; "
        "the capacities of all plants and stores in GW, by technology and year; the mean prices of electricity, by zone and year. "
        "Errors of capacities and prices are sums of absolute differences, as parts of the sum.",
    ]
    for scenario in args.scenario:
        parts += [f"\n`{scenario}`:\n", selection_table(found[scenario])]
    return "\n".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", nargs="+", default=["reference", "neutral-2060"], help="the last one is timed")
    parser.add_argument("--days", nargs="+", type=int, default=[4, 8, 12, 24, 36], help="numbers of days that are compared")
    parser.add_argument("--growth", nargs="+", type=int, default=[12, 36, 73, 146, 365], help="numbers of days that are timed")
    parser.add_argument("--gap", type=float, default=1e-4)
    parser.add_argument("--loose", type=float, default=1e-3, help="gap of the runs that are timed, and of every day")
    parser.add_argument("--altyn", type=Path, default=ROOT / "target/release/altyn", help="the program to run")
    parser.add_argument("--work", type=Path, default=ROOT / "target/days", help="folder for results")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    # What every day gives is solved once, and by the program that is timed.
    shutil.rmtree(args.work / str(FULL), ignore_errors=True)
    found = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    if args.growth:
        found["measured"] = f"{date.today()}: {machine()}"
        found["growth"] = growth(args)
        FIGURES.write_text(json.dumps(found, indent=2) + "\n")
    for scenario in args.scenario if args.days else []:
        found[scenario] = study(args, scenario)
        FIGURES.write_text(json.dumps(found, indent=2) + "\n")
    PLOT.write_text(plot(found["growth"]))
    put_between_markers("days", section(args, found) + "\n")


if __name__ == "__main__":
    main()
