//! How values are passed, as Cranelift is told: [`Pass`] to parameters and results.

use cranelift_codegen::ir::{AbiParam, Signature, Type, types};
use cranelift_codegen::isa::CallConv;

use super::super::mir::{Abi, Argument, Call, Function, Layout, Pass, Scalar};

/// The type of a scalar in a register.
pub(super) fn type_of(scalar: Scalar) -> Type {
    match scalar {
        Scalar::I8 => types::I8,
        Scalar::I16 => types::I16,
        Scalar::I32 => types::I32,
        Scalar::I64 | Scalar::Pointer => types::I64,
        Scalar::I128 => types::I128,
        Scalar::F32 => types::F32,
        Scalar::F64 => types::F64,
    }
}

/// How a result comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Returned {
    /// In registers, as the layout says.
    Registers,
    /// In memory, whose address is the first parameter.
    Memory,
}

/// Two scalars come back in registers only if the platform has the registers.
pub(super) fn returned(pass: Pass) -> Returned {
    match pass {
        Pass::Memory => Returned::Memory,
        Pass::Two(first, second, _) if [first, second].contains(&Scalar::I128) => Returned::Memory,
        _ => Returned::Registers,
    }
}

/// What has a scalar of its own in a signature.
struct Builder {
    signature: Signature,
    abi: Abi,
}

impl Builder {
    fn new(abi: Abi, result: Pass) -> Builder {
        let mut builder = Builder { signature: Signature::new(CallConv::SystemV), abi };
        match (returned(result), result) {
            (Returned::Memory, _) => builder.signature.params.push(AbiParam::new(types::I64)),
            (_, Pass::One(scalar)) => builder.returns(scalar),
            (_, Pass::Two(first, second, _)) => {
                builder.returns(first);
                builder.returns(second);
            }
            _ => {}
        }
        builder
    }

    /// A C function expects whole registers. (Signed ones are not among what is passed to C: `mir`.)
    fn parameter_of(&self, scalar: Scalar) -> AbiParam {
        let parameter = AbiParam::new(type_of(scalar));
        let is_short = matches!(scalar, Scalar::I8 | Scalar::I16);
        if self.abi == Abi::C && is_short { parameter.uext() } else { parameter }
    }

    fn returns(&mut self, scalar: Scalar) {
        let parameter = self.parameter_of(scalar);
        self.signature.returns.push(parameter);
    }

    fn takes(&mut self, scalar: Scalar) {
        let parameter = self.parameter_of(scalar);
        self.signature.params.push(parameter);
    }

    fn takes_layout(&mut self, layout: &Layout) {
        match layout.pass {
            Pass::Nothing => {}
            Pass::One(scalar) => self.takes(scalar),
            Pass::Two(first, second, _) => {
                self.takes(first);
                self.takes(second);
            }
            Pass::Memory => self.takes(Scalar::Pointer),
        }
    }
}

/// The signature of a function of the module.
pub(super) fn of_function(function: &Function) -> Signature {
    let layout = |id: super::super::mir::LocalId| &function.locals[id.0 as usize].layout;
    let mut builder = Builder::new(function.abi, layout(function.result).pass);
    for parameter in &function.parameters {
        builder.takes_layout(layout(*parameter));
    }
    builder.signature
}

/// The signature that a call expects.
pub(super) fn of_call(call: &Call) -> Signature {
    let mut builder = Builder::new(call.abi, call.result.1.pass);
    for argument in &call.arguments {
        match argument {
            Argument::Place(_, layout) => builder.takes_layout(layout),
            Argument::Scalar(scalar, _) => builder.takes(*scalar),
        }
    }
    builder.signature
}
