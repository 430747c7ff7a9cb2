//! From what rustc said to what the user is told: everything points into the user's own text.
//!
//! rustc may also complain about a line that was put below the text. Such a line is left out and the
//! compile repeated, so that no text is refused for something the user has not written. The one
//! exception is a state that is not `Send`, which is said in Segue's words at the state's own line.

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};

use super::frame::{Frame, Written};
use super::message::{Message, without_color};
use super::process::Ended;
use crate::diagnostic::{Diagnostic, Level};
use crate::error::{Error, ErrorKind};
use crate::shim::{Exclusions, Origin};
use crate::states::{FoundState, Survey};
use crate::tokens::{KeepStatic, type_text};

/// What follows from what rustc said.
pub(super) enum Verdict {
    /// There is an object; these are the warnings.
    Accepted(Vec<Diagnostic>),
    /// The text is wrong.
    Rejected(Vec<Diagnostic>),
    /// The text may be right: try again without these lines.
    WithoutShims(Exclusions),
    /// The text runs into what was put below it: ask again without anything below.
    WithoutSupport,
}

/// Codes of names that are not found: they say nothing where the support modules were left out.
const UNRESOLVED: &[&str] = &["E0405", "E0412", "E0422", "E0425", "E0432", "E0433", "E0531"];

/// Reads what rustc said about `frame`.
pub(super) fn read(
    ended: &Ended,
    frame: &Frame,
    survey: &Survey<'_>,
    excluded: &Exclusions,
) -> Result<Verdict, Error> {
    let (messages, rest) = Message::read_all(&ended.stderr);
    let crashed = messages.iter().any(|message| message.level.contains("internal compiler error"));
    if crashed || ended.status.signal().is_some() {
        return Err(crash(ended, &messages, &rest));
    }
    let mut own = Vec::new();
    let mut generated = Vec::new();
    for message in messages.iter().filter(|message| !message.is_summary()) {
        match locate(frame, message) {
            Place::Generated(origin) if message.level() == Level::Error => {
                generated.push((origin, message));
            }
            Place::Generated(_) => {}
            Place::Own(file, line, column) => {
                own.push(diagnostic(frame, message, file, line, column));
            }
        }
    }
    if ended.status.success() {
        own.retain(|diagnostic| diagnostic.level == Level::Warning);
        return Ok(Verdict::Accepted(own));
    }
    if own.iter().any(Diagnostic::is_error) {
        without_consequences(frame, &mut own);
        lead_back(frame, &mut own);
        return Ok(Verdict::Rejected(own));
    }
    if generated.is_empty() {
        return Err(crash(ended, &messages, &rest));
    }
    Ok(retry(frame, survey, excluded, &generated))
}

/// What to do about errors in the generated lines alone.
fn retry(
    frame: &Frame,
    survey: &Survey<'_>,
    excluded: &Exclusions,
    generated: &[(Option<Origin>, &Message)],
) -> Verdict {
    let mut more = Exclusions::new();
    let mut unsendable = Vec::new();
    for (origin, message) in generated {
        match origin {
            Some(Origin::Send(index)) => {
                let state = &survey.states[*index];
                let told = not_send(frame, state, message);
                if state.is_public {
                    unsendable.push(told);
                } else {
                    more.insert(Origin::State(*index), told.message);
                }
            }
            Some(origin) => {
                let reason = format!("rustc cannot export it: {}", message.message);
                more.entry(*origin).or_insert(reason);
            }
            None if message.code.as_ref().is_some_and(|code| code.code == "E0453") => {
                return Verdict::Rejected(vec![forbidden(frame, message)]);
            }
            None => {}
        }
    }
    if !unsendable.is_empty() {
        return Verdict::Rejected(unsendable);
    }
    more.retain(|origin, _| !excluded.contains_key(origin));
    if more.is_empty() { Verdict::WithoutSupport } else { Verdict::WithoutShims(more) }
}

/// Where a message belongs.
enum Place {
    Own(PathBuf, u32, u32),
    Generated(Option<Origin>),
}

fn locate(frame: &Frame, message: &Message) -> Place {
    let Some(span) = message.place() else {
        return Place::Own(frame.files[0].spelled.clone(), 1, 1);
    };
    let path = frame.user_file(&span.file_name);
    let Some(written) = frame.written(&path) else {
        return Place::Own(path, span.line_start, span.column_start);
    };
    match written.generated(span.line_start) {
        Some(origin) if !written.region.lines.is_empty() => Place::Generated(origin),
        _ => {
            let (line, column) = clamp(written, span.line_start, span.column_start);
            Place::Own(path, line, column)
        }
    }
}

/// The end of a text is its last character, whatever was put below.
fn clamp(written: &Written, line: u32, column: u32) -> (u32, u32) {
    if line <= written.lines {
        return (line, column);
    }
    let last = written.text.lines().last().unwrap_or_default().chars().count();
    (written.lines, u32::try_from(last).unwrap_or(u32::MAX).saturating_add(1))
}

fn diagnostic(
    frame: &Frame,
    message: &Message,
    file: PathBuf,
    line: u32,
    column: u32,
) -> Diagnostic {
    let inside = frame.directory().to_string_lossy();
    let rendered_color = message.rendered.as_deref().unwrap_or_default().replace(&*inside, "");
    Diagnostic {
        level: message.level(),
        code: message.code.as_ref().map(|code| code.code.clone()),
        message: message.message.replace(&*inside, ""),
        file,
        line,
        column,
        rendered: without_color(&rendered_color),
        rendered_color,
    }
}

