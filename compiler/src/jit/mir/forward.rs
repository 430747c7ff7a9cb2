//! Pointers to locals are followed: what `&mut self` of an inlined method points to becomes the local itself, which can
//! then live in registers.
//!
//! A pointer in a local whose own address nobody has, and to which only one address of a local is ever
//! written, is that address wherever it is read: a local is at one address as long as its function runs.
//! So no order of execution needs to be known. Four steps take turns, until nothing changes: copies become
//! moves of scalars, pointers are followed, copies are not read or copied on, and what nobody reads is left out.

use std::collections::BTreeMap;

use super::verify::size_of;
use super::visit::{self, Role};
use super::{Base, Binary, Function, LocalId, Operand, Place, Statement, Value};
use super::{chains, copies};
use crate::jit::codegen::fields::{self, Home};

/// Closures that hold references to closures need a turn each.
const TURNS: usize = 8;

/// Follows the pointers of one function.
pub(crate) fn forward(function: &mut Function) {
    for _ in 0..TURNS {
        let expanded = expand_copies(function);
        let followed = follow(function);
        let propagated = copies::propagate(function) | chains::shorten(function);
        let dropped = drop_unread(function);
        if !(expanded | followed | propagated | dropped) {
            return;
        }
    }
}

/// Copies from and to locals that live in registers become moves of their fields.
fn expand_copies(function: &mut Function) -> bool {
    let mut statements = function.blocks.iter().flat_map(|block| &block.statements);
    if !statements.any(|(statement, _)| matches!(statement, Statement::Copy { .. })) {
        return false;
    }
    let homes = fields::homes(function);
    let mut changed = false;
    for block in &mut function.blocks {
        let mut statements = Vec::with_capacity(block.statements.len());
        for (statement, span) in block.statements.drain(..) {
            let moves = match &statement {
                Statement::Copy { to, from, size, .. } => expanded(&homes, *to, *from, *size),
                _ => None,
            };
            changed |= moves.is_some();
            match moves {
                Some(moves) => statements.extend(moves.into_iter().map(|it| (it, span))),
                None => statements.push((statement, span)),
            }
        }
        block.statements = statements;
    }
    changed
}

fn expanded(homes: &[Home], to: Place, from: Place, size: u64) -> Option<Vec<Statement>> {
    let fields = |place: Place| match place.base {
        Base::Local(local) => match &homes[local.0 as usize] {
            Home::Fields(fields) => Some(fields),
            Home::Memory => None,
        },
        Base::Behind(_) => None,
    };
    // The pointer that is read through must not be written meanwhile.
    if let (Base::Behind(pointer), Base::Local(local)) = (from.base, to.base)
        && pointer == local
    {
        return None;
    }
    if to == from {
        return Some(Vec::new());
    }
    let (known, begin) = match (fields(from), fields(to)) {
        (Some(known), _) => (known, from.offset),
        (None, Some(known)) => (known, to.offset),
        (None, None) => return None,
    };
    let inside = known.iter().filter(|(at, it)| *at >= begin && at + size_of(*it) <= begin + size);
    let after = |place: Place, by: u64| Place { offset: place.offset + by, ..place };
    let moves = inside.map(|(offset, scalar)| {
        let by = offset - begin;
        Statement::Set(*scalar, after(to, by), Value::Use(Operand::Load(*scalar, after(from, by))))
    });
    Some(moves.collect())
}

/// What is known of a pointer in a local.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    /// Nobody wrote it so far.
    Unwritten,
    /// The address of a local, so many bytes on.
    Known(LocalId, u64),
    Unknown,
}

impl Cell {
    fn meet(self, other: Cell) -> Cell {
        match (self, other) {
            (Cell::Unwritten, other) | (other, Cell::Unwritten) => other,
            (first, second) if first == second => first,
            _ => Cell::Unknown,
        }
    }

    fn moved(self, by: i64) -> Cell {
        match self {
            Cell::Known(local, offset) => {
                offset.checked_add_signed(by).map_or(Cell::Unknown, |at| Cell::Known(local, at))
            }
            other => other,
        }
    }
}

