//! The forms of cargo-mutants 27, so that tools that read its files read ours: the list of mutants, and
//! `outcomes.json`.
//!
//! It has no verdict for a mutant that is compiled out or that could not be judged: those are left out of
//! `outcomes.json` (they have lists of their own, see `folder`).

use serde_json::{Value, json};

use super::diff;
use super::results::{Judged, Results};
use crate::{Error, Mutant, SourceFile, Verdict};

#[cfg(test)]
mod tests;

/// A mutant's line: `file:line:col: replace + with - in f`.
pub(super) fn line(mutant: &Mutant) -> String {
    let start = mutant.span.start;
    format!("{}:{}:{}: {}", mutant.file.display(), start.line, start.column, mutant.name)
}

/// The lines of `--list`.
#[must_use]
pub fn list_text<'a>(mutants: impl IntoIterator<Item = &'a Mutant>) -> String {
    mutants.into_iter().map(|mutant| line(mutant) + "\n").collect()
}

/// The text of `--list --json` and of `mutants.json`; `source` gives a mutant's file.
///
/// # Errors
///
/// A mutant is not in its file.
pub fn list_json<'a>(
    mutants: impl IntoIterator<Item = &'a Mutant>,
    source: impl Fn(&Mutant) -> String,
) -> Result<String, Error> {
    let mut all = Vec::new();
    for each in mutants {
        let mut value = mutant(each);
        value["diff"] = json!(diff::unified(each, &source(each), diff::IN_FILES)?);
        all.push(value);
    }
    Ok(format!("{:#}", Value::Array(all)))
}

/// The text of `--list-files`.
#[must_use]
pub fn list_files(files: &[SourceFile], json: bool) -> String {
    if json {
        let one = |it: &SourceFile| json!({ "package": it.package, "path": it.path });
        return format!("{:#}", Value::Array(files.iter().map(one).collect()));
    }
    files.iter().map(|it| format!("{}\n", it.path.display())).collect()
}

fn mutant(mutant: &Mutant) -> Value {
    let function = mutant.function.as_ref().map(|function| {
        json!({
            "function_name": function.name,
            "return_type": function.return_type,
            "span": function.span,
        })
    });
    json!({
        "name": line(mutant),
        "package": mutant.package,
        "file": mutant.file,
        "function": function,
        "span": mutant.span,
        "replacement": mutant.replacement,
        "genre": mutant.operator,
    })
}

/// Paths below `mutants.out/` of a mutant's log and diff, without their endings.
pub(super) type Name<'a> = &'a dyn Fn(&Mutant) -> String;

/// The text of `outcomes.json`.
pub(super) fn outcomes(results: &Results, name: Name<'_>) -> String {
    let counts = results.counts();
    let mut all = vec![baseline(results)];
    all.extend(results.judged().filter_map(|judged| outcome(&judged, name)));
    let value = json!({
        "outcomes": all,
        "total_mutants": all.len() - 1,
        "missed": counts.missed,
        "caught": counts.caught,
        "timeout": counts.timeout,
        "unviable": counts.unviable,
        "success": 0,
        "start_time": results.started,
        "end_time": ended(results),
        "cargo_mutants_version": format!("segue {}", results.segue),
    });
    format!("{value:#}")
}

fn ended(results: &Results) -> Option<String> {
    let started: jiff::Timestamp = results.started.parse().ok()?;
    started.checked_add(results.times.total()).ok().map(|it| it.to_string())
}

fn baseline(results: &Results) -> Value {
    json!({
        "scenario": "Baseline",
        "summary": "Success",
        "log_path": "log/baseline.log",
        "diff_path": null,
        "phase_results": [
            phase("Build", results.times.build.as_secs_f64(), json!("Success"), &[]),
            phase("Test", results.times.baseline.as_secs_f64(), json!("Success"), &[]),
        ],
    })
}

fn outcome(judged: &Judged<'_>, name: Name<'_>) -> Option<Value> {
    let (summary, build, test) = match judged.verdict? {
        Verdict::Caught => ("CaughtMutant", json!("Success"), Some(json!({ "Failure": 101 }))),
        Verdict::Missed | Verdict::NotReached => {
            ("MissedMutant", json!("Success"), Some(json!("Success")))
        }
        Verdict::Timeout => ("Timeout", json!("Success"), Some(json!("Timeout"))),
        Verdict::Unviable => ("Unviable", json!({ "Failure": 101 }), None),
        Verdict::NotCompiled | Verdict::NotJudged => return None,
    };
    let mut phases = vec![phase("Build", 0.0, build, &[])];
    if let Some(status) = test {
        let tests = judged
            .outcome
            .map_or(&[][..], |it| &it.reached_by[..it.tests_run.min(it.reached_by.len())]);
        let seconds = judged.outcome.map_or(0.0, |it| it.duration.as_secs_f64());
        phases.push(phase("Test", seconds, status, tests));
    }
    let base = name(judged.mutant);
    Some(json!({
        "scenario": { "Mutant": mutant(judged.mutant) },
        "summary": summary,
        "log_path": format!("log/{base}.log"),
        "diff_path": format!("diff/{base}.diff"),
        "phase_results": phases,
        // Theirs has none; who reads it passes over it.
        "tier": judged.tier.map(super::text::tier),
    }))
}

/// Nothing is started for a mutant: in place of a command line stand the tests that were run.
fn phase(phase: &str, seconds: f64, status: Value, tests: &[String]) -> Value {
    json!({ "phase": phase, "duration": seconds, "process_status": status, "argv": tests })
}
