//! **Links.** Transport within capacity, with losses and own use.
//!
//! For every link `l`, year `y` and bucket `b`:
//!
//! ```text
//! Σ_c forward(l,c,y,b) + backward(l,c,y,b) ≤ availability · capacity(l,y)
//! balance(from) −= forward,    balance(to) += (1 − losses) · forward      and the reverse for backward
//! balance(entry zone, c') −= own_use(c') · flow          of c' alone where the link carries c', of all flow elsewhere
//! ```
//!
//! All commodities of a link share its capacity, in both directions. Where capacity is fixed and there is one commodity, the
//! limit is a bound of each direction's flow and takes no row: to send both ways at once only loses — unless a share policy pays
//! for losing, and then the row stands.

use super::super::book::{Component, Counted, Holder};
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::investment::capacity::fleet_capacity;
use super::super::keys::{ColumnKey, RowKey};
use super::super::program::{ColId, Sense};
use super::surplus::is_counted;
use crate::model::*;
use crate::time::Bucket;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for year in ctx.covered() {
        for (id, link) in ctx.model.links.iter() {
            let capacity = fleet_capacity(&draft.program, link.fleet, year);
            if capacity.is_nothing() {
                continue;
            }
            for bucket in ctx.grid.buckets(link.resolution) {
                add_bucket(ctx, draft, id, (year, bucket), &capacity);
            }
        }
    }
}

fn add_bucket(ctx: &Context, draft: &mut Draft, id: LinkId, when: (YearId, Bucket), capacity: &Counted) {
    let link = &ctx.model.links[id];
    let (year, bucket) = when;
    let most = link.availability[year];
    let is_counted = link.commodities.iter().any(|&commodity| is_counted(ctx.model, commodity));
    let bounded = capacity.terms.is_empty() && link.commodities.len() == 1 && !is_counted;
    let upper = if bounded { most * capacity.constant } else { f64::INFINITY };
    let mut flows = Vec::new();
    for (number, &commodity) in link.commodities.iter().enumerate() {
        let number = u8::try_from(number).unwrap_or(u8::MAX);
        let forward = draft.rate(ctx, ColumnKey::Forward(id, number, year, bucket), year, bucket, upper);
        book(ctx, draft, id, commodity, when, (link.from, link.to), forward);
        flows.push(forward);
        if link.bidirectional {
            let backward = draft.rate(ctx, ColumnKey::Backward(id, number, year, bucket), year, bucket, upper);
            book(ctx, draft, id, commodity, when, (link.to, link.from), backward);
            flows.push(backward);
        }
    }
    if bounded {
        return;
    }
    let flows = flows.into_iter().map(|column| (column, 1.0));
    let terms: Vec<_> = flows.chain(capacity.scaled(-most).terms).collect();
    let block = Draft::block(ctx, year, bucket);
    draft.program.add_row(RowKey::LinkLimit(id, year, bucket), block, &terms, Sense::Le, most * capacity.constant);
}

