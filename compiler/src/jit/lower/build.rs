//! Blocks and locals of the function that is being written.
//!
//! There is always a block in which statements go. After an expression that never ends, that is a block to
//! which nobody goes: [`Build::finish`] leaves such blocks out.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::super::mir::{
    Abi, Address, Argument, Base, Block, BlockId, Call, Callee, Cast, Compare, Data, DataKind, End,
    Inline, Layout, Linkage, Local, LocalId, Operand, Pass, Place, Scalar, Span, Statement, Value,
};
use super::super::mir::{Function, Unary};

/// A block that may not have its end yet.
#[derive(Default)]
struct Open {
    statements: Vec<(Statement, Span)>,
    end: Option<(End, Span)>,
}

/// A function that is being written.
#[derive(Default)]
pub(super) struct Build {
    pub(super) locals: Vec<Local>,
    blocks: Vec<Open>,
    current: usize,
    /// Where what comes next stands in the source.
    pub(super) span: Span,
    /// Blocks that panic, by message and place.
    panics: HashMap<(String, Span, usize), BlockId>,
    /// Constants that the function refers to, by symbol.
    data: BTreeMap<String, Data>,
}

pub(super) const NO_LAYOUT: Layout = Layout { size: 0, align: 1, pass: Pass::Nothing };
pub(super) const BOOL: Layout = Layout { size: 1, align: 1, pass: Pass::One(Scalar::I8) };
pub(super) const USIZE: Layout = Layout { size: 8, align: 8, pass: Pass::One(Scalar::I64) };
pub(super) const POINTER: Layout = Layout { size: 8, align: 8, pass: Pass::One(Scalar::Pointer) };
pub(super) const INT: Layout = Layout { size: 4, align: 4, pass: Pass::One(Scalar::I32) };

impl Build {
    pub(super) fn new() -> Build {
        Build { blocks: vec![Open::default()], ..Build::default() }
    }

    pub(super) fn local(&mut self, layout: Layout, name: Option<String>) -> LocalId {
        self.locals.push(Local { layout, name: name.map(Arc::from) });
        LocalId(u32::try_from(self.locals.len() - 1).unwrap_or(u32::MAX))
    }

    /// A new local without a name.
    pub(super) fn temporary(&mut self, layout: Layout) -> Place {
        here(self.local(layout, None))
    }

    pub(super) fn block(&mut self) -> BlockId {
        self.blocks.push(Open::default());
        BlockId(u32::try_from(self.blocks.len() - 1).unwrap_or(u32::MAX))
    }

    /// What comes next goes into this block.
    pub(super) fn start(&mut self, block: BlockId) {
        self.current = block.0 as usize;
    }

    /// The block in which statements go.
    pub(super) fn current(&self) -> BlockId {
        BlockId(u32::try_from(self.current).unwrap_or(u32::MAX))
    }

    pub(super) fn push(&mut self, statement: Statement) {
        let span = self.span;
        self.blocks[self.current].statements.push((statement, span));
    }

    /// Ends the block in which statements went; nobody comes to what follows unless somebody starts a block.
    pub(super) fn end(&mut self, end: End) {
        let span = self.span;
        let block = &mut self.blocks[self.current];
        if block.end.is_none() {
            block.end = Some((end, span));
        }
        let dead = self.block();
        self.start(dead);
    }

    /// How many statements the current block has.
    pub(super) fn statements_so_far(&self) -> usize {
        self.blocks[self.current].statements.len()
    }

    /// Puts statements before those that have these places in their blocks now.
    pub(super) fn insert(&mut self, mut all: Vec<(usize, usize, Statement)>) {
        all.sort_by_key(|(block, place, _)| (*block, *place));
        // From the end, so that the places before stay.
        for (block, place, statement) in all.into_iter().rev() {
            let span = self.span;
            self.blocks[block].statements.insert(place, (statement, span));
        }
    }

    /// Where the call at the end of a block lands when the callee unwinds.
    pub(super) fn set_unwind(&mut self, block: BlockId, to: BlockId) {
        if let Some((End::Call(call), _)) = &mut self.blocks[block.0 as usize].end {
            call.unwind = Some(to);
        }
    }

    pub(super) fn goto(&mut self, block: BlockId) {
        self.end(End::Goto(block));
    }

    /// Goes to `next` where the operand is 1, else to `otherwise`, and on in `next`.
    pub(super) fn check(&mut self, condition: Operand, otherwise: BlockId) {
        let next = self.block();
        self.end(End::Branch(condition, next, otherwise));
        self.start(next);
    }

