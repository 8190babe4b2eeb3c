//! Titles and colours: what is the same has the same colour everywhere.

use std::cell::RefCell;

use indexmap::IndexMap;

use crate::results::{Display, ShownHue};
use crate::scenario::matches;

/// Colours that are told apart with all common kinds of colour blindness: those of Okabe and Ito, and muted ones of Tol.
const PALETTE: [&str; 16] = [
    "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#f0e442", "#4d4d4d", "#882255", "#44aa99",
    "#999933", "#332288", "#aa4499", "#117733", "#ddcc77", "#88ccee",
];

/// What something is called and how it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sign {
    /// Position in the order in which things are stacked.
    pub order: usize,
    /// What it is.
    pub key: String,
    /// Words for people.
    pub title: String,
    /// `#rrggbb`.
    pub color: String,
}

/// Titles and colours of a scenario.
#[derive(Debug)]
pub struct Legend<'a> {
    display: &'a Display,
    /// What has no group or sector of its own, in order of appearance.
    others: RefCell<IndexMap<String, ()>>,
}

impl<'a> Legend<'a> {
    /// The legend of a scenario.
    pub fn new(display: &'a Display) -> Self {
        Self { display, others: RefCell::default() }
    }

    /// A name of the flow table: its group, or its own title.
    pub fn party(&self, name: &str) -> Sign {
        let is_member = |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, name));
        match self.display.groups.iter().position(|group| is_member(&group.members)) {
            Some(order) => self.hue(order, &self.display.groups[order].hue),
            None => {
                let known = self.display.technologies.iter().find(|technology| technology.name == name);
                self.other(name, known.map_or(name, |technology| &technology.title))
            }
        }
    }

    /// A sector.
    pub fn sector(&self, name: &str) -> Sign {
        match self.display.sectors.iter().position(|sector| sector.name == name) {
            Some(order) => self.hue(order, &self.display.sectors[order]),
            None => self.other(name, name),
        }
    }

    /// The sector of a technology; `None` for what is no technology.
    pub fn sector_of(&self, party: &str) -> Option<Sign> {
        let technology = self.display.technologies.iter().find(|technology| technology.name == party)?;
        Some(self.sector(&technology.sector))
    }

    /// A commodity.
    pub fn commodity(&self, name: &str) -> Sign {
        let known = self.display.commodities.iter().find(|commodity| commodity.name == name);
        let sign = self.other(&format!("carrier:{name}"), known.map_or(name, |commodity| &commodity.title));
        let color = known.and_then(|commodity| commodity.color.clone());
        Sign { color: color.unwrap_or(sign.color), ..sign }
    }

    /// What is lost between zones, and other things without a colour.
    pub fn grey(&self, name: &str, title: &str) -> Sign {
        Sign { color: "#bbbbbb".to_owned(), ..self.other(name, title) }
    }

    /// Something else, by its name and words for it.
    pub fn other(&self, name: &str, title: &str) -> Sign {
        let position = self.others.borrow_mut().insert_full(name.to_owned(), ()).0;
        let color = PALETTE[position % PALETTE.len()].to_owned();
        Sign { order: 1000 + position, key: name.to_owned(), title: title.to_owned(), color }
    }

    fn hue(&self, order: usize, hue: &ShownHue) -> Sign {
        let color = hue.color.clone().unwrap_or_else(|| PALETTE[order % PALETTE.len()].to_owned());
        Sign { order, key: hue.name.clone(), title: hue.title.clone(), color }
    }
}
