//! JUnit XML, which CI systems show as tests: a suite per file, a case per mutant.
//!
//! A missed mutant is a failure, a timeout an error; what could not be judged is skipped, with the reason.

use std::collections::BTreeMap;
use std::path::Path;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::results::{Judged, Results};
use super::{cargo_mutants, text};
use crate::{Error, ErrorKind, Verdict};

#[cfg(test)]
mod tests;

/// The whole file.
///
/// # Errors
///
/// The library cannot write it.
pub(super) fn xml(results: &Results) -> Result<String, Error> {
    let mut suites: BTreeMap<&Path, TestSuite> = BTreeMap::new();
    for judged in results.judged() {
        let file = judged.mutant.file.as_path();
        let suite = suites.entry(file).or_insert_with(|| TestSuite::new(file.to_string_lossy()));
        suite.add_test_case(case(&judged));
    }
    let mut report = Report::new("mutants");
    report.set_time(results.times.total());
    report.add_test_suites(suites.into_values());
    report.to_string().map_err(|error| {
        Error::new(ErrorKind::Internal, format!("junit.xml cannot be written: {error}"))
    })
}

fn case(judged: &Judged<'_>) -> TestCase {
    let mut status = match judged.verdict {
        Some(Verdict::Caught) => TestCaseStatus::success(),
        Some(Verdict::Missed | Verdict::NotReached) => {
            TestCaseStatus::non_success(NonSuccessKind::Failure)
        }
        Some(Verdict::Timeout) => TestCaseStatus::non_success(NonSuccessKind::Error),
        _ => TestCaseStatus::skipped(),
    };
    let word = text::verdict(judged.verdict);
    if judged.verdict != Some(Verdict::Caught) {
        status.set_type(word).set_message(text::why(judged));
    }
    let mut case = TestCase::new(cargo_mutants::line(judged.mutant), status);
    case.set_classname(judged.mutant.function.as_ref().map_or("", |it| it.name.as_str()));
    if let Some(tier) = judged.tier {
        case.add_property(("tier", text::tier(tier)));
    }
    if let Some(outcome) = judged.outcome {
        case.set_time(outcome.duration);
    }
    case
}
