//! Everything Altyn is built from is under a permissive licence.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::process::Command;

/// Licences that ask for a notice at most.
const ALLOWED: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

#[test]
fn dependencies_are_permissive() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 20, "all dependencies are listed");
    let mut refused = Vec::new();
    for package in packages {
        // An older way to write a choice of licences is a slash.
        let licence = package["license"].as_str().unwrap_or("none").replace('/', " OR ");
        let is_allowed = spdx::Expression::parse(&licence).is_ok_and(|expression| {
            expression.evaluate(|requirement| ALLOWED.contains(&requirement.to_string().as_str()))
        });
        if !is_allowed {
            refused.push(format!("{} {}: {licence}", package["name"], package["version"]));
        }
    }
    assert!(refused.is_empty(), "not permissive:\n{}", refused.join("\n"));
}
