//! The log is what its schema allows; only what people should look at is in it.

use super::*;
use crate::report::sample;

#[test]
fn the_log_follows_its_schema() {
    sample::assert_allowed("sarif-schema-2.1.0.json", &log(&sample::results()));
}

#[test]
#[should_panic(expected = "level")]
fn the_schema_refuses_another_level() {
    let mut log = log(&sample::results());
    log["runs"][0]["results"][0]["level"] = json!("bad");
    sample::assert_allowed("sarif-schema-2.1.0.json", &log);
}

#[test]
fn missed_mutants_are_warnings_and_timeouts_notes() {
    let log = log(&sample::results());
    let results = log["runs"][0]["results"].as_array().expect("a list");
    let texts: Vec<_> = results
        .iter()
        .map(|it| {
            (it["level"].as_str().unwrap_or(""), it["message"]["text"].as_str().unwrap_or(""))
        })
        .collect();
    let expected = [
        ("warning", "replace + with - in f: all 2 tests that reach it pass"),
        ("warning", "replace && with || in g: no test reaches it"),
        ("note", "replace == with != in g: a test took longer than its limit"),
    ];
    assert_eq!(texts, expected);
    let tiers: Vec<_> = results.iter().map(|it| it["properties"]["tier"].as_str()).collect();
    assert_eq!(tiers, [Some("slot"), Some("selector"), Some("slot")]);
    let place = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "src/a%20b.rs");
    // In characters, not in bytes: an umlaut and a sharp s stand before it, twice.
    assert_eq!(place["region"]["startColumn"], 42);
}
