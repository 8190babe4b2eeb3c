//! What each column and row means.

use std::fmt;

use super::unit::UnitId;
use crate::model::*;
use crate::time::{Bucket, DayId, TimeGrid};

/// Meaning of a column. Rates and capacities are in GW (or kt/h), amounts in TWh (or Mt) unless said.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ColumnKey {
    /// Capacity built in the period of a year.
    Build(FleetId, YearId),
    /// Part of what is built in the period of a year that a source finances.
    Financed(FinanceId, FleetId, YearId),
    /// Capacity of a vintage (by its position in the fleet) that still stands.
    Living(FleetId, u16, YearId),
    /// Capacity that stands in a year.
    Capacity(FleetId, YearId),
    /// Activity of a unit in a mode (by its position).
    Activity(UnitId, u8, YearId, Bucket),
    /// Rate at which a storage takes in.
    Charge(ProcessId, YearId, Bucket),
    /// Rate at which a storage gives out.
    Discharge(ProcessId, YearId, Bucket),
    /// Level of a storage at the end of a bucket, GWh (or kt); for a yearly store relative to the day's start.
    Level(ProcessId, YearId, Bucket),
    /// Change of level over a representative day, TWh (or Mt).
    NetCharge(ProcessId, YearId, DayId),
    /// Power of a store with a tank of its own that counts as firm.
    Firm(ProcessId, PolicyId, YearId),
    /// Load that a planning reserve has to exceed.
    Peak(PolicyId, YearId),
    /// Highest level within a day above its start, TWh (or Mt).
    SwingUp(ProcessId, YearId, DayId),
    /// Lowest level within a day below its start, TWh (or Mt).
    SwingDown(ProcessId, YearId, DayId),
    /// Level at the start of a run of the calendar (by its position), TWh (or Mt).
    CalendarLevel(ProcessId, YearId, u16),
    /// Flow into a link at its `from` end of a commodity (by its position).
    Forward(LinkId, u8, YearId, Bucket),
    /// Flow into a link at its `to` end.
    Backward(LinkId, u8, YearId, Bucket),
    /// Rate traded with a market.
    Traded(MarketId, YearId, Bucket),
    /// Yearly amount traded in a price step (by its position).
    Step(MarketId, YearId, u16),
    /// Demand that is not met.
    Unserved(ZoneId, CommodityId, YearId, Bucket),
    /// What a class of suppliers throws away of its own supply, where a policy counts the commodity.
    Surplus(ZoneId, CommodityId, u8, YearId, Bucket),
    /// Part of a yearly sum that falls on a representative day.
    Tally(Sum, YearId, DayId),
    /// Violation of a soft policy, in the unit of its limit; `true` for an upper limit.
    Slack(PolicyId, YearId, bool),
    /// By how much a limit of an elastic program is missed.
    Missed(u32),
}

/// A yearly (or seasonal) sum to which days contribute.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sum {
    /// Mean net supply of a commodity over a day.
    Balance(ZoneId, CommodityId),
    /// Mean activity of a process over a day.
    Activity(ProcessId),
    /// Amount traded with a market.
    Market(MarketId),
    /// What a policy counts.
    Policy(PolicyId),
}

