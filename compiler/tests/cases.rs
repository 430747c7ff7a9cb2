//! Compiles every file of `tests/cases` and holds what comes back against what the file expects.
//!
//! A case says so in comments: `//# KIND: REST`, in any line.
//!
//! - `function: PATH SIGNATURE`: it is listed with that signature and exported
//! - `refused: PATH REASON`: it is listed, not exported, and the reason contains REASON
//! - `state: NAME FIELD, FIELD..`: it has shims and these fields, as `name: type`
//! - `no state: NAME REASON`: it has no shims, and the reason contains REASON
//! - `exported: PATH`: the object defines it as a global function, and it is live
//! - `absent: PATH`: the interface does not list it
//! - `error: LINE:COLUMN TEXT`, `warning: LINE:COLUMN TEXT`: the compiler says so, in this file
//!
//! Without an `error` the case must compile; no warning may come that is not expected.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use object::{Object, ObjectSymbol};
use segue_compiler::{
    Cancel, Compiled, Compiler, Diagnostic, Field, Function, Level, Rustc, Source, State, Support,
    function_path,
};

#[test]
fn cases() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    paths.sort();
    assert!(paths.len() > 10, "the cases are in {}", directory.display());
    let rustc = Rustc::find().unwrap();
    let mut failures = String::new();
    for path in paths {
        for failure in check(&rustc, &path) {
            writeln!(failures, "{}: {failure}", path.display()).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn check(rustc: &Rustc, path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let prelude = Support {
        name: "prelude".to_owned(),
        path: path.parent().unwrap().join("support/prelude.rs"),
    };
    let source =
        Source { path: path.to_path_buf(), text: text.as_str().into(), support: vec![prelude] };
    let expected: Vec<(&str, &str)> =
        text.lines().filter_map(|line| line.split_once("//# ")?.1.split_once(": ")).collect();
    let mut failures = Vec::new();
    match rustc.compile(&source, &Cancel::default()) {
        Ok(compiled) => {
            for (kind, rest) in &expected {
                if *kind == "error" {
                    failures.push(format!("compiles, and should not: {rest}"));
                } else if *kind != "warning" {
                    failures.extend(check_interface(&compiled, kind, rest));
                }
            }
            failures.extend(check_diagnostics(path, &compiled.warnings, &expected));
        }
        Err(error) if error.diagnostics().is_empty() => failures.push(format!("{error}")),
        Err(error) => failures.extend(check_diagnostics(path, error.diagnostics(), &expected)),
    }
    failures
}

/// Every expectation is met by one diagnostic, and no error or warning is left over.
fn check_diagnostics(
    path: &Path,
    diagnostics: &[Diagnostic],
    expected: &[(&str, &str)],
) -> Vec<String> {
    let mut failures = Vec::new();
    let mut left: Vec<&Diagnostic> = diagnostics.iter().collect();
    for (kind, rest) in expected {
        let level = match *kind {
            "error" => Level::Error,
            "warning" => Level::Warning,
            _ => continue,
        };
        let (place, text) = rest.split_once(' ').unwrap();
        let met = left.iter().position(|diagnostic| {
            diagnostic.level == level
                && format!("{}:{}", diagnostic.line, diagnostic.column) == place
                && diagnostic.message.contains(text)
                && diagnostic.file == path
        });
        match met {
            Some(index) => {
                let told = left.remove(index);
                if told.rendered.contains('\u{1b}') || !told.rendered_color.contains('\u{1b}') {
                    failures.push(format!("wrongly coloured: {:?}", told.rendered));
                }
                let excerpt = format!("{}:{place}", path.display());
                if !told.rendered.contains(&excerpt) {
                    failures.push(format!("`{}` does not say {excerpt}", told.rendered));
                }
            }
            None => failures.push(format!("no {kind} {rest}")),
        }
    }
    failures.extend(left.iter().map(|diagnostic| format!("not expected: {diagnostic}")));
    failures
}

fn check_interface(compiled: &Compiled, kind: &str, rest: &str) -> Option<String> {
    let (name, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let interface = &compiled.interface;
    let function = interface.functions.iter().find(|function| function.path == name);
    let state = interface.states.iter().find(|state| state.name == name);
    match (kind, function, state) {
        ("function", Some(function), _) => check_function(compiled, function, rest),
        ("state", _, Some(state)) => {
            check_state(compiled, state).or_else(|| check_data(compiled, name, rest))
        }
        ("data", ..) => check_data(compiled, name, rest),
        ("refused", Some(function), _) => {
            check_refusal(name, function.shim.is_none(), function.no_shim_reason.as_deref(), rest)
        }
        ("no state", _, Some(state)) => {
            check_refusal(name, state.shims.is_none(), state.no_shims_reason.as_deref(), rest)
        }
        ("exported", ..) => {
            let file = object::File::parse(&*compiled.object).unwrap();
            let exported = file.symbols().any(|symbol| {
                let symbol_name = symbol.name().unwrap_or_default();
                symbol.is_global()
                    && symbol.is_definition()
                    && symbol_name.starts_with("_R")
                    && function_path(symbol_name) == name
                    && interface.is_live(symbol_name)
            });
            (!exported).then(|| format!("{name} is not exported"))
        }
        ("absent", None, None) => None,
        _ => Some(format!("not met: {kind}: {name} {rest}")),
    }
}

fn check_function(compiled: &Compiled, function: &Function, signature: &str) -> Option<String> {
    let Some(shim) = &function.shim else {
        return Some(format!("{} has no shim: {:?}", function.path, function.no_shim_reason));
    };
    if !defines(compiled, shim) {
        return Some(format!("the object does not define {shim}"));
    }
    let is = function.signature();
    (is != signature).then(|| format!("{} is {is}, not {signature}", function.path))
}

fn check_state(compiled: &Compiled, state: &State) -> Option<String> {
    let Some(shims) = &state.shims else {
        return Some(format!("{} has no shims: {:?}", state.name, state.no_shims_reason));
    };
    let mut symbols = [&shims.layout, &shims.default, &shims.drop].into_iter();
    let missing = symbols.find(|symbol| !defines(compiled, symbol))?;
    Some(format!("the object does not define {missing}"))
}

/// `name: type` of each field; those of an enum as `Variant(name: type)`.
fn check_data(compiled: &Compiled, name: &str, expected: &str) -> Option<String> {
    let Some(data) = compiled.interface.data.iter().find(|data| data.name == name) else {
        return Some(format!("{name} is not described"));
    };
    let Some(shim) = &data.shim else {
        return Some(format!("{name} has no shim: {:?}", data.no_shim_reason));
    };
    if !defines(compiled, shim) {
        return Some(format!("the object does not define {shim}"));
    }
    let fields = |fields: &[Field]| {
        let fields = fields.iter().map(|field| format!("{}: {}", field.name, field.part.ty));
        fields.collect::<Vec<_>>().join(", ")
    };
    let variants = data.variants.iter().map(|variant| match data.is_enum {
        true => format!("{}({})", variant.name, fields(&variant.fields)),
        false => fields(&variant.fields),
    });
    let is = variants.collect::<Vec<_>>().join(", ");
    (is != expected).then(|| format!("{name} has {is}"))
}

fn check_refusal(
    name: &str,
    is_refused: bool,
    reason: Option<&str>,
    expected: &str,
) -> Option<String> {
    let met = is_refused && reason.is_some_and(|reason| reason.contains(expected));
    (!met).then(|| format!("{name}: {reason:?} instead of {expected}"))
}

fn defines(compiled: &Compiled, name: &str) -> bool {
    let file = object::File::parse(&*compiled.object).unwrap();
    file.symbols()
        .any(|symbol| symbol.name() == Ok(name) && symbol.is_definition() && symbol.is_global())
}