struct Cells {
    known: BTreeMap<(LocalId, u64), Cell>,
    addressed: Vec<bool>,
}

const POINTER: u64 = 8;

impl Cells {
    /// Every pointer that is written to a local whose address nobody has.
    fn of(function: &Function) -> Cells {
        let addressed = fields::addressed(function);
        let mut cells = Cells { known: BTreeMap::new(), addressed };
        for (statement, _) in function.blocks.iter().flat_map(|block| &block.statements) {
            if let Statement::Set(scalar, Place { base: Base::Local(local), offset }, _) = statement
                && size_of(*scalar) == POINTER
                && !cells.addressed[local.0 as usize]
            {
                cells.known.insert((*local, *offset), Cell::Unwritten);
            }
        }
        for parameter in &function.parameters {
            cells.spoil(*parameter, 0, u64::MAX, None);
        }
        while cells.round(function) {}
        cells
    }

    fn get(&self, place: Place) -> Cell {
        match place.base {
            Base::Local(local) => {
                self.known.get(&(local, place.offset)).copied().unwrap_or(Cell::Unknown)
            }
            Base::Behind(_) => Cell::Unknown,
        }
    }

    /// The address that a place behind a pointer has, as far as the pointer is known.
    fn behind(&self, place: Place) -> Cell {
        match place.base {
            Base::Local(local) => Cell::Known(local, place.offset),
            Base::Behind(pointer) => {
                let pointer = Place { base: Base::Local(pointer), offset: 0 };
                self.get(pointer).moved(place.offset as i64)
            }
        }
    }

    fn value(&self, value: &Value) -> Cell {
        match value {
            Value::AddressOf(place) => self.behind(*place),
            Value::Use(Operand::Load(_, place)) => self.get(*place),
            Value::Binary(Binary::Add, Operand::Load(_, place), Operand::Constant(_, by)) => {
                self.get(*place).moved(*by as i64)
            }
            _ => Cell::Unknown,
        }
    }

    /// Whoever writes a part of a pointer, or what is not known, leaves nothing known. `except` is a cell that the
    /// write is a whole of.
    fn spoil(&mut self, local: LocalId, offset: u64, size: u64, except: Option<u64>) -> bool {
        let mut changed = false;
        let end = offset.saturating_add(size);
        let near = (local, offset.saturating_sub(POINTER - 1))..(local, end);
        for ((_, at), cell) in self.known.range_mut(near) {
            if Some(*at) != except && *cell != Cell::Unknown {
                *cell = Cell::Unknown;
                changed = true;
            }
        }
        changed
    }

    /// Looks at every write once. Says whether anything was learnt.
    fn round(&mut self, function: &Function) -> bool {
        let mut changed = false;
        for block in &function.blocks {
            for (statement, _) in &block.statements {
                changed |= self.learn(statement);
            }
            if let Some((place, size)) = visit::written_by_end(&block.end.0)
                && let Base::Local(local) = place.base
            {
                changed |= self.spoil(local, place.offset, size, None);
            }
        }
        changed
    }

    fn learn(&mut self, statement: &Statement) -> bool {
        if let Statement::Set(scalar, Place { base: Base::Local(local), offset }, value) = statement
        {
            let is_whole = size_of(*scalar) == POINTER;
            let mut changed =
                self.spoil(*local, *offset, size_of(*scalar), is_whole.then_some(*offset));
            let key = (*local, *offset);
            if is_whole && let Some(before) = self.known.get(&key).copied() {
                let now = before.meet(self.value(value));
                changed |= now != before;
                self.known.insert(key, now);
            }
            return changed;
        }
        let mut changed = false;
        for (place, size) in visit::written(statement) {
            if let Base::Local(local) = place.base {
                changed |= self.spoil(local, place.offset, size, None);
            }
        }
        changed
    }
}

