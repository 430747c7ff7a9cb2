//! JUnit: each mutant once, with the kind that CI systems count.

use super::*;
use crate::report::sample;

#[test]
fn the_file_reads_back_with_counts_and_escaped_texts() {
    let xml = xml(&sample::results()).expect("a file");
    let report = Report::deserialize_from_str(&xml).expect("JUnit");
    assert_eq!(report.test_suites.len(), 1);
    let suite = &report.test_suites[0];
    assert_eq!((suite.tests, suite.failures, suite.errors), (8, 2, 1));
    assert_eq!(xml.matches("<skipped ").count(), 4, "{xml}");
    let names: Vec<_> = suite.test_cases.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names[6], "src/a b.rs:6:38: replace \"x\" with \"y\" in g");
    let tier =
        |value: &str| xml.matches(&format!("<property name=\"tier\" value=\"{value}\"")).count();
    assert_eq!((tier("slot"), tier("selector"), tier("rebuild")), (3, 1, 1), "{xml}");
    assert!(xml.contains("reached by lib::tests::one, it::two"), "{xml}");
    assert!(xml.contains("&amp;&amp;"), "{xml}");
}
