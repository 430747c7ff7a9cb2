//! Inlining: private functions into their callers, callees first, and live functions that are small (`small`). A live
//! function stays what it is for everybody else: it has a slot.
//!
//! What nobody calls any more afterwards is left out of the module.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::known::{self, Key, Known};
use super::visit::{self, Role};
use super::{
    Address, Argument, Base, Block, BlockId, Call, Callee, Calls, End, Function, Inline, Linkage,
    LocalId, Module, Operand, Pass, Place, Scalar, Statement, Value,
};
use super::{forward, thread};

/// Statements and ends that a callee may have, by how much its inlining is wished.
const MOST: usize = 2_000;
const WISHED: usize = 200;
const ALLOWED: usize = 40;
/// A function with one call only is no larger inside of its caller.
const ONLY: usize = 400;
/// What a caller may grow to.
const CALLER: usize = 8_000;

/// Inlines in every function of the module, and drops what is not referred to any more. What is known is not done
/// again, and what was not is known from now on.
pub(crate) fn inline<C>(
    module: &mut Module,
    calls: &Calls,
    keys: &mut Vec<Option<Key>>,
    known: &mut Known<C>,
) {
    let mut inliner = Inliner::new(std::mem::take(&mut module.functions), calls);
    for (index, key) in keys.iter().enumerate() {
        if let Some(function) = key.and_then(|key| known.function(key)) {
            inliner.functions[index] = Some(function);
            inliner.settled[index] = true;
        }
    }
    let is_known = inliner.settled.clone();
    for index in 0..inliner.functions.len() {
        inliner.settle(index);
    }
    let functions = inliner.functions.into_iter().zip(std::mem::take(keys)).zip(is_known);
    for ((function, key), is_known) in functions {
        let Some(function) = function else { continue };
        if let Some(key) = key.filter(|_| !is_known) {
            known.add(key, function.clone());
        }
        // What is declared was here only to stand inside of others.
        let outside = module.outside.as_ref();
        if outside.is_none_or(|outside| !outside.declared.contains_key(&function.symbol)) {
            module.functions.push(function);
            keys.push(key);
        }
    }
    drop_unused(module, keys);
}

struct Inliner<'a> {
    /// `None` while one is worked on: its own calls are not inlined into it.
    functions: Vec<Option<Arc<Function>>>,
    by_name: HashMap<String, usize>,
    calls: &'a Calls,
    settled: Vec<bool>,
}