/// Replaces what is behind known pointers by what it is.
fn follow(function: &mut Function) -> bool {
    if !fields::addressed(function).contains(&true) {
        return false;
    }
    let cells = Cells::of(function);
    let sizes: Vec<u64> = function.locals.iter().map(|local| local.layout.size).collect();
    let fits = |local: LocalId, offset: u64, size: u64| {
        offset.checked_add(size).is_some_and(|end| end <= sizes[local.0 as usize])
    };
    let mut changed = false;
    for block in &mut function.blocks {
        visit::each_place(block, &mut |_: Role, place: &mut Place, size: u64| {
            if let (Base::Behind(_), Cell::Known(local, offset)) =
                (place.base, cells.behind(*place))
                && fits(local, offset, size)
            {
                *place = Place { base: Base::Local(local), offset };
                changed = true;
            }
        });
        for (statement, _) in &mut block.statements {
            let Statement::Set(scalar, _, value) = statement else { continue };
            if size_of(*scalar) == POINTER
                && !matches!(value, Value::AddressOf(_))
                && let Cell::Known(local, offset) = cells.value(value)
                && fits(local, offset, 0)
            {
                *value = Value::AddressOf(Place { base: Base::Local(local), offset });
                changed = true;
            }
        }
    }
    changed
}

/// Which bytes of locals are read.
struct Reads {
    /// Of each local the first of them, a bit each.
    near: Vec<u64>,
    /// What goes beyond these, from here to there.
    far: Vec<(LocalId, u64, u64)>,
}

impl Reads {
    /// How many bytes are near.
    const NEAR: u64 = u64::BITS as u64;

    /// The bits of the near ones among these bytes.
    fn bits(begin: u64, end: u64) -> u64 {
        let below = |end: u64| if end >= Reads::NEAR { u64::MAX } else { (1 << end) - 1 };
        below(end) & !below(begin)
    }

    fn add(&mut self, local: LocalId, begin: u64, end: u64) {
        self.near[local.0 as usize] |= Reads::bits(begin, end);
        if end > Reads::NEAR {
            self.far.push((local, begin, end));
        }
    }

    /// Whether one of these bytes is read.
    fn has(&self, local: LocalId, begin: u64, end: u64) -> bool {
        let overlaps =
            |read: &(LocalId, u64, u64)| read.0 == local && read.1 < end && begin < read.2;
        self.near[local.0 as usize] & Reads::bits(begin, end) != 0
            || end > Reads::NEAR && self.far.iter().any(overlaps)
    }
}

/// Leaves out writes to locals that nobody reads there.
fn drop_unread(function: &mut Function) -> bool {
    let addressed = fields::addressed(function);
    let mut reads = Reads { near: vec![0; function.locals.len()], far: Vec::new() };
    for block in &mut function.blocks {
        visit::each_place(
            block,
            &mut |role: Role, place: &mut Place, size: u64| match place.base {
                _ if role == Role::Told => {}
                Base::Behind(pointer) => reads.add(pointer, 0, POINTER),
                Base::Local(local) if role == Role::Read => {
                    reads.add(local, place.offset, place.offset + size);
                }
                Base::Local(_) => {}
            },
        );
    }
    reads.add(function.result, 0, u64::MAX);
    let is_unread = |place: &Place, size: u64| match place.base {
        Base::Local(local) => {
            !addressed[local.0 as usize] && !reads.has(local, place.offset, place.offset + size)
        }
        Base::Behind(_) => false,
    };
    let mut changed = false;
    for block in &mut function.blocks {
        let before = block.statements.len();
        block.statements.retain(|(statement, _)| match statement {
            Statement::Set(scalar, place, _) => !is_unread(place, size_of(*scalar)),
            Statement::SetChecked { scalar, to, overflow, .. } => {
                !(is_unread(to, size_of(*scalar)) && is_unread(overflow, 1))
            }
            Statement::Copy { to, size, .. } => !is_unread(to, *size),
            Statement::IsNot { scalar, place, .. } => !is_unread(place, size_of(*scalar)),
            Statement::CopyBytes { .. } | Statement::Fill { .. } => true,
        });
        changed |= block.statements.len() != before;
    }
    changed
}

#[cfg(test)]
mod tests;
