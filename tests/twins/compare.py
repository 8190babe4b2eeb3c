"""Solves exported tables with PyPSA and compares with Altyn's result tables: compare.py TABLES RESULTS --cost COST --style STYLE.

Prints what differs most, and fails where that is more than it may be.
"""

import argparse
import sys
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benches/peers"))

from pypsa_twin import Twin
from tables import Tables

# Both programs are solved to the end: PyPSA's by crossover to a corner, Altyn's to a gap of 1e-11. With one of 1e-9 they would be some
# megawatts apart: the cost is flat around its optimum. What is left is the tolerance of the solvers.
COST = 1e-8
CAPACITY = 1e-5  # GW
PRICE = 1e-3  # USD/MWh
EMISSION_PRICE = 1e-3  # USD/t


def capacities(twin):
    """GW by year, zone and technology."""
    found = []
    for kind in twin.static:
        parts = twin.network.c[kind].static.query("carrier != 'unserved' and not name.str.contains(' backward ')")
        for year in twin.t.years:
            alive = parts[(parts.build_year <= year) & (year < parts.build_year + parts.lifetime)]
            links = "link:" + alive.index.str.split(" ").str[0]
            found.append(pd.DataFrame({
                "year": year,
                "zone": alive.bus0 if kind == "Link" else alive.bus,
                "technology": links if kind == "Link" else alive.carrier,
                "value": alive.p_nom_opt,
            }))
    return pd.concat(found).groupby(["year", "zone", "technology"]).value.sum()


def slice_prices(twin):
    """USD/MWh by year, zone and slice."""
    prices = twin.network.buses_t.marginal_price
    return prices.rename_axis(index=["year", "slice"], columns="zone").stack().reorder_levels(["year", "zone", "slice"])


def yearly_prices(twin, prices):
    """The mean over the slices, weighted by demand."""
    demand = twin.t.demand.groupby(["year", "zone", "slice"]).rate.sum().mul(twin.t.slices.set_index("slice").hours, level="slice")
    return (prices * demand).groupby(["year", "zone"]).sum() / demand.groupby(["year", "zone"]).sum()


def emission_prices(twin):
    """USD/t by year."""
    periods = twin.network.investment_period_weightings
    caps = twin.network.global_constraints.query("type == 'primary_energy'").set_index("investment_period")
    return (-caps.mu * periods.years / periods.objective).rename_axis("year")


class Comparison:
    """What was found, and what differs by too much."""

    def __init__(self):
        self.wrong = []

    def compare(self, what, theirs, ours, tolerance):
        both = pd.DataFrame({"PyPSA": theirs, "Altyn": ours}).fillna(0.0)
        apart = (both.PyPSA - both.Altyn).abs()
        print(f"{what}: {len(both)} compared, {apart.max():.1e} apart at most, {apart.mean():.1e} on average")
        if apart.max() > tolerance:
            self.wrong.append(f"{what}, apart by more than {tolerance}:\n{both[apart > tolerance].to_string()}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tables")
    parser.add_argument("results", type=Path)
    parser.add_argument("--cost", type=float, required=True)
    parser.add_argument("--style", required=True)
    args = parser.parse_args()
    altyn = lambda table, *keys: pd.read_csv(args.results / f"{table}.csv").set_index(list(keys))
    twin = Twin(Tables(args.tables), args.style)
    assert twin.solve({"solver": "ipm"}) == "optimal"
    comparison = Comparison()
    comparison.compare("cost, as a part", pd.Series([twin.objective() / args.cost]), pd.Series([1.0]), COST)
    ours = altyn("capacity", "year", "zone", "technology").capacity
    comparison.compare("capacities, GW", capacities(twin), ours, CAPACITY)
    prices = slice_prices(twin)
    ours = altyn("prices", "commodity").loc["electricity"].set_index(["year", "zone"]).price
    comparison.compare("prices of years, USD/MWh", yearly_prices(twin, prices), ours, PRICE)
    ours = altyn("slice-prices", "year", "zone", "slice").price
    comparison.compare("prices of slices, USD/MWh", prices, ours, PRICE)
    ours = altyn("policies", "year").shadow_price
    comparison.compare("prices of emissions, USD/t", emission_prices(twin), ours, EMISSION_PRICE)
    if comparison.wrong:
        sys.exit("\n".join(comparison.wrong))


if __name__ == "__main__":
    main()
