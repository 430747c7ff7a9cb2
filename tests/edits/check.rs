//! What holds for every edit: the checks of one case.
//!
//! Each problem that is found is one line of text; a case without problems holds.

use segue::{
    Closure, Error, Participant, Program, Report,
    runtime::compiler::{Diagnostic, Rustc},
};

use crate::{
    case::{Case, Text},
    host::Io,
    program::{Flight, Folder, InFlight, Probe, flight, is_one_at_a_time, probe, step},
};

/// Whether expectations are checked, or written as they were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Check,
    Update,
    /// What is not said is not expected either.
    Free,
}

/// Runs `case`, and says what is wrong. In [`Mode::Update`] its expectations become what was found.
pub(crate) fn run(case: &mut Case, rustc: &Rustc, mode: Mode) -> Vec<String> {
    let mut problems = several(case, rustc, mode);
    if problems.is_empty() && case.texts[0].has("step") {
        problems = alone(case, rustc);
    }
    problems
}

/// What was seen of one text.
#[derive(Clone, Default, PartialEq, Eq)]
struct Seen {
    probe: Option<String>,
    /// What `flight` gives where nothing happens meanwhile.
    flight: Option<String>,
    step: Option<String>,
}

/// A program under test with everything that calls it.
struct Running {
    program: Program,
    me: Participant,
    probe: Option<Probe>,
    flight: Option<Flight>,
    closure: Option<Closure<Io>>,
}

impl Running {
    fn open(folder: &Folder, text: &Text) -> Result<Running, Error> {
        let program = folder.open(text)?;
        let me = program.participant();
        let closure = if text.has("step") { Some(program.closure("step")?) } else { None };
        let mut running = Running { program, me, probe: None, flight: None, closure };
        running.bind();
        Ok(running)
    }

    /// Binds the entry points that the live text has; handles on those that are gone stay.
    fn bind(&mut self) {
        self.probe = self.program.bind("probe").ok().or(self.probe.take());
        self.flight = self.program.bind("flight").ok().or(self.flight.take());
    }

    fn see(&mut self) -> Seen {
        Seen {
            probe: self.probe.as_ref().map(|handle| probe(handle, &self.me)),
            flight: self.flight.as_ref().map(|handle| flight(handle, &self.me)),
            step: self.closure.as_mut().map(step),
        }
    }
}

/// With any number of calling threads: handles, a call in flight, and a closure beside them.
fn several(case: &mut Case, rustc: &Rustc, mode: Mode) -> Vec<String> {
    let folder = Folder::new(rustc);
    let mut running = match Running::open(&folder, &case.texts[0]) {
        Ok(running) => running,
        Err(error) => return vec![format!("the text before is refused: {error}")],
    };
    let mut problems = Vec::new();
    let is_closure_only = case.name.starts_with("states/") || case.name == "closures/state_of_any";
    if running.flight.is_none() && !is_closure_only {
        problems.push(
            "nothing is in flight: the text before has neither `probe` nor `fold`".to_owned(),
        );
    }
    let mut before = running.see();
    expect_seen(&mut case.texts[0], &before, mode, &mut problems);
    let mut live = case.texts[0].clone();
    let texts = case.texts.len();
    for at in 1..texts {
        let text = &mut case.texts[at];
        let mut say = |what: String| problems.push(format!("after {at}: {what}"));
        folder.write(text);
        let flying = running.flight.as_ref().map(|it| InFlight::start(&running.program, it));
        let old_probe = running.probe.clone();
        let generation = running.program.generation();
        let result = running.program.apply(&text.live());
        let flight = flying.map(InFlight::land);
        let outcome = outcome(&result, generation);
        check_outcome(text, &live, &result, outcome, mode, &mut say);
        check_flight(text, &result, flight, &before, mode, &mut say);
        if result.is_err() {
            folder.write(&live);
            if let (Some(old), now) = (&before.probe, running.see().probe)
                && now.as_ref() != Some(old)
            {
                say(format!("refused, and yet `probe` gives {now:?} after {old}"));
            }
            continue;
        }
        running.bind();
        let after = running.see();
        if let (Some(old), Some(new), true) = (&old_probe, &after.probe, text.has_flight())
            && text.directive("carries").is_none()
        {
            let through_old = probe(old, &running.me);
            if through_old != *new {
                say(format!("an old handle gives {through_old}, a new one {new}"));
            }
        }
        check_oracle(&folder, text, &after, &mut say);
        // A closure's state goes through an undo with it, and comes back without what was new.
        let is_last = running.closure.is_none() || at + 1 == texts;
        if outcome != "unchanged" && is_last && text.directive("carries").is_none() {
            travel(&mut running, (&live, &before), (text, &after), &mut say);
        }
        let mut found = Vec::new();
        if !(is_one_at_a_time() && text.directive("carries").is_some()) {
            expect_seen(text, &after, mode, &mut found);
        }
        found.into_iter().for_each(&mut say);
        (before, live) = (after, text.clone());
    }
    problems
}