/// Meaning of a row.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RowKey {
    /// Capacity is the sum of the living vintages.
    Capacity(FleetId, YearId),
    /// A vintage never grows.
    Ageing(FleetId, u16, YearId),
    /// What is built is what sources finance.
    Financing(FleetId, YearId),
    /// What a source has to give in a year.
    FinanceLimit(FinanceId, YearId),
    /// Growth of building.
    Growth(FleetId, YearId),
    /// Activity within available capacity.
    Availability(UnitId, YearId, Bucket),
    /// Activity at least the must-run part.
    MinActivity(UnitId, YearId, Bucket),
    /// Upper bound on the yearly average of activity.
    MaxAnnualFactor(ProcessId, YearId),
    /// Lower bound on the yearly average of activity.
    MinAnnualFactor(ProcessId, YearId),
    /// Charging within capacity.
    ChargeLimit(ProcessId, YearId, Bucket),
    /// Discharging within capacity.
    DischargeLimit(ProcessId, YearId, Bucket),
    /// Level follows charging and discharging.
    StorageBalance(ProcessId, YearId, Bucket),
    /// Level within the tank.
    TankLimit(ProcessId, YearId, Bucket),
    /// Change over a day.
    NetCharge(ProcessId, YearId, DayId),
    /// Firm power of a store within its power (`false`) or its tank (`true`).
    Firm(ProcessId, PolicyId, YearId, bool),
    /// The peak is at least the load of a bucket.
    Peak(PolicyId, YearId, Bucket),
    /// Swing above the day's start.
    SwingUp(ProcessId, YearId, Bucket),
    /// Swing below the day's start.
    SwingDown(ProcessId, YearId, Bucket),
    /// Level carried from one calendar run to the next.
    CalendarBalance(ProcessId, YearId, u16),
    /// Level carried from a year to the next in which the store stands.
    CalendarCarry(ProcessId, YearId),
    /// Level within the tank on the first (`false`) or last (`true`) day of a calendar run.
    CalendarFull(ProcessId, YearId, u16, bool),
    /// Level above empty on the first (`false`) or last (`true`) day of a calendar run.
    CalendarEmpty(ProcessId, YearId, u16, bool),
    /// Flow within a link's capacity.
    LinkLimit(LinkId, YearId, Bucket),
    /// Steps of a market add up to what is traded.
    MarketVolume(MarketId, YearId),
    /// Least volume of a market.
    MarketMinimum(MarketId, YearId),
    /// Supply covers use.
    Balance(ZoneId, CommodityId, YearId, Bucket),
    /// What a class of suppliers throws away is within what it supplies.
    SurplusLimit(ZoneId, CommodityId, u8, YearId, Bucket),
    /// Defines a tally.
    Tally(Sum, YearId, DayId),
    /// Limit of a policy; `true` for an upper limit.
    Policy(PolicyId, YearId, bool),
    /// Growth limit of a policy.
    PolicyGrowth(PolicyId, YearId),
    /// Growth limit of a policy on activity.
    ActivityGrowth(PolicyId, YearId),
    /// Cumulative limit of a policy.
    PolicyBudget(PolicyId),
    /// A bound of a column that an elastic program may miss.
    Missed(u32),
}

impl RowKey {
    /// Whether a row sums something up over the years. Where a program is built in parts, each holds the terms of the years that it
    /// covers, and a share of the right side; all other rows of the horizon are the same in every part.
    pub fn adds_up(self) -> bool {
        matches!(self, RowKey::PolicyBudget(_) | RowKey::ActivityGrowth(..) | RowKey::CalendarCarry(..))
    }
}

/// Writes keys with the names of a model: `activity[ccgt@north,2030,d017h05]`.
pub struct Namer<'a> {
    /// The model.
    pub model: &'a Model,
    /// Its time grid.
    pub grid: &'a TimeGrid,
    /// Names of units.
    pub unit_names: &'a Arena<UnitId, String>,
}

