//! Results as one self-contained page: [`page`] makes HTML that needs no network and no other file.
//!
//! Everything that is shown is put together here, as series by zone and year with titles, units and colours; the script of the page
//! (`assets/script/`) only draws it, with plotly, and lets people switch scenario, year and zone.

mod assumptions;
mod charts;
mod data;
mod dispatch;
mod legend;
mod map;
mod money;
mod page;
mod reading;
mod sankey;

pub use page::{page, write};
