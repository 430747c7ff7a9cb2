//! How far a run is: a line that is drawn again on a terminal, a few plain lines in a pipe.

use std::time::{Duration, Instant};

use segue_mutants::run::RunEvent;
use segue_mutants::session::Progress;
use segue_mutants::{BuildEvent, Verdict};

use crate::cli::screen::{GOOD, Screen};
use segue_mutants::report::seconds;

/// A pipe hears of each such part of the mutants.
const PARTS: usize = 4;

/// A terminal's line is drawn again after this time: more often nobody can read it.
const DRAWN: Duration = Duration::from_millis(50);

/// The line.
pub(super) struct Line<'a> {
    screen: &'a mut Screen,
    chosen: usize,
    rounds: usize,
    rejected: usize,
    /// When the first mutant was begun.
    began: Option<Instant>,
    drawn: Option<Instant>,
    /// When the tests were begun to be built again.
    again: Option<Instant>,
    told: usize,
    missed: usize,
    timeouts: usize,
    /// Tests whose prefix is run once, and what these prefixes take, of which nothing was said.
    prefixes: (usize, Duration),
}

impl<'a> Line<'a> {
    pub(super) fn new(screen: &'a mut Screen, chosen: usize) -> Self {
        Self {
            screen,
            chosen,
            rounds: 0,
            rejected: 0,
            began: None,
            drawn: None,
            again: None,
            told: 0,
            missed: 0,
            timeouts: 0,
            prefixes: (0, Duration::ZERO),
        }
    }

    /// Says what happened.
    pub(super) fn hear(&mut self, progress: &Progress<'_>) {
        match progress {
            Progress::Waiting { holder } => {
                let holder = holder.map_or(String::new(), |it| format!(" (process {it})"));
                self.screen.line(&format!(
                    "waiting: another run works in this workspace{holder}; Ctrl-C ends this one"
                ));
            }
            Progress::BuildBegins => {
                self.screen.line(&format!("building {} mutants and the tests", self.chosen));
            }
            Progress::Build(BuildEvent::Round(round)) => {
                self.rounds += 1;
                self.rejected += round.rejected;
                let (rounds, rejected) = (self.rounds, self.rejected);
                self.screen.status(|columns| {
                    cut(
                        &format!(
                            "building: round {rounds}, the compiler rejects {rejected} mutants"
                        ),
                        columns,
                    )
                });
            }
            Progress::Build(BuildEvent::ExampleLeftOut { name, why }) => {
                self.screen.warn(&format!("{name} {why}: it judges nothing"));
            }
            Progress::Build(BuildEvent::Unused { what }) => self.screen.warn(what),
            Progress::Built { took, .. } => {
                let rejected = match self.rejected {
                    0 => String::new(),
                    count => format!(", without {count} that the compiler rejects"),
                };
                let took = seconds(*took);
                self.screen.line(&format!("{GOOD}built{GOOD:#} in {took}{rejected}"));
            }
            Progress::Run(event) => self.hear_run(event),
            _ => {}
        }
    }

    fn hear_run(&mut self, event: &RunEvent<'_>) {
        match event {
            RunEvent::BaselineBegins { tests, .. } => {
                let tests = *tests;
                self.screen
                    .status(|columns| cut(&format!("{tests} tests without mutants"), columns));
            }
            RunEvent::BaselineEnds { tests, took } => {
                self.began = Some(Instant::now());
                let took = seconds(*took);
                self.screen.line(&format!(
                    "{GOOD}ok{GOOD:#}: {tests} tests pass without mutants, in {took}"
                ));
            }
            RunEvent::BuildsAgain { tests } => {
                let tests = seconds(*tests);
                self.screen.line(&format!(
                    "tests take up to {tests} for all mutants: building them with opt-level 1"
                ));
                self.again = Some(Instant::now());
            }
            RunEvent::BuiltAgain { is_used, .. } => {
                let took = seconds(self.again.map_or(Duration::ZERO, |it| it.elapsed()));
                let ends =
                    if *is_used { "and tested" } else { "but other tests pass so: not used" };
                self.screen.line(&format!("{GOOD}built{GOOD:#} again {ends}, in {took}"));
                self.began = Some(Instant::now());
            }
            RunEvent::PrefixOnce { prefix, .. } => {
                let (tests, time) = self.prefixes;
                self.prefixes = (tests + 1, time + *prefix);
            }
            RunEvent::BuildsAlone { done, total } => {
                let (done, total) = (*done, *total);
                if done == 1 {
                    let noun = if total == 1 {
                        "mutant needs a build of its"
                    } else {
                        "mutants need builds of their"
                    };
                    self.screen.line(&format!("{total} {noun} own"));
                }
                self.screen.status(|columns| {
                    cut(&format!("builds of their own: {done}/{total}"), columns)
                });
            }
            RunEvent::Judged { outcome, done, total } => {
                if !outcome.remembered {
                    self.tell_prefixes();
                }
                match outcome.verdict {
                    Verdict::Missed | Verdict::NotReached => self.missed += 1,
                    Verdict::Timeout => self.timeouts += 1,
                    _ => {}
                }
                self.draw(*done, *total);
            }
            _ => {}
        }
    }

    fn tell_prefixes(&mut self) {
        let (tests, time) = std::mem::take(&mut self.prefixes);
        if tests > 0 {
            let noun = if tests == 1 { "test runs" } else { "tests run" };
            let time = seconds(time);
            self.screen.line(&format!(
                "{tests} {noun} what comes before the first mutant once for all of them: {time}"
            ));
        }
    }

    fn draw(&mut self, done: usize, total: usize) {
        let line = self.text(done, total);
        if self.screen.has_status() {
            if self.drawn.is_none_or(|at| at.elapsed() >= DRAWN) {
                self.drawn = Some(Instant::now());
                self.screen.status(|columns| cut(&line, columns));
            }
        } else if done * PARTS / total.max(1) > self.told {
            self.told = done * PARTS / total.max(1);
            self.screen.line(&line);
        }
    }

    fn text(&self, done: usize, total: usize) -> String {
        let spent = self.began.map_or(Duration::ZERO, |it| it.elapsed());
        let left = left(spent, done, total);
        let mut text = format!("{done}/{total} mutants, {} missed", self.missed);
        if self.timeouts > 0 {
            text.push_str(&format!(", {} timeouts", self.timeouts));
        }
        text.push_str(&format!(", {}", seconds(spent)));
        if let Some(left) = left {
            text.push_str(&format!(", about {} left", seconds(left)));
        }
        text
    }
}

/// An estimate, as if the mutants that are left took as long as those before them.
fn left(spent: Duration, done: usize, total: usize) -> Option<Duration> {
    let left = total.checked_sub(done).filter(|it| *it > 0)?;
    let each = spent.as_secs_f64() / done.max(1) as f64;
    Some(Duration::from_secs_f64(each * left as f64))
}

/// As much as fits.
fn cut(text: &str, columns: usize) -> String {
    text.chars().take(columns).collect()
}

#[cfg(test)]
mod tests;
