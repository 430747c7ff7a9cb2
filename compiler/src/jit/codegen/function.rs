//! One function: from blocks and locals to Cranelift's blocks and variables.
//!
//! Every loop header, and the begin of every function that calls others, asks the interrupt word whether
//! to go on (`poll`).

use std::collections::HashMap;

use cranelift_codegen::ir::{
    self, AbiParam, ExtFuncData, ExternalName, GlobalValueData, InstBuilder, MemFlagsData,
    SourceLoc, StackSlotData, StackSlotKind, TrapCode, UserFuncName, types,
};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext, Switch, Variable};

use super::super::mir::visit::successors;
use super::super::mir::{
    Address, Base, Block, BlockId, End, Function, Local, LocalId, Module, Operand, Pass, Place,
    Scalar, Span, Statement,
};
use super::Effort;
use super::fields::{self, Home};
use super::loops::{self, Loops};
use super::names::{Distance, Names};
use super::signature::{self, Returned, returned, type_of};

/// What stands where nobody comes.
pub(super) const UNREACHABLE: TrapCode = TrapCode::unwrap_user(1);

/// Where a local is, in Cranelift's terms.
#[derive(Clone, Debug)]
pub(super) enum Location {
    /// In registers: offsets, scalars and their variables.
    Fields(Vec<(u64, Scalar, Variable)>),
    /// In memory, at this address, which is known when the function begins.
    At(ir::Value),
    Slot(ir::StackSlot),
}

/// One function while it is translated.
pub(super) struct Translator<'a, 'b> {
    pub(super) module: &'a Module,
    pub(super) function: &'a Function,
    effort: Effort,
    pub(super) names: &'a mut Names,
    pub(super) builder: FunctionBuilder<'b>,
    pub(super) locations: Vec<Location>,
    blocks: Vec<ir::Block>,
    loops: Loops,
    /// The locals whose address somebody has.
    addressed: Vec<bool>,
    /// Where the result goes that is returned in memory.
    result_address: Option<ir::Value>,
    /// The exception that is unwinding, where values are dropped meanwhile.
    exception: Option<Variable>,
    functions: HashMap<(String, ir::SigRef), ir::FuncRef>,
    globals: HashMap<String, ir::GlobalValue>,
    pub(super) spans: Vec<Span>,
}

/// Writes the function's code. Returns the spans that its source locations are indices of.
pub(super) fn translate(
    module: &Module,
    function: &Function,
    effort: Effort,
    names: &mut Names,
    into: &mut ir::Function,
    context: &mut FunctionBuilderContext,
) -> Result<Vec<Span>, String> {
    into.signature = signature::of_function(function);
    into.name = UserFuncName::User(names.get(&function.symbol).0.external());
    let builder = FunctionBuilder::new(into, context);
    let mut translator = Translator {
        module,
        function,
        effort,
        names,
        builder,
        locations: Vec::new(),
        blocks: Vec::new(),
        loops: Loops::of(function),
        addressed: fields::addressed(function),
        result_address: None,
        exception: None,
        functions: HashMap::new(),
        globals: HashMap::new(),
        spans: Vec::new(),
    };
    translator.run()?;
    let spans = std::mem::take(&mut translator.spans);
    translator.builder.seal_all_blocks();
    let config = super::target::target()?.frontend_config();
    translator.builder.finalize(config);
    Ok(spans)
}

impl Translator<'_, '_> {
    fn run(&mut self) -> Result<(), String> {
        let entry = self.builder.create_block();
        self.builder.append_block_params_for_function_params(entry);
        self.builder.seal_block(entry);
        self.builder.switch_to_block(entry);
        self.at(self.function.span);
        self.place_locals(entry)?;
        self.blocks = self.function.blocks.iter().map(|_| self.builder.create_block()).collect();
        if loops::calls_others(self.function) {
            self.poll(self.function.span)?;
        }
        let headers = loops::headers(self.function);
        self.builder.ins().jump(self.blocks[0], &[]);
        let mut waiting = loops::predecessors(self.function);
        for (index, edges) in waiting.iter().enumerate() {
            if *edges == 0 {
                self.builder.seal_block(self.blocks[index]);
            }
        }
        for index in loops::order(self.function) {
            let block = &self.function.blocks[index];
            self.builder.switch_to_block(self.blocks[index]);
            if headers[index] {
                self.poll(first_span(block))?;
            }
            if loops::is_cold(block) {
                self.builder.set_cold_block(self.blocks[index]);
            }
            self.block(index)?;
            // A block whose ways in are all known needs no parameter for what they agree on: such parameters look like
            // values that change around a loop, and what is computed from them stays inside.
            for to in successors(&block.end.0) {
                waiting[to.0 as usize] -= 1;
                if waiting[to.0 as usize] == 0 {
                    self.builder.seal_block(self.blocks[to.0 as usize]);
                }
            }
        }
        Ok(())
    }

