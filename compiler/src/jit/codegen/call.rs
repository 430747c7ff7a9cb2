//! Calls: of the module's functions, of pointers, of the host's functions.

use cranelift_codegen::ir::{
    self, AbiParam, BlockArg, ExceptionTableData, ExceptionTableItem, InstBuilder, Signature, Type,
    types,
};
use cranelift_codegen::isa::CallConv;

use super::super::mir::{Argument, Base, BlockId, Call, Callee, Layout, Local, Pass, Place};
use super::function::{Location, Translator, UNREACHABLE};
use super::signature::{self, Returned, returned, type_of};

impl Translator<'_, '_> {
    pub(super) fn call(&mut self, call: &Call) -> Result<(), String> {
        let (place, layout) = call.result;
        let result = match returned(layout.pass) {
            Returned::Memory => Some(self.result_memory(place, layout, &call.arguments)?),
            Returned::Registers => None,
        };
        let mut arguments: Vec<_> = result.iter().map(|(address, _)| *address).collect();
        for argument in &call.arguments {
            self.argument(argument, &mut arguments)?;
        }
        let signature = self.builder.import_signature(signature::of_call(call));
        let values = match call.unwind {
            None => {
                let instruction = match &call.callee {
                    Callee::Function(name) => {
                        let function = self.reference(name, signature);
                        self.builder.ins().call(function, &arguments)
                    }
                    Callee::Pointer(pointer) => {
                        let pointer = self.operand(pointer)?;
                        self.builder.ins().call_indirect(signature, pointer, &arguments)
                    }
                };
                self.builder.inst_results(instruction).to_vec()
            }
            Some(unwind) => self.call_with_cleanup(call, signature, &arguments, unwind)?,
        };
        let Some(then) = call.then else {
            self.builder.ins().trap(UNREACHABLE);
            return Ok(());
        };
        self.result(place, layout, &values, result)?;
        let then = self.block_of(then);
        self.builder.ins().jump(then, &[]);
        Ok(())
    }

    /// A call that comes back in one of two blocks: when the callee unwinds, in one that keeps the exception and goes on
    /// to where values are dropped. What is written next stands where the callee returned.
    fn call_with_cleanup(
        &mut self,
        call: &Call,
        signature: ir::SigRef,
        arguments: &[ir::Value],
        unwind: BlockId,
    ) -> Result<Vec<ir::Value>, String> {
        let returned = self.builder.create_block();
        let landing = self.builder.create_block();
        self.builder.set_cold_block(landing);
        let types: Vec<Type> = self.builder.func.dfg.signatures[signature]
            .returns
            .iter()
            .map(|it| it.value_type)
            .collect();
        let values: Vec<ir::Value> =
            types.iter().map(|ty| self.builder.append_block_param(returned, *ty)).collect();
        let exception = self.builder.append_block_param(landing, types::I64);
        let results: Vec<BlockArg> = (0..types.len() as u32).map(BlockArg::TryCallRet).collect();
        let lists = &mut self.builder.func.dfg;
        let normal = lists.block_call(returned, &results);
        let exceptional = lists.block_call(landing, &[BlockArg::TryCallExn(0)]);
        let handlers = [ExceptionTableItem::Default(exceptional)];
        let table = ExceptionTableData::new(signature, normal, handlers);
        let table = lists.exception_tables.push(table);
        match &call.callee {
            Callee::Function(name) => {
                let function = self.reference(name, signature);
                self.builder.ins().try_call(function, arguments, table);
            }
            Callee::Pointer(pointer) => {
                let pointer = self.operand(pointer)?;
                self.builder.ins().try_call_indirect(pointer, arguments, table);
            }
        }
        self.builder.seal_block(landing);
        self.builder.seal_block(returned);
        self.builder.switch_to_block(landing);
        let kept = self.exception();
        self.builder.def_var(kept, exception);
        let unwind = self.block_of(unwind);
        self.builder.ins().jump(unwind, &[]);
        self.builder.switch_to_block(returned);
        Ok(values)
    }