/// With the closure as the one caller, which takes commits between two calls: it must write the same.
fn alone(case: &Case, rustc: &Rustc) -> Vec<String> {
    let folder = Folder::new(rustc);
    let open = folder.open(&case.texts[0]).and_then(|program| {
        let closure = program.closure::<Io>("step")?;
        Ok((program, closure))
    });
    let (program, mut closure) = match open {
        Ok(open) => open,
        Err(error) => return vec![format!("alone: the text before is refused: {error}")],
    };
    let mut problems = Vec::new();
    for (at, text) in case.texts.iter().enumerate() {
        if at > 0 {
            folder.write(text);
            if let Err(error) = program.apply(&text.live()) {
                if text.directive("expect").is_none_or(|it| !it.starts_with("refused")) {
                    problems.push(format!("alone, after {at}: refused: {error}"));
                }
                continue;
            }
        }
        let written = step(&mut closure);
        if text.directive("step").is_some_and(|expected| expected != written) {
            problems.push(format!("alone, after {at}: `step` writes {written}"));
        }
    }
    problems
}

/// What an edit ended as, that came when `generation` was live.
fn outcome(result: &Result<Report, Error>, generation: u64) -> &'static str {
    match result {
        Ok(report) if !report.state.is_empty() => "migrated",
        Ok(report) if report.generation != generation => "live",
        Ok(_) => "unchanged",
        Err(_) => "refused",
    }
}

/// `expect: live`, `live, changed a b`, `migrated`, `unchanged`, `refused: part of the message`;
/// `state: field: kept`.
fn check_outcome(
    text: &mut Text,
    before: &Text,
    result: &Result<Report, Error>,
    outcome: &str,
    mode: Mode,
    say: &mut impl FnMut(String),
) {
    let Some(expected) = text.directive("expect") else {
        match (mode, result) {
            (Mode::Update, Ok(_)) => text.set("expect", outcome.to_owned()),
            (Mode::Free, Ok(_)) => {}
            _ => say(format!("say what to expect; it is {outcome}: {result:?}")),
        }
        return;
    };
    let (kind, rest) = expected.split_at(expected.find([',', ':']).unwrap_or(expected.len()));
    if kind != outcome {
        return say(format!("expected {expected}, found {outcome}: {}", told(result)));
    }
    match result {
        Err(error) => {
            let part = rest.trim_start_matches(": ");
            let message = error.to_string();
            if part.is_empty() || !message.contains(part) {
                say(format!("refused, and the message does not say `{part}`: {message}"));
            }
            if !says_where(error, text, before) {
                say(format!("refused, and neither a line nor what is defined is named: {message}"));
            }
        }
        Ok(report) => {
            let lists = [&report.changed, &report.added, &report.removed];
            if outcome == "live" && lists.iter().all(|list| list.is_empty()) {
                say(format!("live, and the report names nothing: {report}"));
            }
            for (kind, names) in rest.split(", ").filter_map(|part| part.trim().split_once(' ')) {
                let list = match kind {
                    "changed" => &report.changed,
                    "added" => &report.added,
                    _ => &report.removed,
                };
                for name in names.split(' ').filter(|name| !list.iter().any(|it| it == name)) {
                    say(format!("`{name}` is not among {kind}: {report}"));
                }
            }
            let state = report.state.iter().map(ToString::to_string).collect();
            check_lines(text, "state", state, mode, say);
            let statics = report.statics.iter().map(ToString::to_string);
            let statics = statics.map(|line| line.replacen("static ", "", 1)).collect();
            check_lines(text, "static", statics, mode, say);
        }
    }
}

/// Whether an error names a line of one of the files, or in backquotes what `text` or the text before it
/// defines.
fn says_where(error: &Error, text: &Text, before: &Text) -> bool {
    let live = text.live();
    let lines_of = |name: &str| match name {
        "live.rs" => Some(live.lines().count()),
        name => text.files.get(name).map(|content| content.lines().count()),
    };
    let is_a_line =
        |name: &str, line: usize| lines_of(name).is_some_and(|lines| (1..=lines).contains(&line));
    let is_at = |diagnostic: &Diagnostic| {
        let name = diagnostic.file.file_name().unwrap_or_default().to_string_lossy();
        is_a_line(&name, diagnostic.line as usize)
    };
    if error.diagnostics().iter().any(is_at) {
        return true;
    }
    let message = error.to_string();
    let is_place = |word: &str| {
        let mut parts = word.rsplit('/').next().unwrap_or(word).split(':');
        let line = |part: Option<&str>| part?.parse().ok();
        parts.next().zip(line(parts.next())).is_some_and(|(name, line)| is_a_line(name, line))
    };
    let is_defined = |span: &str| {
        let name = span.rsplit([':', '.']).next().unwrap_or(span).trim_end_matches("()");
        let defines = |word: &str| format!("{word} {name}");
        let items = ["fn", "struct", "enum", "type", "static", "const", "mod"].map(defines);
        let is_in = |text: &Text| {
            let has = |what: &str| {
                let ends =
                    |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
                text.source.match_indices(what).any(|(at, _)| ends(&text.source[at + what.len()..]))
            };
            !name.is_empty() && items.iter().any(|item| has(item))
                || text.source.contains(&format!(" {name}: "))
        };
        is_in(text) || is_in(before)
    };
    message.split_whitespace().any(is_place)
        || message.split('`').skip(1).step_by(2).any(is_defined)
}

