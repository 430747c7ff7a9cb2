//! SARIF 2.1.0, which code hosts and editors show beside the code: one result per mutant that people should look at.
//!
//! Missed mutants are warnings, timeouts notes; the others are no findings.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::results::{Judged, Results};
use super::text;
use crate::{Operator, Verdict};

#[cfg(test)]
mod tests;

/// The whole log.
pub(super) fn log(results: &Results) -> Value {
    let found: Vec<_> = results.judged().filter_map(|judged| result(&judged)).collect();
    let operators: BTreeMap<_, _> =
        results.mutants.iter().map(|it| (it.mutant.operator, ())).collect();
    let rules: Vec<_> = operators.into_keys().map(rule).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "segue",
                "semanticVersion": results.segue,
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": found,
        }],
    })
}

fn rule(operator: Operator) -> Value {
    let text = match operator {
        Operator::FnValue => "A function returns another value, and no test fails",
        Operator::BinaryOperator => "A binary operator is another one, and no test fails",
        Operator::UnaryOperator => "A unary operator is missing, and no test fails",
        Operator::MatchArm => "An arm of a match is missing, and no test fails",
        Operator::MatchArmGuard => "The guard of an arm is constant, and no test fails",
        Operator::StructField => "A field is not set, and no test fails",
        Operator::CallDeletion => "A call is missing, and no test fails",
        Operator::ArgumentSwap => "Two arguments change places, and no test fails",
        Operator::Constant => "A literal is another one, and no test fails",
        Operator::Boundary => "A boundary is moved, and no test fails",
        Operator::BodyRemoval => "A body is missing, and no test fails",
    };
    json!({ "id": format!("{operator:?}"), "shortDescription": { "text": text } })
}

fn result(judged: &Judged<'_>) -> Option<Value> {
    let tests = judged.outcome.map_or(0, |it| it.reached_by.len());
    let (level, what) = match judged.verdict? {
        Verdict::Missed if tests == 1 => ("warning", "the test that reaches it passes".to_owned()),
        Verdict::Missed => ("warning", format!("all {tests} tests that reach it pass")),
        Verdict::NotReached => ("warning", "no test reaches it".to_owned()),
        Verdict::Timeout => ("note", "a test took longer than its limit".to_owned()),
        _ => return None,
    };
    let it = judged.mutant;
    let tier = judged.tier.map(text::tier);
    let region = json!({
        "startLine": it.span.start.line,
        "startColumn": it.span.start.column,
        "endLine": it.span.end.line,
        "endColumn": it.span.end.column,
    });
    let path = it.file.to_string_lossy();
    Some(json!({
        "ruleId": format!("{:?}", it.operator),
        "level": level,
        "message": { "text": format!("{}: {what}", it.name) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&path), "uriBaseId": "%SRCROOT%" },
            "region": region,
        } }],
        // It stays when lines above it change, so that a code host knows the finding again.
        "partialFingerprints": { "mutant/v1": format!("{path}: {}", it.name) },
        "properties": { "tier": tier },
    }))
}

/// A relative path as a reference: RFC 3986 allows these characters in it.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
