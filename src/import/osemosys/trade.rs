//! Trade between regions: links without a limit and without losses.

use super::build::Build;
use super::schema::Set;
use super::tables::{Member, Value};
use super::toml::Section;

/// Writes a link for every pair of regions and fuel that may be traded between them.
pub fn write(build: &mut Build) {
    let t = build.tables;
    let mut odd: Vec<Value> = Vec::new();
    for from in t.all(Set::Region) {
        for to in t.all(Set::Region).filter(|&to| to > from) {
            for fuel in t.all(Set::Fuel) {
                let routes = t.by_year("TradeRoute", &[from, to, fuel]);
                let back = t.by_year("TradeRoute", &[to, from, fuel]);
                if routes.iter().chain(&back).all(|&route| route == 0.0) {
                    continue;
                }
                if routes == back && routes.iter().all(|&route| route == 0.0 || route == 1.0) {
                    link(build, (from, to), fuel, &routes);
                } else {
                    let rows = [[from, to, fuel], [to, from, fuel]];
                    odd.extend(rows.iter().flat_map(|at| t.rows_at("TradeRoute", at)).map(|(_, value)| value));
                }
            }
        }
    }
    build.left_out(
        &odd,
        "routes that are not 1 both ways, or 0 both ways, are left out",
        "write 1 from each of the two regions to the other; losses and limits belong to a link of the scenario",
    );
    let loops: Vec<Value> = t
        .rows("TradeRoute")
        .filter(|(at, value)| at[0] == at[1] && value.number != 0.0)
        .map(|(_, value)| value)
        .collect();
    build.left_out(&loops, "a region does not trade with itself", "leave the row out");
}

fn link(build: &mut Build, (from, to): (Member, Member), fuel: Member, routes: &[f64]) {
    let source = build.tables.source("TradeRoute", &[from, to, fuel]);
    let (from, to, fuel) = (build.zone(from), build.zone(to), build.fuel(fuel));
    let mut section = Section::new(["links", &format!("{fuel}-{from}-{to}")]);
    section.text("from", &from).text("to", &to).text("commodity", &fuel);
    section.figure("capital-cost", 0.0, &format!("{}/({})", build.units.money, build.units.activity()), &source);
    section.figure("lifetime", 1.0, "yr", &source);
    if routes.contains(&0.0) {
        build.series(&mut section, "availability", routes, "", &source);
    }
    build.write(&section);
}
