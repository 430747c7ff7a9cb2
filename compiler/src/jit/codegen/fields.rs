//! Which locals live in registers, and as what: a local whose address is never taken, and whose accesses
//! agree, is split into *fields*, one variable each.
//!
//! Three things make fields: scalars that are read and written; copies between locals, which carry the
//! fields of each to the other; and copies out to memory of what came in from memory, which carry
//! the bytes in between as well (nobody names them here, somebody may there). Accesses agree if any two are the same bytes, or none in common.
//! What does not agree, or would be too many, stays in memory.

use super::super::mir::{
    Argument, Base, Call, Callee, End, Function, Local, LocalId, Operand, Pass, Place, Scalar,
    Statement, Value, size_of,
};
use super::signature::{Returned, returned};

/// Where a local lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::jit) enum Home {
    /// In so many variables: offsets and scalars.
    Fields(Vec<(u64, Scalar)>),
    Memory,
}

/// More fields than this would mostly be spilled.
const MOST_FIELDS: usize = 24;

/// The home of every local.
pub(in crate::jit) fn homes(function: &Function) -> Vec<Home> {
    let mut survey = Survey::of(function);
    survey.settle();
    survey.locals.into_iter().map(Known::home).collect()
}

/// Whether each local's address is taken.
pub(in crate::jit) fn addressed(function: &Function) -> Vec<bool> {
    let mut addressed = vec![false; function.locals.len()];
    for (statement, _) in function.blocks.iter().flat_map(|block| &block.statements) {
        if let Statement::Set(_, _, Value::AddressOf(Place { base: Base::Local(local), .. })) =
            statement
        {
            addressed[local.0 as usize] = true;
        }
    }
    addressed
}

#[derive(Debug)]
struct Known {
    size: u64,
    in_memory: bool,
    /// In order.
    fields: Vec<(u64, Scalar)>,
    /// Something came from memory that may hold what no field names.
    is_filled: bool,
}

impl Known {
    fn new(local: &Local) -> Known {
        let size = local.layout.size;
        Known { size, in_memory: false, fields: Vec::new(), is_filled: false }
    }

    fn home(self) -> Home {
        if self.in_memory { Home::Memory } else { Home::Fields(self.fields) }
    }

    /// Says whether this changed anything.
    fn add(&mut self, offset: u64, scalar: Scalar) -> bool {
        if self.in_memory {
            return false;
        }
        let end = offset + size_of(scalar);
        let known = self.fields.iter().find(|(at, _)| *at == offset);
        if known.is_some_and(|(_, known)| size_of(*known) == size_of(scalar)) {
            return false;
        }
        let before = self.fields.partition_point(|(at, _)| *at < end);
        let last = before.checked_sub(1).map(|last| self.fields[last]);
        let overlaps = last.is_some_and(|(at, known)| at + size_of(known) > offset);
        if overlaps || end > self.size || self.fields.len() >= MOST_FIELDS {
            return self.demote();
        }
        self.fields.insert(before, (offset, scalar));
        true
    }

    fn demote(&mut self) -> bool {
        !std::mem::replace(&mut self.in_memory, true)
    }

    /// The fields in a range; `None` where one crosses its bounds.
    fn within(&self, offset: u64, size: u64) -> Option<Vec<(u64, Scalar)>> {
        let end = offset + size;
        let mut within = Vec::new();
        for (at, scalar) in &self.fields {
            let field_end = at + size_of(*scalar);
            if *at >= offset && field_end <= end {
                within.push((*at, *scalar));
            } else if *at < end && field_end > offset {
                return None;
            }
        }
        Some(within)
    }

