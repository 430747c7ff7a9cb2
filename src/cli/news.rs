//! Lines for what happens to a program: one line per save, more only where there is more to say.

use segue_audio_demo::output::Notice;
use segue_runtime::compiler::{Diagnostic, Level};
use segue_runtime::{Cause, Error, ErrorKind, Event, Fault, Report};

use super::screen::{BAD, DIM, GOOD, NOTE};

/// The most functions a line names.
const MOST_NAMES: usize = 6;

/// What the names of functions begin with that the compiler adds to the song: how a state is made,
/// laid out and dropped.
const GENERATED: &str = "__segue_";

/// What happened, as text for the screen, and whether `--quiet` keeps it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct News {
    pub(crate) text: String,
    pub(crate) matters: bool,
}

/// What to say about `event`.
pub(crate) fn of_event(event: &Event, song: &str) -> News {
    match event {
        Event::Live(report) => News { text: live(report, song), matters: false },
        Event::Unchanged(report) => News { text: unchanged(report, song), matters: false },
        Event::Refused(error) => {
            let line = refused(error, &culprit(error, song));
            let lines: Vec<_> = compilers_words(error).into_iter().chain([line]).collect();
            News { text: lines.join("\n"), matters: true }
        }
        Event::Overtaken { .. } => News { text: overtaken(song), matters: false },
        Event::Optimised(report) => News { text: optimised(report), matters: false },
        Event::NotOptimised { generation, error, back_to } => {
            let what = match back_to {
                Some(number) => {
                    format!("{NOTE}back to gen {number}{NOTE:#}  gen {generation} was rejected")
                }
                None if error.kind() == ErrorKind::Rejected => {
                    format!("{NOTE}rejected{NOTE:#}  gen {generation} plays on all the same")
                }
                None => format!("{NOTE}not optimised{NOTE:#}  gen {generation} plays on as it is"),
            };
            let line = format!("{what}; {}", refused(error, &culprit(error, song)));
            let lines: Vec<_> = compilers_words(error).into_iter().chain([line]).collect();
            News { text: lines.join("\n"), matters: true }
        }
        Event::Fault(fault) => News { text: panicked(fault), matters: true },
        Event::NotWatching(reason) => News {
            text: format!("{BAD}not watching{BAD:#}  {reason}: saves are not noticed any more"),
            matters: true,
        },
        // Kinds of events that are younger than this command.
        other => News { text: format!("{other:?}"), matters: false },
    }
}

/// What to say about the output.
pub(crate) fn of_notice(notice: &Notice) -> News {
    let text = match notice {
        Notice::Lost(reason) => format!(
            "{BAD}device lost{BAD:#}  {reason}; the song goes on into a silent device: start again \
             to hear it"
        ),
        Notice::Unrecorded(reason) => {
            format!("{BAD}recording ended{BAD:#}  {reason}; the sound goes on")
        }
        Notice::Stuck(reason) => format!(
            "{BAD}device lost{BAD:#}  {reason}; it does not give the song back: there is no sound \
             any more"
        ),
        other => format!("{other:?}"),
    };
    News { text, matters: true }
}

/// An edit that is live: generation, what changed, how long it took; then fields and warnings.
pub(crate) fn live(report: &Report, song: &str) -> String {
    if report.cause == Cause::Open {
        return opened(report, song);
    }
    let verb = match report.cause {
        Cause::Undo => "undone",
        Cause::Redo => "redone",
        Cause::GoTo => "gone to",
        _ => "live",
    };
    let changes = changes(&[
        ("changed", &report.changed),
        ("added", &report.added),
        ("removed", &report.removed),
    ]);
    let changes = match changes {
        Some(changes) => changes,
        None if report.state.is_empty() => return unchanged(report, song),
        None => "the state's type changed".to_owned(),
    };
    let mut text = format!("{GOOD}{verb}{GOOD:#}  gen {}: {changes}", report.generation);
    if !matches!(report.cause, Cause::Undo | Cause::Redo | Cause::GoTo) {
        text.push_str(&format!("  {DIM}{}{DIM:#}", report.timings));
    }
    for field in &report.state {
        text.push_str(&format!("\n      state  {field}"));
    }
    text.push_str(&warnings(&report.warnings, song));
    text
}

