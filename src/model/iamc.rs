//! Results in the words of the IAMC template: variables by region.

use super::indicator::Indicator;

/// What a scenario reports in the template of the Integrated Assessment Modeling Consortium.
#[derive(Clone, Debug, PartialEq)]
pub struct Iamc {
    /// Name of the model.
    pub model: String,
    /// Name of the scenario.
    pub scenario: String,
    /// The country, and zones that are reported apart.
    pub regions: Vec<Region>,
}

/// A region with what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Name in the template: `Country|Zone`.
    pub name: String,
    /// Indicators that variables are made of.
    pub indicators: Vec<Indicator>,
    /// Variables, each an indicator whose name and unit are those of the template.
    pub variables: Vec<Indicator>,
}