    /// From here on, code is of this place of the source.
    pub(super) fn at(&mut self, span: Span) {
        if self.spans.last() != Some(&span) {
            self.spans.push(span);
        }
        self.builder.set_srcloc(SourceLoc::new(self.spans.len() as u32 - 1));
    }

    pub(super) fn local(&self, id: LocalId) -> &Local {
        &self.function.locals[id.0 as usize]
    }

    pub(super) fn block_of(&self, id: BlockId) -> ir::Block {
        self.blocks[id.0 as usize]
    }

    /// Whether pointers may lead to a place.
    pub(super) fn is_addressed(&self, place: Place) -> bool {
        match place.base {
            Base::Local(local) => self.addressed[local.0 as usize],
            Base::Behind(_) => true,
        }
    }

    fn place_locals(&mut self, entry: ir::Block) -> Result<(), String> {
        let mut parameters = self.builder.block_params(entry).to_vec().into_iter();
        let result = self.local(self.function.result).layout;
        if returned(result.pass) == Returned::Memory {
            self.result_address = parameters.next();
        }
        let mut addresses = HashMap::new();
        let mut scalars = Vec::new();
        for id in &self.function.parameters {
            let mut next = || parameters.next().ok_or("a parameter too many");
            match self.local(*id).layout.pass {
                Pass::Nothing => {}
                Pass::One(scalar) => scalars.push((*id, scalar, 0, next()?)),
                Pass::Two(first, second, offset) => {
                    scalars.push((*id, first, 0, next()?));
                    scalars.push((*id, second, offset, next()?));
                }
                Pass::Memory => drop(addresses.insert(*id, next()?)),
            }
        }
        if let Some(address) = self.result_address
            && result.pass == Pass::Memory
        {
            addresses.entry(self.function.result).or_insert(address);
        }
        let homes = match self.effort {
            #[cfg(test)]
            Effort::None => vec![Home::Memory; self.function.locals.len()],
            _ => fields::homes(self.function),
        };
        for (index, home) in homes.into_iter().enumerate() {
            let location = match (home, addresses.get(&LocalId(index as u32))) {
                (Home::Memory, Some(address)) => Location::At(*address),
                (Home::Memory, None) => self.slot(&self.function.locals[index])?,
                (Home::Fields(fields), _) => {
                    let variable = |(offset, scalar)| {
                        (offset, scalar, self.builder.declare_var(type_of(scalar)))
                    };
                    Location::Fields(fields.into_iter().map(variable).collect())
                }
            };
            self.locations.push(location);
        }
        for (id, scalar, offset, value) in scalars {
            self.write(scalar, super::memory::place_of(id, offset), value)?;
        }
        for id in &self.function.parameters {
            if let Some(address) = addresses.get(id) {
                self.load_fields(*id, 0, *address, self.local(*id).layout.size);
            }
        }
        Ok(())
    }

    /// Memory on the stack for a value of this layout.
    pub(super) fn slot(&mut self, local: &Local) -> Result<Location, String> {
        /// What the stack pointer is aligned to.
        const STACK: u64 = 16;
        let align = local.layout.align.max(1);
        let beyond = if align > STACK { align } else { 0 };
        let size = u32::try_from(local.layout.size.max(1) + beyond)
            .map_err(|_| format!("a local of {} bytes", local.layout.size))?;
        let shift = align.min(STACK).trailing_zeros() as u8;
        let data = StackSlotData::new(StackSlotKind::ExplicitSlot, size, shift);
        let slot = self.builder.create_sized_stack_slot(data);
        if beyond == 0 {
            return Ok(Location::Slot(slot));
        }
        let address = self.builder.ins().stack_addr(types::I64, slot, 0);
        let address = self.builder.ins().iadd_imm_s(address, align as i64 - 1);
        Ok(Location::At(self.builder.ins().band_imm_s(address, -(align as i64))))
    }

    fn block(&mut self, index: usize) -> Result<(), String> {
        let block = &self.function.blocks[index];
        for (statement, span) in &block.statements {
            self.at(*span);
            self.statement(statement)?;
        }
        let (end, span) = &block.end;
        self.at(*span);
        self.keep_bounds(index, end)?;
        self.end(end)
    }

