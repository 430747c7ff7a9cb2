//! What `h` and `s` print while a song plays: the generations that can be gone to, and how what plays
//! stands to what is saved.

use std::time::{Duration, SystemTime};

use segue_runtime::{Cause, GenerationView, Place, Status};

use super::news::some_of;
use super::screen::{BAD, DIM, GOOD, NOTE};

/// A line for each generation, and what to type to get there.
pub(crate) fn history(generations: &[GenerationView], now: SystemTime) -> String {
    let mut lines: Vec<String> = generations.iter().map(|each| generation(each, now)).collect();
    lines.push(format!(
        "{DIM}a number goes there; `keep 3` keeps one, `release 3` lets it go{DIM:#}"
    ));
    lines.join("\n")
}

fn generation(each: &GenerationView, now: SystemTime) -> String {
    let mark = if each.place == Place::Live { format!("{GOOD}>{GOOD:#}") } else { " ".to_owned() };
    let ago = ago(now.duration_since(each.when).unwrap_or_default());
    let kib = each.size as f64 / 1024.0;
    let mut line =
        format!("{mark} {:>3}  {ago:>8}  {}  {DIM}{kib:.1} KiB{DIM:#}", each.number, did(each));
    match each.place {
        Place::Later => line.push_str(&format!("  {DIM}undone{DIM:#}")),
        Place::Aside => line.push_str(&format!("  {DIM}aside{DIM:#}")),
        _ => {}
    }
    if each.is_kept {
        line.push_str(&format!("  {NOTE}kept{NOTE:#}"));
    }
    if let Some(message) = &each.faulted {
        // What a compiler rejected says so itself.
        let what = if message.starts_with("rejected: ") { "" } else { "panicked " };
        line.push_str(&format!("  {BAD}{what}{BAD:#}{message}"));
    }
    line
}

/// What brought a generation about, and what it did.
fn did(each: &GenerationView) -> String {
    if each.cause == Cause::Open {
        return format!("opened, {} functions", each.functions);
    }
    let kinds = [("changed", &each.changed), ("added", &each.added), ("removed", &each.removed)];
    let said: Vec<String> = kinds
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(verb, names)| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            format!("{verb} {}", some_of(&names))
        })
        .collect();
    if said.is_empty() { "the state's type changed".to_owned() } else { said.join("; ") }
}

/// How long ago, in the largest unit that says something.
fn ago(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        _ => format!("{} h", seconds / 3600),
    }
}

/// One line where what plays is what is saved; else one more for each function that differs.
pub(crate) fn status(status: &Status) -> String {
    if status.is_saved() {
        return format!("{GOOD}as saved{GOOD:#}  {status}");
    }
    let mut lines = vec![differs(status)];
    if status.text.is_none() {
        let differing = status.functions.iter().filter(|each| !each.is_saved());
        lines.extend(differing.map(|each| format!("      {each}")));
    }
    lines.join("\n")
}

/// That what plays is not what is saved, and why.
pub(crate) fn differs(status: &Status) -> String {
    format!("{NOTE}not as saved{NOTE:#}  {status}")
}

#[cfg(test)]
mod tests;
