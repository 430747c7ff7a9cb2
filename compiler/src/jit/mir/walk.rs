//! Going through blocks in the order of execution, with what is known of locals on the way: numbers, and addresses as so
//! many bytes after one that is not known itself. Each step comes out as what it is then: computed, and decided.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::pointers::Pointers;
use super::verify::{is_float, size_of};
use super::visit::{self, Role};
use super::{
    Base, Binary, Block, BlockId, Cast, Compare, End, Function, LocalId, Operand, Place, Scalar,
    Span, Statement, Value, fold,
};

/// What is known of the bytes of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Number(u128),
    /// So many bytes after an address.
    After(Anchor, u64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Anchor {
    Local(LocalId),
    /// What was found in a local, without being known. Each is another.
    Found(u32),
}

/// What a walk needs of its function.
pub(super) struct Ground {
    pointers: Pointers,
    sizes: Vec<u64>,
    found: Cell<u32>,
}

impl Ground {
    pub(super) fn of(function: &Function) -> Ground {
        Ground {
            pointers: Pointers::of(function),
            sizes: function.locals.iter().map(|local| local.layout.size).collect(),
            found: Cell::new(0),
        }
    }
}

const POINTER: u64 = 8;

/// What is known somewhere on the way, of locals whose addresses nobody has but this function's own locals.
#[derive(Clone)]
pub(super) struct Walk<'a> {
    cells: BTreeMap<(LocalId, u64), (Scalar, Known)>,
    ground: &'a Ground,
}

