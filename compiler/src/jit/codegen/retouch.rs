//! The code of a function whose floats alone were edited: that of before, with other numbers in it.
//!
//! Floats stand in machine code as they are, as parts of instructions or beside them. Where each stands is learnt from
//! two compiles of a function that differ in it: whatever differs between the two codes must be that number, or nothing
//! is learnt. From then on it is written there, and Cranelift is not asked.
//!
//! That is what it would have made, since it looks into floats in three cases only, which are left to it. It computes
//! what is made of constants alone: then nothing is learnt of these. It takes equal constants
//! for one: so those that differed must differ, and those that were equal be so still. And zeros, and what else is
//! no normal number, it writes in other ways. (`cranelift_codegen`: `opts/cprop.isle`, and `imm` in
//! `isa/x64/inst.isle`.)

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use cranelift_codegen::ir::{self, InstructionData, ValueDef, entities::Inst};

use super::super::mir::{self, Calls, Float, Function, Key, Linkage, Module, Scalar, other_floats};
use super::object::Compiled;

/// What the last full compile made of functions, by symbol.
#[derive(Debug, Default)]
pub(super) struct Templates {
    functions: HashMap<String, Template>,
    /// How often no more than floats were written.
    #[cfg(test)]
    pub(super) written: usize,
}

/// What is made of one function.
#[derive(Clone, Debug)]
pub(super) struct Made {
    /// After inlining.
    pub(super) settled: Arc<Function>,
    pub(super) code: Arc<Compiled>,
}

#[derive(Debug)]
struct Template {
    /// The function itself, and all else that decides what is made of it.
    function: Arc<Function>,
    key: Key,
    made: Made,
    /// Where in the code these floats stand.
    places: Vec<(Float, Vec<usize>)>,
}

impl Templates {
    /// Has the functions of a module known of which floats alone differ. Returns those of which more does, and that can be
    /// learnt from: what stands inside of others is made with them.
    pub(super) fn stand_in(
        &mut self,
        module: &Module,
        calls: &Calls,
        keys: &[Option<Key>],
        known: &mut mir::Known<Compiled>,
    ) -> HashMap<Key, Arc<Function>> {
        if module.outside.is_none() {
            let there: HashSet<&str> = module.functions.iter().map(|it| &*it.symbol).collect();
            self.functions.retain(|symbol, _| there.contains(symbol.as_str()));
        }
        let mut fresh = HashMap::new();
        for (function, key) in module.functions.iter().zip(keys) {
            let is_apart = function.linkage == Linkage::Live && !calls.is_small(&function.symbol);
            let Some(key) = key.filter(|key| is_apart && !known.has(*key)) else { continue };
            match self.made(function, key) {
                Some(made) => {
                    #[cfg(test)]
                    {
                        self.written += 1;
                    }
                    known.stand_in(key, made.settled, made.code);
                }
                None => drop(fresh.insert(key, function.clone())),
            }
        }
        fresh
    }

    /// What a function becomes, if it differs from what is known in floats alone of which it is known where they stand. The
    /// floats of what inlining made are still those of before.
    fn made(&self, function: &Function, key: Key) -> Option<Made> {
        let template = self.functions.get(&function.symbol)?;
        if !template.key.is_alike(key) {
            return None;
        }
        let floats = &template.made.code.floats;
        let pairs = other_floats(&template.function, function)?;
        let mut code = Compiled::clone(&template.made.code);
        for (old, new) in pairs {
            if !is_plain(new) || floats.all.contains(&new) || floats.computed_with.contains(&old) {
                return None;
            }
            let (_, places) = template.places.iter().find(|(float, _)| *float == old)?;
            for place in places {
                let bytes = bytes(new);
                code.code.get_mut(*place..*place + bytes.len())?.copy_from_slice(&bytes);
            }
        }
        Some(Made { settled: template.made.settled.clone(), code: code.into() })
    }

    /// Takes in what was made of a function, and learns where it differs from what was made of it before.
    pub(super) fn learn(&mut self, function: Arc<Function>, key: Key, made: Made) {
        let before = self.functions.get(&function.symbol).filter(|before| before.key.is_alike(key));
        let places = before.and_then(|before| {
            let pairs = other_floats(&before.function, &function)?;
            before.learnt(&pairs, &made.code)
        });
        let template = Template { key, made, places: places.unwrap_or_default(), function };
        self.functions.insert(template.function.symbol.clone(), template);
    }
}

