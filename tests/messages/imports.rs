//! Tables of OSeMOSYS.

use altyn::import::osemosys::{ImportError, Options, import};

use super::in_folder;

/// A model of one technology, as small as they come.
const SMALL: [(&str, &str); 14] = [
    ("REGION.csv", "VALUE\nR\n"),
    ("FUEL.csv", "VALUE\nF\n"),
    ("TECHNOLOGY.csv", "VALUE\nT\n"),
    ("MODE_OF_OPERATION.csv", "VALUE\n1\n"),
    ("YEAR.csv", "VALUE\n2020\n2021\n"),
    ("TIMESLICE.csv", "VALUE\nA\nB\n"),
    ("SEASON.csv", "VALUE\n1\n"),
    ("DAYTYPE.csv", "VALUE\n1\n"),
    ("DAILYTIMEBRACKET.csv", "VALUE\n1\n2\n"),
    ("YearSplit.csv", "TIMESLICE,YEAR,VALUE\nA,2020,0.5\nA,2021,0.5\nB,2020,0.5\nB,2021,0.5\n"),
    ("Conversionls.csv", "TIMESLICE,SEASON,VALUE\nA,1,1\nB,1,1\n"),
    ("Conversionld.csv", "TIMESLICE,DAYTYPE,VALUE\nA,1,1\nB,1,1\n"),
    ("Conversionlh.csv", "TIMESLICE,DAILYTIMEBRACKET,VALUE\nA,1,1\nB,2,1\n"),
    (
        "OutputActivityRatio.csv",
        "REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE\nR,T,F,1,2020,1\nR,T,F,1,2021,1\n",
    ),
];

/// A store for it.
const STORE: [(&str, &str); 3] = [
    ("STORAGE.csv", "VALUE\nS\n"),
    ("TechnologyToStorage.csv", "REGION,TECHNOLOGY,STORAGE,MODE_OF_OPERATION,VALUE\nR,T,S,1,1\n"),
    ("TechnologyFromStorage.csv", "REGION,TECHNOLOGY,STORAGE,MODE_OF_OPERATION,VALUE\nR,T,S,1,1\n"),
];

/// What is said of the small model with some of its tables changed.
fn imported(others: &[(&str, &str)]) -> String {
    let text = str::to_owned;
    let options = Options {
        name: text("small"),
        title: None,
        energy_unit: text("PJ"),
        capacity_unit: text("GW"),
        money_unit: text("MUSD"),
        emission_unit: text("Mt"),
        price_year: None,
        defaults: Vec::new(),
    };
    in_folder(&[&SMALL[..], others].concat(), |folder| match import(folder, &folder.join("out"), &options) {
        Ok(imported) => imported.warnings.to_string(),
        Err(ImportError::Tables(problems)) => problems.to_string(),
        Err(other) => panic!("{other}"),
    })
}

#[test]
fn tables() {
    let wrong = "R,T,2020,x,\n".repeat(21);
    let many = imported(&[("CapitalCost.csv", &format!("REGION,TECHNOLOGY,YEAR,VALUE,NOTE\n{wrong}"))]);
    let all = [
        imported(&[("FUEL.csv", "VALUE\nF\nF\n\"G\n"), ("TECHNOLOGY.csv", "NAME\nT\n"), ("Unknown.csv", "")]),
        many.split("\n\n").skip(19).collect::<Vec<_>>().join("\n\n"),
        imported(&[("YEAR.csv", "VALUE\n2020\n202x\n")]),
        imported(&[("YEAR.csv", "VALUE\n2020\n2021\n2025\n")]),
        imported(&[&STORE[..], &[("Conversionlh.csv", "TIMESLICE,DAILYTIMEBRACKET,VALUE\nA,1,1\nA,2,1\n")]].concat()),
        imported(&[&STORE[..], &[("DAYTYPE.csv", "VALUE\n1\n2\n")]].concat()),
        imported(&[("YearSplit.csv", "TIMESLICE,YEAR,VALUE\nA,2020,1\n")]),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn tables_that_are_no_files() {
    let said = in_folder(&[("REGION.csv", "VALUE\nR\n")], |folder| {
        std::fs::create_dir(folder.join("YEAR.csv")).unwrap();
        std::fs::write(folder.join("FUEL.csv"), b"VALUE\n\xff\n").unwrap();
        let options = Options {
            name: "x".to_owned(),
            title: None,
            energy_unit: "PJ".to_owned(),
            capacity_unit: "GW".to_owned(),
            money_unit: "MUSD".to_owned(),
            emission_unit: "Mt".to_owned(),
            price_year: None,
            defaults: Vec::new(),
        };
        match import(folder, &folder.join("out"), &options) {
            Err(ImportError::Tables(problems)) => problems.to_string(),
            other => panic!("{other:?}"),
        }
    });
    insta::assert_snapshot!(said);
}

#[test]
fn sets_of_many_members() {
    let said =
        imported(&[("FUEL.csv", &format!("VALUE\n{}", (0..10_001).map(|n| format!("F{n}\n")).collect::<String>()))]);
    insta::assert_snapshot!(said.lines().take(7).collect::<Vec<_>>().join("\n"));
}
