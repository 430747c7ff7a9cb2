//! When values are dropped: at the end of scopes, in reverse order, on every way out, and while unwinding.
//!
//! A scope has a list of what is to be dropped at its end. Whoever leaves it (its end, `break`, `return`) writes
//! the drops out; a call notes what was in the lists when it was made, for when the callee unwinds. What is
//! moved out of a local is not dropped with it. That may depend on the way taken, and a later line may move
//! what an earlier one drops in a loop: so drops are written when the whole body is known
//! ([`Code::settle_drops`]). Until then they are blocks without an end. A local that is moved only where it
//! is declared (in no branch or loop below) needs no flag; else a flag says for each part that is moved
//! somewhere whether it is gone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ra_ap_hir_def::EnumVariantId;
use ra_ap_hir_ty::next_solver::Ty;

use super::super::mir::{BlockId, End, LocalId, Operand, Place, Scalar, Span, Statement, Value};
use super::Result;
use super::build::{BOOL, here};
use super::code::{Code, Held, HeldValue, Spot};

/// One step from a value to a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Step {
    Field(Option<EnumVariantId>, usize),
    /// An element of an array.
    Element(u64),
    /// What a box holds.
    Content,
}

/// A part of a local: what can be moved away.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Part {
    pub(super) local: LocalId,
    pub(super) steps: Vec<Step>,
}

impl Part {
    pub(super) fn whole(local: LocalId) -> Part {
        Part { local, steps: Vec::new() }
    }

    pub(super) fn then(&self, step: Step) -> Part {
        let steps = self.steps.iter().copied().chain([step]).collect();
        Part { local: self.local, steps }
    }
}

/// What is to be dropped.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum What<'db> {
    /// A local, but for what was moved away; and whether all of it was where this was noted.
    Local(LocalId, Moved),
    /// A whole value.
    Value(Place, Ty<'db>),
    /// What was in a part of a local, and is now in this place.
    Old(Part, Place, Ty<'db>, Moved),
    /// The memory of a box whose content is dropped already.
    Memory(Place, Ty<'db>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Moved {
    No,
    Yes,
}

/// A list of drops.
pub(super) struct Scope<'db> {
    drops: Vec<What<'db>>,
    region: u32,
}

/// A local that is dropped at the end of a scope.
pub(super) struct Owned<'db> {
    pub(super) ty: Ty<'db>,
    region: u32,
    moved: Moved,
    /// Whether it is moved or set in branches or loops below its own.
    conditional: bool,
    /// The parts that are moved away somewhere.
    parts: BTreeSet<Vec<Step>>,
    /// For each such part whether it is gone; written when all are known.
    pub(super) flags: BTreeMap<Vec<Step>, LocalId>,
}

/// What is dropped when a call unwinds, innermost first.
struct Node<'db> {
    what: What<'db>,
    outer: Option<usize>,
}

/// A drop that is not written yet: it begins in one block and goes on in another.
struct Pending<'db> {
    begin: BlockId,
    then: BlockId,
    what: What<'db>,
    unwind: Option<usize>,
    span: Span,
}

/// Where flags are set: before this statement of a block.
struct Mark {
    block: usize,
    statement: usize,
    part: Part,
    gone: bool,
}

#[derive(Default)]
pub(super) struct Drops<'db> {
    scopes: Vec<Scope<'db>>,
    owned: HashMap<LocalId, Owned<'db>>,
    regions: Vec<u32>,
    last_region: u32,
    nodes: Vec<Node<'db>>,
    known_nodes: HashMap<(Option<usize>, What<'db>), usize>,
    /// The blocks that end in calls, and what is dropped when those unwind.
    unwinds: Vec<(BlockId, usize)>,
    pending: Vec<Pending<'db>>,
    marks: Vec<Mark>,
}

impl<'db> Drops<'db> {
    fn region(&self) -> u32 {
        self.regions.last().copied().unwrap_or(0)
    }

    fn index_of(&self, what: &What<'db>) -> Option<(usize, usize)> {
        self.scopes.iter().enumerate().rev().find_map(|(index, scope)| {
            scope.drops.iter().rposition(|it| it == what).map(|at| (index, at))
        })
    }