    /// The scalars of an argument, as it is passed.
    fn argument(&mut self, argument: &Argument, to: &mut Vec<ir::Value>) -> Result<(), String> {
        match argument {
            Argument::Scalar(_, operand) => to.push(self.operand(operand)?),
            Argument::Place(place, layout) => match layout.pass {
                Pass::Nothing => {}
                Pass::One(scalar) => to.push(self.read(scalar, *place)?),
                Pass::Two(first, second, offset) => {
                    to.push(self.read(first, *place)?);
                    to.push(self.read(second, after(*place, offset))?);
                }
                Pass::Memory if self.is_in_memory(*place) => to.push(self.address(*place)?),
                Pass::Memory => {
                    let address = self.memory_for(*layout)?;
                    self.spill(*place, address, layout.size)?;
                    to.push(address);
                }
            },
        }
        Ok(())
    }

    /// Memory of the caller's for one value.
    fn memory_for(&mut self, layout: Layout) -> Result<ir::Value, String> {
        match self.slot(&Local { layout, name: None })? {
            Location::At(address) => Ok(address),
            Location::Slot(slot) => Ok(self.builder.ins().stack_addr(types::I64, slot, 0)),
            Location::Fields(_) => Err("memory in registers".to_owned()),
        }
    }

    /// Stores what a place in registers holds.
    fn spill(&mut self, place: Place, address: ir::Value, size: u64) -> Result<(), String> {
        match place.base {
            Base::Local(local) => {
                self.store_fields(local, place.offset, address, size);
                Ok(())
            }
            Base::Behind(_) => Err("memory that is not in memory".to_owned()),
        }
    }

    /// Where the callee writes its result, and whether it is copied from there afterwards: it is, where
    /// an argument or a pointer may lead to the place as well, which must not change too early.
    fn result_memory(
        &mut self,
        place: Place,
        layout: Layout,
        arguments: &[Argument],
    ) -> Result<(ir::Value, bool), String> {
        let by_address = |argument: &Argument| match argument {
            Argument::Place(other, layout) => {
                layout.pass == Pass::Memory && other.base == place.base
            }
            Argument::Scalar(..) => false,
        };
        let is_own = matches!(place.base, Base::Local(_))
            && !self.is_addressed(place)
            && !arguments.iter().any(by_address);
        if is_own && self.is_in_memory(place) && layout.pass == Pass::Memory {
            return Ok((self.address(place)?, false));
        }
        Ok((self.memory_for(layout)?, true))
    }

    fn result(
        &mut self,
        place: Place,
        layout: Layout,
        values: &[ir::Value],
        memory: Option<(ir::Value, bool)>,
    ) -> Result<(), String> {
        match (layout.pass, memory) {
            (Pass::Two(first, second, offset), Some((address, _))) => {
                let value = self.load(type_of(first), address, 0);
                let other = self.load(type_of(second), address, offset);
                self.write(first, place, value)?;
                self.write(second, after(place, offset), other)
            }
            (_, Some((_, false))) => Ok(()),
            (_, Some((from, true))) if self.is_in_memory(place) => {
                let to = self.address(place)?;
                self.copy_memory((to, 0), (from, 0), layout.size, layout.align)
            }
            (_, Some((from, true))) => {
                if let Base::Local(local) = place.base {
                    self.load_fields(local, place.offset, from, layout.size);
                }
                Ok(())
            }
            (Pass::One(scalar), None) => self.write(scalar, place, values[0]),
            (Pass::Two(first, second, offset), None) => {
                self.write(first, place, values[0])?;
                self.write(second, after(place, offset), values[1])
            }
            (_, None) => Ok(()),
        }
    }

    /// A call of a C function: the host's, or the C library's.
    pub(super) fn library(
        &mut self,
        name: &str,
        parameters: &[Type],
        results: &[Type],
        arguments: &[ir::Value],
    ) -> Result<Vec<ir::Value>, String> {
        let mut signature = Signature::new(CallConv::SystemV);
        signature.params.extend(parameters.iter().copied().map(AbiParam::new));
        signature.returns.extend(results.iter().copied().map(AbiParam::new));
        let signature = self.builder.import_signature(signature);
        let function = self.reference(name, signature);
        let instruction = self.builder.ins().call(function, arguments);
        Ok(self.builder.inst_results(instruction).to_vec())
    }
}

fn after(place: Place, offset: u64) -> Place {
    Place { base: place.base, offset: place.offset + offset }
}