impl<'a> Walk<'a> {
    /// Where nothing is known yet.
    pub(super) fn begin(ground: &'a Ground) -> Walk<'a> {
        Walk { cells: BTreeMap::new(), ground }
    }

    /// What is known by way of another block as well.
    pub(super) fn meet(&mut self, other: &Walk) {
        self.cells.retain(|place, known| other.cells.get(place) == Some(known));
    }

    /// Goes through a block. What comes out does the same from here.
    pub(super) fn through(&mut self, block: &Block) -> Block {
        let mut statements = Vec::with_capacity(block.statements.len());
        for (statement, span) in &block.statements {
            self.step(statement.clone(), *span, &mut statements);
        }
        let mut end = block.end.clone();
        visit::each_operand_of_end_mut(&mut end.0, &mut |operand| self.replace(operand));
        visit::in_end(&mut end.0, &mut |_: Role, place: &mut Place, size: u64| {
            self.follow(place, size);
        });
        if let Some(to) = decided(&end.0) {
            end.0 = End::Goto(to);
        }
        self.end_writes(&end.0);
        Block { statements, end }
    }

    /// A block may have been gone through any number of times: what it writes is not known.
    pub(super) fn doubt(&mut self, block: &Block) {
        block.statements.iter().for_each(|(statement, _)| self.writes(statement));
        self.end_writes(&block.end.0);
    }

    fn writes(&mut self, statement: &Statement) {
        if matches!(statement, Statement::CopyBytes { .. } | Statement::Fill { .. }) {
            self.reached(u64::MAX);
        }
        visit::written(statement).for_each(|(place, size)| self.written(place, size));
    }

    fn end_writes(&mut self, end: &End) {
        if matches!(end, End::Call(_)) {
            self.reached(u64::MAX);
        }
        visit::written_by_end(end).into_iter().for_each(|(place, size)| self.written(place, size));
    }

    /// Something was written by way of a pointer to one of these locals.
    fn reached(&mut self, which: u64) {
        if which == 0 {
            return;
        }
        let pointers = &self.ground.pointers;
        self.cells.retain(|(local, _), _| pointers.number(*local) & which == 0);
    }

    fn step(&mut self, mut statement: Statement, span: Span, to: &mut Vec<(Statement, Span)>) {
        visit::each_operand_mut(&mut statement, &mut |operand| self.replace(operand));
        visit::in_statement(&mut statement, &mut |_: Role, place: &mut Place, size: u64| {
            self.follow(place, size);
        });
        for mut statement in parts(statement) {
            let known = match &mut statement {
                Statement::Set(scalar, place, value) => self.value(*scalar, value).map(|known| {
                    if let Known::Number(number) = known {
                        *value = Value::Use(Operand::Constant(*scalar, number));
                    }
                    (*place, *scalar, known)
                }),
                _ => None,
            };
            self.writes(&statement);
            if let Some((Place { base: Base::Local(local), offset }, scalar, known)) = known
                && self.ground.pointers.is_own(local)
            {
                self.cells.insert((local, offset), (scalar, known));
            }
            to.push((statement, span));
        }
    }

    fn written(&mut self, place: Place, size: u64) {
        /// The largest scalar's.
        const LARGEST: u64 = 16;
        let local = match place.base {
            Base::Local(local) => local,
            Base::Behind(pointer) => return self.reached(self.ground.pointers.led_to(pointer)),
        };
        let (begin, end) = (place.offset, place.offset.saturating_add(size));
        let near = self.cells.range((local, begin.saturating_sub(LARGEST))..(local, end));
        let overlap = near.filter(|((_, at), (scalar, _))| at + size_of(*scalar) > begin);
        let overlap: Vec<_> = overlap.map(|(place, _)| *place).collect();
        for place in overlap {
            self.cells.remove(&place);
        }
    }

    /// A number that is known is not read.
    fn replace(&mut self, operand: &mut Operand) {
        let Operand::Load(scalar, _) = *operand else { return };
        if let Some(Known::Number(number)) = self.operand(operand)
            && !is_float(scalar)
        {
            *operand = Operand::Constant(scalar, number);
        }
    }

    /// What is behind an address in a local is in that local.
    fn follow(&mut self, place: &mut Place, size: u64) {
        let Base::Behind(_) = place.base else { return };
        if let Some(Known::After(Anchor::Local(local), offset)) = self.address(*place)
            && offset
                .checked_add(size)
                .is_some_and(|end| end <= self.ground.sizes[local.0 as usize])
        {
            *place = Place { base: Base::Local(local), offset };
        }
    }

    fn operand(&mut self, operand: &Operand) -> Option<Known> {
        match operand {
            Operand::Constant(scalar, number) if !is_float(*scalar) => Some(Known::Number(*number)),
            Operand::Load(scalar, Place { base: Base::Local(local), offset }) => {
                self.cell(*local, *offset, *scalar)
            }
            _ => None,
        }
    }

    /// What is in a local. What is as large as a pointer gets a name, if nothing else is known.
    fn cell(&mut self, local: LocalId, offset: u64, scalar: Scalar) -> Option<Known> {
        if let Some((of, known)) = self.cells.get(&(local, offset)) {
            return (size_of(*of) == size_of(scalar) && !is_float(*of)).then_some(*known);
        }
        if size_of(scalar) != POINTER || is_float(scalar) || !self.ground.pointers.is_own(local) {
            return None;
        }
        let found = self.ground.found.get();
        self.ground.found.set(found + 1);
        let known = Known::After(Anchor::Found(found), 0);
        // A part of it may be known.
        self.written(Place { base: Base::Local(local), offset }, POINTER);
        self.cells.insert((local, offset), (Scalar::Pointer, known));
        Some(known)
    }

    /// The address of a place.
    fn address(&mut self, place: Place) -> Option<Known> {
        match place.base {
            Base::Local(local) => Some(Known::After(Anchor::Local(local), place.offset)),
            Base::Behind(pointer) => match self.cell(pointer, 0, Scalar::Pointer)? {
                Known::After(anchor, offset) => {
                    Some(Known::After(anchor, offset.wrapping_add(place.offset)))
                }
                Known::Number(_) => None,
            },
        }
    }

    /// What is known of a value, which is folded where it can be.
    fn value(&mut self, scalar: Scalar, value: &mut Value) -> Option<Known> {
        if let Some(folded) = fold::folded(scalar, value) {
            *value = folded;
        }
        if is_float(scalar) {
            return None;
        }
        match value {
            Value::Use(operand) => self.operand(operand),
            Value::AddressOf(place) => self.address(*place),
            Value::Cast(Cast::Unsigned, from, operand) if size_of(*from) == size_of(scalar) => {
                self.operand(operand)
            }
            Value::Binary(op, first, second) if size_of(scalar) == POINTER => {
                let (first, second) = (self.operand(first)?, self.operand(second)?);
                sum(*op, first, second)
            }
            Value::Compare(op, of, first, second) if !is_float(*of) => {
                let (first, second) = (self.operand(first)?, self.operand(second)?);
                let is_same = is_same(first, second)?;
                match op {
                    Compare::Equal => Some(Known::Number(is_same.into())),
                    Compare::NotEqual => Some(Known::Number((!is_same).into())),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// An address some bytes away, or how many are between two.
fn sum(op: Binary, first: Known, second: Known) -> Option<Known> {
    use Known::{After, Number};
    let bytes = |number: u128| number as u64;
    match (op, first, second) {
        (Binary::Add, After(anchor, offset), Number(by))
        | (Binary::Add, Number(by), After(anchor, offset)) => {
            Some(After(anchor, offset.wrapping_add(bytes(by))))
        }
        (Binary::Subtract, After(anchor, offset), Number(by)) => {
            Some(After(anchor, offset.wrapping_sub(bytes(by))))
        }
        (Binary::Subtract, After(one, offset), After(other, before)) if one == other => {
            Some(Number(offset.wrapping_sub(before).into()))
        }
        _ => None,
    }
}

/// Whether two are the same, if that is known.
fn is_same(first: Known, second: Known) -> Option<bool> {
    match (first, second) {
        (Known::After(one, offset), Known::After(other, at)) if one == other => Some(offset == at),
        _ => None,
    }
}

/// Where an end goes, if that is decided.
fn decided(end: &End) -> Option<BlockId> {
    match end {
        End::Branch(Operand::Constant(_, number), yes, no) => {
            Some(if *number != 0 { *yes } else { *no })
        }
        End::Switch { on: Operand::Constant(_, number), cases, otherwise, .. } => {
            let case = cases.iter().find(|(case, _)| case == number);
            Some(case.map_or(*otherwise, |(_, to)| *to))
        }
        _ => None,
    }
}

/// What is computed from constants, with whether it overflows, as two constants.
fn parts(statement: Statement) -> Vec<Statement> {
    if let Statement::SetChecked { scalar, signed, to, overflow, op, values } = &statement
        && let (Operand::Constant(_, first), Operand::Constant(_, second)) = values
        && let Some((value, overflows)) = fold::checked(*scalar, *signed, *op, *first, *second)
    {
        let constant = |scalar, number| Value::Use(Operand::Constant(scalar, number));
        return vec![
            Statement::Set(*scalar, *to, constant(*scalar, value)),
            Statement::Set(Scalar::I8, *overflow, constant(Scalar::I8, overflows.into())),
        ];
    }
    vec![statement]
}
