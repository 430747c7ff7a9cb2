//! What is said at the end of a run: what people should look at first, then the counts.

use anstyle::Style;
use segue_mutants::Verdict;
use segue_mutants::report::{self, Comparison, Judged, Results};

use super::saying::Saying;
use crate::cli::failure::Failure;
use crate::cli::screen::{BAD, DIM, GOOD, NOTE, Screen};

/// The findings, the annotations, the notes and the summary.
pub(super) fn results(
    results: &Results,
    saying: &Saying,
    screen: &mut Screen,
) -> Result<(), Failure> {
    let wanted = |verdict: Option<Verdict>| match verdict {
        Some(Verdict::Missed | Verdict::NotReached) => Some(0),
        Some(Verdict::Timeout) => Some(1),
        Some(Verdict::NotJudged) => Some(2),
        Some(Verdict::Caught) => saying.caught.then_some(3),
        Some(Verdict::Unviable | Verdict::NotCompiled) => saying.unviable.then_some(4),
        _ => None,
    };
    let mut shown: Vec<_> =
        results.judged().filter_map(|it| Some((wanted(it.verdict)?, it))).collect();
    shown.sort_by_key(|(rank, _)| *rank);
    for (_, judged) in &shown {
        finding(judged, results, screen)?;
    }
    if saying.annotates() {
        for judged in results.judged().filter(|it| wanted(it.verdict) == Some(0)) {
            screen.always(&report::annotation(judged.mutant));
        }
    }
    for note in &results.notes {
        screen.line(&format!("{NOTE}note{NOTE:#}: {note}"));
    }
    screen.always(&report::summary(results));
    Ok(())
}

/// What differs from cargo-mutants' verdicts.
pub(super) fn comparison(comparison: &Comparison, screen: &mut Screen) {
    let lists = [
        ("differs", &comparison.differences),
        ("not judged", &comparison.not_judged),
        ("only segue", &comparison.only_ours),
        ("only cargo-mutants", &comparison.only_theirs),
    ];
    for (word, lines) in lists {
        for line in lines {
            screen.always(&format!("{NOTE}{word}{NOTE:#} {line}"));
        }
    }
    screen.always(&format!(
        "{} of {} verdicts equal those of cargo-mutants ({:.2}%)",
        comparison.both - comparison.differences.len(),
        comparison.both,
        comparison.agreement() * 100.0,
    ));
}

fn finding(judged: &Judged<'_>, results: &Results, screen: &mut Screen) -> Result<(), Failure> {
    let (word, text) = report::finding(judged, results.source(judged.mutant))?;
    let style = style(judged.verdict);
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let mut shown = format!("{style}{word:<8}{style:#} {first}");
    for line in lines {
        let style = match line.trim_start().chars().next() {
            Some('-') => BAD,
            Some('+') => GOOD,
            _ => DIM,
        };
        shown.push_str(&format!("\n{style}{line}{style:#}"));
    }
    screen.always(&shown);
    Ok(())
}

fn style(verdict: Option<Verdict>) -> Style {
    match verdict {
        Some(Verdict::Missed | Verdict::NotReached) => BAD,
        Some(Verdict::Caught) => GOOD,
        Some(Verdict::Timeout | Verdict::NotJudged) => NOTE,
        _ => DIM,
    }
}
