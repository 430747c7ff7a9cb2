//! Loaded functions that can be called: every function here is `extern "C" fn(u64) -> u64`, and a
//! loop over calls of it feeds each result into the next call. The only unsafe code of the
//! benchmarks.

use std::{
    cell::Cell,
    error::Error,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use segue::{
    Participant,
    runtime::loader::{Linked, Split},
};

use super::{
    loaded::{Loader, assembly, number_in, renamed, rust, split_object},
    process::thread_cpu_time,
};

/// What every function here looks like.
pub(crate) type Function = extern "C" fn(u64) -> u64;

/// One function with the body of [`step`].
const STEP: &str = "#[unsafe(no_mangle)] pub extern \"C\" \
    fn live_00000000(x: u64) -> u64 { x.wrapping_add(3) ^ (x >> 7) }\n";

/// Loops over calls as rustc compiles them. Of a public function it keeps the address, which is the
/// stub's, in a register (`call *%reg`); a private one it calls by name, which is the stub too
/// (`call stub`). The bodies differ in a constant so that the compiler does not make them one.
const RUST_CALLERS: &str = "
#[unsafe(no_mangle)] #[inline(never)] pub extern \"C\"
fn live_00000000(x: u64) -> u64 { x.wrapping_add(3) ^ (x >> 7) }
#[unsafe(no_mangle)] pub extern \"C\"
fn live_00000001(times: u64) -> u64 {
    let mut x = 0;
    for _ in 0..times { x = live_00000000(x); }
    x
}
#[inline(never)] extern \"C\"
fn live_private(x: u64) -> u64 { x.wrapping_add(5) ^ (x >> 7) }
#[unsafe(no_mangle)] pub extern \"C\"
fn live_00000002(times: u64) -> u64 {
    let mut x = 0;
    for _ in 0..times { x = live_private(x); }
    x
}
";

/// The same loop with the two calls that code outside loops has: through the slot, which serves as
/// GOT entry, and to the stub, which jumps through the slot.
const ASSEMBLY_CALLERS: &str = "
.macro caller name, target:vararg
    .section .text.\\name, \"ax\", @progbits
    .globl \\name
    .type \\name, @function
\\name:
    pushq %rbx
    movq %rdi, %rbx
    xorl %eax, %eax
    .p2align 4
1:  movq %rax, %rdi
    call \\target
    decq %rbx
    jne 1b
    popq %rbx
    ret
    .size \\name, . - \\name
.endm
caller live_00000003, *live_00000000@GOTPCREL(%rip)
caller live_00000004, live_00000000@PLT
";

/// The slot of the function that the loops call.
pub(crate) const CALLED: u32 = 0;
/// The slots of the loops: public and private callee as rustc compiles it, slot, stub.
pub(crate) const PUBLIC_LOOP: u32 = 1;
pub(crate) const PRIVATE_LOOP: u32 = 2;
pub(crate) const THROUGH_SLOT: u32 = 3;
pub(crate) const THROUGH_STUB: u32 = 4;
const PRIVATE: u32 = 5;
/// The slot of the function of `throw.rs` that catches what the others throw.
pub(crate) const THROWER: u32 = 8;

/// A direct call's callee: in this executable, not inlined, bound by the system's linker.
#[inline(never)]
pub(crate) extern "C" fn step(x: u64) -> u64 {
    x.wrapping_add(3) ^ (x >> 7)
}

/// Calls [`step`] directly.
#[inline(never)]
pub(crate) fn call_directly(times: u64) -> u64 {
    let mut x = 0;
    for _ in 0..times {
        x = step(x);
    }
    x
}

/// Calls a function of this executable through a pointer, read anew each time.
#[inline(never)]
pub(crate) fn call_by_pointer(function: &Cell<Function>, times: u64) -> u64 {
    let mut x = 0;
    for _ in 0..times {
        // The optimiser does not know who else has the cell, nor what the function does to it.
        x = function.get()(x);
    }
    x
}

/// The stub of a published function of some `Steps`.
#[derive(Clone, Copy)]
pub(crate) struct Address(usize);

/// Published functions and their owners.
pub(crate) struct Steps {
    loader: Loader,
    /// Kept for as long as anything can be called.
    live: Vec<Linked>,
}

impl Steps {
    /// Nothing yet, in windows of their own.
    pub(crate) fn new() -> Result<Steps, Box<dyn Error>> {
        let slot_of =
            |name: &str| if name.contains("live_private") { PRIVATE } else { number_in(name) };
        Ok(Steps { loader: Loader::new(slot_of)?, live: Vec::new() })
    }

    /// The loops above and what they call, published.
    pub(crate) fn callers() -> Result<Steps, Box<dyn Error>> {
        let mut steps = Steps::new()?;
        let objects = [rust(RUST_CALLERS)?, assembly(ASSEMBLY_CALLERS)?];
        let splits: Result<Vec<_>, _> =
            objects.into_iter().map(|object| split_object(object.into())).collect();
        steps.link_and_publish(&splits?)?;
        Ok(steps)
    }

    /// The functions of `throw.rs`, published.
    pub(crate) fn throwers() -> Result<Steps, Box<dyn Error>> {
        let mut steps = Steps::new()?;
        let object = rust(include_str!("throw.rs"))?;
        steps.link_and_publish(&[split_object(object.into())?])?;
        Ok(steps)
    }

    /// The object of one function, to be given to [`Steps::add`].
    pub(crate) fn pattern() -> Result<Vec<u8>, std::io::Error> {
        rust(STEP)
    }

    /// Parses, splits, links and publishes copies of `pattern`, which [`Steps::pattern`] made, as
    /// the functions with these numbers.
    pub(crate) fn add(
        &mut self,
        pattern: &[u8],
        numbers: std::ops::Range<usize>,
    ) -> Result<Duration, Box<dyn Error>> {
        let objects: Vec<_> = numbers.map(|number| renamed(pattern, number)).collect();
        let start = thread_cpu_time();
        let splits: Result<Vec<_>, _> = objects.into_iter().map(split_object).collect();
        self.link_and_publish(&splits?)?;
        Ok(thread_cpu_time() - start)
    }

    /// Swaps the function with this number, one of those added, for the same one linked anew: CPU
    /// time until the new code is published, and to reclaim the old code.
    pub(crate) fn swap(
        &mut self,
        pattern: &[u8],
        number: usize,
    ) -> Result<(Duration, Duration), Box<dyn Error>> {
        let object = renamed(pattern, number);
        let start = thread_cpu_time();
        self.link_and_publish(&[split_object(object)?])?;
        let published = thread_cpu_time();
        // The newest takes the old one's place in the row, and this thread is in none of them.
        drop(self.live.swap_remove(number));
        Ok((published - start, thread_cpu_time() - published))
    }

    fn link_and_publish(&mut self, splits: &[Split]) -> Result<(), Box<dyn Error>> {
        for linked in self.loader.link(splits)? {
            // Release: pairs with the acquire loads of the callers below.
            self.slot((self.loader.slot_of)(linked.name()))
                .store(linked.entry(), Ordering::Release);
            self.live.push(linked);
        }
        Ok(())
    }

    /// The slot with this index.
    pub(crate) fn slot(&self, index: u32) -> &AtomicUsize {
        let words = self.loader.memory().slot_words();
        assert!((index as usize) < words.len(), "slot {index} is beyond the table");
        // SAFETY: the word lies within the table (checked above), is aligned, lives as long as the
        // loader's memory, and is only accessed as an atomic, here and by compiled code's loads.
        unsafe { AtomicUsize::from_ptr(words.cast::<usize>().add(index as usize).as_ptr()) }
    }

    /// What is in this slot; it was published.
    #[inline(always)]
    fn function(slot: &AtomicUsize) -> Function {
        // Acquire: pairs with the release store that published it.
        let entry = slot.load(Ordering::Acquire);
        // SAFETY: only `link_and_publish` stores into slots: entries of functions of this
        // signature (all sources above have no other), owned by `self` as long as it lives.
        unsafe { std::mem::transmute::<usize, Function>(entry) }
    }

    /// Runs the loop in this slot.
    pub(crate) fn run(&self, index: u32, times: u64) -> u64 {
        Steps::function(self.slot(index))(times)
    }

    /// Calls the function in this slot from here, as host code does: one load, one indirect call.
    #[inline(never)]
    pub(crate) fn call_slot(&self, index: u32, times: u64) -> u64 {
        let slot = self.slot(index);
        let mut x = 0;
        for _ in 0..times {
            x = Steps::function(slot)(x);
        }
        x
    }

    /// The stable address of the function in this slot, as a state may keep it.
    pub(crate) fn address(&mut self, index: u32) -> Result<Address, Box<dyn Error>> {
        assert!(self.slot(index).load(Ordering::Relaxed) != 0, "slot {index} was published");
        Ok(Address(self.loader.stub(index)?))
    }

    /// Calls the function at this address of ours.
    #[inline(never)]
    pub(crate) fn call_address(&self, address: Address, times: u64) -> u64 {
        // SAFETY: `address` made it: a stub, which jumps to what its slot holds; see `function`.
        let function = unsafe { std::mem::transmute::<usize, Function>(address.0) };
        let mut x = 0;
        for _ in 0..times {
            x = function(x);
        }
        x
    }

    /// The slots with these indices, in this order.
    pub(crate) fn row(&self, order: &[u32]) -> Row<'_> {
        assert!(order.iter().all(|&index| (index as usize) < self.live.len()), "all published");
        Row(order.iter().map(|&index| self.slot(index)).collect())
    }

    /// The functions with these numbers as plain pointers, which no swap would change.
    pub(crate) fn pointers(&self, order: &[u32]) -> Vec<Function> {
        order.iter().map(|&index| Steps::function(self.slot(index))).collect()
    }

    /// How full the windows are.
    pub(crate) fn usage(&self) -> segue::runtime::loader::Usage {
        self.loader.memory().usage()
    }

    /// Functions published.
    pub(crate) fn len(&self) -> usize {
        self.live.len()
    }
}

/// Slots of some `Steps`, each published.
pub(crate) struct Row<'a>(Vec<&'a AtomicUsize>);

impl Row<'_> {
    /// Calls the functions in these slots, one after the other.
    #[inline(never)]
    pub(crate) fn call_all(&self) -> u64 {
        let mut x = 0;
        for slot in &self.0 {
            x = Steps::function(slot)(x);
        }
        x
    }

    /// The same, `me` pinned for each call anew.
    #[inline(never)]
    pub(crate) fn pin_each(&self, me: &Participant) -> u64 {
        let mut x = 0;
        for slot in &self.0 {
            let _guard = me.pin();
            x = Steps::function(slot)(x);
        }
        x
    }
}

/// Calls these one after the other.
#[inline(never)]
pub(crate) fn call_pointers(functions: &[Function]) -> u64 {
    let mut x = 0;
    for function in functions {
        x = function(x);
    }
    x
}