    /// Cranelift would compute the end of what a loop goes through each time around, since that is cheap where it is an
    /// addition, and keep in registers what it is computed from. What comes around a loop as it was is not computed.
    fn keep_bounds(&mut self, block: usize, end: &End) -> Result<(), String> {
        let bounds = successors(end);
        let bounds = bounds.flat_map(|to| self.loops.kept_around(block, to).to_vec());
        for place in bounds.collect::<Vec<_>>() {
            if !self.is_in_memory(place) {
                let bound = self.read(Scalar::Pointer, place)?;
                let same = self.builder.ins().bor(bound, bound);
                self.write(Scalar::Pointer, place, same)?;
            }
        }
        Ok(())
    }

    fn statement(&mut self, statement: &Statement) -> Result<(), String> {
        match statement {
            Statement::Set(scalar, place, value) => {
                let value = self.value(*scalar, value)?;
                self.write(*scalar, *place, value)
            }
            Statement::SetChecked { scalar, signed, to, overflow, op, values } => {
                let first = self.operand(&values.0)?;
                let second = self.operand(&values.1)?;
                let (value, overflowed) = self.checked(*scalar, *signed, *op, first, second)?;
                self.write(*scalar, *to, value)?;
                self.write(Scalar::I8, *overflow, overflowed)
            }
            Statement::Copy { to, from, size, align } => self.copy(*to, *from, *size, *align),
            Statement::IsNot { .. } => Ok(()),
            Statement::CopyBytes { to, from, size, may_overlap } => {
                let arguments = [self.operand(to)?, self.operand(from)?, self.operand(size)?];
                let name = if *may_overlap { "memmove" } else { "memcpy" };
                self.library(name, &[types::I64; 3], &[types::I64], &arguments)?;
                Ok(())
            }
            Statement::Fill {
                to,
                value: Operand::Constant(_, byte),
                size: Operand::Constant(_, size),
            } if *size <= u128::from(super::memory::WRITTEN_OUT) => {
                let to = self.operand(to)?;
                self.fill(to, *byte as u8, *size as u64);
                Ok(())
            }
            Statement::Fill { to, value, size } => {
                let (to, value, size) =
                    (self.operand(to)?, self.operand(value)?, self.operand(size)?);
                let value = self.resized(value, types::I32);
                let parameters = [types::I64, types::I32, types::I64];
                self.library("memset", &parameters, &[types::I64], &[to, value, size])?;
                Ok(())
            }
        }
    }

    fn end(&mut self, end: &End) -> Result<(), String> {
        match end {
            End::Goto(to) => {
                let to = self.block_of(*to);
                self.builder.ins().jump(to, &[]);
            }
            End::Branch(condition, yes, no) => {
                let condition = self.operand(condition)?;
                let (yes, no) = (self.block_of(*yes), self.block_of(*no));
                self.builder.ins().brif(condition, yes, &[], no, &[]);
            }
            End::Switch { scalar, on, cases, otherwise } => {
                let on = self.operand(on)?;
                self.switch(*scalar, on, cases, *otherwise);
            }
            End::Return => self.returns()?,
            End::Unreachable => drop(self.builder.ins().trap(UNREACHABLE)),
            End::Call(call) => self.call(call)?,
            End::Resume => {
                let exception = self.exception();
                let exception = self.builder.use_var(exception);
                self.library("_Unwind_Resume", &[types::I64], &[], &[exception])?;
                self.builder.ins().trap(UNREACHABLE);
            }
        }
        Ok(())
    }

    fn switch(
        &mut self,
        scalar: Scalar,
        on: ir::Value,
        cases: &[(u128, BlockId)],
        otherwise: BlockId,
    ) {
        let otherwise = self.block_of(otherwise);
        if scalar != Scalar::I128 {
            let mut switch = Switch::new();
            for (value, to) in cases {
                if !switch.entries().contains_key(value) {
                    switch.set_entry(*value, self.block_of(*to));
                }
            }
            return switch.emit(&mut self.builder, on, otherwise);
        }
        for (value, to) in cases {
            let value = self.constant(scalar, *value);
            let is = self.builder.ins().icmp(ir::condcodes::IntCC::Equal, on, value);
            let (to, next) = (self.block_of(*to), self.builder.create_block());
            self.builder.ins().brif(is, to, &[], next, &[]);
            self.builder.seal_block(next);
            self.builder.switch_to_block(next);
        }
        self.builder.ins().jump(otherwise, &[]);
    }

