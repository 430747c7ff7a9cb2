//! Counts how often each function is called: for one run, every slot holds the address of a few
//! instructions that count and jump on to the function.
//!
//! They change no register and no flag, since compilers that see both caller and callee pass more
//! between them than the ABI says.

use std::fmt;
use std::fmt::Write as _;
use std::sync::atomic::Ordering;

use crate::common::{Program, cc};
use crate::live::{Live, slot_word};

/// Bytes of the code for one function.
const STRIDE: usize = 32;

/// What was called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    /// Calls through slots.
    pub(crate) calls: u64,
    /// Functions that were called at least once.
    pub(crate) called: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} calls of {} functions", self.calls, self.called)
    }
}

/// The object that counts for `functions` functions.
fn object(functions: usize) -> Vec<u8> {
    let mut source = format!(
        ".section .text.live_count,\"ax\",@progbits\n.globl live_count\n\
         .type live_count, @function\n.balign {STRIDE}\nlive_count:\n"
    );
    for index in 0..functions {
        let at = 8 * index;
        let _ = writeln!(
            source,
            ".balign {STRIDE}\npushfq\nincq counters+{at}(%rip)\npopfq\njmp *entries+{at}(%rip)"
        );
    }
    for table in ["counters", "entries"] {
        let size = 8 * functions;
        let _ = writeln!(
            source,
            ".section .bss.{table},\"aw\",@nobits\n.balign 8\n.globl {table}\n\
             .type {table}, @object\n{table}: .zero {size}\n.size {table}, {size}"
        );
    }
    cc("s", &source, &[])
}

/// Counts while `run` calls the program's functions, on this thread alone.
pub(crate) fn count(live: &Live, run: impl FnOnce()) -> Counts {
    let functions = live.functions.len();
    let mut program = Program::new();
    program.swap(object(functions));
    let table = |name: &str| {
        let mut statics = program.linker.statics();
        let (_, address, size) = statics.find(|(symbol, ..)| *symbol == name).unwrap();
        assert_eq!(size, 8 * functions);
        std::ptr::with_exposed_provenance_mut::<usize>(address)
    };
    let (counters, entries) = (table("counters"), table("entries"));
    let first = program.entry("live_count");
    for (index, function) in live.functions.iter().enumerate() {
        let word = slot_word(&live.memory, function.slot);
        // SAFETY: a word of the table, which nobody else uses until the slots lead to the counters.
        unsafe { entries.add(index).write(word.load(Ordering::Relaxed)) };
        word.store(first + STRIDE * index, Ordering::Relaxed);
    }
    run();
    let mut counts = Counts { calls: 0, called: 0 };
    for (index, function) in live.functions.iter().enumerate() {
        // SAFETY: words of the tables, which nobody uses now that `run` has returned.
        let (calls, entry) =
            unsafe { (counters.add(index).read_volatile(), entries.add(index).read()) };
        slot_word(&live.memory, function.slot).store(entry, Ordering::Relaxed);
        counts.calls += calls as u64;
        counts.called += usize::from(calls > 0);
    }
    counts
}
