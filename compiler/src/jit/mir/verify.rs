//! Whether a module keeps the rules of `mir`: everything named exists, scalars agree, places lie within their locals,
//! and functions are called as they are.

use std::collections::HashMap;

use super::{
    Abi, Argument, Base, Binary, BlockId, Call, Callee, Cast, Compare, End, Function, Layout,
    LocalId, Module, Operand, Pass, Place, Scalar, Statement, Unary, Value,
};

/// Which rule is broken, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) symbol: String,
    pub(crate) what: String,
}

/// Checks a module.
#[cfg(test)]
pub(crate) fn verify(module: &Module) -> Result<(), Broken> {
    verify_but(module, &[])
}

/// Checks a module, but for the functions that were checked before.
pub(crate) fn verify_but(module: &Module, checked: &[bool]) -> Result<(), Broken> {
    let mut known = HashMap::new();
    for function in &module.functions {
        if known.insert(function.symbol.as_str(), Some(&**function)).is_some() {
            return Err(broken(&function.symbol, "defined twice"));
        }
    }
    for function in module.outside.iter().flat_map(|outside| outside.declared.values()) {
        known.entry(function.symbol.as_str()).or_insert(Some(&**function));
    }
    for data in &module.data {
        if known.insert(&data.symbol, None).is_some() {
            return Err(broken(&data.symbol, "defined twice"));
        }
        let size = data.bytes.len() as u64;
        let fits = |at: u64| at.checked_add(8).is_some_and(|end| end <= size);
        if !data.align.is_power_of_two() || !data.addresses.iter().all(|it| fits(it.0)) {
            return Err(broken(&data.symbol, "an alignment or an address that cannot be"));
        }
    }
    for (index, function) in module.functions.iter().enumerate() {
        if checked.get(index) == Some(&true) {
            continue;
        }
        let check = Check { function, known: &known };
        check.function().map_err(|what| broken(&function.symbol, &what))?;
    }
    Ok(())
}

fn broken(symbol: &str, what: &str) -> Broken {
    Broken { symbol: symbol.to_owned(), what: what.to_owned() }
}

/// The bytes of a scalar.
pub(crate) fn size_of(scalar: Scalar) -> u64 {
    match scalar {
        Scalar::I8 => 1,
        Scalar::I16 => 2,
        Scalar::I32 | Scalar::F32 => 4,
        Scalar::I64 | Scalar::F64 | Scalar::Pointer => 8,
        Scalar::I128 => 16,
    }
}

pub(crate) fn is_float(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::F32 | Scalar::F64)
}

/// Pointers are integers of 64 bits.
fn same(first: Scalar, second: Scalar) -> bool {
    let plain = |scalar| if scalar == Scalar::Pointer { Scalar::I64 } else { scalar };
    plain(first) == plain(second)
}

fn demand(is_kept: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if is_kept { Ok(()) } else { Err(what()) }
}

struct Check<'a> {
    function: &'a Function,
    /// What the module defines; functions with what they are.
    known: &'a HashMap<&'a str, Option<&'a Function>>,
}