/// An error in the standard library is about the line of the text that led there, which the note after it
/// names.
fn lead_back(frame: &Frame, diagnostics: &mut [Diagnostic]) {
    let is_users = |diagnostic: &Diagnostic| frame.written(&diagnostic.file).is_some();
    for at in 1..diagnostics.len() {
        let (before, after) = diagnostics.split_at_mut(at);
        let (Some(error), Some(note)) = (before.last_mut(), after.first()) else { continue };
        if error.is_error() && !is_users(error) && note.level == Level::Note && is_users(note) {
            error.file.clone_from(&note.file);
            (error.line, error.column) = (note.line, note.column);
        }
    }
}

/// Where nothing was put below, names of the support modules are missing: no fault of the text.
fn without_consequences(frame: &Frame, diagnostics: &mut Vec<Diagnostic>) {
    let is_consequence = |diagnostic: &Diagnostic| {
        diagnostic.code.as_deref().is_some_and(|code| UNRESOLVED.contains(&code))
    };
    let is_bare = frame.files[0].region.lines.is_empty();
    if is_bare && diagnostics.iter().any(|d| d.is_error() && !is_consequence(d)) {
        diagnostics.retain(|diagnostic| !is_consequence(diagnostic));
    }
}

fn crash(ended: &Ended, messages: &[Message], rest: &str) -> Error {
    let said = messages.iter().map(|message| message.message.as_str());
    let said: Vec<&str> = said.chain(rest.lines()).collect();
    // The end of a crash report says least; its beginning says what happened.
    let stderr = said.iter().take(20).copied().collect::<Vec<_>>().join("\n");
    Error::new(ErrorKind::Crashed { status: ended.status.to_string(), stderr })
}

/// A state that is not `Send`, in Segue's words.
fn not_send(frame: &Frame, state: &FoundState<'_>, message: &Message) -> Diagnostic {
    let culprit = message.message.split('`').nth(1).unwrap_or_default();
    let is_it = |field: &syn::Field| {
        let text = type_text(&field.ty, KeepStatic::No);
        let name = culprit.split('<').next().unwrap_or_default();
        let name = name.rsplit("::").next().unwrap_or_default();
        !name.is_empty()
            && text
                .split(|character: char| !(character.is_alphanumeric() || character == '_'))
                .any(|word| word == name)
            || text == culprit
    };
    let field = state.fields().into_iter().find(|(_, field)| is_it(field));
    let because = match &field {
        Some((name, field)) => {
            format!("field `{name}: {}` is not", type_text(&field.ty, KeepStatic::Yes))
        }
        None => message.message.clone(),
    };
    let written = &frame.files[state.defined.file];
    let line = field.as_ref().map_or(state.line(), |(_, field)| {
        crate::states::line(syn::spanned::Spanned::span(&field.ty))
    });
    let text = format!(
        "the state `{}` must be `Send`: it is created and dropped on another thread than the one that uses it; {because}",
        state.name
    );
    let code = message.code.as_ref().map(|code| code.code.clone());
    own_words(written, &written.spelled, line, code, text)
}

/// `#![forbid(..)]` reaches the generated lines too.
fn forbidden(frame: &Frame, message: &Message) -> Diagnostic {
    let written = &frame.files[0];
    let line = message
        .spans
        .iter()
        .filter(|span| written.generated(span.line_start).is_none())
        .map(|span| span.line_start)
        .next()
        .or_else(|| {
            let at = written.text.lines().position(|line| line.contains("forbid"))?;
            u32::try_from(at + 1).ok()
        });
    let text = "`forbid` also forbids what Segue adds to export the functions; use `deny` instead";
    own_words(written, &written.spelled, line.unwrap_or(1), None, text.to_owned())
}

/// An error of Segue's own, rendered as rustc renders its.
fn own_words(
    written: &Written,
    file: &Path,
    line: u32,
    code: Option<String>,
    message: String,
) -> Diagnostic {
    let text = written.text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
    let indent = text.chars().take_while(|character| character.is_whitespace()).count();
    let column = u32::try_from(indent).unwrap_or(u32::MAX).saturating_add(1);
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let underline = "^".repeat(text.trim().chars().count().max(1));
    let place = file.display();
    let render = |bold: &str, red: &str, blue: &str, reset: &str| {
        format!(
            "{bold}{red}error{reset}{bold}: {message}{reset}\n\
             {margin}{bold}{blue}--> {reset}{place}:{line}:{column}\n\
             {margin} {bold}{blue}|{reset}\n\
             {bold}{blue}{number} |{reset} {text}\n\
             {margin} {bold}{blue}|{reset} {space}{bold}{red}{underline}{reset}\n\n",
            space = " ".repeat(indent),
        )
    };
    Diagnostic {
        level: Level::Error,
        code,
        file: file.to_path_buf(),
        line,
        column,
        rendered: render("", "", "", ""),
        rendered_color: render("\u{1b}[1m", "\u{1b}[91m", "\u{1b}[94m", "\u{1b}[0m"),
        message,
    }
}
