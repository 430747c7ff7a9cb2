//! What executed instructions are: locked, fences, system calls, calls; and whose.

use std::ops::Range;

use iced_x86::{Decoder, DecoderOptions, Instruction, Mnemonic, OpKind};

use crate::processor::executed;

/// What a stretch of work executed, in order.
pub(crate) struct Trace {
    steps: Vec<(Instruction, Whose)>,
}

/// Whose code an instruction is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Host,
    Live,
}

impl Trace {
    /// What `work` executes, once nothing in it is done for the first time.
    pub(crate) fn of(mut work: impl FnMut()) -> Trace {
        work();
        Trace::of_once(work)
    }

    /// What `work` executes.
    pub(crate) fn of_once(work: impl FnOnce()) -> Trace {
        let images = images();
        let whose = |address| match images.iter().any(|image| image.contains(&address)) {
            true => Whose::Host,
            false => Whose::Live,
        };
        let step = |address| (instruction(address), whose(address));
        Trace { steps: executed(work).into_iter().map(step).collect() }
    }

    /// Instructions that lock a cache line or a bus for all cores, or wait for the store buffer.
    pub(crate) fn locked(&self) -> Vec<String> {
        let locked = self.steps.iter().filter(|(it, _)| is_locked(it));
        locked.map(|(it, _)| it.to_string()).collect()
    }

    /// Instructions that enter the kernel.
    pub(crate) fn kernel_entries(&self) -> usize {
        let enters = [Mnemonic::Syscall, Mnemonic::Sysenter, Mnemonic::Int];
        self.steps.iter().filter(|(it, _)| enters.contains(&it.mnemonic())).count()
    }

    /// Indirect calls of the host that arrive in live code.
    pub(crate) fn calls_of_live_code(&self) -> usize {
        let pairs = self.steps.windows(2);
        pairs
            .filter(|it| {
                it[0].0.is_call_near_indirect() && (it[0].1, it[1].1) == (Whose::Host, Whose::Live)
            })
            .count()
    }
}

fn is_locked(instruction: &Instruction) -> bool {
    let is_memory = |operand| instruction.op_kind(operand) == OpKind::Memory;
    let has_memory = (0..instruction.op_count()).any(is_memory);
    match instruction.mnemonic() {
        // Locks without the prefix.
        Mnemonic::Xchg => has_memory,
        Mnemonic::Mfence | Mnemonic::Serialize | Mnemonic::Cpuid => true,
        _ => instruction.has_lock_prefix(),
    }
}

/// The code of this binary and its libraries. Live code has no file.
fn images() -> Vec<Range<usize>> {
    let maps = std::fs::read_to_string("/proc/self/maps").expect("Linux");
    let image = |line: &str| {
        let mut words = line.split_whitespace();
        let (range, access) = (words.next()?, words.next()?);
        let name = words.nth(3)?;
        let is_image = access.contains('x') && !name.starts_with("/dev/");
        let (start, end) = range.split_once('-')?;
        let range = usize::from_str_radix(start, 16).ok()?..usize::from_str_radix(end, 16).ok()?;
        is_image.then_some(range)
    };
    maps.lines().filter_map(image).collect()
}

/// The instruction at an address that was executed.
fn instruction(address: usize) -> Instruction {
    /// No instruction is longer.
    const LONGEST: usize = 15;
    // SAFETY: code was executed here a moment ago, nothing is unloaded meanwhile, and what follows it
    // is mapped: the rest of an image or of a window.
    let bytes = unsafe { std::slice::from_raw_parts(address as *const u8, LONGEST) };
    Decoder::with_ip(64, bytes, address as u64, DecoderOptions::NONE).decode()
}

#[test]
fn a_lock_and_a_fence_would_be_noticed() {
    let mutex = std::sync::Mutex::new(1);
    let trace = Trace::of(|| drop(mutex.lock()));
    assert!(!trace.locked().is_empty());
    assert_eq!(trace.kernel_entries(), 0, "an uncontended lock makes no system call");
    let fence = || std::sync::atomic::fence(std::sync::atomic::Ordering::SeqCst);
    assert_eq!(Trace::of(fence).locked().len(), 1);
    let number = std::sync::atomic::AtomicU64::new(1);
    let exchange = || assert!(number.swap(2, std::sync::atomic::Ordering::Relaxed) > 0);
    assert_eq!(Trace::of(exchange).locked().len(), 1);
    let store = || number.store(2, std::sync::atomic::Ordering::Release);
    assert_eq!(Trace::of(store).locked().len(), 0);
    // SAFETY: reads a number.
    let system_call = || assert!(unsafe { libc::getppid() } > 0);
    assert_eq!(Trace::of(system_call).kernel_entries(), 1);
}
