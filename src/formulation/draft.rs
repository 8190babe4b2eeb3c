//! The program and its books while they are being written.

use std::collections::BTreeMap;

use super::book::{Book, Component, CostPosting, FlowPosting, Holder, ReleasePosting, Term};
use super::context::Context;
use super::keys::{ColumnKey, RowKey, Sum};
use super::program::{Block, ColId, Program, Sense};
use crate::model::*;
use crate::time::{Bucket, DayId};

/// The program and its books.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Columns and rows.
    pub program: Program,
    /// Postings.
    pub book: Book,
}

/// Terms of a sum over a year, by the bucket in which their columns live.
pub type BucketTerms = Vec<(Bucket, ColId, f64)>;

impl Draft {
    /// The block of a column or row that lives in a bucket of a year.
    pub fn block(ctx: &Context, year: YearId, bucket: Bucket) -> Block {
        ctx.grid.day(bucket).map_or(Block::Year(year), |day| Block::Day(year, day))
    }

    /// Adds a non-negative variable that lives in a bucket.
    pub fn rate(&mut self, ctx: &Context, key: ColumnKey, year: YearId, bucket: Bucket, upper: f64) -> ColId {
        self.program.add_column(key, Self::block(ctx, year, bucket), 0.0, upper)
    }

    /// Books a flow: `factor` units of supply (negative: use) per unit of a column.
    pub fn flow(
        &mut self,
        at: (ZoneId, CommodityId),
        when: (YearId, Bucket),
        holder: Holder,
        column: Option<ColId>,
        factor: f64,
    ) {
        if factor != 0.0 {
            let ((zone, commodity), (year, bucket)) = (at, when);
            let rate = Term { column, factor };
            self.book.flows.push(FlowPosting { zone, commodity, year, bucket, holder, rate });
        }
    }

    /// Books a release: `factor` kt/h per unit of a column.
    pub fn release(
        &mut self,
        at: (ZoneId, PollutantId),
        when: (YearId, Bucket),
        holder: Holder,
        column: Option<ColId>,
        factor: f64,
    ) {
        if factor != 0.0 {
            let ((zone, pollutant), (year, bucket)) = (at, when);
            let rate = Term { column, factor };
            self.book.releases.push(ReleasePosting { zone, pollutant, year, bucket, holder, rate });
        }
    }

    /// Books a cost and puts it into the objective, where its year is covered.
    pub fn charge(&mut self, ctx: &Context, posting: CostPosting) {
        if (posting.annual == 0.0 && posting.discounted == 0.0) || !ctx.covers(posting.year) {
            return;
        }
        match posting.column {
            Some(column) => self.program.add_cost(column, posting.discounted),
            None => self.program.constant += posting.discounted,
        }
        self.book.costs.push(posting);
    }

    /// Books a yearly cost of `annual` million currency units per unit of a column.
    pub fn yearly_cost(
        &mut self,
        ctx: &Context,
        holder: Holder,
        component: Component,
        year: YearId,
        column: Option<ColId>,
        annual: f64,
    ) {
        let discounted = ctx.discounted(year, annual);
        self.charge(ctx, CostPosting { holder, component, year, column, annual, discounted });
    }

    /// Books a cost of `price` per TWh (or Mt) on a column that is a rate during a bucket.
    pub fn rate_cost(
        &mut self,
        ctx: &Context,
        holder: Holder,
        component: Component,
        when: (YearId, Bucket),
        column: ColId,
        price: f64,
    ) {
        self.yearly_cost(ctx, holder, component, when.0, Some(column), price * ctx.amount(when.1));
    }

    /// Gathers the terms of each representative day behind one column, so that a row over the year touches a day in
    /// a single place, and the day's own program defines what it contributes.
    ///
    /// `tally(d) = Σ_{terms in day d} factor · column`. A day with one or two terms keeps them as they are.
    pub fn tally(&mut self, ctx: &Context, sum: Sum, year: YearId, terms: BucketTerms) -> BucketTerms {
        let mut days: BTreeMap<DayId, Vec<(ColId, f64)>> = BTreeMap::new();
        let mut gathered = Vec::new();
        for (bucket, column, factor) in terms {
            // Investment columns (capacity of must-take units) belong to no day, wherever they are counted.
            let in_day = matches!(self.program.columns()[column.index()].block, Block::Day(..));
            match ctx.grid.day(bucket) {
                Some(day) if in_day => days.entry(day).or_default().push((column, factor)),
                _ => gathered.push((bucket, column, factor)),
            }
        }
        for (day, mut members) in days {
            if members.len() <= 2 {
                gathered.extend(members.into_iter().map(|(column, factor)| (Bucket::Day(day), column, factor)));
                continue;
            }
            let block = Block::Day(year, day);
            let column =
                self.program.add_column(ColumnKey::Tally(sum, year, day), block, f64::NEG_INFINITY, f64::INFINITY);
            members.push((column, -1.0));
            self.program.add_row(RowKey::Tally(sum, year, day), block, &members, Sense::Eq, 0.0);
            gathered.push((Bucket::Day(day), column, 1.0));
        }
        gathered
    }
}

/// Drops the buckets of terms.
pub fn plain(terms: &BucketTerms) -> Vec<(ColId, f64)> {
    terms.iter().map(|&(_, column, factor)| (column, factor)).collect()
}
