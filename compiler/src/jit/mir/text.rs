//! MIR as people read it: one line a statement, places as `_3+8` and `(*_3)+8`, scalars behind a colon.

use std::fmt::{self, Display, Formatter};

use super::{
    Address, Argument, Base, Block, BlockId, Call, Callee, Data, End, Function, Layout, LocalId,
    Module, Operand, Pass, Place, Scalar, Statement, Value,
};

impl Display for Module {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for data in &self.data {
            writeln!(f, "{data}")?;
        }
        for function in &self.functions {
            writeln!(f, "{function}")?;
        }
        Ok(())
    }
}

impl Display for Data {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {} align {} =", self.kind, self.symbol, self.align)?;
        for byte in &self.bytes {
            write!(f, " {byte:02x}")?;
        }
        for (offset, address, addend) in &self.addresses {
            write!(f, "\n  at {offset}: {address}")?;
            addition(f, *addend)?;
        }
        Ok(())
    }
}

impl Display for Function {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?} fn {}(", self.linkage, self.abi, self.symbol)?;
        listed(f, &self.parameters)?;
        writeln!(f, ") -> {} {{", self.result)?;
        for (index, local) in self.locals.iter().enumerate() {
            write!(f, "  {}: {}", LocalId(index as u32), local.layout)?;
            match &local.name {
                Some(name) => writeln!(f, " // {name}")?,
                None => writeln!(f)?,
            }
        }
        for (index, block) in self.blocks.iter().enumerate() {
            writeln!(f, "{}:", BlockId(index as u32))?;
            write!(f, "{block}")?;
        }
        writeln!(f, "}}")
    }
}

impl Display for Block {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (statement, span) in &self.statements {
            writeln!(f, "  {statement} // {}:{}", span.line, span.column)?;
        }
        let (end, span) = &self.end;
        writeln!(f, "  {end} // {}:{}", span.line, span.column)
    }
}

impl Display for Layout {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes, align {}", self.size, self.align)?;
        match self.pass {
            Pass::Nothing => Ok(()),
            Pass::One(scalar) => write!(f, ", {scalar}"),
            Pass::Two(first, second, offset) => write!(f, ", {first} and {second} at {offset}"),
            Pass::Memory => write!(f, ", in memory"),
        }
    }
}

impl Display for Scalar {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Scalar::I8 => "i8",
            Scalar::I16 => "i16",
            Scalar::I32 => "i32",
            Scalar::I64 => "i64",
            Scalar::I128 => "i128",
            Scalar::F32 => "f32",
            Scalar::F64 => "f64",
            Scalar::Pointer => "pointer",
        })
    }
}

impl Display for LocalId {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "_{}", self.0)
    }
}

impl Display for BlockId {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "block{}", self.0)
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.base {
            Base::Local(local) => write!(f, "{local}")?,
            Base::Behind(local) => write!(f, "(*{local})")?,
        }
        if self.offset == 0 { Ok(()) } else { write!(f, "+{}", self.offset) }
    }
}

impl Display for Address {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (Address::Function(name) | Address::Data(name)) = self;
        write!(f, "&{name}")
    }
}

fn addition(f: &mut Formatter<'_>, addend: i64) -> fmt::Result {
    if addend == 0 { Ok(()) } else { write!(f, "{addend:+}") }
}

fn listed<T: Display>(f: &mut Formatter<'_>, list: &[T]) -> fmt::Result {
    for (index, item) in list.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(f, "{comma}{item}")?;
    }
    Ok(())
}

impl Display for Operand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Operand::Load(scalar, place) => write!(f, "{place}: {scalar}"),
            Operand::Constant(Scalar::F32, bits) => {
                write!(f, "{:?}: f32", f32::from_bits(*bits as u32))
            }
            Operand::Constant(Scalar::F64, bits) => {
                write!(f, "{:?}: f64", f64::from_bits(*bits as u64))
            }
            Operand::Constant(scalar, bits) => write!(f, "{bits:#x}: {scalar}"),
            Operand::Address(address, addend) => {
                write!(f, "{address}")?;
                addition(f, *addend)
            }
        }
    }
}

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Statement::Set(scalar, place, value) => write!(f, "{place}: {scalar} = {value}"),
            Statement::SetChecked { scalar, signed, to, overflow, op, values: (first, second) } => {
                let sign = if *signed { "signed" } else { "unsigned" };
                write!(f, "{to}: {scalar}, {overflow} = {sign} {op:?}({first}, {second})")
            }
            Statement::Copy { to, from, size, align } => {
                write!(f, "{to} = {from}, {size} bytes, align {align}")
            }
            Statement::CopyBytes { to, from, size, may_overlap } => {
                let verb = if *may_overlap { "move" } else { "copy" };
                write!(f, "{verb} to {to} from {from}, {size} bytes")
            }
            Statement::Fill { to, value, size } => {
                write!(f, "fill {to} with {value}, {size} bytes")
            }
            Statement::IsNot { scalar, place, first, last } if first == last => {
                write!(f, "{place} is not {}", Operand::Constant(*scalar, *first))
            }
            Statement::IsNot { scalar, place, first, last } => {
                let [first, last] = [first, last].map(|it| Operand::Constant(*scalar, *it));
                write!(f, "{place} is not {first} to {last}")
            }
        }
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Value::Use(operand) => write!(f, "{operand}"),
            Value::AddressOf(place) => write!(f, "&{place}"),
            Value::Binary(op, first, second) => write!(f, "{op:?}({first}, {second})"),
            Value::Compare(op, scalar, first, second) => {
                write!(f, "{op:?} {scalar}({first}, {second})")
            }
            Value::Unary(op, operand) => write!(f, "{op:?}({operand})"),
            Value::Cast(cast, from, operand) => write!(f, "{cast:?} from {from}({operand})"),
            Value::Select(condition, first, second) => {
                write!(f, "if {condition} then {first} else {second}")
            }
        }
    }
}

impl Display for End {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            End::Goto(to) => write!(f, "goto {to}"),
            End::Branch(condition, yes, no) => write!(f, "if {condition} goto {yes} else {no}"),
            End::Switch { scalar: _, on, cases, otherwise } => {
                write!(f, "switch {on}")?;
                for (value, to) in cases {
                    write!(f, ", {value:#x}: {to}")?;
                }
                write!(f, ", else {otherwise}")
            }
            End::Return => f.write_str("return"),
            End::Unreachable => f.write_str("unreachable"),
            End::Call(call) => write!(f, "{call}"),
            End::Resume => f.write_str("resume"),
        }
    }
}

impl Display for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {:?} call ", self.result.0, self.abi)?;
        match &self.callee {
            Callee::Function(name) => write!(f, "{name}(")?,
            Callee::Pointer(operand) => write!(f, "({operand})(")?,
        }
        listed(f, &self.arguments)?;
        f.write_str(")")?;
        match self.then {
            Some(then) => write!(f, " goto {then}")?,
            None => f.write_str(" goto nowhere")?,
        }
        self.unwind.map_or(Ok(()), |unwind| write!(f, " unwind {unwind}"))
    }
}

impl Display for Argument {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Argument::Place(place, _) => write!(f, "{place}"),
            Argument::Scalar(_, operand) => write!(f, "{operand}"),
        }
    }
}
