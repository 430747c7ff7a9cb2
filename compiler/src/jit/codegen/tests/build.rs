//! A few words to write MIR with.

use std::sync::Arc;

use crate::jit::mir::{
    Abi, Argument, Base, Block, BlockId, Call, Callee, End, Function, Inline, Layout, Linkage,
    Local, LocalId, Module, Operand, Pass, Place, Scalar, Span, Statement, Value,
};

pub(in crate::jit) const NOTHING: Layout = Layout { size: 0, align: 1, pass: Pass::Nothing };

pub(in crate::jit) fn scalar(scalar: Scalar) -> Layout {
    let size = crate::jit::mir::size_of(scalar);
    Layout { size, align: size, pass: Pass::One(scalar) }
}

pub(in crate::jit) fn memory(size: u64) -> Layout {
    Layout { size, align: 8, pass: Pass::Memory }
}

/// A function while it is written.
pub(in crate::jit) struct Build {
    pub(in crate::jit) function: Function,
    line: u32,
}

impl Build {
    /// A live function under the platform's ABI, with one block that nothing is in yet.
    pub(in crate::jit) fn new(symbol: &str, parameters: &[Layout], result: Layout) -> Build {
        let function = Function {
            symbol: symbol.to_owned(),
            linkage: Linkage::Live,
            abi: Abi::C,
            parameters: Vec::new(),
            result: LocalId(0),
            locals: Vec::new(),
            blocks: Vec::new(),
            span: Span { file: 0, line: 1, column: 1 },
            inline: Inline::Allowed,
        };
        let mut build = Build { function, line: 1 };
        build.local(result);
        build.function.parameters = parameters.iter().map(|layout| build.local(*layout)).collect();
        build.block();
        build
    }

    /// Private to the object, called by our own rules, and not inlined.
    pub(in crate::jit) fn private(mut self) -> Build {
        self.function.linkage = Linkage::Private;
        self.function.inline = Inline::Never;
        self.rust()
    }

    pub(in crate::jit) fn inline(mut self, inline: Inline) -> Build {
        self.function.inline = inline;
        self
    }

    pub(in crate::jit) fn rust(mut self) -> Build {
        self.function.abi = Abi::Rust;
        self
    }

    pub(in crate::jit) fn local(&mut self, layout: Layout) -> LocalId {
        self.function.locals.push(Local { layout, name: None });
        LocalId(self.function.locals.len() as u32 - 1)
    }

    pub(in crate::jit) fn parameter(&self, index: usize) -> LocalId {
        self.function.parameters[index]
    }

    /// One more block; what is written next stands in the last one.
    pub(in crate::jit) fn block(&mut self) -> BlockId {
        let end = (End::Unreachable, self.span());
        self.function.blocks.push(Block { statements: Vec::new(), end });
        BlockId(self.function.blocks.len() as u32 - 1)
    }

    /// What is written next stands in this line.
    pub(in crate::jit) fn line(&mut self, line: u32) -> &mut Build {
        self.line = line;
        self
    }

    fn span(&self) -> Span {
        Span { file: 0, line: self.line, column: 5 }
    }

    pub(in crate::jit) fn say(&mut self, statement: Statement) -> &mut Build {
        let span = self.span();
        self.function.blocks.last_mut().unwrap().statements.push((statement, span));
        self
    }

    pub(in crate::jit) fn set(&mut self, of: Scalar, place: Place, value: Value) -> &mut Build {
        self.say(Statement::Set(of, place, value))
    }

    pub(in crate::jit) fn end(&mut self, end: End) -> &mut Build {
        let span = self.span();
        self.function.blocks.last_mut().unwrap().end = (end, span);
        self
    }

    /// A call that goes on in the next block.
    pub(in crate::jit) fn call(
        &mut self,
        name: &str,
        arguments: Vec<Argument>,
        result: (Place, Layout),
    ) -> &mut Build {
        let then = BlockId(self.function.blocks.len() as u32);
        self.end(call(name, arguments, result, Some(then)));
        self.block();
        self
    }

    pub(in crate::jit) fn done(&mut self) -> Function {
        self.function.clone()
    }
}

pub(in crate::jit) fn call(
    name: &str,
    arguments: Vec<Argument>,
    result: (Place, Layout),
    then: Option<BlockId>,
) -> End {
    End::Call(Box::new(Call {
        callee: Callee::Function(name.to_owned()),
        abi: if name.starts_with("segue_jit") { Abi::C } else { Abi::Rust },
        arguments,
        result,
        then,
        unwind: None,
    }))
}

pub(in crate::jit) fn module(functions: Vec<Function>) -> Module {
    let functions = functions.into_iter().map(Arc::new).collect();
    Module { functions, files: vec!["songs/live.rs".to_owned()], ..Module::default() }
}

pub(in crate::jit) fn at(local: LocalId, offset: u64) -> Place {
    Place { base: Base::Local(local), offset }
}

pub(in crate::jit) fn behind(local: LocalId, offset: u64) -> Place {
    Place { base: Base::Behind(local), offset }
}

pub(in crate::jit) fn load(of: Scalar, place: Place) -> Operand {
    Operand::Load(of, place)
}

pub(in crate::jit) fn constant(of: Scalar, value: u128) -> Operand {
    Operand::Constant(of, value)
}

pub(in crate::jit) fn used(operand: Operand) -> Value {
    Value::Use(operand)
}