    pub(super) fn set(&mut self, scalar: Scalar, place: Place, value: Value) {
        self.push(Statement::Set(scalar, place, value));
    }

    /// The value in a local of its own.
    pub(super) fn value(&mut self, scalar: Scalar, value: Value) -> Operand {
        let place = self.temporary(layout_of(scalar));
        self.set(scalar, place, value);
        Operand::Load(scalar, place)
    }

    pub(super) fn compare(
        &mut self,
        how: Compare,
        scalar: Scalar,
        a: Operand,
        b: Operand,
    ) -> Operand {
        self.value(Scalar::I8, Value::Compare(how, scalar, a, b))
    }

    /// The other of the two truths.
    pub(super) fn not(&mut self, condition: Operand) -> Operand {
        let zero = Operand::Constant(Scalar::I8, 0);
        self.compare(Compare::Equal, Scalar::I8, condition, zero)
    }

    pub(super) fn cast(&mut self, cast: Cast, from: Scalar, to: Scalar, value: Operand) -> Operand {
        if from == to {
            return value;
        }
        self.value(to, Value::Cast(cast, from, value))
    }

    pub(super) fn unary(&mut self, op: Unary, scalar: Scalar, value: Operand) -> Operand {
        self.value(scalar, Value::Unary(op, value))
    }

    pub(super) fn address_of(&mut self, place: Place) -> Operand {
        if let Place { base: Base::Behind(local), offset: 0 } = place
            && self.locals[local.0 as usize].name.is_none()
        {
            return Operand::Load(Scalar::Pointer, here(local));
        }
        self.value(Scalar::Pointer, Value::AddressOf(place))
    }

    /// The memory that an address points to.
    pub(super) fn behind(&mut self, address: Operand) -> Place {
        if let Operand::Load(Scalar::Pointer, Place { base: Base::Local(local), offset: 0 }) =
            address
            && self.locals[local.0 as usize].name.is_none()
        {
            return Place { base: Base::Behind(local), offset: 0 };
        }
        let local = self.local(POINTER, None);
        self.set(Scalar::Pointer, here(local), Value::Use(address));
        Place { base: Base::Behind(local), offset: 0 }
    }

    /// Copies a value of this layout, scalar by scalar where it has but two.
    pub(super) fn copy(&mut self, from: Place, to: Place, layout: Layout) {
        if from == to {
            return;
        }
        match layout.pass {
            Pass::Nothing => {}
            Pass::One(scalar) => self.set(scalar, to, Value::Use(Operand::Load(scalar, from))),
            Pass::Two(one, two, offset) => {
                self.set(one, to, Value::Use(Operand::Load(one, from)));
                let value = Value::Use(Operand::Load(two, at(from, offset)));
                self.set(two, at(to, offset), value);
            }
            Pass::Memory => {
                self.push(Statement::Copy { to, from, size: layout.size, align: layout.align });
            }
        }
    }

    /// The block that panics with this message here. `unwind` stands for what is dropped then.
    pub(super) fn panic_block(
        &mut self,
        message: &str,
        at: &[Operand; 4],
        unwind: usize,
    ) -> BlockId {
        if let Some(block) = self.panics.get(&(message.to_owned(), self.span, unwind)) {
            return *block;
        }
        let (before, block) = (self.current, self.block());
        self.start(block);
        let mut arguments = vec![
            Argument::Scalar(Scalar::Pointer, self.text(message)),
            Argument::Scalar(Scalar::I64, Operand::Constant(Scalar::I64, message.len() as u128)),
        ];
        arguments.extend(place_arguments(at));
        self.call_host("segue_jit_panic", arguments);
        self.panics.insert((message.to_owned(), self.span, unwind), block);
        self.current = before;
        block
    }

    /// The address of a text.
    pub(super) fn text(&mut self, text: &str) -> Operand {
        self.constant(text.as_bytes().to_vec(), 1, Vec::new())
    }

    /// The address of constant bytes. Equal ones are one.
    pub(super) fn constant(
        &mut self,
        bytes: Vec<u8>,
        align: u64,
        addresses: Vec<(u64, Address, i64)>,
    ) -> Operand {
        let mut known = format!("{align} {addresses:?} ").into_bytes();
        known.extend(&bytes);
        let symbol = format!(".Llower.{:032x}", xxhash_rust::xxh3::xxh3_128(&known));
        let kind = DataKind::Constant;
        let data = Data { symbol: symbol.clone(), bytes, align, kind, addresses };
        self.data.entry(symbol.clone()).or_insert(data);
        Operand::Address(Address::Data(symbol), 0)
    }