impl Check<'_> {
    fn function(&self) -> Result<(), String> {
        let function = self.function;
        demand(!function.blocks.is_empty(), || "no block".to_owned())?;
        for local in &function.locals {
            self.layout(&local.layout)?;
        }
        let mut parameters = function.parameters.clone();
        parameters.sort_unstable();
        parameters.dedup();
        demand(parameters.len() == function.parameters.len(), || "a parameter twice".to_owned())?;
        for id in function.parameters.iter().chain([&function.result]) {
            let layout = self.local(*id)?;
            self.passes(function.abi, &layout)?;
        }
        for (index, block) in function.blocks.iter().enumerate() {
            let within = |what: String| format!("block{index}: {what}");
            for (statement, _) in &block.statements {
                let says = |what| within(format!("`{statement}`: {what}"));
                self.statement(statement).map_err(says)?;
            }
            let end = &block.end.0;
            self.end(end).map_err(|what| within(format!("`{end}`: {what}")))?;
        }
        Ok(())
    }

    fn layout(&self, layout: &Layout) -> Result<(), String> {
        let fits = match layout.pass {
            Pass::Nothing => layout.size == 0,
            Pass::One(scalar) => size_of(scalar) <= layout.size,
            Pass::Two(first, second, offset) => {
                size_of(first) <= offset && offset + size_of(second) <= layout.size
            }
            Pass::Memory => true,
        };
        demand(fits && layout.align.is_power_of_two(), || format!("a layout of {layout}"))
    }

    fn passes(&self, abi: Abi, layout: &Layout) -> Result<(), String> {
        let is_scalar = matches!(layout.pass, Pass::Nothing | Pass::One(_));
        demand(abi == Abi::Rust || is_scalar, || format!("{layout} passed to C"))
    }

    fn local(&self, id: LocalId) -> Result<Layout, String> {
        let local = self.function.locals.get(id.0 as usize);
        local.map(|local| local.layout).ok_or_else(|| format!("{id} does not exist"))
    }

    fn place(&self, place: &Place, size: u64) -> Result<(), String> {
        match place.base {
            Base::Local(local) => {
                let room = self.local(local)?.size;
                let end = place.offset.checked_add(size);
                demand(end.is_some_and(|end| end <= room), || format!("{place} leaves its local"))
            }
            Base::Behind(local) => {
                let is_pointer = self.local(local)?.size >= size_of(Scalar::Pointer);
                demand(is_pointer, || format!("{local} holds no pointer"))
            }
        }
    }

    fn block(&self, id: BlockId) -> Result<(), String> {
        demand((id.0 as usize) < self.function.blocks.len(), || format!("{id} does not exist"))
    }

    fn operand(&self, operand: &Operand, expected: Scalar) -> Result<(), String> {
        let scalar = self.any(operand)?;
        demand(same(scalar, expected), || format!("{operand} where there must be {expected}"))
    }

    /// The scalar that an operand is.
    fn any(&self, operand: &Operand) -> Result<Scalar, String> {
        match operand {
            Operand::Load(scalar, place) => self.place(place, size_of(*scalar)).map(|()| *scalar),
            Operand::Constant(scalar, bits) => {
                let beyond = bits.checked_shr(8 * size_of(*scalar) as u32).unwrap_or(0);
                demand(beyond == 0, || format!("{operand} is too large")).map(|()| *scalar)
            }
            Operand::Address(..) => Ok(Scalar::Pointer),
        }
    }

    fn statement(&self, statement: &Statement) -> Result<(), String> {
        match statement {
            Statement::Set(scalar, place, value) => {
                self.place(place, size_of(*scalar))?;
                self.value(*scalar, value)
            }
            Statement::SetChecked { scalar, signed: _, to, overflow, op, values } => {
                self.place(to, size_of(*scalar))?;
                self.place(overflow, 1)?;
                self.operand(&values.0, *scalar)?;
                self.operand(&values.1, *scalar)?;
                let can = matches!(op, Binary::Add | Binary::Subtract | Binary::Multiply);
                demand(can && !is_float(*scalar), || "nothing that is checked".to_owned())
            }
            Statement::Copy { to, from, size, align } => {
                self.place(to, *size)?;
                self.place(from, *size)?;
                demand(align.is_power_of_two(), || "no alignment".to_owned())
            }
            Statement::CopyBytes { to, from, size, may_overlap: _ } => {
                [to, from, size].into_iter().try_for_each(|it| self.operand(it, Scalar::Pointer))
            }
            Statement::IsNot { scalar, place, first, last } => {
                self.place(place, size_of(*scalar))?;
                demand(first <= last && !is_float(*scalar), || "no numbers".to_owned())
            }
            Statement::Fill { to, value, size } => {
                self.operand(to, Scalar::Pointer)?;
                self.operand(size, Scalar::Pointer)?;
                let value = self.any(value)?;
                demand(!is_float(value), || "filled with a float".to_owned())
            }
        }
    }

    fn value(&self, to: Scalar, value: &Value) -> Result<(), String> {
        match value {
            Value::Use(operand) => self.operand(operand, to),
            Value::AddressOf(place) => {
                self.place(place, 0)?;
                demand(same(to, Scalar::Pointer), || "an address in too few bits".to_owned())
            }
            Value::Binary(op, first, second) => {
                self.operand(first, to)?;
                let second = self.any(second)?;
                let fits = if is_shift(*op) { !is_float(second) } else { same(second, to) };
                demand(fits && is_for(*op, is_float(to)), || format!("{op:?} of {to}"))
            }
            Value::Compare(op, scalar, first, second) => {
                self.operand(first, *scalar)?;
                self.operand(second, *scalar)?;
                let fits = match op {
                    Compare::Equal | Compare::NotEqual => true,
                    Compare::LessFloat | Compare::LessOrEqualFloat => is_float(*scalar),
                    _ => !is_float(*scalar),
                };
                demand(fits && to == Scalar::I8, || format!("{op:?} of {scalar} gives {to}"))
            }
            Value::Unary(op, operand) => {
                self.operand(operand, to)?;
                let fits = match op {
                    Unary::Negate | Unary::Absolute => true,
                    Unary::SquareRoot
                    | Unary::Floor
                    | Unary::Ceil
                    | Unary::Truncate
                    | Unary::Round => is_float(to),
                    _ => !is_float(to),
                };
                demand(fits, || format!("{op:?} of {to}"))
            }
            Value::Cast(cast, from, operand) => {
                self.operand(operand, *from)?;
                let floats = (is_float(*from), is_float(to));
                let fits = match cast {
                    Cast::Unsigned | Cast::Signed => floats == (false, false),
                    Cast::UnsignedToFloat | Cast::SignedToFloat => floats == (false, true),
                    Cast::FloatToUnsigned | Cast::FloatToSigned => floats == (true, false),
                    Cast::Float => floats == (true, true),
                    Cast::Bits => size_of(*from) == size_of(to),
                };
                demand(fits, || format!("{cast:?} from {from} to {to}"))
            }
            Value::Select(condition, first, second) => {
                self.operand(condition, Scalar::I8)?;
                self.operand(first, to)?;
                self.operand(second, to)
            }
        }
    }

    fn end(&self, end: &End) -> Result<(), String> {
        super::visit::successors(end).try_for_each(|to| self.block(to))?;
        match end {
            End::Branch(condition, ..) => self.operand(condition, Scalar::I8),
            End::Switch { scalar, on, cases, otherwise: _ } => {
                self.operand(on, *scalar)?;
                let fits = |value: &u128| {
                    !is_float(*scalar)
                        && value.checked_shr(8 * size_of(*scalar) as u32).unwrap_or(0) == 0
                };
                demand(cases.iter().all(|(value, _)| fits(value)), || "a case too large".to_owned())
            }
            End::Call(call) => self.call(call),
            End::Goto(_) | End::Return | End::Unreachable | End::Resume => Ok(()),
        }
    }

    fn call(&self, call: &Call) -> Result<(), String> {
        let (place, layout) = &call.result;
        if call.then.is_some() {
            self.place(place, layout.size)?;
        }
        self.passes(call.abi, layout)?;
        let mut passes = Vec::new();
        for argument in &call.arguments {
            match argument {
                Argument::Place(place, layout) => {
                    self.layout(layout)?;
                    self.place(place, layout.size)?;
                    self.passes(call.abi, layout)?;
                    passes.push(layout.pass);
                }
                Argument::Scalar(scalar, operand) => {
                    self.operand(operand, *scalar)?;
                    passes.push(Pass::One(*scalar));
                }
            }
        }
        match &call.callee {
            Callee::Pointer(operand) => self.operand(operand, Scalar::Pointer),
            Callee::Function(name) => match self.known.get(name.as_str()) {
                Some(Some(callee)) => called_as_it_is(callee, call, &passes),
                Some(None) => Err(format!("{name} is no function")),
                None => Ok(()),
            },
        }
    }
}

