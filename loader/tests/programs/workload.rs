//! A program's workload, run by its driver: see `drivers/drive.h`.

use std::ffi::{CStr, CString, c_char, c_int, c_long};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use segue_loader::{Memory, SlotIndex};

use crate::live::{Live, slot_word};
use crate::program::Program;

/// The driver's functions, called through their slots like any other, and what they have to say.
pub(crate) struct Workload<'a> {
    program: &'a Program,
    scale: u32,
    expected: &'a str,
    memory: Arc<Memory>,
    begin: SlotIndex,
    step: SlotIndex,
    said: SlotIndex,
}

impl<'a> Workload<'a> {
    pub(crate) fn new(
        live: &Live,
        program: &'a Program,
        scale: u32,
        expected: &'a str,
    ) -> Workload<'a> {
        let [begin, step, said] =
            ["drive_begin", "drive_step", "drive_said"].map(|name| live.slots.0[name]);
        let memory = Arc::clone(&live.memory);
        Workload { program, scale, expected, memory, begin, step, said }
    }

    /// Runs it from beginning to end and compares what it says; tells `ended` whenever a call into the
    /// program has ended.
    pub(crate) fn pass(&self, ended: impl Fn()) {
        let folder = self.program.folder();
        self.begin(folder.path());
        ended();
        let result = loop {
            let more = self.step();
            ended();
            if more <= 0 {
                break more;
            }
        };
        let said = self.said();
        ended();
        assert_eq!(result, 0, "the workload failed:\n{said}");
        assert_same(&said, self.expected);
    }

    fn entry(&self, slot: SlotIndex) -> *const () {
        // Pairs with the release store in `Live::swap`.
        let entry = slot_word(&self.memory, slot).load(Ordering::Acquire);
        std::ptr::with_exposed_provenance(entry)
    }

    fn begin(&self, folder: &Path) {
        let folder = CString::new(folder.to_str().unwrap()).unwrap();
        // SAFETY: the declaration in drive.h; the entry stays until this step has ended.
        let begin: extern "C" fn(*const c_char, c_long) =
            unsafe { std::mem::transmute(self.entry(self.begin)) };
        begin(folder.as_ptr(), c_long::from(self.scale));
    }

    fn step(&self) -> c_int {
        // SAFETY: the declaration in drive.h; the entry stays until this step has ended.
        let step: extern "C" fn() -> c_int = unsafe { std::mem::transmute(self.entry(self.step)) };
        step()
    }

    fn said(&self) -> String {
        // SAFETY: the declaration in drive.h; the entry stays until this step has ended.
        let said: extern "C" fn() -> *const c_char =
            unsafe { std::mem::transmute(self.entry(self.said)) };
        // SAFETY: a zero-terminated text that stays until the next beginning.
        unsafe { CStr::from_ptr(said()) }.to_str().unwrap().to_owned()
    }
}

fn assert_same(said: &str, expected: &str) {
    if said == expected {
        return;
    }
    let mut lines = said.lines().zip(expected.lines()).enumerate();
    let Some((at, (said, expected))) = lines.find(|(_, (said, expected))| said != expected) else {
        panic!("said {} bytes, the ordinary program {}", said.len(), expected.len());
    };
    panic!("line {}:\n  said     {said}\n  ordinary {expected}", at + 1);
}