    /// How a local is named in lists: whether it is moved is looked up when it is dropped.
    fn current(&self, what: &What<'db>) -> What<'db> {
        match what {
            What::Local(local, _) => {
                let moved = self.owned.get(local).map_or(Moved::No, |it| it.moved);
                What::Local(*local, moved)
            }
            other => other.clone(),
        }
    }

    /// What is dropped, all scopes together, when something unwinds now.
    fn node(&mut self) -> Option<usize> {
        let lists = self.scopes.iter().flat_map(|scope| &scope.drops);
        let all: Vec<What<'db>> = lists.map(|what| self.current(what)).collect();
        let mut outer = None;
        for what in all {
            let next = self.nodes.len();
            let id = *self.known_nodes.entry((outer, what.clone())).or_insert(next);
            if id == next {
                self.nodes.push(Node { what, outer });
            }
            outer = Some(id);
        }
        outer
    }
}

impl<'db> Code<'_, 'db> {
    pub(super) fn depth(&self) -> usize {
        self.drops.scopes.len()
    }

    pub(super) fn open_scope(&mut self) {
        let region = self.drops.region();
        self.drops.scopes.push(Scope { drops: Vec::new(), region });
    }

    /// Drops what the innermost scope has, and ends it.
    pub(super) fn close_scope(&mut self) {
        while let Some(scope) = self.drops.scopes.last_mut() {
            let Some(what) = scope.drops.pop() else { break };
            self.emit_drop(&what);
        }
        self.drops.scopes.pop();
    }

