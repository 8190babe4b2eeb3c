"""The exported power system in PyPSA, built in two ways.

`examples`: as PyPSA's multi-investment examples do it. One extendable component for each technology, zone and year of
building, dispatched on its own as long as it lives. Solver options are HiGHS' defaults.

`tuned`: as few columns as PyPSA can have. One component for each technology, zone and milestone year, active in that year
alone, whose capacity custom constraints tie to what has been built before; the model is handed to HiGHS without a file.

Both let stores return to their level at the end of each representative day, which PyPSA has no option for, by the same
custom constraint. Lines with losses are pairs of links of equal capacity, as is usual.
"""

import argparse
import json
import logging
import time
import warnings

import numpy as np
import pandas as pd
import pypsa
import xarray as xr

from tables import Tables

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)

# What PyPSA takes where a component says nothing.
DEFAULTS = {"p_nom": 0.0, "p_nom_extendable": False, "p_nom_max": np.inf, "p_max_pu": 1.0, "marginal_cost": 0.0, "capital_cost": 0.0}


class Twin:
    """A PyPSA network under construction."""

    def __init__(self, tables, style):
        self.t = tables
        self.style = style
        self.network = n = pypsa.Network()
        self.stamps = pd.MultiIndex.from_product([tables.years, tables.slices.slice])
        n.set_snapshots(self.stamps)
        n.investment_periods = tables.years
        n.investment_period_weightings["objective"] = tables.discount
        n.investment_period_weightings["years"] = tables.periods.set_index("year").years.astype(float)
        repeat = len(tables.years)
        for weighting, values in [
            ("objective", tables.slices.hours / 1000),
            ("generators", tables.slices.hours / 1000),
            ("stores", tables.slices.duration),
        ]:
            n.snapshot_weightings[weighting] = np.tile(values, repeat)
        # Components by fleet and year (tuned), or by fleet and year of building (examples).
        self.parts = []
        self.static = {"Generator": [], "StorageUnit": [], "Link": []}
        self.series = {"p_max_pu": {}, "marginal_cost": {}}

    def over_years(self, by_year):
        """A value or a profile for each year, along all snapshots."""
        width = len(self.t.slices)
        return np.concatenate([np.broadcast_to(by_year[year], width) for year in self.t.years])

    def add(self, kind, name, fleet, attributes, p_max, cost):
        """Adds the components of a fleet. `p_max` and `cost` are by year."""
        t = self.t
        by_year = t.years_of("fleet_years", "fleet", fleet)
        parts = self.by_year(fleet, by_year) if self.style == "tuned" else self.by_vintage(fleet, by_year)
        varies = len({np.asarray(v).tobytes() for v in p_max.values()}) > 1 or np.ndim(p_max[t.years[0]]) > 0
        for label, part in parts:
            full = f"{name} {label}"
            row = dict(attributes, name=full, **part)
            if varies:
                self.series["p_max_pu"][kind, full] = self.over_years(p_max)
            elif kind == "Generator":
                row["p_max_pu"] = p_max[t.years[0]]
            if len(set(cost.values())) > 1:
                self.series["marginal_cost"][kind, full] = self.over_years(cost)
            else:
                row["marginal_cost"] = cost[t.years[0]]
            self.static[kind].append(row)

    def by_year(self, fleet, by_year):
        """Components for each milestone year, with the builds that may stand in it."""
        builds = self.t.builds(fleet)
        for year, values in by_year.iterrows():
            alive = builds[(builds.built <= year) & (builds["last"] >= year)]
            part = {"build_year": year, "lifetime": self.t.year_after[year] - year, "p_nom": values.stock}
            if not alive.empty:
                most = np.inf if np.isnan(values.max_capacity) else values.max_capacity
                part |= {"p_nom_extendable": True, "p_nom_max": most, "capital_cost": values.fixed_cost}
            elif values.stock == 0:
                continue
            yield year, part

    def by_vintage(self, fleet, by_year):
        """Components for each vintage: what stands, and what may be built in a year."""
        t = self.t
        for position, old in enumerate(t.vintages[t.vintages.fleet == fleet].itertuples()):
            life = t.year_after[old.last] - old.built
            yield f"stock{position}", {"build_year": old.built, "lifetime": life, "p_nom": old.capacity}
        fixed = by_year.fixed_cost.unique()
        assert len(fixed) == 1, f"the fixed cost of {fleet} changes with the years"
        for new in t.builds(fleet).itertuples():
            life = t.year_after[new.last] - new.built
            lives = [year for year in t.years if new.built <= year <= new.last]
            annuity = new.present_value / t.discount[lives].sum()
            yield new.built, {
                "build_year": new.built,
                "lifetime": life,
                "p_nom_extendable": True,
                "p_nom_max": new.max_build,
                "capital_cost": annuity + fixed[0],
            }

    def build(self):
        """Adds all components."""
        t, n = self.t, self.network
        n.add("Bus", t.zones.zone)
        n.add("Carrier", t.processes.technology.unique())
        n.add("Carrier", ["line", "unserved"])
        released = t.emissions.merge(t.processes, left_on="unit", right_on="process").groupby("technology").factor
        assert (released.nunique() == 1).all(), "a technology releases the same everywhere"
        n.carriers.loc[released.first().index, "co2_emissions"] = released.first()
        for limit in t.limits.itertuples():
            years = n.investment_period_weightings.years[limit.year]
            n.add("GlobalConstraint", f"co2 {limit.year}", type="primary_energy", carrier_attribute="co2_emissions",
                  sense="<=", constant=limit.limit * years, investment_period=limit.year)
        self.add_demand()
        for process in t.processes.itertuples():
            self.add_process(process)
        for link in t.links.rename(columns={"from": "start", "to": "end"}).itertuples():
            self.add_link(link)
        for kind, rows in self.static.items():
            frame = pd.DataFrame(rows).set_index("name")
            frame = frame.fillna({column: DEFAULTS[column] for column in frame.columns if column in DEFAULTS})
            n.add(kind, frame.index, **frame)
        for attribute, columns in self.series.items():
            for kind in self.static:
                mine = {name: values for (of, name), values in columns.items() if of == kind}
                if mine:
                    n.c[kind].dynamic[attribute] = pd.DataFrame(mine, index=n.snapshots)
        if self.style == "examples":
            self.limit_capacity()

    def add_demand(self):
        t, n = self.t, self.network
        price = t.commodities.set_index("commodity").unserved_cost.electricity
        for zone, rows in t.demand.groupby("zone"):
            load = rows.groupby(["year", "slice"], sort=False).rate.sum().loc[self.stamps].to_numpy()
            load = pd.Series(load, index=n.snapshots)
            n.add("Load", f"load {zone}", bus=zone, p_set=load)
            n.add("Generator", f"unserved {zone}", bus=zone, carrier="unserved", p_nom=load.max(), p_max_pu=load / load.max(),
                  marginal_cost=price, build_year=t.years[0], lifetime=1000)

    def add_process(self, process):
        t = self.t
        bounds = t.years_of("availability", "process", process.process)
        p_max = {year: t.hourly(b.max_profile, b["max"]) for year, b in bounds.iterrows()}
        running = t.years_of("modes", "process", process.process)
        cost = (running.variable_cost + running.fuel_cost).to_dict()
        attributes = {"bus": process.zone, "carrier": process.technology}
        if not process.is_storage:
            return self.add("Generator", process.process, process.fleet, attributes, p_max, cost)
        store = t.storages.set_index("process").loc[process.process]
        assert store.charge_ratio == 1 and set(p_max.values()) == {1.0}
        attributes |= {
            "efficiency_store": store.charge_efficiency,
            "efficiency_dispatch": store.discharge_efficiency,
            "standing_loss": store.loss_per_hour,
            "max_hours": store.duration,
            "cyclic_state_of_charge_per_period": True,
        }
        return self.add("StorageUnit", process.process, process.fleet, attributes, p_max, cost)

    def add_link(self, link):
        years = self.t.years_of("link_years", "link", link.link)
        assert (years.losses.nunique(), years.availability.unique().tolist(), years.variable_cost.max()) == (1, [1], 0)
        for side, start, end in [("forward", link.start, link.end), ("backward", link.end, link.start)]:
            attributes = {"bus0": start, "bus1": end, "carrier": "line", "efficiency": 1 - years.losses.iloc[0]}
            ones = dict.fromkeys(self.t.years, 1.0)
            free = dict.fromkeys(self.t.years, 0.0)
            self.add("Link", f"{link.link} {side}", link.fleet, attributes, ones, free)
        # The second direction comes with the first.
        for row in self.static["Link"]:
            if " backward " in row["name"]:
                row["capital_cost"] = 0.0

    def limit_capacity(self):
        """Total capacity by technology, zone and year, where it is limited."""
        t, n = self.t, self.network
        limits = t.fleet_years.dropna(subset="max_capacity").merge(t.processes, on="fleet")
        for row in limits.itertuples():
            column = f"nom_max_{row.technology}_{row.year}"
            if column not in n.buses:
                n.buses[column] = np.inf
            n.buses.loc[row.zone, column] = row.max_capacity - row.stock

    def solve(self, options):
        """Builds everything and has HiGHS solve it; how that ended."""
        self.build()
        how = {"io_api": "direct"} if self.style == "tuned" else {}
        return self.network.optimize(
            multi_investment_periods=True,
            solver_name="highs",
            solver_options=options,
            extra_functionality=self.customise,
            include_objective_constant=False,
            log_to_console=False,
            **how,
        )[1]

    def objective(self):
        """Discounted cost of everything."""
        return self.network.objective + self.constant()

    def constant(self):
        """What PyPSA leaves out of its objective: fixed cost of what is not extendable, and capital that is committed."""
        fleets = set(self.t.fleets.fleet)
        n, constant = self.network, self.t.constant + self.t.fixed_cost_of_stock(fleets)
        if self.style == "tuned":
            # Capacity of extendable components holds the stock.
            for kind in self.static:
                parts = n.c[kind].static.query("p_nom_extendable")
                constant -= (parts.p_nom * parts.capital_cost * parts.build_year.map(self.t.discount)).sum()
        return constant

    def customise(self, n, _):
        """Custom constraints: stores cycle within days; both directions of a line are one; capacity follows from builds."""
        self.cycle_within_days(n.model)
        if self.style == "tuned":
            self.chain_capacity(n.model)
        else:
            self.pair_links(n.model)

    def cycle_within_days(self, m):
        t, units = self.t, self.network.c.storage_units
        level, charge, discharge = (m[f"StorageUnit-{v}"] for v in ["state_of_charge", "p_store", "p_dispatch"])
        names = level.indexes["name"]
        static = units.static.loc[names]
        days = pd.factorize(t.slices.day)[0]
        before = np.arange(len(days)) - 1
        starts = np.flatnonzero(np.diff(days, prepend=-1))
        before[starts] = np.append(starts[1:], len(days)) - 1
        width = len(days)
        previous = np.concatenate([before + width * position for position in range(len(t.years))])
        earlier = level.isel(snapshot=previous).assign_coords(level.coords)
        per_name = lambda values: xr.DataArray(values.to_numpy(), coords={"name": names}, dims="name")
        hours = xr.DataArray(np.tile(t.slices.duration, len(t.years)), coords={"snapshot": level.coords["snapshot"]}, dims="snapshot")
        kept = (1 - per_name(static.standing_loss)) ** hours
        m.remove_constraints("StorageUnit-energy_balance")
        active = units.da.active.sel(name=names)
        left = (
            level
            - kept * earlier
            - hours * per_name(static.efficiency_store) * charge
            + hours / per_name(static.efficiency_dispatch) * discharge
        )
        m.add_constraints(left, "=", 0, name="StorageUnit-energy_balance", mask=active)

    def pair_links(self, m):
        p_nom = m["Link-p_nom"]
        names = [name for name in p_nom.indexes["name"] if " forward " in name]
        forward = p_nom.sel(name=names)
        backward = p_nom.sel(name=[name.replace(" forward ", " backward ") for name in names])
        m.add_constraints(forward - backward.assign_coords(name=forward.coords["name"]), "=", 0, name="both-ways")

    def chain_capacity(self, m):
        t = self.t
        builds = t.investments
        names = pd.Index(builds.fleet + " " + builds.built.astype(str), name="build")
        build = m.add_variables(0, builds.max_build.fillna(np.inf).to_numpy(), coords=[names], name="build")
        fleets = t.processes.set_index("process").fleet.to_dict()
        for side in ["forward", "backward"]:
            fleets |= {f"{link.link} {side}": link.fleet for link in t.links.itertuples()}
        for kind in self.static:
            p_nom = m[f"{kind}-p_nom"]
            static = self.network.c[kind].static.loc[p_nom.indexes["name"]]
            pairs = pd.DataFrame({
                "part": static.index,
                "fleet": [fleets[name.rsplit(" ", 1)[0]] for name in static.index],
                "year": static.build_year.to_numpy(),
            }).merge(builds, on="fleet")
            pairs = pairs[(pairs.built <= pairs.year) & (pairs.year <= pairs["last"])]
            chosen = build.sel(build=(pairs.fleet + " " + pairs.built.astype(str)).to_list())
            part = xr.DataArray(pairs.part.to_numpy(), coords={"build": chosen.coords["build"]}, dims="build", name="name")
            # Grouping sorts; sums are aligned by position.
            stood = chosen.groupby(part).sum().sel(name=static.index)
            stock = xr.DataArray(static.p_nom.to_numpy(), coords={"name": static.index}, dims="name")
            m.add_constraints(p_nom - stood, "=", stock, name=f"{kind}-chain")
        cost = xr.DataArray(builds.present_value.to_numpy(), coords={"build": names}, dims="build")
        m.objective = m.objective.expression + (cost * build).sum()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tables")
    parser.add_argument("--style", choices=["tuned", "examples"], required=True)
    parser.add_argument("--options", type=json.loads, default={}, help="options of HiGHS")
    args = parser.parse_args()
    start = time.perf_counter()
    twin = Twin(Tables(args.tables), args.style)
    condition = twin.solve(args.options)
    n = twin.network
    found = n.model.solver_model.getInfo()
    print(json.dumps({
        "status": condition,
        "objective": twin.objective(),
        "columns": n.model.solver_model.getNumCol(),
        "rows": n.model.solver_model.getNumRow(),
        "highs_seconds": n.model.solver_model.getRunTime(),
        "seconds": time.perf_counter() - start,
        "iterations": found.simplex_iteration_count,
    }))


if __name__ == "__main__":
    main()
