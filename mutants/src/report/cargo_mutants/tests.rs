//! The forms are cargo-mutants': keys, summaries, and which mutants are in them.

use super::*;
use crate::report::sample;

fn name(mutant: &Mutant) -> String {
    format!("m{}", mutant.id.0)
}

#[test]
fn outcomes_have_the_keys_and_words_of_cargo_mutants() {
    let results = sample::results();
    let value: Value = serde_json::from_str(&outcomes(&results, &name)).expect("JSON");
    let outcomes = value["outcomes"].as_array().expect("a list");
    let summaries: Vec<_> =
        outcomes.iter().map(|it| it["summary"].as_str().unwrap_or("")).collect();
    // The baseline, then by number; 5, 6 and 7 have no verdict that cargo-mutants knows.
    let expected =
        ["Success", "MissedMutant", "CaughtMutant", "MissedMutant", "Timeout", "Unviable"];
    assert_eq!(summaries, expected);
    assert_eq!(value["total_mutants"], 5);
    assert_eq!((&value["missed"], &value["timeout"]), (&json!(2), &json!(1)));
    assert_eq!(value["end_time"], "2026-11-21T12:00:01.32Z");

    let caught = &outcomes[2];
    assert_eq!(caught["log_path"], "log/m1.log");
    assert_eq!(caught["diff_path"], "diff/m1.diff");
    assert_eq!(caught["tier"], "slot");
    let phases = caught["phase_results"].as_array().expect("a list");
    assert_eq!(phases[1]["process_status"], json!({ "Failure": 101 }));
    assert_eq!(phases[1]["argv"], json!(["lib::tests::one"]));
    assert_eq!(outcomes[5]["phase_results"].as_array().map(Vec::len), Some(1));

    let mutant = &caught["scenario"]["Mutant"];
    assert_eq!(mutant["name"], "src/a b.rs:3:7: replace + with * in f");
    assert_eq!(mutant["genre"], "BinaryOperator");
    assert_eq!(mutant["function"]["function_name"], "f");
    assert_eq!(mutant["span"]["start"], json!({ "line": 3, "column": 7 }));
}

#[test]
fn the_list_has_a_diff_per_mutant() {
    let results = sample::results();
    let mutants = || results.mutants.iter().map(|it| &it.mutant);
    let text = list_json(mutants(), |it| results.source(it).to_owned()).expect("a list");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value.as_array().map(Vec::len), Some(8));
    assert!(value[0]["diff"].as_str().is_some_and(|it| it.contains("-    a + b\n+    a - b\n")));
    assert_eq!(list_text(mutants()).lines().count(), 8);
    assert!(list_text(mutants()).starts_with("src/a b.rs:3:7: replace + with - in f\n"));
}
