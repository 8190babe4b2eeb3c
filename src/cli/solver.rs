//! Arguments of every command that solves.

use crate::solve::Method;

/// How to solve.
#[derive(clap::Args, Clone, Copy, Debug)]
pub struct SolverArgs {
    /// Threads of the solver
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=256))]
    pub threads: Option<u32>,
    /// How to solve: the whole program at once, or block by block (days, years, the horizon); auto takes the whole of small programs
    #[arg(long, value_enum, default_value_t = MethodName::Auto)]
    pub method: MethodName,
    /// Relative gap between the bounds at which decomposition may stop
    #[arg(long, default_value_t = 1e-4, value_parser = gap)]
    pub gap: f64,
    /// Stop a scenario after this time: 600s, 10min, 2h
    #[arg(long, value_parser = seconds)]
    pub time_limit: Option<f64>,
    /// Stop when the process holds more memory: 500 MB, "4 GB", 4GiB; a plain number is MB (Linux only)
    #[arg(long, value_parser = bytes)]
    pub memory_limit: Option<u64>,
}

/// Names of methods.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
pub enum MethodName {
    Auto,
    Monolith,
    Decomposition,
}

impl From<MethodName> for Method {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::Auto => Method::Auto,
            MethodName::Monolith => Method::Monolith,
            MethodName::Decomposition => Method::Decomposition,
        }
    }
}

/// Reads a duration.
fn seconds(text: &str) -> Result<f64, String> {
    let (number, unit) = amount(text).ok_or("needs a positive number of seconds, such as 600s")?;
    match unit {
        "" | "s" => Ok(number),
        "min" | "m" => Ok(number * 60.0),
        "h" => Ok(number * 3600.0),
        other => Err(format!("unknown unit `{other}`; use s, min or h")),
    }
}

/// Reads an amount of memory.
fn bytes(text: &str) -> Result<u64, String> {
    let (number, unit) = amount(text).ok_or("needs a positive amount of memory, such as \"4 GB\"")?;
    let unit = match unit {
        "" | "MB" => 1e6,
        "GB" => 1e9,
        "MiB" => f64::from(1 << 20),
        "GiB" => f64::from(1 << 30),
        other => return Err(format!("unknown unit `{other}`; use MB, GB, MiB or GiB")),
    };
    Ok((number * unit) as u64)
}

/// A positive number and the letters behind it.
fn amount(text: &str) -> Option<(f64, &str)> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number = digits.trim().parse::<f64>().ok().filter(|number| *number > 0.0 && number.is_finite())?;
    Some((number, &text[digits.len()..]))
}

/// Reads a relative gap.
fn gap(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(gap) if gap > 0.0 && gap < 1.0 => Ok(gap),
        _ => Err("needs a number between 0 and 1, such as 1e-4".to_owned()),
    }
}