impl<'a> Inliner<'a> {
    fn new(functions: Vec<Arc<Function>>, calls: &'a Calls) -> Inliner<'a> {
        let names = functions.iter().enumerate();
        let by_name = names.map(|(index, function)| (function.symbol.clone(), index)).collect();
        let settled = vec![false; functions.len()];
        let functions = functions.into_iter().map(Some).collect();
        Inliner { functions, by_name, calls, settled }
    }

    /// Inlines into a function, after those that may be inlined into it are done. The stack of calls is a list of
    /// our own, since user code may nest as deep as it likes.
    fn settle(&mut self, first: usize) {
        let mut stack = vec![(first, false)];
        while let Some((index, callees_done)) = stack.pop() {
            if callees_done {
                self.inline_into(index);
            } else if !std::mem::replace(&mut self.settled[index], true) {
                stack.push((index, true));
                let Some(caller) = self.functions[index].as_ref() else { continue };
                for block in &caller.blocks {
                    let callee = called(&block.end.0).and_then(|(name, call)| {
                        let callee = *self.by_name.get(name)?;
                        let function = self.functions[callee].as_ref()?;
                        self.calls.may_inline(caller, function, call).then_some(callee)
                    });
                    stack.extend(callee.map(|callee| (callee, false)));
                }
            }
        }
    }

    fn inline_into(&mut self, index: usize) {
        let Some(mut shared) = self.functions[index].take() else { return };
        let function = Arc::make_mut(&mut shared);
        let mut block = 0;
        let mut size = size_of(function);
        while block < function.blocks.len() {
            if let Some(callee) = self.wanted(function, block, size) {
                size += size_of(callee);
                inline_call(function, block, callee);
            } else {
                block += 1;
            }
        }
        // How large it really is decides whether others inline it.
        thread::thread(function);
        forward::forward(function);
        self.functions[index] = Some(shared);
    }

    /// The function that a block ends in a call of, if it is to be inlined there.
    fn wanted(&self, caller: &Function, block: usize, of_caller: usize) -> Option<&Function> {
        let (name, call) = called(&caller.blocks[block].end.0)?;
        let callee = self.functions[*self.by_name.get(name)?].as_deref()?;
        if !self.calls.may_inline(caller, callee, call) {
            return None;
        }
        let size = size_of(callee);
        let limit = match callee.inline {
            // That it is small was decided by what it is made of.
            _ if callee.linkage == Linkage::Live => MOST,
            Inline::Never => return None,
            Inline::Demanded => MOST,
            Inline::Wished => WISHED,
            Inline::Allowed if self.calls.is_one(name) => ONLY,
            Inline::Allowed => ALLOWED,
        };
        let calls_itself = callee
            .blocks
            .iter()
            .any(|block| called(&block.end.0).is_some_and(|(own, _)| own == callee.symbol));
        let fits = size <= limit && size + of_caller <= CALLER;
        (fits && !calls_itself).then_some(callee)
    }
}

pub(super) fn called(end: &End) -> Option<(&str, &Call)> {
    match end {
        End::Call(call) => match &call.callee {
            Callee::Function(name) => Some((name, call)),
            Callee::Pointer(_) => None,
        },
        _ => None,
    }
}

pub(super) fn size_of(function: &Function) -> usize {
    let does = |statement: &Statement| !matches!(statement, Statement::IsNot { .. });
    let steps = |block: &Block| block.statements.iter().filter(|it| does(&it.0)).count() + 1;
    function.blocks.iter().map(steps).sum()
}

/// Puts the callee in the place of the call that a block ends with.
fn inline_call(caller: &mut Function, block: usize, callee: &Function) {
    let first_block = caller.blocks.len() as u32;
    let end = &mut caller.blocks[block].end;
    let span = end.1;
    let End::Call(call) = std::mem::replace(&mut end.0, End::Goto(BlockId(first_block))) else {
        return;
    };
    let first_local = caller.locals.len() as u32;
    caller.locals.extend(callee.locals.iter().cloned());
    let local = |id: LocalId| LocalId(id.0 + first_local);
    let arguments = received(callee, &call.arguments, local);
    let statements = arguments.into_iter().map(|statement| (statement, span));
    caller.blocks[block].statements.extend(statements);
    // A private function of another file is the library's: what happens there happens in the user's line.
    let is_private = callee.linkage == Linkage::Private;
    let is_foreign = is_private && callee.span.file != caller.span.file;
    for copied in &callee.blocks {
        let mut copied = copied.clone();
        visit::each_place(&mut copied, &mut |_: Role, place: &mut Place, _: u64| {
            let id = visit::local_of(place);
            *id = local(*id);
        });
        visit::each_target(&mut copied.end.0, &mut |to| to.0 += first_block);
        match &mut copied.end.0 {
            End::Return => {
                copied.statements.extend(returned(callee, &call, local).map(|it| (it, span)));
                copied.end = (call.then.map_or(End::Unreachable, End::Goto), span);
            }
            End::Resume => {
                if let Some(unwind) = call.unwind {
                    copied.end.0 = End::Goto(unwind);
                }
            }
            End::Call(inner) if inner.unwind.is_none() => inner.unwind = call.unwind,
            _ => {}
        }
        if is_foreign {
            copied.statements.iter_mut().for_each(|(_, own)| *own = span);
            copied.end.1 = span;
        }
        caller.blocks.push(copied);
    }
}

fn at(local: LocalId, offset: u64) -> Place {
    Place { base: Base::Local(local), offset }
}

fn after(place: Place, offset: u64) -> Place {
    Place { offset: place.offset + offset, ..place }
}

fn move_scalar(scalar: Scalar, to: Place, from: Place) -> Statement {
    Statement::Set(scalar, to, Value::Use(Operand::Load(scalar, from)))
}

/// Moves a value as it would be passed.
fn moved(pass: Pass, to: Place, from: Place, size: u64, align: u64) -> Vec<Statement> {
    match pass {
        Pass::Nothing => Vec::new(),
        Pass::One(scalar) => vec![move_scalar(scalar, to, from)],
        Pass::Two(first, second, offset) => vec![
            move_scalar(first, to, from),
            move_scalar(second, after(to, offset), after(from, offset)),
        ],
        Pass::Memory => vec![Statement::Copy { to, from, size, align }],
    }
}

/// The arguments, into the locals that are the callee's parameters.
fn received(
    callee: &Function,
    arguments: &[Argument],
    local: impl Fn(LocalId) -> LocalId,
) -> Vec<Statement> {
    let layout = |id: &LocalId| callee.locals[id.0 as usize].layout;
    let parameters = callee.parameters.iter().filter(|id| layout(id).pass != Pass::Nothing);
    let arguments = arguments.iter().filter(|argument| match argument {
        Argument::Place(_, layout) => layout.pass != Pass::Nothing,
        Argument::Scalar(..) => true,
    });
    let mut statements = Vec::new();
    for (id, argument) in parameters.zip(arguments) {
        let to = at(local(*id), 0);
        let layout = layout(id);
        match argument {
            Argument::Scalar(scalar, operand) => {
                statements.push(Statement::Set(*scalar, to, Value::Use(operand.clone())));
            }
            Argument::Place(from, _) => {
                statements.extend(moved(layout.pass, to, *from, layout.size, layout.align));
            }
        }
    }
    statements
}

/// The callee's result, to where the call wants it.
fn returned(
    callee: &Function,
    call: &Call,
    local: impl Fn(LocalId) -> LocalId,
) -> std::vec::IntoIter<Statement> {
    let (to, layout) = call.result;
    moved(layout.pass, to, at(local(callee.result), 0), layout.size, layout.align).into_iter()
}

/// Leaves out private functions and constants that nothing leads to.
fn drop_unused(module: &mut Module, keys: &mut Vec<Option<Key>>) {
    let functions: HashMap<&str, &Function> =
        module.functions.iter().map(|it| (it.symbol.as_str(), &**it)).collect();
    let data: HashMap<&str, _> = module.data.iter().map(|it| (it.symbol.as_str(), it)).collect();
    let is_root = |function: &&Arc<Function>| function.linkage == Linkage::Live;
    let roots = module.functions.iter().filter(is_root).map(|it| it.symbol.clone());
    let own = module.data.iter().filter(|it| it.kind != super::DataKind::Constant);
    let mut open: Vec<String> = roots.chain(own.map(|it| it.symbol.clone())).collect();
    let mut used = HashSet::new();
    while let Some(name) = open.pop() {
        if !used.insert(name.clone()) {
            continue;
        }
        if let Some(function) = functions.get(name.as_str()) {
            open.extend(known::referred(function));
        }
        if let Some(data) = data.get(name.as_str()) {
            let addresses = data.addresses.iter();
            open.extend(
                addresses.map(|(_, Address::Function(to) | Address::Data(to), _)| to.clone()),
            );
        }
    }
    let mut is_used = module.functions.iter().map(|it| used.contains(&it.symbol));
    keys.retain(|_| is_used.next() == Some(true));
    module.functions.retain(|function| used.contains(&function.symbol));
    module.data.retain(|data| used.contains(&data.symbol));
}

#[cfg(test)]
mod tests;
