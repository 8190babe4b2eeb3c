//! Indicators: what a run shows of any model.

use super::build::Build;
use super::schema::Set;
use super::toml::{self, Section};

/// Writes the cost of each year, and what is released in it.
pub fn write(build: &mut Build) {
    let mut section = Section::new(["indicators", "system_cost"]);
    section.text("title", "System cost").text("measure", "system-cost").text("unit", &build.units.money);
    section.raw("headline", "true");
    build.write(&section);
    for emission in build.tables.all(Set::Emission) {
        let name = build.emission(emission);
        let mut section = Section::new(["indicators", &format!("emissions_{}", name.to_lowercase())]);
        section.text("title", &format!("Emissions of {name}")).text("measure", "emissions");
        section.raw("pollutants", toml::list([&name])).text("unit", &build.units.emission);
        section.raw("headline", "true");
        build.write(&section);
    }
}
