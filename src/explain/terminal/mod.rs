//! Answers for a terminal.

mod glance;

use comfy_table::{Cell, Table};

use super::technology::TRACE;
use super::*;
use crate::results::terminal::{empty, number, right};

/// Lines of an overview, of a sum, and plants that stand still, that are shown.
const ROWS: usize = 10;
const IDLE: usize = 4;

/// Letters of a name, and of one in a table of many columns.
const WIDTH: usize = 44;
const NARROW: usize = 20;

/// An answer, with what to ask next.
pub fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Overview(overview) => glance::glance(overview),
        Answer::Prices(prices) => many(prices, year_price, year_prices),
        Answer::Slices(prices) => many(prices, slice_price, |all| all.iter().map(slice_price).collect()),
        Answer::Policy(limits) => policy(limits),
        Answer::Technology(prospects) => many(prospects, prospect, prospects_table),
    }
}

/// One in full; several side by side.
fn many<T>(all: &[T], one: impl Fn(&T) -> String, side_by_side: impl Fn(&[T]) -> String) -> String {
    match all {
        [] => "Nothing of it is in the program: it is neither given nor taken there.\n".to_owned(),
        [only] => one(only),
        all => side_by_side(all),
    }
}

fn table<const N: usize>(header: [Cell; N]) -> Table {
    let mut table = empty();
    table.set_header(header);
    table
}

/// A text that is no longer than a column.
fn cut(text: &str, width: usize) -> String {
    match text.char_indices().nth(width) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn percent(part: f64) -> String {
    format!("{:.0} %", 100.0 * part)
}

/// Lines of a sum that are not nothing to the eye, and the sum.
fn sum(title: &str, unit: &str, reasons: &[Reason], total: (&str, f64)) -> String {
    let mut table = table([Cell::new(title), right(""), right(unit)]);
    for Reason { name, value, of } in reasons.iter().filter(|reason| number(reason.value) != "0") {
        let of = of.as_ref().map_or_else(String::new, |Bought { amount, price, unit }| {
            format!("{} x {} {unit}", number(*amount), number(*price))
        });
        table.add_row([Cell::new(cut(name, WIDTH)), right(of), right(number(*value))]);
    }
    table.add_row([Cell::new(total.0), right(""), right(number(total.1))]);
    format!("{table}\n")
}

fn setters(setters: &[Setter], unit: &str) -> String {
    let mut table = table([Cell::new("Set by"), right("of demand"), right(format!("at {unit}"))]);
    for Setter { name, share, price } in setters.iter().filter(|setter| setter.share >= 0.005).take(ROWS) {
        table.add_row([Cell::new(cut(name, WIDTH)), right(percent(*share)), right(number(*price))]);
    }
    format!("{table}\n")
}

fn year_price(own: &YearPrice) -> String {
    let YearPrice { year, zone, commodity, price, unit, .. } = own;
    format!(
        "{commodity} in {zone}, {year}: {} {unit}, the mean by demand\n\n{}\n{}",
        number(*price),
        sum("It is made up of", unit, &own.reasons, ("the price", *price)),
        setters(&own.setters, unit)
    )
}

fn year_prices(all: &[YearPrice]) -> String {
    let first = all.first();
    let (commodity, unit) = first.map_or(("", ""), |first| (&first.commodity, &first.unit));
    let mut table = table([Cell::new(commodity), right("year"), right(unit), Cell::new("set mostly by")]);
    let mut zone = "";
    for own in all {
        let most =
            own.setters.first().map_or_else(String::new, |s| format!("{} ({})", cut(&s.name, WIDTH), percent(s.share)));
        let label = if own.zone == zone { "" } else { &own.zone };
        zone = &own.zone;
        table.add_row([Cell::new(label), right(own.year.to_string()), right(number(own.price)), Cell::new(most)]);
    }
    format!("{table}\nMore: --zone and --year, and --slice for an hour.\n")
}

fn slice_price(own: &SlicePrice) -> String {
    let SlicePrice { year, zone, commodity, slice, price, unit, set_by, .. } = own;
    let how = match own.setting {
        Setting::Margin => format!("Set by {set_by}: could give or take a little more at this price."),
        Setting::Full => {
            format!("Nobody has room. Set by {set_by}: a rent belongs to the price, and pays for capacity.")
        }
        Setting::Surplus => "There is more than is used: one more unit costs nothing.".to_owned(),
        Setting::Given => {
            "Nobody who gives or takes could do otherwise; the price follows from what may be built.".to_owned()
        }
    };
    let taken: Vec<String> =
        own.taken_in.iter().map(|(slice, price)| format!("{slice} ({})", number(*price))).collect();
    let taken = if taken.is_empty() { String::new() } else { format!("It takes in at {}.\n", taken.join(", ")) };
    let mut table =
        table([Cell::new("Who gives (-: takes)"), right(&own.rate_unit), right("its cost"), right("price - cost")]);
    let (running, idle): (Vec<&Shown>, Vec<&Shown>) = own.offers.iter().partition(|offer| offer.rate != 0.0);
    // What stands still though it would cost less has no capacity.
    let mut idle: Vec<&Shown> = idle.into_iter().filter(|offer| offer.rent < 0.0).collect();
    idle.sort_by(|a, b| a.rent.abs().total_cmp(&b.rent.abs()));
    for Shown { name, rate, cost, rent } in running.into_iter().chain(idle.into_iter().take(IDLE)) {
        table.add_row([Cell::new(cut(name, WIDTH)), right(number(*rate)), right(number(*cost)), right(number(*rent))]);
    }
    let total = ("the price", *price);
    format!(
        "{commodity} in {zone}, {year}, {slice}: {} {unit}\n{how}\n{taken}\n{}\n{table}\n",
        number(*price),
        sum("It is made up of", unit, &own.reasons, total),
    )
}

fn policy(limits: &[LimitYear]) -> String {
    let Some(first) = limits.first() else { return "It sets no limit in any milestone year.\n".to_owned() };
    let mut out = format!("{}: limit and what it counts in {}\n\n", first.policy, shown(&first.unit));
    let heads = [right("limit"), right("actual"), Cell::new(""), right(&first.price_unit), right(&first.saved_unit)];
    let mut table = empty();
    table.set_header([Cell::new(""), right("year")].into_iter().chain(heads));
    for limit in limits {
        table.add_row([
            Cell::new(limit.side),
            right(limit.year.to_string()),
            right(limit.limit.map_or_else(|| "none".to_owned(), number)),
            right(number(limit.actual)),
            Cell::new(standing(limit.standing)),
            right(number(limit.price)),
            right(number(limit.saved)),
        ]);
    }
    out.push_str(&format!("{table}\n"));
    let tightest = limits.iter().max_by(|a, b| a.saved.total_cmp(&b.saved));
    out.push_str(&match tightest.filter(|limit| limit.saved > 0.0) {
        Some(LimitYear { year, side, price, price_unit, saved, saved_unit, .. }) => {
            let word = if *side == "max" { "more" } else { "less" };
            format!(
                "Most in {year}: one unit {word} saves {} {price_unit} in the money of a year,\nand {} {saved_unit}, \
                 discounted to the start.\n",
                number(*price),
                number(*saved)
            )
        }
        None if first.standing == Standing::Price => "It is a price, which is paid on all that it counts.\n".to_owned(),
        None => "It binds in no year: without it the pathway would cost the same.\n".to_owned(),
    });
    out
}

fn shown(unit: &str) -> &str {
    if unit == "1" { "fractions" } else { unit }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Binds => "binds",
        Standing::Broken => "broken",
        Standing::Reached => "reached",
        Standing::Slack => "to spare",
        Standing::Price => "",
    }
}

