//! **Capital.** What is built is paid for: the charges of [`Discounting::capital`] per unit built.
//!
//! ```text
//! objective += Σ_{f,v} build(f,v) · Σ_y charge(f,v,y)
//! ```
//!
//! [`Discounting::capital`]: super::super::discounting::Discounting::capital

use super::super::book::{Component, CostPosting};
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::ColumnKey;
use super::capacity::holder;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, fleet) in ctx.model.fleets.iter() {
        let Some(terms) = &fleet.investment else { continue };
        for built in ctx.years() {
            let Some(column) = draft.program.column(ColumnKey::Build(id, built)) else { continue };
            for charge in ctx.discounting.capital(terms, built) {
                draft.charge(CostPosting {
                    holder: holder(fleet),
                    component: if charge.salvage { Component::Salvage } else { Component::Capital },
                    year: charge.year,
                    column: Some(column),
                    annual: charge.annual,
                    discounted: charge.discounted,
                });
            }
        }
    }
}
