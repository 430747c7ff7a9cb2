//! From what the front end and the lowering said to what the user is told: everything points into the
//! user's own text, in rustc's form. Lines below the text that are not accepted are left out.

use crate::diagnostic::{Diagnostic, Level};
use crate::shim::{Exclusions, Origin};

use super::frame::{Frame, Text};
use super::front::complaints::Fault;

/// One thing that is wrong, in a file of the frame.
pub(super) struct Wrong<'a> {
    pub(super) code: Option<&'a str>,
    pub(super) message: &'a str,
    pub(super) label: &'a str,
    /// Begin and end in bytes of the whole text.
    pub(super) range: (u32, u32),
    pub(super) fault: Fault,
}

/// What follows from what was said.
pub(super) enum Verdict {
    /// Nothing was wrong.
    Accepted,
    /// The text is wrong.
    Rejected(Vec<Diagnostic>),
    /// The text may be right, and the library lacks something.
    Lacking(Box<Diagnostic>),
    /// The text may be right: try again without these lines.
    Without(Exclusions),
}

/// What follows from complaints, each with the path of its file.
pub(super) fn judge(frame: &Frame, said: &[(String, Wrong<'_>)], excluded: &Exclusions) -> Verdict {
    let mut own = Vec::new();
    let mut more = Exclusions::new();
    for (path, wrong) in said {
        let Some(text) = frame.find(path) else { continue };
        let (line, _) = position(&text.full, wrong.range.0);
        match text.generated(line) {
            // What else is wrong may follow from this.
            None if wrong.fault == Fault::Library => {
                return Verdict::Lacking(Box::new(diagnostic(text, wrong)));
            }
            None => own.push(diagnostic(text, wrong)),
            Some(Some(origin)) => {
                let (origin, reason) = reason(origin, wrong.message);
                if !excluded.contains_key(&origin) {
                    more.entry(origin).or_insert(reason);
                }
            }
            // What all lines share: those that need the part that is wrong are wrong themselves.
            Some(None) => {}
        }
    }
    if !own.is_empty() {
        return Verdict::Rejected(own);
    }
    if more.is_empty() { Verdict::Accepted } else { Verdict::Without(more) }
}

/// What to leave out, and why. A state that is not `Send` is left out with its shims.
pub(super) fn reason(origin: Origin, message: &str) -> (Origin, String) {
    let origin = match origin {
        Origin::Send(index) => Origin::State(index),
        other => other,
    };
    (origin, format!("the jit cannot export it: {message}"))
}

/// A message about the word, or else the character, at this line and column of the user's text.
pub(super) fn at(text: &Text, line: u32, column: u32, message: &str) -> Diagnostic {
    let own = text.own();
    let begin = own
        .split_inclusive('\n')
        .take(line.saturating_sub(1) as usize)
        .map(str::len)
        .sum::<usize>();
    let before = own[begin..].chars().take(column.saturating_sub(1) as usize).map(char::len_utf8);
    let from = begin + before.sum::<usize>();
    let word = own[from..].chars().take_while(|it| it.is_alphanumeric() || *it == '_');
    let to = from + word.map(char::len_utf8).sum::<usize>().max(1);
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let (range, fault) = ((small(from), small(to)), Fault::Text);
    diagnostic(text, &Wrong { code: None, message, label: "", range, fault })
}

/// As rustc renders its own.
fn diagnostic(text: &Text, wrong: &Wrong<'_>) -> Diagnostic {
    let own = text.own();
    let end = u32::try_from(own.len()).unwrap_or(u32::MAX);
    let (from, to) = (wrong.range.0.min(end), wrong.range.1.min(end));
    let (line, column) = position(own, from);
    let excerpt = own.lines().nth(line as usize - 1).unwrap_or_default();
    let before: String = excerpt.chars().take(column as usize - 1).collect();
    let marked = own.get(from as usize..to as usize).unwrap_or_default();
    let marked = marked.lines().next().unwrap_or_default();
    let wide = |text: &str| text.replace('\t', "    ");
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let space = " ".repeat(wide(&before).chars().count());
    let underline = "^".repeat(wide(marked).chars().count().max(1));
    let label = if wrong.label.is_empty() { String::new() } else { format!(" {}", wrong.label) };
    let code = wrong.code.map_or_else(String::new, |code| format!("[{code}]"));
    let (message, place) = (wrong.message, text.spelled.display());
    let excerpt = wide(excerpt);
    let render = |bold: &str, red: &str, blue: &str, reset: &str| {
        format!(
            "{bold}{red}error{code}{reset}{bold}: {message}{reset}\n\
             {margin}{bold}{blue}--> {reset}{place}:{line}:{column}\n\
             {margin} {bold}{blue}|{reset}\n\
             {bold}{blue}{number} |{reset} {excerpt}\n\
             {margin} {bold}{blue}|{reset} {space}{bold}{red}{underline}{label}{reset}\n\n",
        )
    };
    Diagnostic {
        level: Level::Error,
        code: wrong.code.map(str::to_owned),
        message: message.to_owned(),
        file: text.spelled.clone(),
        line,
        column,
        rendered: render("", "", "", ""),
        rendered_color: render("\u{1b}[1m", "\u{1b}[91m", "\u{1b}[94m", "\u{1b}[0m"),
    }
}

/// Line and column of an offset, from 1.
fn position(text: &str, offset: u32) -> (u32, u32) {
    let before = text.get(..offset as usize).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}