fn verdict(prospect: &Prospect) -> String {
    let bound = prospect.bound.unwrap_or("a limit");
    match prospect.verdict {
        Verdict::Built => "built".to_owned(),
        Verdict::HeldBack => format!("built, held back by {bound}"),
        Verdict::Required => format!("built for {bound}"),
        Verdict::BreaksEven => "breaks even".to_owned(),
        Verdict::TooDear => "too dear".to_owned(),
        Verdict::NotAllowed => format!("held back by {bound}"),
        Verdict::Impossible => "can not be built".to_owned(),
    }
}

/// By how much something would have to be cheaper.
fn cheaper(prospect: &Prospect) -> String {
    match prospect.reduction() {
        Some(part) if part > 1.0 => "never".to_owned(),
        Some(part) => format!("{:+.1} %", -100.0 * part),
        None => String::new(),
    }
}

fn prospects_table(all: &[Prospect]) -> String {
    let Some(first) = all.first() else { return String::new() };
    let Prospect { technology, capacity_unit, cost_unit, .. } = first;
    let mut table = empty();
    let heads = [right("built"), Cell::new(""), right("costs"), right("even at"), right("")];
    table.set_header([Cell::new("zone"), right("year")].into_iter().chain(heads));
    let mut zone = "";
    for own in all {
        let label = if own.zone == zone { "" } else { &own.zone };
        zone = &own.zone;
        table.add_row([
            Cell::new(label),
            right(own.year.to_string()),
            right(number(own.built)),
            Cell::new(verdict(own)),
            right(number(own.capital_cost)),
            right(own.break_even.map_or_else(String::new, number)),
            right(cheaper(own)),
        ]);
    }
    let is_idle = |own: &&Prospect| own.verdict == Verdict::TooDear && own.break_even.is_some();
    let lacks = |own: &Prospect| own.reduction().unwrap_or(f64::INFINITY);
    let nearest = all.iter().filter(is_idle).min_by(|a, b| lacks(a).total_cmp(&lacks(b)));
    let nearest = nearest.map_or_else(String::new, |own| format!("\nNearest to being built:\n{}", prospect(own)));
    format!("{technology}: capacity in {capacity_unit}, cost in {cost_unit}\n\n{table}\n{nearest}")
}

fn prospect(own: &Prospect) -> String {
    let Prospect { technology, zone, year, until, cost_unit, yearly_unit, .. } = own;
    let mut out = format!("{technology} in {zone}, for {year} (it stands until {until}): {}\n", verdict(own));
    if own.verdict == Verdict::Impossible {
        out.push_str("It has no capital-cost, its max-build is 0, or its limits leave it no way to run.\n");
        return out;
    }
    if own.built >= TRACE {
        out.push_str(&format!("{} {} are built.\n", number(own.built), own.capacity_unit));
    }
    if let Some(even) = own.break_even {
        let would = match own.reduction() {
            Some(part) if part > 1.0 => "would not be built for nothing".to_owned(),
            _ => format!("would break even at {} ({})", number(even), cheaper(own)),
        };
        out.push_str(&format!("It costs {} {cost_unit}, and {would}.\n", number(own.capital_cost)));
    }
    out.push('\n');
    let total = if own.margin < 0.0 { "short of its cost by" } else { "above its cost by" };
    out.push_str(&sum("What a unit earns a year", yearly_unit, &own.reasons, (total, own.margin)));
    out
}
