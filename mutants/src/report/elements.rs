//! The report of mutation-testing-elements: its JSON, and the page that shows it.
//!
//! The form is that of the npm package mutation-testing-report-schema 3; the page carries its script and the
//! report in itself, so that it opens from a disk without a network.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use serde_json::{Value, json};

use super::results::{Judged, Results};
use crate::{Error, ErrorKind, Tier, Verdict};

#[cfg(test)]
mod tests;

/// The script of the page: see `assets/README.md`.
const SCRIPT: &[u8] =
    include_bytes!("../../assets/mutation-testing-elements/mutation-test-elements.js.gz");

/// The report.
pub(super) fn report(results: &Results) -> Value {
    let mut files: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for judged in results.judged() {
        files
            .entry(judged.mutant.file.to_string_lossy().into_owned())
            .or_default()
            .push(mutant(&judged));
    }
    let file = |(path, mutants): (String, Vec<Value>)| {
        let source = results.sources.get(std::path::Path::new(&path)).cloned().unwrap_or_default();
        let language = if path.ends_with(".c") { "c" } else { "rust" };
        (path, json!({ "language": language, "source": source, "mutants": mutants }))
    };
    let files: serde_json::Map<_, _> = files.into_iter().map(file).collect();
    json!({
        "schemaVersion": "2",
        "thresholds": { "high": 80, "low": 60 },
        "projectRoot": results.workspace,
        "files": files,
        "testFiles": test_files(results),
        "performance": {
            "setup": milliseconds(results.times.build),
            "initialRun": milliseconds(results.times.baseline),
            "mutation": milliseconds(results.times.run),
        },
        "framework": { "name": "segue", "version": results.segue },
    })
}

fn milliseconds(duration: std::time::Duration) -> f64 {
    // Microseconds are as exact as it is measured, and keep the number short.
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

fn mutant(judged: &Judged<'_>) -> Value {
    let it = judged.mutant;
    let mut value = json!({
        "id": it.id.0.to_string(),
        "mutatorName": format!("{:?}", it.operator),
        "description": it.name,
        "replacement": it.replacement,
        "location": it.span,
        "status": status(judged.verdict),
        "static": judged.tier == Some(Tier::Rebuild),
    });
    if !judged.reason.is_empty() {
        value["statusReason"] = json!(judged.reason);
    } else if judged.verdict == Some(Verdict::NotCompiled) {
        value["statusReason"] = json!("compiled out in this configuration");
    }
    if let Some(outcome) = judged.outcome {
        value["coveredBy"] = json!(outcome.reached_by);
        value["killedBy"] = json!(outcome.noticed_by.iter().collect::<Vec<_>>());
        value["testsCompleted"] = json!(outcome.tests_run);
        value["duration"] = json!(milliseconds(outcome.duration));
    }
    value
}

fn status(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Caught) => "Killed",
        Some(Verdict::Missed) => "Survived",
        Some(Verdict::NotReached) => "NoCoverage",
        Some(Verdict::Timeout) => "Timeout",
        Some(Verdict::Unviable) => "CompileError",
        Some(Verdict::NotCompiled | Verdict::NotJudged) => "Ignored",
        None => "Pending",
    }
}

/// Tests by binary: an outcome names them `binary::test`.
fn test_files(results: &Results) -> Value {
    let mut binaries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for outcome in &results.outcomes {
        for test in outcome.reached_by.iter().chain(&outcome.noticed_by) {
            let binary = test.split_once("::").map_or("", |(binary, _)| binary);
            binaries.entry(binary).or_default().insert(test);
        }
    }
    let definition = |test: &&str| {
        let name = test.split_once("::").map_or(*test, |(_, name)| name);
        json!({ "id": test, "name": name })
    };
    let files = binaries.iter().map(|(binary, tests)| {
        let tests: Vec<_> = tests.iter().map(definition).collect();
        ((*binary).to_owned(), json!({ "tests": tests }))
    });
    Value::Object(files.collect())
}

/// The page.
///
/// # Errors
///
/// The packed script is damaged.
pub(super) fn page(report: &Value) -> Result<String, Error> {
    let mut script = String::new();
    flate2::read::GzDecoder::new(SCRIPT).read_to_string(&mut script).map_err(|error| {
        Error::new(ErrorKind::Internal, format!("the script of the page is damaged: {error}"))
    })?;
    // Inside of a script element only `<` can end it: JSON has another way to write that.
    let report = report.to_string().replace('<', "\\u003c");
    Ok(format!(
        "<!DOCTYPE html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>Mutants</title>
<!-- The script is mutation-testing-elements by the authors of Stryker, Apache-2.0. -->
<script>{script}</script>
</head>
<body>
<mutation-test-report-app title-postfix=\"Mutants\">Your browser does not show custom elements; the same is in mutation.json.</mutation-test-report-app>
<script type=\"application/json\" id=\"report\">{report}</script>
<script>
const app = document.querySelector('mutation-test-report-app');
app.report = JSON.parse(document.getElementById('report').textContent);
const theme = () => {{ document.body.style.backgroundColor = app.themeBackgroundColor; }};
app.addEventListener('theme-changed', theme);
theme();
</script>
</body>
</html>
"
    ))
}