/// `state: phase: kept` and `static: COUNT: keeps`, one for each line of the report.
fn check_lines(
    text: &mut Text,
    name: &str,
    lines: Vec<String>,
    mode: Mode,
    say: &mut impl FnMut(String),
) {
    let mut expected: Vec<&str> = text.all(name).collect();
    if expected.is_empty() && mode == Mode::Update && !lines.is_empty() {
        say(format!("say what becomes of each {name}: {lines:#?}"));
    }
    for line in &lines {
        let is_it = |each: &&str| {
            let (field, fate) = each.split_once(": ").unwrap_or((each, ""));
            line.strip_prefix(field)
                .is_some_and(|rest| rest.starts_with([':', ' ']) && rest.contains(fate))
        };
        match expected.iter().position(is_it) {
            Some(at) => drop(expected.remove(at)),
            None => say(format!("nothing was expected of the field in `{line}`")),
        }
    }
    if !expected.is_empty() {
        say(format!("the report does not say: {expected:?}; it says {lines:?}"));
    }
}

fn told(result: &Result<Report, Error>) -> String {
    match result {
        Ok(report) => report.to_string(),
        Err(error) => error.to_string(),
    }
}

/// A call that was inside the old code when the edit came may end in the old code, or, where no
/// type changed, in new functions: never in between.
fn check_flight(
    text: &mut Text,
    result: &Result<Report, Error>,
    flight: Option<String>,
    before: &Seen,
    mode: Mode,
    say: &mut impl FnMut(String),
) {
    let Some(flight) = flight else { return };
    let is_old = before.flight.as_ref() == Some(&flight);
    if result.is_err() {
        if !is_old && text.directive("flight").is_none() {
            say(format!("refused, and yet the call in flight gives {flight}"));
        }
        return;
    }
    let found = if is_old { "old".to_owned() } else { flight };
    match text.directive("flight") {
        Some(expected) if expected == found => {}
        // Callers that had the function inlined change with it.
        _ if is_one_at_a_time() => {}
        _ if mode == Mode::Update => text.set("flight", found),
        None if mode == Mode::Free => {}
        expected => say(format!("the call in flight gives {found}, expected {expected:?}")),
    }
}

/// A program that was never edited gives the same.
fn check_oracle(folder: &Folder, text: &Text, after: &Seen, say: &mut impl FnMut(String)) {
    if text.directive("carries").is_some() {
        return;
    }
    let fresh = match folder.open(text) {
        Ok(fresh) => fresh,
        Err(error) => return say(format!("live, but a program does not open with it: {error}")),
    };
    if let (Ok(handle), Some(swapped)) = (fresh.bind("probe"), &after.probe) {
        let told = probe(&handle, &fresh.participant());
        if told != *swapped {
            say(format!("`probe` gives {swapped} after the edit, {told} in a fresh program"));
        }
    }
}

/// Undo gives what was, with a call in flight; redo gives what is.
fn travel(
    running: &mut Running,
    (old_text, old): (&Text, &Seen),
    (text, new): (&Text, &Seen),
    say: &mut impl FnMut(String),
) {
    let flying = running.flight.as_ref().map(|it| InFlight::start(&running.program, it));
    let undone = running.program.undo();
    let flight = flying.map(InFlight::land);
    if let Err(error) = undone {
        return say(format!("undo is refused: {error}"));
    }
    if text.directive("flight") == Some("old") && text.has_flight() && flight != new.flight {
        say(format!("a call in flight during the undo gives {flight:?}, not {:?}", new.flight));
    }
    running.bind();
    let back = running.see();
    if old_text.has_flight() && back.probe != old.probe {
        say(format!(
            "`probe` gives {:?} after the undo, {:?} before the edit",
            back.probe, old.probe
        ));
    }
    if let Err(error) = running.program.redo() {
        return say(format!("redo is refused: {error}"));
    }
    running.bind();
    let again = running.see();
    if again.probe != new.probe {
        say(format!("`probe` gives {:?} after the redo, {:?} before", again.probe, new.probe));
    }
}

/// `probe: 1 2 3 6`, `step: 1 3`
fn expect_seen(text: &mut Text, seen: &Seen, mode: Mode, problems: &mut Vec<String>) {
    for (name, found) in [("probe", &seen.probe), ("step", &seen.step)] {
        let expected = text.directive(name).map(str::to_owned);
        if mode == Mode::Update {
            if let Some(found) = found {
                text.set(name, found.clone());
            }
        } else if expected != *found && mode == Mode::Check {
            problems.push(format!("`{name}` gives {found:?}, expected {expected:?}"));
        }
    }
}