    /// Makes fields of the bytes of a range that have none.
    fn fill(&mut self, offset: u64, size: u64) -> bool {
        let Some(fields) = self.within(offset, size) else { return self.demote() };
        let mut at = offset;
        let mut changed = false;
        let ends = fields.into_iter().map(|(start, scalar)| (start, start + size_of(scalar)));
        for (start, next) in ends.chain([(offset + size, offset + size)]) {
            while at < start && !self.in_memory {
                let chunk = [Scalar::I64, Scalar::I32, Scalar::I16, Scalar::I8]
                    .into_iter()
                    .find(|it| at.is_multiple_of(size_of(*it)) && at + size_of(*it) <= start)
                    .unwrap_or(Scalar::I8);
                changed |= self.add(at, chunk);
                at += size_of(chunk);
            }
            at = next;
        }
        changed
    }
}

/// A part of a local.
#[derive(Clone, Copy, Debug)]
struct Part {
    local: LocalId,
    offset: u64,
}

#[derive(Debug)]
struct Survey {
    locals: Vec<Known>,
    /// From the second to the first, so many bytes. `None` is memory.
    copies: Vec<(Option<Part>, Option<Part>, u64)>,
}

impl Survey {
    fn of(function: &Function) -> Survey {
        let locals = function.locals.iter().map(Known::new).collect();
        let mut survey = Survey { locals, copies: Vec::new() };
        for id in &function.parameters {
            let layout = &function.locals[id.0 as usize].layout;
            let place = Place { base: Base::Local(*id), offset: 0 };
            survey.comes(place, layout.pass, layout.size, layout.pass == Pass::Memory);
        }
        let layout = &function.locals[function.result.0 as usize].layout;
        let place = Place { base: Base::Local(function.result), offset: 0 };
        survey.leaves(place, layout.pass, layout.size, returned(layout.pass) == Returned::Memory);
        for block in &function.blocks {
            for (statement, _) in &block.statements {
                survey.statement(statement);
            }
            survey.end(&block.end.0);
        }
        survey
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Set(scalar, place, value) => {
                self.scalar(*scalar, *place);
                self.value(value);
            }
            Statement::SetChecked { scalar, to, overflow, values, .. } => {
                self.scalar(*scalar, *to);
                self.scalar(Scalar::I8, *overflow);
                self.operand(&values.0);
                self.operand(&values.1);
            }
            Statement::Copy { to, from, size, .. } => self.copy(*to, *from, *size),
            Statement::IsNot { .. } => {}
            Statement::CopyBytes { to, from, size, .. } => {
                [to, from, size].into_iter().for_each(|operand| self.operand(operand));
            }
            Statement::Fill { to, value, size } => {
                [to, value, size].into_iter().for_each(|operand| self.operand(operand));
            }
        }
    }

    fn end(&mut self, end: &End) {
        match end {
            End::Branch(operand, ..) | End::Switch { on: operand, .. } => self.operand(operand),
            End::Call(call) => self.call(call),
            End::Goto(_) | End::Return | End::Unreachable | End::Resume => {}
        }
    }

    fn call(&mut self, call: &Call) {
        if let Callee::Pointer(operand) = &call.callee {
            self.operand(operand);
        }
        for argument in &call.arguments {
            match argument {
                Argument::Scalar(_, operand) => self.operand(operand),
                Argument::Place(place, layout) => {
                    self.leaves(*place, layout.pass, layout.size, layout.pass == Pass::Memory);
                }
            }
        }
        let (place, layout) = &call.result;
        self.comes(*place, layout.pass, layout.size, returned(layout.pass) == Returned::Memory);
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Use(operand) | Value::Unary(_, operand) | Value::Cast(_, _, operand) => {
                self.operand(operand);
            }
            Value::AddressOf(place) => match place.base {
                Base::Local(local) => {
                    self.locals[local.0 as usize].demote();
                }
                Base::Behind(_) => drop(self.part(*place)),
            },
            Value::Binary(_, first, second) | Value::Compare(_, _, first, second) => {
                self.operand(first);
                self.operand(second);
            }
            Value::Select(condition, first, second) => {
                [condition, first, second].into_iter().for_each(|operand| self.operand(operand));
            }
        }
    }

    fn operand(&mut self, operand: &Operand) {
        if let Operand::Load(scalar, place) = operand {
            self.scalar(*scalar, *place);
        }
    }

    fn scalar(&mut self, scalar: Scalar, place: Place) {
        if let Some(part) = self.part(place) {
            self.locals[part.local.0 as usize].add(part.offset, scalar);
        }
    }

    /// The part of a local that a place is in; behind a pointer it is memory, and the pointer a scalar.
    fn part(&mut self, place: Place) -> Option<Part> {
        match place.base {
            Base::Local(local) => Some(Part { local, offset: place.offset }),
            Base::Behind(local) => {
                self.locals[local.0 as usize].add(0, Scalar::Pointer);
                None
            }
        }
    }

    fn copy(&mut self, to: Place, from: Place, size: u64) {
        let copy = (self.part(to), self.part(from), size);
        self.copies.push(copy);
    }

    /// A value arrives in a place, as it is passed.
    fn comes(&mut self, place: Place, pass: Pass, size: u64, by_memory: bool) {
        let part = self.part(place);
        if by_memory {
            self.copies.push((part, None, size));
        }
        self.passed(place, pass);
    }

    fn leaves(&mut self, place: Place, pass: Pass, size: u64, by_memory: bool) {
        let part = self.part(place);
        if by_memory {
            self.copies.push((None, part, size));
        }
        self.passed(place, pass);
    }

    fn passed(&mut self, place: Place, pass: Pass) {
        let at = |offset| Place { base: place.base, offset: place.offset + offset };
        match pass {
            Pass::One(scalar) => self.scalar(scalar, place),
            Pass::Two(first, second, offset) => {
                self.scalar(first, place);
                self.scalar(second, at(offset));
            }
            Pass::Nothing | Pass::Memory => {}
        }
    }

    /// Carries fields along copies until nothing changes. Each round adds a field or demotes a local.
    fn settle(&mut self) {
        let copies = std::mem::take(&mut self.copies);
        loop {
            let mut changed = false;
            for (to, from, size) in &copies {
                changed |= self.carry(*to, *from, *size);
            }
            if !changed {
                return;
            }
        }
    }

    fn is_memory(&self, part: Option<Part>) -> bool {
        part.is_none_or(|part| self.locals[part.local.0 as usize].in_memory)
    }

    fn carry(&mut self, to: Option<Part>, from: Option<Part>, size: u64) -> bool {
        let mut changed = false;
        for part in [to, from].into_iter().flatten() {
            let known = &mut self.locals[part.local.0 as usize];
            if !known.in_memory && known.within(part.offset, size).is_none() {
                changed |= known.demote();
            }
        }
        let filled = match from {
            Some(part) => self.is_memory(from) || self.locals[part.local.0 as usize].is_filled,
            None => true,
        };
        match (to.filter(|_| !self.is_memory(to)), from.filter(|_| !self.is_memory(from))) {
            (Some(to), Some(from)) => {
                changed |= self.share(to, from, size) | self.share(from, to, size);
                changed |= filled && self.mark(to);
            }
            (Some(to), None) => changed |= self.mark(to),
            (None, Some(from)) if filled => {
                changed |= self.locals[from.local.0 as usize].fill(from.offset, size);
            }
            _ => {}
        }
        changed
    }

    fn mark(&mut self, part: Part) -> bool {
        !std::mem::replace(&mut self.locals[part.local.0 as usize].is_filled, true)
    }

    /// Gives `to` the fields of `from`.
    fn share(&mut self, to: Part, from: Part, size: u64) -> bool {
        let fields = self.locals[from.local.0 as usize].within(from.offset, size);
        let mut changed = false;
        for (offset, scalar) in fields.unwrap_or_default() {
            changed |=
                self.locals[to.local.0 as usize].add(offset - from.offset + to.offset, scalar);
        }
        changed
    }
}
