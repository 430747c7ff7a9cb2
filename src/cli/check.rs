//! `segue check`: compiles a song and says what live code it makes: functions, state, warnings.

use segue_runtime::compiler::Level;
use segue_runtime::{Event, Program, Report};

use super::failure::Failure;
use super::screen::{DIM, GOOD, Screen};
use super::song::{self, Watch};

/// Runs `segue check`.
pub(crate) fn run(arguments: super::Check, screen: &mut Screen) -> Result<(), Failure> {
    let super::Check { song, compiler } = arguments;
    let back_end = song::back_end(compiler)?;
    let program = song::compile(&song, Watch::Nothing, song::settled(back_end))?;
    // The first generation reports itself like any later one.
    let opened = program.events().try_iter().find_map(|event| match event {
        Event::Live(report) => Some(report),
        _ => None,
    });
    for warning in opened.iter().flat_map(|report| &report.warnings) {
        screen.always(warning.rendered_color.trim_end());
    }
    // Says what `process` is missing, if anything, as `segue play` would.
    song::take_process(&program, &song)?;
    screen.line(&heading(&song::name(&song.song), opened.as_ref()));
    for line in functions(&program).into_iter().chain(state(&program)) {
        screen.line(&line);
    }
    Ok(())
}

fn heading(name: &str, opened: Option<&Report>) -> String {
    let mut line = format!("{GOOD}good{GOOD:#}  {name} compiles and can be played");
    if let Some(report) = opened {
        let timings = report.timings;
        let milliseconds = timings.total().as_secs_f64() * 1e3;
        line.push_str(&format!("  {DIM}{milliseconds:.0} ms{DIM:#}"));
        match report.warnings.iter().filter(|each| each.level != Level::Note).count() {
            0 => {}
            1 => line.push_str(", 1 warning"),
            many => line.push_str(&format!(", {many} warnings")),
        }
    }
    line
}

/// Every function of the song with its line and signature, and why it cannot be called from outside
/// if it cannot.
fn functions(program: &Program) -> Vec<String> {
    let interface = program.interface();
    let own = interface.functions.iter().filter(|function| !function.path.starts_with("prelude::"));
    let width = own.clone().map(|function| function.path.chars().count()).max().unwrap_or(0);
    let mut lines = vec!["functions".to_owned()];
    for function in own {
        let (line, path, signature) = (function.line, &function.path, function.signature());
        let mut text = format!("{DIM}{line:>5}{DIM:#}  {path:<width$}  {signature}");
        if let Some(reason) = &function.no_shim_reason {
            text.push_str(&format!("  {DIM}not called from outside: {reason}{DIM:#}"));
        }
        lines.push(text);
    }
    lines
}

/// The fields of the song's state, which survive edits.
fn state(program: &Program) -> Vec<String> {
    let interface = program.interface();
    let process = interface.functions.iter().find(|function| function.path == song::PROCESS);
    let name = process.and_then(|process| process.state.as_deref());
    let Some(state) = interface.states.iter().find(|state| Some(state.name.as_str()) == name)
    else {
        return Vec::new();
    };
    let mut lines = vec![format!("state `{}`, carried over field by field", state.name)];
    let fields = interface.fields_of(state);
    for field in fields {
        lines.push(format!("       {}: {}", field.name, field.part.ty));
    }
    if fields.is_empty() {
        lines.push("       no fields".to_owned());
    }
    lines
}
