//! Many examples as one program, each a module of it. Where one is refused the others are compiled without it; where
//! the process ends, each of them alone.

use std::{fmt::Write, path::Path};

use super::{Outcomes, pages::Example};
use crate::{
    answer::{Answer, Found},
    compared, compilers,
    program::Program,
};

/// How many examples are one program.
const TOGETHER: usize = 25;

/// What is found of one example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// To its end, or to the panic that it is to end in.
    Runs,
    Refused {
        message: String,
        /// Whether the compiler said where, and that was inside of the example.
        has_place: bool,
    },
    /// It ended otherwise.
    Fails(String),
}

/// Examples that are one program.
struct Batch<'a> {
    examples: Vec<&'a Example>,
    /// The first line of each one's text.
    lines: Vec<u32>,
    program: Program,
}

impl<'a> Batch<'a> {
    fn write(folder: &Path, number: usize, examples: Vec<&'a Example>) -> Batch<'a> {
        let name = format!("examples{number}");
        let path = folder.join(format!("{name}.rs"));
        let (text, lines) = program(&examples);
        std::fs::write(&path, text).expect("the folder can be written");
        let inputs = (0..examples.len() as u64).collect();
        Batch { examples, lines, program: Program { path, name, inputs, refusals: Vec::new() } }
    }

    /// The example that has this line.
    fn at(&self, line: u32) -> Option<usize> {
        self.lines.partition_point(|first| *first <= line).checked_sub(1)
    }

    /// Takes in what is known of its examples now; gives those to be compiled again, together.
    fn judge(self, found: &Found, outcomes: &mut Outcomes<'a>) -> Vec<Vec<&'a Example>> {
        let alone = |it: &&'a Example| vec![*it];
        match found {
            Found::Answers(answers) => {
                for (example, number) in self.examples.iter().zip(0..) {
                    let outcome = outcome(example, number, answers.get(&number));
                    outcomes.insert(&example.name, (example, outcome));
                }
                Vec::new()
            }
            Found::Refused { place, message, also } => {
                let mut rest: Vec<Option<&Example>> =
                    self.examples.iter().copied().map(Some).collect();
                let all = std::iter::once((*place, message));
                for (place, message) in all.chain(also.iter().map(|(place, told)| (*place, told))) {
                    let Some(at) = place.and_then(|(line, _)| self.at(line)) else { continue };
                    let Some(example) = rest[at].take() else { continue };
                    let outcome = Outcome::Refused { message: message.clone(), has_place: true };
                    outcomes.insert(&example.name, (example, outcome));
                }
                if rest.iter().all(Option::is_some) {
                    if let [example] = self.examples[..] {
                        let refused =
                            Outcome::Refused { message: message.clone(), has_place: false };
                        outcomes.insert(&example.name, (example, refused));
                        return Vec::new();
                    }
                    return self.examples.iter().map(alone).collect();
                }
                let rest: Vec<&Example> = rest.into_iter().flatten().collect();
                if rest.is_empty() { Vec::new() } else { vec![rest] }
            }
            Found::Died(how) => match self.examples[..] {
                [example] => {
                    outcomes.insert(&example.name, (example, Outcome::Fails(how.clone())));
                    Vec::new()
                }
                _ => self.examples.iter().map(alone).collect(),
            },
        }
    }
}

/// The text of the program whose `run` runs the example of that number, and the first line of each example.
fn program(examples: &[&Example]) -> (String, Vec<u32>) {
    let (mut text, mut lines) = ("//! Examples.\n".to_owned(), Vec::new());
    let mut calls = String::new();
    for (number, example) in examples.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "mod example{number} {{");
        lines.push(text.lines().count() as u32 + 1);
        let _ = writeln!(text, "{}\n}}", example.text.replacen("fn main()", "pub fn main()", 1));
        let _ = writeln!(calls, "        {number} => {{ let _ = example{number}::main(); }}");
    }
    let _ = writeln!(
        text,
        "pub fn run(input: u64) -> u64 {{\n    match input {{\n{calls}        _ => {{}}\n    }}\n    input\n}}"
    );
    (text, lines)
}

fn outcome(example: &Example, number: u64, answer: Option<&Answer>) -> Outcome {
    let answer = match answer {
        Some(Answer::After { answer, .. }) => Some(&**answer),
        other => other,
    };
    match (answer, example.panics) {
        (Some(Answer::Value(value)), false) if *value == number => Outcome::Runs,
        (Some(Answer::Panic { .. }), true) => Outcome::Runs,
        (Some(answer), _) => Outcome::Fails(answer.to_string()),
        (None, _) => Outcome::Fails("no answer".to_owned()),
    }
}

/// What becomes of each of `examples`; those that will be refused are compiled alone, so that no other one waits
/// for them.
pub(crate) fn run<'a>(
    examples: &'a [Example],
    will_be_refused: impl Fn(&Example) -> bool,
) -> Outcomes<'a> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let jit = compilers::named("jit");
    let (refused, others): (Vec<&Example>, Vec<&Example>) =
        examples.iter().partition(|it| will_be_refused(it));
    let mut left: Vec<Vec<&Example>> = others.chunks(TOGETHER).map(<[_]>::to_vec).collect();
    left.extend(refused.iter().map(|it| vec![*it]));
    let mut outcomes = Outcomes::new();
    while !left.is_empty() {
        let batches = left.drain(..).enumerate();
        let batches: Vec<Batch> = batches
            .map(|(number, examples)| Batch::write(folder.path(), number, examples))
            .collect();
        let programs: Vec<Program> = batches.iter().map(|it| it.program.clone()).collect();
        let found = compared::run(&programs, &[jit]);
        let found = found.into_iter().flat_map(|(_, found)| found).map(|(_, found)| found);
        for (batch, found) in batches.into_iter().zip(found) {
            left.extend(batch.judge(&found, &mut outcomes));
        }
    }
    outcomes
}
