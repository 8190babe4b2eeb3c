//! A sweep that was read without errors: its scenario, its parameters, and the variants.

use std::path::Path;

use super::design::{Choice, Design};
use super::parameter::{Parameter, Shown};
use super::read;
use crate::diagnostics::{Diagnostic, Diagnostics, Span};
use crate::input::{self, SCENARIO_FILE, SWEEP_FILE, VARIANTS};
use crate::run;
use crate::scenario::Loaded;
use crate::scenario::merge::Loader;
use crate::scenario::reader::Desk;
use crate::scenario::size;
use crate::scenario::template::Template;
use crate::scenario::tree::{Table, parse};

/// A sweep.
#[derive(Debug)]
pub struct Plan {
    /// The sweep file's stem.
    pub id: String,
    /// One line.
    pub title: String,
    /// How variants were chosen.
    pub design: Design,
    /// What varies.
    pub parameters: Vec<Parameter>,
    /// What each parameter is in each variant.
    pub variants: Vec<Vec<Choice>>,
    /// The scenario with what the sweep lays over it in all variants.
    pub base: Loaded,
    template: Template,
}

impl Plan {
    /// Reads a sweep file and its scenario, and sees to it that each value of each parameter is one that the scenario takes.
    /// `settings` are `path=value` pairs laid over the scenario in all variants.
    ///
    /// # Errors
    /// All mistakes that were found, each with its place.
    pub fn read(path: &Path, settings: &[String]) -> Result<Self, Diagnostics> {
        let mut loader = Loader::default();
        let text = match input::read(path, SWEEP_FILE) {
            Ok(text) => text,
            Err(reason) => {
                let error = Diagnostic::error(None, format!("can not read {}: {reason}", path.display()))
                    .help("give the path of a sweep: a TOML file in UTF-8")
                    .did_you_mean(input::neighbour(path));
                return Err(Diagnostics::new(loader.sources, vec![error]));
            }
        };
        let source = loader.sources.add(path.display().to_string(), text.clone());
        let (root, is_complete) = parse(&text, source, &mut loader.problems);
        if let Some(excess) = size::excess(&root, Span::new(source, 0..0)) {
            loader.problems.push(excess);
            return Err(Diagnostics::new(loader.sources, loader.problems));
        }
        let desk = Desk::new(loader.sources, loader.problems);
        let spec = read::spec(&desk, &root, Span::new(source, 0..0));
        let (sources, mut problems) = desk.close();
        problems.retain(|problem| is_complete || !problem.may_follow);
        let (Some((scenario, named_at)), Some(design)) = (spec.scenario, spec.design) else {
            return Err(Diagnostics::new(sources, problems));
        };
        let scenario_path = path.parent().unwrap_or(Path::new("")).join(&scenario);
        if let Err(reason) = input::read(&scenario_path, SCENARIO_FILE) {
            let error = Diagnostic::error(named_at, format!("can not read {}: {reason}", scenario_path.display()));
            let error = error.help("`scenario` is relative to the sweep file");
            problems.push(error.did_you_mean(input::neighbour(&scenario_path)));
            return Err(Diagnostics::new(sources, problems));
        }
        let mut loader = Loader::default();
        loader.sources = sources;
        let template = Template::open(&scenario_path, loader, spec.set, settings);
        let scopes: Vec<_> = spec.parameters.iter().map(Parameter::scope).collect();
        if design.len(&scopes) > VARIANTS {
            let place = root.get("design").map(|entry| entry.key);
            let error = Diagnostic::error(place, format!("this sweep would have more than {VARIANTS} variants"));
            problems.push(error.help("give parameters fewer values, or take a sample: kind = \"latin-hypercube\""));
        }
        let own: Vec<Vec<Diagnostic>> = spec.parameters.iter().map(|parameter| parameter.problems(&template)).collect();
        let sound = spec.parameters.iter().zip(&own).filter(|(_, problems)| problems.is_empty());
        let sound: Vec<&Parameter> = sound.map(|(parameter, _)| parameter).collect();
        problems.extend(own.into_iter().flatten());
        let mut found = Diagnostics::new(template.sources().clone(), problems);
        let base = match template.variant(Vec::new()).and_then(run::checked) {
            Ok(base) => base,
            Err(more) => {
                found.extend(more);
                return Err(found);
            }
        };
        for parameter in sound {
            for choice in parameter.scope().choices() {
                if let Err(more) = template.variant(parameter.overlay(&template, choice)).and_then(run::checked) {
                    found.extend(more);
                }
            }
        }
        if found.has_errors() {
            return Err(found);
        }
        let id = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        Ok(Self {
            title: spec.title.unwrap_or_else(|| id.clone()),
            id,
            design,
            variants: design.variants(&scopes),
            parameters: spec.parameters,
            base,
            template,
        })
    }

    /// Reads the scenario of a variant (by its position).
    ///
    /// # Errors
    /// Values that are right on their own may not go together.
    pub fn load(&self, variant: usize) -> Result<Loaded, Diagnostics> {
        self.template.variant(self.overlay(variant)).and_then(run::checked)
    }

    fn overlay(&self, variant: usize) -> Vec<Table> {
        let chosen = self.parameters.iter().zip(&self.variants[variant]);
        chosen.flat_map(|(parameter, &choice)| parameter.overlay(&self.template, choice)).collect()
    }

    /// The values of the parameters in a variant (by its position).
    pub fn shown(&self, variant: usize) -> Vec<Shown> {
        let chosen = self.parameters.iter().zip(&self.variants[variant]);
        chosen.map(|(parameter, &choice)| parameter.shown(&self.template, choice)).collect()
    }
}
