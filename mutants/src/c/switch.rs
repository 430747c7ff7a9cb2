//! Mutants that are chosen inside of the one body that a function has: values at its beginning, operators at the expression.
//!
//! An expression `a + b` becomes `(chosen == 3 ? (a - b) : (a + b))`: only the last of them has more choices inside, so the text
//! grows by each expression once for each of its mutants. Both sides have one type, so nothing around them changes.

use std::ops::Range;

use super::changes::{Change, Choice};
use super::write::{Live, Owner, Writer};

/// A piece of the body with mutants.
struct Piece<'a> {
    range: Range<usize>,
    /// Whether it is a statement.
    is_statement: bool,
    /// The number that is stored to choose it, the mutant's number, and the change.
    arms: Vec<(usize, u32, &'a Change)>,
    inside: Vec<Piece<'a>>,
}

/// The body, with its braces, after what chooses a value.
pub(super) fn body(writer: &mut Writer<'_>, live: &Live<'_>) {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for (place, (id, change)) in live.arms.iter().enumerate() {
        let chosen = place + 1;
        let (range, is_statement) = match &change.choice {
            Choice::Body => {
                writer.line(live.site.body.start, Owner::Mutant(*id));
                let new =
                    if change.replacement == "{}" { "{ return; }" } else { &change.replacement };
                writer.push(&format!(" if (__segue_chosen == {chosen}) {new}"));
                continue;
            }
            Choice::Expression(range) | Choice::Condition(range) => (range.clone(), false),
            Choice::Statement(range) => (range.clone(), true),
            Choice::None(_) => continue,
        };
        let known =
            pieces.iter_mut().find(|it| it.range == range && it.is_statement == is_statement);
        match known {
            Some(piece) => piece.arms.push((chosen, *id, change)),
            None => pieces.push(Piece {
                range,
                is_statement,
                arms: vec![(chosen, *id, *change)],
                inside: Vec::new(),
            }),
        }
    }
    let pieces = nested(pieces);
    render(writer, live.site.body.clone(), &pieces);
}

/// Puts pieces into those around them.
fn nested(mut pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    pieces.sort_by_key(|it| (it.range.start, std::cmp::Reverse(it.range.end), !it.is_statement));
    let mut roots: Vec<Piece<'_>> = Vec::new();
    let mut open: Vec<Piece<'_>> = Vec::new();
    for piece in pieces {
        while open.last().is_some_and(|it| it.range.end <= piece.range.start) {
            close(&mut open, &mut roots);
        }
        open.push(piece);
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

fn close<'a>(open: &mut Vec<Piece<'a>>, roots: &mut Vec<Piece<'a>>) {
    if let Some(done) = open.pop() {
        match open.last_mut() {
            Some(around) => around.inside.push(done),
            None => roots.push(done),
        }
    }
}

/// A piece of the user's text, with the choices in it.
fn render(writer: &mut Writer<'_>, range: Range<usize>, pieces: &[Piece<'_>]) {
    let mut at = range.start;
    for piece in pieces {
        writer.user(at..piece.range.start);
        choose(writer, piece);
        at = piece.range.end;
    }
    writer.user(at..range.end);
}

fn choose(writer: &mut Writer<'_>, piece: &Piece<'_>) {
    writer.push(if piece.is_statement { "{" } else { "(" });
    for (chosen, id, change) in &piece.arms {
        let decides = matches!(change.choice, Choice::Condition(_));
        let (begin, end) = match (piece.is_statement, decides) {
            (true, _) => ("if (__segue_chosen == ", " else "),
            (false, true) => ("__segue_chosen == ", ")) : "),
            (false, false) => ("__segue_chosen == ", ") : "),
        };
        writer.push(&format!(
            "{begin}{chosen}{}",
            match (piece.is_statement, decides) {
                (true, _) => ") {",
                (false, true) => " ? (!!(",
                (false, false) => " ? (",
            }
        ));
        writer.line(piece.range.start, Owner::Mutant(*id));
        writer.changed(&piece.range, change);
        writer.push(if piece.is_statement { "}" } else { "" });
        writer.push(end);
    }
    let braces = if piece.is_statement { ["{", "}}"] } else { ["(", "))"] };
    writer.push(braces[0]);
    render(writer, piece.range.clone(), &piece.inside);
    writer.push(braces[1]);
}
