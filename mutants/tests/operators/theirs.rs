//! A mutant as a line that has everything that is compared, and the same of what cargo-mutants lists.

use std::path::Path;
use std::process::Command;

use segue_mutants::Mutant;
use serde_json::Value;

/// Name and place, kind, end, replacement and function.
pub(crate) fn line(mutant: &Mutant) -> String {
    let (start, end) = (mutant.span.start, mutant.span.end);
    let function = mutant.function.as_ref().map_or(String::new(), |function| {
        format!(" in {} {}, line {}", function.name, function.return_type, function.span.start.line)
    });
    format!(
        "{} [{:?} {}:{}-{}:{} `{}`{function}]",
        mutant.full_name(),
        mutant.operator,
        start.line,
        start.column,
        end.line,
        end.column,
        mutant.replacement,
    )
}

/// What an installed cargo-mutants lists for all packages of a folder.
pub(crate) fn lines(cargo_mutants: &str, folder: &Path) -> Result<Vec<String>, String> {
    let output = Command::new(cargo_mutants)
        .args(["mutants", "--list", "--json", "--workspace", "--dir"])
        .arg(folder)
        .output()
        .map_err(|error| format!("{cargo_mutants}: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let list: Vec<Value> =
        serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    Ok(list.iter().map(theirs).collect())
}

fn theirs(mutant: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (start, end) = (&mutant["span"]["start"], &mutant["span"]["end"]);
    let function = match &mutant["function"] {
        Value::Null => String::new(),
        function => format!(
            " in {} {}, line {}",
            text(&function["function_name"]),
            text(&function["return_type"]),
            function["span"]["start"]["line"]
        ),
    };
    format!(
        "{} [{} {}:{}-{}:{} `{}`{function}]",
        text(&mutant["name"]),
        text(&mutant["genre"]),
        start["line"],
        start["column"],
        end["line"],
        end["column"],
        text(&mutant["replacement"]),
    )
}