impl Template {
    /// Where the floats stand in other code for the same function with other ones.
    fn learnt(
        &self,
        pairs: &[(Float, Float)],
        code: &Compiled,
    ) -> Option<Vec<(Float, Vec<usize>)>> {
        let before = &self.made.code;
        let is_free =
            |float: &Float, of: &Floats| is_plain(*float) && !of.computed_with.contains(float);
        let mut changed = pairs.iter();
        let are_free =
            changed.all(|(old, new)| is_free(old, &before.floats) && is_free(new, &code.floats));
        if !are_free || !before.is_alike(code) {
            return None;
        }
        let now = |float: &Float| pairs.iter().find(|(old, _)| old == float).map(|(_, new)| *new);
        let mut expected: Vec<Float> =
            before.floats.all.iter().map(|it| now(it).unwrap_or(*it)).collect();
        expected.sort_unstable_by_key(order);
        if code.floats.all != expected {
            return None;
        }
        let known = self.places.iter().filter(|(float, _)| now(float).is_none()).cloned();
        let mut places: Vec<_> = known.collect();
        places.extend(differences(&before.code, &code.code, pairs)?);
        Some(places)
    }
}

/// Where each of the new floats stands, if the two codes differ in nothing else.
fn differences(
    old: &[u8],
    new: &[u8],
    pairs: &[(Float, Float)],
) -> Option<Vec<(Float, Vec<usize>)>> {
    if old.len() != new.len() {
        return None;
    }
    let mut places: Vec<_> = pairs.iter().map(|(_, new)| (*new, Vec::new())).collect();
    let mut at = 0;
    while let Some(next) = old[at..].iter().zip(&new[at..]).position(|(old, new)| old != new) {
        let differs = at + next;
        let begins = pairs.iter().zip(&mut places).filter_map(|((before, now), (_, places))| {
            let (before, now) = (bytes(*before), bytes(*now));
            let first = before.iter().zip(&now).position(|(before, now)| before != now)?;
            let begin = differs.checked_sub(first).filter(|begin| *begin >= at)?;
            let is_here = old[begin..].starts_with(&before) && new[begin..].starts_with(&now);
            is_here.then_some((begin, begin + now.len(), places))
        });
        let mut begins: Vec<_> = begins.collect();
        // It is one of them, without doubt.
        let [(begin, end, places)] = &mut begins[..] else { return None };
        places.push(*begin);
        at = *end;
    }
    Some(places)
}

/// A float as it stands in code.
fn bytes((scalar, bits): Float) -> Vec<u8> {
    let size = if scalar == Scalar::F32 { 4 } else { 8 };
    bits.to_le_bytes()[..size].to_vec()
}

/// Whether a float is one of those that are all written alike.
fn is_plain((scalar, bits): Float) -> bool {
    match scalar {
        Scalar::F32 => f32::from_bits(bits as u32).is_normal(),
        _ => f64::from_bits(bits).is_normal(),
    }
}

fn order((scalar, bits): &Float) -> (bool, u64) {
    (*scalar == Scalar::F64, *bits)
}

/// The floats that a function had while it was compiled, each in order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Floats {
    all: Vec<Float>,
    /// Those that something was made of without anything else: it may have been computed.
    computed_with: Vec<Float>,
}

impl Floats {
    /// Those of a function that Cranelift has compiled: what it made on the way is there still, beside what is left.
    pub(super) fn of(function: &ir::Function) -> Floats {
        let dfg = &function.dfg;
        let (mut all, mut computed_with) = (Vec::new(), Vec::new());
        for inst in (0..dfg.num_insts()).map(|number| Inst::from_u32(number as u32)) {
            let data = &dfg.insts[inst];
            all.extend(constant(data));
            let opcode = data.opcode();
            if opcode.is_call() || opcode.is_terminator() {
                continue;
            }
            let arguments = dfg.inst_args(inst).iter();
            let constants: Option<Vec<_>> = arguments.map(|it| constants(dfg, *it)).collect();
            computed_with.extend(constants.into_iter().flatten().flatten());
        }
        for floats in [&mut all, &mut computed_with] {
            floats.sort_unstable_by_key(order);
            floats.dedup();
        }
        Floats { all, computed_with }
    }
}

fn constant(data: &InstructionData) -> Option<Float> {
    match data {
        InstructionData::UnaryIeee32 { imm, .. } => Some((Scalar::F32, u64::from(imm.bits()))),
        InstructionData::UnaryIeee64 { imm, .. } => Some((Scalar::F64, imm.bits())),
        _ => None,
    }
}

/// The constants that a value is, by any of the ways to compute it that were found. Nothing where it is none.
fn constants(dfg: &ir::DataFlowGraph, value: ir::Value) -> Option<Vec<Float>> {
    let (mut found, mut open) = (Vec::new(), vec![value]);
    while let Some(value) = open.pop() {
        match dfg.value_def(value) {
            ValueDef::Result(inst, _) => found.extend(constant(&dfg.insts[inst])),
            ValueDef::Union(one, other) => open.extend([one, other]),
            ValueDef::Param(..) => {}
        }
    }
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests;