    /// Takes the scopes above a depth away for a while: they are left where control goes now.
    pub(super) fn take_scopes(&mut self, depth: usize) -> Vec<Scope<'db>> {
        self.drops.scopes.split_off(depth)
    }

    pub(super) fn put_scopes(&mut self, scopes: Vec<Scope<'db>>) {
        self.drops.scopes.extend(scopes);
    }

    /// Whether leaving the scopes above this depth drops anything.
    pub(super) fn drops_above(&self, depth: usize) -> bool {
        self.drops.scopes.iter().skip(depth).any(|scope| !scope.drops.is_empty())
    }

    /// Drops what is in the scopes above this depth, on a way that leaves them. For others they stay.
    pub(super) fn leave_to(&mut self, depth: usize) {
        let mut kept = Vec::new();
        while self.drops.scopes.len() > depth {
            let Some(mut scope) = self.drops.scopes.pop() else { break };
            let all = scope.drops.clone();
            // While one is dropped, those before it are still there.
            while let Some(what) = scope.drops.pop() {
                self.drops.scopes.push(scope);
                self.emit_drop(&what);
                let Some(rest) = self.drops.scopes.pop() else { return };
                scope = rest;
            }
            kept.push(Scope { drops: all, region: scope.region });
        }
        kept.reverse();
        self.drops.scopes.extend(kept);
    }

    /// What comes next runs on some ways only, or several times.
    pub(super) fn enter_region(&mut self) {
        self.drops.last_region += 1;
        let next = self.drops.last_region;
        self.drops.regions.push(next);
    }

    pub(super) fn leave_region(&mut self) {
        self.drops.regions.pop();
    }

    /// The local is dropped at the end of a scope: the innermost, or the one at this index. It has its value,
    /// or none yet.
    pub(super) fn schedule(
        &mut self,
        local: LocalId,
        ty: Ty<'db>,
        scope: Option<usize>,
        moved: Moved,
    ) -> Result<()> {
        if !self.types.needs_drop(ty) {
            return Ok(());
        }
        let region = self.drops.region();
        let scope = scope.unwrap_or(self.drops.scopes.len().saturating_sub(1));
        let Some(scope) = self.drops.scopes.get_mut(scope) else {
            return Err(self.unsupported("a value to drop, and no scope"));
        };
        if scope.region != region {
            let name = self.types.name(ty);
            return Err(self.unsupported(format!(
                "a temporary value of type `{name}` that lives longer than the branch that makes it"
            )));
        }
        scope.drops.push(What::Local(local, Moved::No));
        let (parts, flags) = Default::default();
        let owned = Owned { ty, region, moved, conditional: false, parts, flags };
        if self.drops.owned.insert(local, owned).is_some() {
            return Err(self.unsupported("a variable that begins twice"));
        }
        self.mark(Part::whole(local), moved == Moved::Yes);
        Ok(())
    }

    /// Whether parts of this local can be moved away.
    pub(super) fn is_owned(&self, local: LocalId) -> bool {
        self.drops.owned.contains_key(&local)
    }

    /// The value in this place is dropped when something unwinds or leaves before [`Self::release`].
    pub(super) fn guard(&mut self, place: Place, ty: Ty<'db>) {
        if self.types.needs_drop(ty)
            && let Some(scope) = self.drops.scopes.last_mut()
        {
            scope.drops.push(What::Value(place, ty));
        }
    }

    pub(super) fn guard_what(&mut self, what: What<'db>) {
        if let Some(scope) = self.drops.scopes.last_mut() {
            scope.drops.push(what);
        }
    }

    /// The value in this place belongs to somebody else now.
    pub(super) fn release(&mut self, place: Place, ty: Ty<'db>) {
        if let Some((scope, at)) = self.drops.index_of(&What::Value(place, ty)) {
            self.drops.scopes[scope].drops.remove(at);
        }
    }

    pub(super) fn release_all(&mut self, values: &[Held<'db>]) {
        for held in values {
            if let HeldValue::Memory(place) | HeldValue::Scalar(_, Operand::Load(_, place)) =
                held.value
            {
                self.release(place, held.ty);
            }
        }
    }

    fn mark(&mut self, part: Part, gone: bool) {
        let block = self.build.current().0 as usize;
        let statement = self.build.statements_so_far();
        self.drops.marks.push(Mark { block, statement, part, gone });
    }

    /// The value of a place goes elsewhere.
    pub(super) fn moved(&mut self, spot: &Spot<'db>) -> Result<()> {
        if !self.types.needs_drop(spot.ty) {
            return Ok(());
        }
        let owner = spot.owner.clone().filter(|part| self.is_owned(part.local));
        let Some(part) = owner else {
            let name = self.types.name(spot.ty);
            return Err(self.unsupported(format!("moving a value of type `{name}` out of here")));
        };
        let region = self.drops.region();
        if let Some(owned) = self.drops.owned.get_mut(&part.local) {
            if part.steps.is_empty() {
                owned.conditional |= owned.region != region;
                owned.moved = if owned.conditional { Moved::No } else { Moved::Yes };
            } else {
                owned.parts.insert(part.steps.clone());
            }
        }
        self.mark(part, true);
        Ok(())
    }

    /// Sets a place to a value, and drops what was there.
    pub(super) fn assign_value(&mut self, from: Place, to: &Spot<'db>) -> Result<()> {
        let place = self.place(to)?;
        if !self.types.needs_drop(to.ty) {
            return self.copy(from, place, to.ty);
        }
        // The new value is there before the old one is dropped: so whatever happens then, there is one.
        let old = self.temporary(to.ty)?;
        self.copy(place, old, to.ty)?;
        self.copy(from, place, to.ty)?;
        let Some(part) = to.owner.clone().filter(|part| self.is_owned(part.local)) else {
            self.emit_drop(&What::Value(old, to.ty));
            return Ok(());
        };
        let region = self.drops.region();
        let mut moved = Moved::No;
        if let Some(owned) = self.drops.owned.get_mut(&part.local)
            && part.steps.is_empty()
        {
            moved = owned.moved;
            if owned.region != region && moved == Moved::Yes {
                owned.conditional = true;
            }
            owned.moved = Moved::No;
        }
        self.emit_drop(&What::Old(part.clone(), old, to.ty, moved));
        self.mark(part, false);
        Ok(())
    }

    /// Drops this here.
    pub(super) fn emit_drop(&mut self, what: &What<'db>) {
        let what = self.drops.current(what);
        let unwind = self.drops.node();
        let (begin, then) = (self.build.current(), self.build.block());
        let span = self.build.span;
        self.drops.pending.push(Pending { begin, then, what, unwind, span });
        self.build.start(then);
    }

    /// Notes what is dropped when the call at the end of this block unwinds.
    pub(super) fn unwinds(&mut self, block: BlockId) {
        if let Some(node) = self.drops.node() {
            self.drops.unwinds.push((block, node));
        }
    }

    /// A number for what would be dropped now: blocks that panic are shared where it is the same.
    pub(super) fn unwind_key(&mut self) -> usize {
        self.drops.node().map_or(0, |node| node + 1)
    }

    /// Writes the drops of the whole function.
    pub(super) fn settle_drops(&mut self) -> Result<()> {
        self.make_flags();
        let calls = std::mem::take(&mut self.drops.unwinds);
        let pending = std::mem::take(&mut self.drops.pending);
        let mut cleanups: HashMap<usize, Option<BlockId>> = HashMap::new();
        for (block, node) in calls {
            if let Some(cleanup) = self.cleanup(node, &mut cleanups)? {
                self.build.set_unwind(block, cleanup);
            }
        }
        for Pending { begin, then, what, unwind, span } in pending {
            let unwind = match unwind {
                Some(node) => self.cleanup(node, &mut cleanups)?,
                None => None,
            };
            self.build.start(begin);
            self.build.span = span;
            self.write_drop(&what, unwind)?;
            self.build.goto(then);
        }
        Ok(())
    }

    /// A flag for each part that may be gone, set where it changes.
    fn make_flags(&mut self) {
        let mut locals: Vec<LocalId> = self.drops.owned.keys().copied().collect();
        locals.sort_unstable();
        for local in locals {
            let Some(owned) = self.drops.owned.get(&local) else { continue };
            let mut parts: Vec<Vec<Step>> = owned.parts.iter().cloned().collect();
            if owned.conditional {
                parts.push(Vec::new());
            }
            for part in parts {
                let flag = self.build.local(BOOL, None);
                if let Some(owned) = self.drops.owned.get_mut(&local) {
                    owned.flags.insert(part, flag);
                }
            }
        }
        let mut set: Vec<(usize, usize, Statement)> = Vec::new();
        for Mark { block, statement, part, gone } in std::mem::take(&mut self.drops.marks) {
            let Some(owned) = self.drops.owned.get(&part.local) else { continue };
            for (steps, flag) in &owned.flags {
                let concerns =
                    if gone { *steps == part.steps } else { steps.starts_with(&part.steps) };
                let fresh = part.steps.is_empty() && gone && !steps.is_empty();
                if !concerns && !fresh {
                    continue;
                }
                // What has no value yet, or none any more, has no parts that are gone by themselves.
                let value = u128::from(gone && concerns);
                let value = Value::Use(Operand::Constant(Scalar::I8, value));
                set.push((block, statement, Statement::Set(Scalar::I8, here(*flag), value)));
            }
        }
        self.build.insert(set);
    }

    /// The block that drops what a node says, and goes on unwinding; `None` where nothing is to be dropped.
    fn cleanup(
        &mut self,
        node: usize,
        known: &mut HashMap<usize, Option<BlockId>>,
    ) -> Result<Option<BlockId>> {
        let mut way = Vec::new();
        let mut at = Some(node);
        while let Some(node) = at.filter(|node| !known.contains_key(node)) {
            way.push(node);
            at = self.drops.nodes[node].outer;
        }
        for node in way.into_iter().rev() {
            let Node { what, outer } = &self.drops.nodes[node];
            let (what, outer) = (what.clone(), outer.and_then(|it| known.get(&it).copied()?));
            if self.is_nothing(&what) {
                known.insert(node, outer);
                continue;
            }
            let block = self.build.block();
            self.build.start(block);
            // A panic in a drop while another one unwinds ends the process.
            let abort = self.build.block();
            self.write_drop(&what, Some(abort))?;
            self.build.end(outer.map_or(End::Resume, End::Goto));
            self.build.start(abort);
            self.build.call_host("abort", Vec::new());
            known.insert(node, Some(block));
        }
        Ok(known.get(&node).copied().flatten())
    }

    /// Whether this was moved away in any case.
    fn is_nothing(&self, what: &What<'db>) -> bool {
        let (local, moved) = match what {
            What::Local(local, moved) => (local, moved),
            What::Old(part, _, _, moved) => (&part.local, moved),
            _ => return false,
        };
        let conditional = self.drops.owned.get(local).is_some_and(|it| it.conditional);
        *moved == Moved::Yes && !conditional
    }

    pub(super) fn write_drop(&mut self, what: &What<'db>, unwind: Option<BlockId>) -> Result<()> {
        if self.is_nothing(what) {
            return Ok(());
        }
        match what {
            What::Local(local, _) => {
                let Some(owned) = self.drops.owned.get(local) else { return Ok(()) };
                let (ty, flags) = (owned.ty, owned.flags.clone());
                self.drop_part(&flags, &[], here(*local), ty, unwind)
            }
            What::Old(part, place, ty, _) => {
                let Some(owned) = self.drops.owned.get(&part.local) else { return Ok(()) };
                let flags = owned.flags.clone();
                self.drop_part(&flags, &part.steps, *place, *ty, unwind)
            }
            What::Value(place, ty) => self.drop_whole(*place, *ty, unwind),
            What::Memory(place, ty) => self.drop_memory(*place, *ty, unwind),
        }
    }
}
