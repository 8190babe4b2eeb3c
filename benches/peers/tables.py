"""Altyn's exported tables (docs/export.md), and what of them the twins can build."""

from pathlib import Path

import pandas as pd


class Tables:
    """The tables of one export; `tables.slices` is `slices.csv`."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.years = list(self.periods.year)
        self.discount = self.periods.set_index("year").discount
        self.year_after = dict(zip(self.years, self.years[1:] + [self.years[-1] + 5]))
        self.constant = self.constants.present_value.sum()
        self._refuse_what_the_twins_lack()

    def __getattr__(self, name):
        table = pd.read_csv(self.folder / f"{name}.csv", keep_default_na=False, na_values=[""])
        setattr(self, name, table)
        return table

    def _refuse_what_the_twins_lack(self):
        assert self.markets.empty, "the twins know no markets"
        assert not self.fleets.early_retirement.any(), "the twins know no early retirement"
        bounds = self.availability
        assert (bounds["min"] == 0).all() and (bounds.min_annual == 0).all(), "the twins know no least activity"
        assert (bounds.max_annual.fillna(1) >= 1).all(), "the twins know no yearly factors"
        assert (self.storages.cycle == "day").all() and self.storages.tank.isna().all()
        assert (self.limits.kind == "emission-cap").all() and (self.limits.bound == "max").all()
        assert set(self.emissions.pollutant) <= {"co2"}
        assert (self.modes.unit == self.modes.process).all(), "each process is one unit of dispatch with one mode"
        assert (self.fleet_years.min_capacity == 0).all() and (self.investments.min_build == 0).all()

    def hourly(self, profile, factor):
        """Factor times profile by slice: a number where there is no profile."""
        if not isinstance(profile, str):
            return factor
        values = self.profiles[self.profiles.profile == profile].set_index("slice").value
        return factor * values.loc[self.slices.slice].to_numpy()

    def years_of(self, table, key, name):
        """Rows of a table by year for one thing."""
        rows = getattr(self, table)
        return rows[rows[key] == name].set_index("year")

    def builds(self, fleet):
        """What may be built of a fleet, by year of building."""
        return self.investments[self.investments.fleet == fleet]

    def fixed_cost_of_stock(self, fleets):
        """Present value of the fixed cost of what stands already."""
        rows = self.fleet_years[self.fleet_years.fleet.isin(fleets)]
        return (rows.stock * rows.fixed_cost * rows.year.map(self.discount)).sum()