/// Whether the callee takes and gives what the call says.
fn called_as_it_is(callee: &Function, call: &Call, passes: &[Pass]) -> Result<(), String> {
    let pass = |id: &LocalId| callee.locals.get(id.0 as usize).map(|local| local.layout.pass);
    let has_size = |pass: &Pass| *pass != Pass::Nothing;
    let plain = |pass: Pass| match pass {
        Pass::One(Scalar::Pointer) => Pass::One(Scalar::I64),
        Pass::Two(first, second, _) => {
            let plain = |it| if it == Scalar::Pointer { Scalar::I64 } else { it };
            Pass::Two(plain(first), plain(second), 0)
        }
        other => other,
    };
    let expected = callee.parameters.iter().filter_map(pass).filter(has_size).map(plain);
    let given = passes.iter().copied().filter(has_size).map(plain);
    let result = pass(&callee.result).map(plain);
    let agrees = expected.eq(given)
        && callee.abi == call.abi
        && (call.then.is_none() || result == Some(plain(call.result.1.pass)));
    demand(agrees, || format!("{} is another function than the call says", callee.symbol))
}

/// Whether the second operand is an amount of bits.
fn is_shift(op: Binary) -> bool {
    matches!(
        op,
        Binary::ShiftLeft
            | Binary::ShiftRightUnsigned
            | Binary::ShiftRightSigned
            | Binary::RotateLeft
            | Binary::RotateRight
    )
}

fn is_for(op: Binary, is_float: bool) -> bool {
    match op {
        Binary::Add | Binary::Subtract | Binary::Multiply => true,
        Binary::DivideFloat
        | Binary::RemainderFloat
        | Binary::MinFloat
        | Binary::MaxFloat
        | Binary::CopySign => is_float,
        _ => !is_float,
    }
}

#[cfg(test)]
mod tests;