impl Namer<'_> {
    fn year(&self, year: YearId) -> i32 {
        self.model.horizon[year].year
    }

    fn bucket(&self, year: YearId, bucket: Bucket) -> String {
        format!("{},{}", self.year(year), self.grid.name(bucket))
    }

    fn day(&self, year: YearId, day: DayId) -> String {
        format!("{},{}", self.year(year), self.grid.days[day].name)
    }

    fn fleet(&self, fleet: FleetId) -> &str {
        &self.model.fleets[fleet].name
    }

    fn source(&self, source: FinanceId) -> &str {
        &self.model.finance[source].name
    }

    fn process(&self, process: ProcessId) -> &str {
        &self.model.processes[process].name
    }

    fn at(&self, zone: ZoneId, commodity: CommodityId) -> String {
        format!("{}@{}", self.model.commodities[commodity].name, self.model.zones[zone].name)
    }

    fn sum(&self, sum: Sum) -> String {
        match sum {
            Sum::Balance(zone, commodity) => format!("balance,{}", self.at(zone, commodity)),
            Sum::Activity(process) => format!("activity,{}", self.process(process)),
            Sum::Market(market) => format!("market,{}", self.model.markets[market].name),
            Sum::Policy(policy) => format!("policy,{}", self.model.policies[policy].name),
        }
    }

    fn side(upper: bool) -> &'static str {
        if upper { "max" } else { "min" }
    }

    /// Name of a column.
    pub fn column(&self, key: ColumnKey) -> String {
        use ColumnKey::*;
        match key {
            Build(f, y) => format!("build[{},{}]", self.fleet(f), self.year(y)),
            Financed(s, f, y) => format!("financed[{},{},{}]", self.source(s), self.fleet(f), self.year(y)),
            Living(f, v, y) => format!("living[{},v{v},{}]", self.fleet(f), self.year(y)),
            Capacity(f, y) => format!("capacity[{},{}]", self.fleet(f), self.year(y)),
            Activity(u, 0, y, b) => format!("activity[{},{}]", self.unit_names[u], self.bucket(y, b)),
            Activity(u, m, y, b) => format!("activity[{},m{m},{}]", self.unit_names[u], self.bucket(y, b)),
            Charge(p, y, b) => format!("charge[{},{}]", self.process(p), self.bucket(y, b)),
            Discharge(p, y, b) => format!("discharge[{},{}]", self.process(p), self.bucket(y, b)),
            Level(p, y, b) => format!("level[{},{}]", self.process(p), self.bucket(y, b)),
            NetCharge(p, y, d) => format!("net_charge[{},{}]", self.process(p), self.day(y, d)),
            Firm(p, r, y) => {
                format!("firm[{},{},{}]", self.process(p), self.model.policies[r].name, self.year(y))
            }
            Peak(r, y) => format!("peak[{},{}]", self.model.policies[r].name, self.year(y)),
            SwingUp(p, y, d) => format!("swing_up[{},{}]", self.process(p), self.day(y, d)),
            SwingDown(p, y, d) => format!("swing_down[{},{}]", self.process(p), self.day(y, d)),
            CalendarLevel(p, y, r) => format!("calendar_level[{},{},r{r}]", self.process(p), self.year(y)),
            Forward(l, c, y, b) => format!("forward[{},c{c},{}]", self.model.links[l].name, self.bucket(y, b)),
            Backward(l, c, y, b) => format!("backward[{},c{c},{}]", self.model.links[l].name, self.bucket(y, b)),
            Traded(m, y, b) => format!("traded[{},{}]", self.model.markets[m].name, self.bucket(y, b)),
            Step(m, y, s) => format!("step[{},{},s{s}]", self.model.markets[m].name, self.year(y)),
            Unserved(z, c, y, b) => format!("unserved[{},{}]", self.at(z, c), self.bucket(y, b)),
            Surplus(z, c, k, y, b) => format!("surplus[{},k{k},{}]", self.at(z, c), self.bucket(y, b)),
            Tally(s, y, d) => format!("tally[{},{}]", self.sum(s), self.day(y, d)),
            Slack(p, y, up) => {
                format!("slack[{},{},{}]", self.model.policies[p].name, self.year(y), Self::side(up))
            }
            Missed(number) => format!("missed[{number}]"),
        }
    }

    /// Name of a row.
    pub fn row(&self, key: RowKey) -> String {
        use RowKey::*;
        let end = |last: bool| if last { "last" } else { "first" };
        match key {
            Capacity(f, y) => format!("capacity[{},{}]", self.fleet(f), self.year(y)),
            Ageing(f, v, y) => format!("ageing[{},v{v},{}]", self.fleet(f), self.year(y)),
            Financing(f, y) => format!("financing[{},{}]", self.fleet(f), self.year(y)),
            FinanceLimit(s, y) => format!("finance_limit[{},{}]", self.source(s), self.year(y)),
            Growth(f, y) => format!("growth[{},{}]", self.fleet(f), self.year(y)),
            Availability(u, y, b) => format!("availability[{},{}]", self.unit_names[u], self.bucket(y, b)),
            MinActivity(u, y, b) => format!("min_activity[{},{}]", self.unit_names[u], self.bucket(y, b)),
            MaxAnnualFactor(p, y) => format!("max_annual_factor[{},{}]", self.process(p), self.year(y)),
            MinAnnualFactor(p, y) => format!("min_annual_factor[{},{}]", self.process(p), self.year(y)),
            ChargeLimit(p, y, b) => format!("charge_limit[{},{}]", self.process(p), self.bucket(y, b)),
            DischargeLimit(p, y, b) => format!("discharge_limit[{},{}]", self.process(p), self.bucket(y, b)),
            StorageBalance(p, y, b) => format!("storage_balance[{},{}]", self.process(p), self.bucket(y, b)),
            TankLimit(p, y, b) => format!("tank_limit[{},{}]", self.process(p), self.bucket(y, b)),
            NetCharge(p, y, d) => format!("net_charge[{},{}]", self.process(p), self.day(y, d)),
            Peak(r, y, b) => format!("peak[{},{}]", self.model.policies[r].name, self.bucket(y, b)),
            Firm(p, r, y, tank) => {
                let by = if tank { "tank" } else { "power" };
                format!("firm[{},{},{},{by}]", self.process(p), self.model.policies[r].name, self.year(y))
            }
            SwingUp(p, y, b) => format!("swing_up[{},{}]", self.process(p), self.bucket(y, b)),
            SwingDown(p, y, b) => format!("swing_down[{},{}]", self.process(p), self.bucket(y, b)),
            CalendarCarry(p, y) => format!("calendar_carry[{},{}]", self.process(p), self.year(y)),
            CalendarBalance(p, y, r) => format!("calendar_balance[{},{},r{r}]", self.process(p), self.year(y)),
            CalendarFull(p, y, r, e) => format!("calendar_full[{},{},r{r},{}]", self.process(p), self.year(y), end(e)),
            CalendarEmpty(p, y, r, e) => {
                format!("calendar_empty[{},{},r{r},{}]", self.process(p), self.year(y), end(e))
            }
            LinkLimit(l, y, b) => format!("link_limit[{},{}]", self.model.links[l].name, self.bucket(y, b)),
            MarketVolume(m, y) => format!("market_volume[{},{}]", self.model.markets[m].name, self.year(y)),
            MarketMinimum(m, y) => format!("market_minimum[{},{}]", self.model.markets[m].name, self.year(y)),
            Balance(z, c, y, b) => format!("balance[{},{}]", self.at(z, c), self.bucket(y, b)),
            SurplusLimit(z, c, k, y, b) => format!("surplus_limit[{},k{k},{}]", self.at(z, c), self.bucket(y, b)),
            Tally(s, y, d) => format!("tally[{},{}]", self.sum(s), self.day(y, d)),
            Policy(p, y, up) => {
                format!("policy[{},{},{}]", self.model.policies[p].name, self.year(y), Self::side(up))
            }
            PolicyGrowth(p, y) => format!("policy_growth[{},{}]", self.model.policies[p].name, self.year(y)),
            ActivityGrowth(p, y) => format!("activity_growth[{},{}]", self.model.policies[p].name, self.year(y)),
            PolicyBudget(p) => format!("policy_budget[{}]", self.model.policies[p].name),
            Missed(number) => format!("missed[{number}]"),
        }
    }
}

impl fmt::Debug for Namer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Namer").field("model", &self.model.id).finish()
    }
}
