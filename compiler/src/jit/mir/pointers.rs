//! Which locals a local may hold the address of. Who only works with such an address, as an array's iterator does that
//! indexes itself, gives it to nobody: then what others write is not written there.
//!
//! No order of execution is looked at: a local may point to whatever it may point to anywhere.

use super::visit;
use super::{Argument, Base, Call, End, Function, LocalId, Operand, Place, Statement, Value};
use crate::jit::codegen::fields;

/// So many locals are told apart, by bits.
const MOST: usize = 64;

/// The locals whose addresses are taken, and who may have them.
pub(super) struct Pointers {
    /// The bit of each local whose address is taken.
    numbers: Vec<u64>,
    /// Which ones each local may point to.
    led_to: Vec<u64>,
    /// Of which ones others may have the address.
    given: u64,
    /// Whether a local's address is taken.
    addressed: Vec<bool>,
}

impl Pointers {
    pub(super) fn of(function: &Function) -> Pointers {
        let addressed = fields::addressed(function);
        let mut numbers = vec![0; addressed.len()];
        let taken = numbers.iter_mut().zip(&addressed).filter(|it| *it.1).take(MOST);
        taken.enumerate().for_each(|(bit, (number, _))| *number = 1 << bit);
        let led_to = vec![0; addressed.len()];
        let mut pointers = Pointers { numbers, led_to, given: 0, addressed };
        while pointers.round(function) {}
        pointers
    }

    /// Whether nobody has the address of a local but locals that are known.
    pub(super) fn is_own(&self, local: LocalId) -> bool {
        let number = self.number(local);
        !self.addressed[local.0 as usize] || number != 0 && self.given & number == 0
    }

    /// The bit of a local, if its address is taken.
    pub(super) fn number(&self, local: LocalId) -> u64 {
        self.numbers[local.0 as usize]
    }

    /// The bits of the locals that one may point to.
    pub(super) fn led_to(&self, pointer: LocalId) -> u64 {
        self.led_to[pointer.0 as usize]
    }

    /// Says whether anything was learnt.
    fn round(&mut self, function: &Function) -> bool {
        let before = (self.given, self.led_to.clone());
        for block in &function.blocks {
            block.statements.iter().for_each(|(statement, _)| self.statement(statement));
            if let End::Call(call) = &block.end.0 {
                self.call(call);
            }
        }
        before.0 != self.given || before.1 != self.led_to
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            // Whether two are alike says nothing of where they are.
            Statement::Set(_, _, Value::Compare(..)) | Statement::IsNot { .. } => {}
            Statement::Set(_, to, Value::AddressOf(place)) => {
                let which = match place.base {
                    Base::Local(local) => self.number(local),
                    Base::Behind(pointer) => self.led_to(pointer),
                };
                self.goes(which, *to);
            }
            Statement::Set(_, to, _) | Statement::SetChecked { to, .. } => {
                let mut which = 0;
                visit::each_operand(statement, &mut |operand| which |= self.in_operand(operand));
                self.goes(which, *to);
            }
            Statement::Copy { to, from, .. } => self.goes(self.in_place(*from), *to),
            // Bytes of memory: what is there was given away already.
            Statement::CopyBytes { .. } | Statement::Fill { .. } => {}
        }
    }

    fn call(&mut self, call: &Call) {
        for argument in &call.arguments {
            self.given |= match argument {
                Argument::Scalar(_, operand) => self.in_operand(operand),
                Argument::Place(place, _) => self.in_place(*place),
            };
        }
    }

    /// Addresses of these are written to a place.
    fn goes(&mut self, which: u64, to: Place) {
        match to.base {
            Base::Local(local) if !self.addressed[local.0 as usize] => {
                self.led_to[local.0 as usize] |= which;
            }
            _ => self.given |= which,
        }
    }

    fn in_operand(&self, operand: &Operand) -> u64 {
        match operand {
            Operand::Load(_, place) => self.in_place(*place),
            _ => 0,
        }
    }

    /// What is in memory was given away, and what is given away is nobody's own.
    fn in_place(&self, place: Place) -> u64 {
        match place.base {
            Base::Local(local) => self.led_to(local),
            Base::Behind(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests;