fn book(
    ctx: &Context,
    draft: &mut Draft,
    id: LinkId,
    commodity: CommodityId,
    when: (YearId, Bucket),
    (entry, exit): (ZoneId, ZoneId),
    column: ColId,
) {
    let link = &ctx.model.links[id];
    let year = when.0;
    draft.flow((entry, commodity), when, Holder::Link(id), Some(column), -1.0);
    draft.flow((exit, commodity), when, Holder::Link(id), Some(column), 1.0 - link.losses[year]);
    let mut fuel = 0.0;
    for used in link.own_use.iter().filter(|used| !used.only_own_flow || used.commodity == commodity) {
        draft.flow((entry, used.commodity), when, Holder::OwnUse(id), Some(column), -used.part[year]);
        if let Some(price) = &ctx.model.commodities[used.commodity].price {
            fuel += used.part[year] * price[entry][year];
        }
        for (pollutant, factor) in &used.emissions {
            draft.release((link.emission_zone, *pollutant), when, Holder::OwnUse(id), Some(column), factor[year]);
        }
    }
    for (pollutant, factor) in &link.emissions {
        draft.release((link.emission_zone, *pollutant), when, Holder::Link(id), Some(column), factor[year]);
    }
    draft.rate_cost(ctx, Holder::Link(id), Component::Variable, when, column, link.variable_cost[year]);
    draft.rate_cost(ctx, Holder::Link(id), Component::Fuel, when, column, fuel);
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::rows;

    /// A fixed capacity is a bound: no row.
    #[test]
    fn a_line_loses_part_of_its_flow() {
        let scenario = r#"
[links.line]
from = "a"
to = "b"
commodity = "electricity"
capacity = "1 GW"
losses = 0.05
availability = 0.9
"#;
        insta::assert_snapshot!(rows(scenario, &["balance[", "link_limit[", "0 <= forward", "0 <= backward"]), @"
        balance[electricity@a,2025,base]: - 1 forward[line,c0,2025,base] + 0.95 backward[line,c0,2025,base] >= 0
        balance[electricity@a,2025,peak]: - 1 forward[line,c0,2025,peak] + 0.95 backward[line,c0,2025,peak] >= 0
        balance[electricity@b,2025,base]: + 0.95 forward[line,c0,2025,base] - 1 backward[line,c0,2025,base] >= 0
        balance[electricity@b,2025,peak]: + 0.95 forward[line,c0,2025,peak] - 1 backward[line,c0,2025,peak] >= 0
        balance[electricity@a,2030,base]: - 1 forward[line,c0,2030,base] + 0.95 backward[line,c0,2030,base] >= 0
        balance[electricity@a,2030,peak]: - 1 forward[line,c0,2030,peak] + 0.95 backward[line,c0,2030,peak] >= 0
        balance[electricity@b,2030,base]: + 0.95 forward[line,c0,2030,base] - 1 backward[line,c0,2030,base] >= 0
        balance[electricity@b,2030,peak]: + 0.95 forward[line,c0,2030,peak] - 1 backward[line,c0,2030,peak] >= 0
        0 <= forward[line,c0,2025,base] <= 0.9
        0 <= backward[line,c0,2025,base] <= 0.9
        0 <= forward[line,c0,2025,peak] <= 0.9
        0 <= backward[line,c0,2025,peak] <= 0.9
        0 <= forward[line,c0,2030,base] <= 0.9
        0 <= backward[line,c0,2030,base] <= 0.9
        0 <= forward[line,c0,2030,peak] <= 0.9
        0 <= backward[line,c0,2030,peak] <= 0.9
        ");
    }

    /// Gas moves gas; electricity moves both.
    #[test]
    fn commodities_share_a_pipeline_and_move_themselves() {
        let scenario = r#"
[commodities.gas]
emissions = { co2 = "0.2 t/MWh" }
[commodities.transit]
[links.pipe]
from = "a"
to = "b"
commodities = ["gas", "transit"]
bidirectional = false
capital-cost = "100 USD/kW"
lifetime = "50 yr"
own-use = { gas = 0.02, electricity = 0.01 }
"#;
        insta::assert_snapshot!(rows(scenario, &["balance[gas@a,2025", "balance[gas@b,2025", "balance[transit@a,2025", "balance[electricity@a,2025", "link_limit[pipe,2025"]), @"
        link_limit[pipe,2025,base]: - 1 capacity[pipe,2025] + 1 forward[pipe,c0,2025,base] + 1 forward[pipe,c1,2025,base] <= 0
        link_limit[pipe,2025,peak]: - 1 capacity[pipe,2025] + 1 forward[pipe,c0,2025,peak] + 1 forward[pipe,c1,2025,peak] <= 0
        balance[electricity@a,2025,base]: - 0.01 forward[pipe,c0,2025,base] - 0.01 forward[pipe,c1,2025,base] >= 0
        balance[electricity@a,2025,peak]: - 0.01 forward[pipe,c0,2025,peak] - 0.01 forward[pipe,c1,2025,peak] >= 0
        balance[gas@a,2025,base]: - 1.02 forward[pipe,c0,2025,base] >= 0
        balance[gas@a,2025,peak]: - 1.02 forward[pipe,c0,2025,peak] >= 0
        balance[transit@a,2025,base]: - 1 forward[pipe,c1,2025,base] >= 0
        balance[transit@a,2025,peak]: - 1 forward[pipe,c1,2025,peak] >= 0
        balance[gas@b,2025,base]: + 1 forward[pipe,c0,2025,base] >= 0
        balance[gas@b,2025,peak]: + 1 forward[pipe,c0,2025,peak] >= 0
        ");
    }
}