    /// Takes constants along that have symbols already.
    pub(super) fn refer(&mut self, data: Vec<Data>) {
        self.data.extend(data.into_iter().map(|data| (data.symbol.clone(), data)));
    }

    /// Takes over another function's constants.
    pub(super) fn adopt(&mut self, other: Build) {
        self.data.extend(other.data);
    }

    /// Calls a function of the host that does not come back.
    pub(super) fn call_host(&mut self, name: &str, arguments: Vec<Argument>) {
        let nowhere = self.temporary(NO_LAYOUT);
        self.end(End::Call(Box::new(Call {
            callee: Callee::Function(name.to_owned()),
            abi: Abi::C,
            arguments,
            result: (nowhere, NO_LAYOUT),
            then: None,
            unwind: None,
        })));
    }

    /// The function, without the blocks to which nobody goes.
    pub(super) fn finish(self, head: Head) -> (Function, Vec<Data>) {
        let data = self.data.into_values().collect();
        let mut reached = vec![false; self.blocks.len()];
        let mut work = vec![0];
        while let Some(index) = work.pop() {
            if std::mem::replace(&mut reached[index], true) {
                continue;
            }
            if let Some((end, _)) = &self.blocks[index].end {
                work.extend(targets(end).into_iter().map(|block| block.0 as usize));
            }
        }
        let mut names = Vec::with_capacity(reached.len());
        let mut next = 0;
        for reached in &reached {
            names.push(BlockId(next));
            next += u32::from(*reached);
        }
        let mut blocks = Vec::new();
        for (open, _) in self.blocks.into_iter().zip(reached).filter(|(_, reached)| *reached) {
            let mut end = open.end.unwrap_or((End::Unreachable, self.span));
            rename(&mut end.0, &names);
            blocks.push(Block { statements: open.statements, end });
        }
        let function = Function {
            symbol: head.symbol,
            linkage: head.linkage,
            abi: head.abi,
            parameters: head.parameters,
            result: head.result,
            locals: self.locals,
            blocks,
            span: head.span,
            inline: head.inline,
        };
        (function, data)
    }
}

/// What a function has beside its blocks and locals.
pub(super) struct Head {
    pub(super) symbol: String,
    pub(super) linkage: Linkage,
    pub(super) abi: Abi,
    pub(super) parameters: Vec<LocalId>,
    pub(super) result: LocalId,
    pub(super) span: Span,
    pub(super) inline: Inline,
}

/// A place as the host's functions take it: file, its length, line, column.
pub(super) fn place_arguments(at: &[Operand; 4]) -> Vec<Argument> {
    let scalars = [Scalar::Pointer, Scalar::I64, Scalar::I32, Scalar::I32];
    scalars.into_iter().zip(at.clone()).map(|(scalar, at)| Argument::Scalar(scalar, at)).collect()
}

/// A local as a place.
pub(super) fn here(local: LocalId) -> Place {
    Place { base: Base::Local(local), offset: 0 }
}

/// So many bytes after a place.
pub(super) fn at(place: Place, offset: u64) -> Place {
    Place { base: place.base, offset: place.offset + offset }
}

pub(super) fn layout_of(scalar: Scalar) -> Layout {
    let size = super::super::mir::size_of(scalar);
    Layout { size, align: size, pass: Pass::One(scalar) }
}

fn targets(end: &End) -> Vec<BlockId> {
    match end {
        End::Goto(block) => vec![*block],
        End::Branch(_, one, other) => vec![*one, *other],
        End::Switch { cases, otherwise, .. } => {
            cases.iter().map(|(_, block)| *block).chain([*otherwise]).collect()
        }
        End::Call(call) => call.then.into_iter().chain(call.unwind).collect(),
        End::Return | End::Unreachable | End::Resume => Vec::new(),
    }
}

fn rename(end: &mut End, names: &[BlockId]) {
    let rename = |block: &mut BlockId| *block = names[block.0 as usize];
    match end {
        End::Goto(block) => rename(block),
        End::Branch(_, one, other) => {
            rename(one);
            rename(other);
        }
        End::Switch { cases, otherwise, .. } => {
            cases.iter_mut().for_each(|(_, block)| rename(block));
            rename(otherwise);
        }
        End::Call(call) => {
            call.then.iter_mut().for_each(rename);
            call.unwind.iter_mut().for_each(rename);
        }
        End::Return | End::Unreachable | End::Resume => {}
    }
}
