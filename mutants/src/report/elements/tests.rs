//! The report is what its schema allows, with each status; the page is complete in itself.

use super::*;
use crate::report::sample::{self, FILE};

#[test]
fn the_report_follows_its_schema() {
    sample::assert_allowed("mutation-testing-report-schema.json", &report(&sample::results()));
}

#[test]
#[should_panic(expected = "status")]
fn the_schema_refuses_another_status() {
    let mut report = report(&sample::results());
    report["files"][FILE]["mutants"][0]["status"] = json!("Noticed");
    sample::assert_allowed("mutation-testing-report-schema.json", &report);
}

#[test]
fn each_verdict_has_its_status_and_tests_have_their_file() {
    let report = report(&sample::results());
    let mutants = report["files"][FILE]["mutants"].as_array().expect("a list");
    let statuses: Vec<_> = mutants.iter().map(|it| it["status"].as_str().unwrap_or("")).collect();
    let expected = [
        "Survived",
        "Killed",
        "NoCoverage",
        "Timeout",
        "CompileError",
        "Ignored",
        "Ignored",
        "Pending",
    ];
    assert_eq!(statuses, expected);
    assert_eq!(mutants[5]["statusReason"], "in a macro");
    assert_eq!(mutants[6]["statusReason"], "compiled out in this configuration");
    assert_eq!(mutants[1]["killedBy"], json!(["lib::tests::one"]));
    assert_eq!(mutants[7]["static"], true);
    let tests = &report["testFiles"]["lib"]["tests"];
    assert_eq!(tests, &json!([{ "id": "lib::tests::one", "name": "tests::one" }]));
}

#[test]
fn the_page_holds_script_and_report_and_asks_for_nothing_else() {
    let report = report(&sample::results());
    let page = page(&report).expect("a page");
    // Ours, and those of the script and the report: the text of the sample must not end one.
    assert_eq!(page.matches("</script>").count(), 3);
    assert_eq!(
        page.matches("<script").count() - page.matches("<script>\n").count(),
        2 + scripts_of(&page)
    );
    assert!(page.contains("var MutationTestElements="));
    assert!(!page.contains("src=\"http") && !page.contains("<link"));
    let start = page.find("id=\"report\">").expect("the report") + "id=\"report\">".len();
    let end = start + page[start..].find("</script>").expect("its end");
    let read: Value = serde_json::from_str(&page[start..end]).expect("JSON");
    assert_eq!(read, report);
}

/// `<script` inside of the vendored script's own texts.
fn scripts_of(page: &str) -> usize {
    let start = page.find("var MutationTestElements=").expect("the script");
    let end = start + page[start..].find("</script>").expect("its end");
    page[start..end].matches("<script").count()
}