/// Optimised code of what plays already: nobody edited anything, so no function is named, and nobody
/// waited, so no step is timed.
fn optimised(report: &Report) -> String {
    let milliseconds = report.timings.total().as_secs_f64() * 1e3;
    format!("{DIM}optimised  gen {}  {milliseconds:.0} ms{DIM:#}", report.generation)
}

/// The first generation: everything is new, so nothing is worth a name.
fn opened(report: &Report, song: &str) -> String {
    let (timings, warnings) = (report.timings, warnings(&report.warnings, song));
    format!("{GOOD}compiled{GOOD:#}  {} functions  {DIM}{timings}{DIM:#}{warnings}", report.linked)
}

fn unchanged(report: &Report, song: &str) -> String {
    if report.cause == Cause::GoTo {
        return format!("{DIM}unchanged{DIM:#}  generation {} plays already", report.generation);
    }
    let warnings = warnings(&report.warnings, song);
    format!("{DIM}unchanged{DIM:#}  {song} compiles to the code that runs already{warnings}")
}

fn overtaken(song: &str) -> String {
    format!("{DIM}overtaken{DIM:#}  a newer {song} came before the last one could play")
}

/// Where the whole warnings are to be had; and what is said once, in full: `segue check` would not say it.
fn warnings(told: &[Diagnostic], song: &str) -> String {
    let (notes, warnings): (Vec<_>, Vec<_>) =
        told.iter().partition(|each| each.level == Level::Note);
    let mut text = match warnings.len() {
        0 => String::new(),
        1 => format!("\n      {NOTE}1 warning{NOTE:#}: `segue check {song}` shows it"),
        many => format!("\n      {NOTE}{many} warnings{NOTE:#}: `segue check {song}` shows them"),
    };
    for note in notes {
        let (message, line) = (&note.message, note.line);
        text.push_str(&format!("\n      {NOTE}note{NOTE:#}: {message} (line {line})"));
    }
    text
}

/// What the compiler says against a text, in its own colours.
pub(crate) fn compilers_words(error: &Error) -> Option<String> {
    (!error.diagnostics().is_empty()).then(|| error.rendered_color().trim_end().to_owned())
}

/// The file that the compiler complains of first: the song, or one that belongs to it.
fn culprit(error: &Error, song: &str) -> String {
    let file = error.diagnostics().first().and_then(|first| first.file.file_name());
    file.map_or_else(|| song.to_owned(), |file| file.to_string_lossy().into_owned())
}

/// The line for a text that was refused; after the compiler's words, where it has some.
pub(crate) fn refused(error: &Error, song: &str) -> String {
    if error.diagnostics().is_empty() {
        return format!("{BAD}refused{BAD:#}  {error}");
    }
    format!("{BAD}refused{BAD:#}  {song} does not compile; what was live plays on")
}

fn panicked(fault: &Fault) -> String {
    format!("{BAD}panic{BAD:#}  {fault}")
}

/// `changed a, b; added c`; nothing where no function that people wrote is concerned.
fn changes(groups: &[(&str, &[String])]) -> Option<String> {
    let mut said = Vec::new();
    for (verb, names) in groups {
        let written: Vec<&str> =
            names.iter().map(String::as_str).filter(|name| !name.starts_with(GENERATED)).collect();
        if !written.is_empty() {
            said.push(format!("{verb} {}", some_of(&written)));
        }
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// The first names, and how many more there are.
pub(crate) fn some_of(names: &[&str]) -> String {
    let first = names.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

#[cfg(test)]
mod tests;