    fn returns(&mut self) -> Result<(), String> {
        let id = self.function.result;
        let layout = self.local(id).layout;
        let place = |offset| super::memory::place_of(id, offset);
        let values = match (self.result_address, layout.pass) {
            (Some(address), Pass::Two(first, second, offset)) => {
                for (scalar, offset) in [(first, 0), (second, offset)] {
                    let value = self.read(scalar, place(offset))?;
                    self.store(value, address, offset);
                }
                Vec::new()
            }
            (Some(address), _) => {
                self.store_fields(id, 0, address, layout.size);
                Vec::new()
            }
            (None, Pass::One(scalar)) => vec![self.read(scalar, place(0))?],
            (None, Pass::Two(first, second, offset)) => {
                vec![self.read(first, place(0))?, self.read(second, place(offset))?]
            }
            (None, _) => Vec::new(),
        };
        self.builder.ins().return_(&values);
        Ok(())
    }

    /// Where the exception is kept between a call that it ended and [`End::Resume`].
    pub(super) fn exception(&mut self) -> Variable {
        *self.exception.get_or_insert_with(|| self.builder.declare_var(types::I64))
    }

    /// A function to call. Calls are direct whatever the distance: a linker makes stubs for what is far.
    pub(super) fn reference(&mut self, name: &str, signature: ir::SigRef) -> ir::FuncRef {
        let key = (name.to_owned(), signature);
        if let Some(known) = self.functions.get(&key) {
            return *known;
        }
        let external = self.names.get(name).0.external();
        let name = self.builder.func.declare_imported_user_function(external);
        let reference = self.builder.import_function(ExtFuncData {
            name: ExternalName::user(name),
            signature,
            colocated: true,
            patchable: false,
        });
        self.functions.insert(key, reference);
        reference
    }

    /// The address of something that has a symbol.
    pub(super) fn address_of(&mut self, address: &Address, addend: i64) -> ir::Value {
        let (Address::Function(name) | Address::Data(name)) = address;
        let global = match self.globals.get(name) {
            Some(global) => *global,
            None => {
                let (symbol, distance) = self.names.get(name);
                let external = self.builder.func.declare_imported_user_function(symbol.external());
                let global = self.builder.create_global_value(GlobalValueData::Symbol {
                    name: ExternalName::user(external),
                    offset: 0.into(),
                    colocated: distance == Distance::Near,
                    tls: false,
                });
                self.globals.insert(name.clone(), global);
                global
            }
        };
        let value = self.builder.ins().symbol_value(types::I64, global);
        if addend == 0 { value } else { self.builder.ins().iadd_imm_s(value, addend) }
    }

    /// Asks whether this thread is to stop, if anybody is.
    fn poll(&mut self, span: Span) -> Result<(), String> {
        self.at(span);
        let word = self.address_of(&Address::Data("segue_jit_interrupt".to_owned()), 0);
        let word = self.builder.ins().load(types::I32, MemFlagsData::trusted(), word, 0);
        let (stop, go_on) = (self.builder.create_block(), self.builder.create_block());
        self.builder.set_cold_block(stop);
        self.builder.ins().brif(word, stop, &[], go_on, &[]);
        self.builder.seal_block(stop);
        self.builder.switch_to_block(stop);
        let (file, length) = match self.module.files.get(span.file as usize) {
            Some(path) => (
                self.address_of(&Address::Data(super::object::file_symbol(span.file)), 0),
                path.len() as i64,
            ),
            None => (self.builder.ins().iconst(types::I64, 0), 0),
        };
        let length = self.builder.ins().iconst(types::I64, length);
        let line = self.builder.ins().iconst(types::I32, i64::from(span.line));
        let column = self.builder.ins().iconst(types::I32, i64::from(span.column));
        let parameters = [types::I64, types::I64, types::I32, types::I32];
        let arguments = [file, length, line, column];
        // All registers are kept: what a loop has in them stays there.
        let mut signature = ir::Signature::new(CallConv::PreserveAll);
        signature.params.extend(parameters.map(AbiParam::new));
        let signature = self.builder.import_signature(signature);
        let function = self.reference("segue_jit_poll", signature);
        self.builder.ins().call(function, &arguments);
        self.builder.ins().jump(go_on, &[]);
        self.builder.seal_block(go_on);
        self.builder.switch_to_block(go_on);
        Ok(())
    }
}

fn first_span(block: &Block) -> Span {
    block.statements.first().map_or(block.end.1, |(_, span)| *span)
}
