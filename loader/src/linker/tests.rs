//! Linking assembly and C: what binds to what, what is refused, what is given back.

use std::sync::Arc;

use super::{Linker, Selection, SlotIndex, Targets};
use crate::error::{Error, ErrorKind};
use crate::host::Symbols;
use crate::linked::Linked;
use crate::memory::{Config, Memory};
use crate::object::Object;
use crate::split::{Split, split};
use crate::testing::{assemble, c, is_live, patched};
use crate::unwind::find::function_at;

/// Slots in the order of first use.
#[derive(Default)]
struct Names(Vec<String>);

impl Targets for Names {
    fn slot(&mut self, function: &str) -> Result<SlotIndex, Error> {
        if function.contains("nowhere") {
            return Err(Error::new(ErrorKind::Index, "no slot for that"));
        }
        let known = self.0.iter().position(|name| name == function);
        let index = known.unwrap_or_else(|| {
            self.0.push(function.to_owned());
            self.0.len() - 1
        });
        Ok(SlotIndex(index as u32))
    }

    fn static_fingerprint(&mut self, _: &str) -> u128 {
        0
    }
}

struct Setup {
    memory: Arc<Memory>,
    linker: Linker,
    names: Names,
}

impl Setup {
    fn new() -> Setup {
        Setup::with(Config { poison: true, ..Config::default() })
    }

    fn with(config: Config) -> Setup {
        let memory = Memory::reserve(config).unwrap();
        let linker = Linker::new(Arc::clone(&memory), Symbols::of_process().unwrap());
        Setup { memory, linker, names: Names::default() }
    }

    fn link(&mut self, object: Vec<u8>) -> Result<Vec<Linked>, Error> {
        let split = cut(object)?;
        self.link_split(&split)
    }

    fn link_split(&mut self, split: &Split) -> Result<Vec<Linked>, Error> {
        let functions: Vec<usize> = (0..split.modules().len()).collect();
        self.linker.link(&[Selection { split, functions: &functions }], &mut self.names)
    }

    /// The error of linking `object`, after which nothing has changed.
    fn refuse(&mut self, object: Vec<u8>) -> Error {
        let before = self.memory.usage();
        let error = self.link(object).unwrap_err();
        let after = self.memory.usage();
        assert_eq!((before.code, before.read_only), (after.code, after.read_only), "{error}");
        error
    }
}

fn cut(object: Vec<u8>) -> Result<Split, Error> {
    split(Object::parse("live.o", object)?, &is_live)
}

fn call(linked: &Linked) -> u64 {
    // SAFETY: the tests that use it define functions of this type, and own them.
    let function: extern "C" fn() -> u64 =
        unsafe { std::mem::transmute::<usize, _>(linked.entry()) };
    function()
}

fn read_u32(address: usize) -> u32 {
    // SAFETY: tests pass addresses of linked code or data.
    unsafe { std::ptr::with_exposed_provenance::<u32>(address).read_unaligned() }
}

/// A live function `name` with this body.
fn function(name: &str, body: &str) -> String {
    format!(
        "\n.section .text.{name},\"ax\",@progbits\n.globl {name}\n.type {name},@function\n\
         {name}:\n{body}\n"
    )
}

#[test]
fn the_got_entry_of_a_live_call_is_the_slot_word_itself() {
    let mut setup = Setup::new();
    let source = function("live_f", "call *live_g@GOTPCREL(%rip)\njmp *live_g@GOTPCREL(%rip)");
    let linked = setup.link(assemble(&source)).unwrap();
    let word = setup.memory.slot_words().cast::<usize>().as_ptr().addr();
    for offset in [2, 8] {
        let field = linked[0].entry() + offset;
        let target = (field + 4).wrapping_add_signed(read_u32(field) as i32 as isize);
        assert_eq!(target, word, "no GOT entry and no stub in between");
    }
    assert_eq!(setup.memory.usage().stubs, 0);
}

#[test]
fn code_begins_behind_a_cache_line_when_asked_for() {
    for lead in [0, 16, 48] {
        let mut setup = Setup::with(Config { poison: true, lead, ..Config::default() });
        let source = function("live_a", ".balign 16\nmov $7, %eax\nret")
            + &function("live_b", ".balign 64\nmov $8, %eax\nret");
        let linked = setup.link(assemble(&source)).unwrap();
        let entries = [linked[0].entry() % 64, linked[1].entry() % 64];
        assert_eq!(entries, [lead, 0]);
        assert_eq!([call(&linked[0]), call(&linked[1])], [7, 8]);
        let before = setup.memory.usage().code;
        drop(linked);
        assert!(setup.memory.usage().code < before, "the whole range is given back");
    }
}

#[test]
fn every_other_reference_to_a_live_function_is_its_stub() {
    let mut setup = Setup::new();
    let source = function("live_f", "call live_g@PLT\nlea live_g(%rip), %rax\nret")
        + &function("live_h", "mov live_g@GOTPCREL(%rip), %rax\nret")
        + &function("live_i", "mov pointer(%rip), %rax\nret")
        + ".section .data.rel.ro.pointer,\"aw\",@progbits\npointer: .quad live_g\n";
    let linked = setup.link(assemble(&source)).unwrap();
    let stub = setup.linker.stub(setup.names.slot("live_g").unwrap()).unwrap();
    let field = linked[0].entry() + 1;
    let target = (field + 4).wrapping_add_signed(read_u32(field) as i32 as isize);
    assert_eq!(target, stub);
    assert_eq!([call(&linked[1]), call(&linked[2])], [stub as u64; 2]);
    assert_eq!(setup.memory.usage().stubs, 1);
}

#[test]
fn c_recursion_statics_and_switches() {
    let mut setup = Setup::new();
    let source = r#"
        static int counter = 5; static long zeroes[4]; int table[4] = {1, 2, 3, 4};
        static __attribute__((noinline)) int step(int k) {
            switch (k) { case 0: return table[1]; case 1: return counter++; case 2: return ++zeroes[3];
                case 3: return 33; case 4: return -4; case 5: return table[3] * 5; default: return 1000; } }
        long live_sum(void) { long sum = 0; for (int k = 0; k < 7; k++) sum += step(k); return sum; }
    "#;
    let linked = setup.link(c(source, &[])).unwrap();
    let once = 2 + 5 + 1 + 33 - 4 + 20 + 1000;
    assert_eq!(call(&linked[0]), once);
    assert_eq!(call(&linked[0]), once + 2);
    let again = setup.link(c(&source.replace("33", "34"), &[])).unwrap();
    assert_eq!(call(&again[0]), once + 5, "the statics survived");
}

#[test]
fn outlined_cold_code_belongs_to_its_function() {
    let mut setup = Setup::new();
    let source = r#"
        void abort(void); extern int puts(const char *);
        volatile int never; volatile long value = 42;
        __attribute__((cold)) void live_report(void);
        long live_hot(void) { long x = value; if (__builtin_expect(never, 0)) { live_report(); x = x / 2 + value; never = 0; } return x + 1; }
    "#;
    let object = c(source, &["-freorder-blocks-and-partition"]);
    let linked = setup.link(object).unwrap();
    assert_eq!(call(&linked[0]), 43);
    let usage = setup.memory.usage();
    drop(linked);
    assert!(setup.memory.usage().code < usage.code);
}

#[test]
fn undefined_symbols_are_named_with_their_place() {
    let mut setup = Setup::new();
    let error = setup.refuse(assemble(&function("live_f", "nop\ncall nobody_has_this@PLT")));
    assert_eq!(error.kind(), ErrorKind::Undefined);
    let text = error.to_string();
    for part in ["live.o", "R_X86_64_PLT32", ".text.live_f+0x2", "nobody_has_this"] {
        assert!(text.contains(part), "{part} is missing in: {text}");
    }
}

#[test]
fn undefined_symbols_are_told_with_their_nearest_names() {
    let mut setup = Setup::new();
    setup.linker.symbols.define("coundt", 0x1000);
    let source =
        "int countt[3]; extern int counnt; int live_f(void) { return counnt + countt[1]; }";
    let error = setup.refuse(c(source, &[])).to_string();
    for part in [" at .text.live_f+0x", "undefined symbol `counnt`:", "nearest: coundt, countt"] {
        assert!(error.contains(part), "{part} is missing in: {error}");
    }
    // A name of the C library, and one of this executable.
    let error = setup.refuse(assemble(&function("live_f", "call pirntf@PLT"))).to_string();
    assert!(error.contains("nearest: printf"), "{error}");
    let near_static = "SEGUE_LOADER_TEST_STATICS";
    let error = setup.refuse(assemble(&function("live_f", &format!("call {near_static}@PLT"))));
    assert!(error.to_string().contains("nearest: SEGUE_LOADER_TEST_STATIC"), "{error}");
}

#[test]
fn weak_symbols_that_nobody_defines_are_null() {
    let mut setup = Setup::new();
    let source = function("live_f", "mov nobody_weak@GOTPCREL(%rip), %rax\nret\n.weak nobody_weak");
    assert_eq!(call(&setup.link(assemble(&source)).unwrap()[0]), 0);
    // A call that is never made links; the stub's word holds 0.
    let never = "mov nobody_weak@GOTPCREL(%rip), %rax\ntest %rax, %rax\nje 1f\ncall nobody_weak@PLT\n1: ret";
    let source = function("live_f", &format!("{never}\n.weak nobody_weak"));
    assert_eq!(call(&setup.link(assemble(&source)).unwrap()[0]), 0);
    assert_eq!(setup.memory.usage().stubs, 1);
}

#[test]
fn far_calls_go_through_stubs_and_far_data_is_refused() {
    extern "C" fn far() -> u64 {
        4711
    }
    let mut setup = Setup::new();
    setup.linker.symbols.define("far", far as *const () as usize);
    setup.linker.symbols.define("very_far", 0x10);
    let source = function("live_f", "sub $8, %rsp\ncall far@PLT\nadd $8, %rsp\nret");
    assert_eq!(call(&setup.link(assemble(&source)).unwrap()[0]), 4711);
    let near = setup.memory.usage().stubs;
    setup.link(assemble(&function("live_f", "jmp very_far@PLT"))).unwrap();
    assert_eq!(setup.memory.usage().stubs, near + 1);
    let error = setup.refuse(assemble(&function("live_f", "mov very_far(%rip), %eax")));
    assert_eq!(error.kind(), ErrorKind::OutOfRange);
    let message = error.to_string();
    assert!(message.contains("very_far") && message.contains("-fPIC"), "{message}");
}

#[test]
fn kinds_that_are_not_applied_are_named() {
    let mut setup = Setup::new();
    for name in ["R_X86_64_COPY", "R_X86_64_RELATIVE", "R_X86_64_JUMP_SLOT"] {
        let body = format!(".long 0\nret\n.reloc .text.live_f, {name}, x");
        let error = setup.refuse(assemble(&function("live_f", &body)));
        assert_eq!(error.kind(), ErrorKind::Relocation, "{error}");
        assert!(error.to_string().contains(name), "{name}: {error}");
    }
}

#[test]
fn objects_for_another_processor_are_refused() {
    let mut setup = Setup::new();
    // e_machine at 18: AArch64.
    let foreign = patched(&assemble(&function("live_f", "ret")), 18, &[183, 0]);
    let error = setup.refuse(foreign);
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.to_string().contains("for aarch64, and this program's memory for x86-64"));
}

#[test]
fn absolute_32_bit_addresses_do_not_fit_and_say_so() {
    let mut setup = Setup::new();
    let body = "movl $value, %eax\nret\n.section .data.value,\"aw\",@progbits\nvalue: .long 1";
    let error = setup.refuse(assemble(&function("live_f", body)));
    assert_eq!(error.kind(), ErrorKind::OutOfRange);
    assert!(error.to_string().contains("R_X86_64_32 at .text.live_f+0x1"), "{error}");
}

#[test]
fn a_batch_is_linked_whole_or_not_at_all() {
    let mut setup = Setup::new();
    let good = cut(assemble(&function("live_good", "mov $1, %eax\nret"))).unwrap();
    let bad = cut(assemble(&function("live_bad", "call nobody_has_this@PLT\nret"))).unwrap();
    let no_slot = cut(assemble(&function("live_x", "call live_nowhere@PLT\nret"))).unwrap();
    for second in [&bad, &no_slot] {
        let batch = [
            Selection { split: &good, functions: &[0] },
            Selection { split: second, functions: &[0] },
        ];
        setup.linker.link(&batch, &mut setup.names).unwrap_err();
        assert_eq!(setup.memory.usage().code, 0);
    }
    let batch = [Selection { split: &good, functions: &[1] }];
    let error = setup.linker.link(&batch, &mut setup.names).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Index);
    let linked = setup.link_split(&good).unwrap();
    assert_eq!((linked[0].name(), call(&linked[0])), ("live_good", 1));
}

#[test]
fn results_are_in_batch_order() {
    let mut setup = Setup::new();
    let split = cut(assemble(
        &(function("live_c", "mov $3, %eax\nret")
            + &function("live_a", "mov $1, %eax\nret")
            + &function("live_b", "mov $2, %eax\nret")),
    ))
    .unwrap();
    let batch = [
        Selection { split: &split, functions: &[2, 0] },
        Selection { split: &split, functions: &[1, 1] },
    ];
    let linked = setup.linker.link(&batch, &mut setup.names).unwrap();
    let found: Vec<_> = linked.iter().map(|it| (it.name(), call(it))).collect();
    assert_eq!(found, [("live_c", 3), ("live_a", 1), ("live_b", 2), ("live_b", 2)]);
    assert_ne!(linked[2].entry(), linked[3].entry(), "every generation has its own code");
    assert_eq!(split.find("live_b"), Some(1));
    assert_eq!(split.find("live_d"), None);
}

#[test]
fn reclaimed_ranges_are_reused_and_nothing_grows() {
    let mut setup = Setup::new();
    let source = "extern double sqrt(double); extern int puts(const char *); static long n;\n\
        __attribute__((noinline)) static double helper(double x) { return sqrt(x) * 1.25; }\n\
        long live_f(void) { n++; if (helper(n) < 0) puts(\"never\"); return n; }";
    let split = cut(c(source, &["-fno-math-errno"])).unwrap();
    let mut linked = setup.link_split(&split).unwrap();
    let warm = setup.memory.usage();
    for round in 0..1000 {
        linked = setup.link_split(&split).unwrap().into_iter().chain(linked).take(1).collect();
        assert_eq!(call(&linked[0]), round + 1);
    }
    let usage = setup.memory.usage();
    assert_eq!((usage.code, usage.read_only, usage.data), (warm.code, warm.read_only, warm.data));
    assert!(usage.code_high_water <= warm.code_high_water + 256);
    let range = linked[0].range();
    drop(linked);
    assert!(range.step_by(4).all(|at| read_u32(at) == 0xCCCC_CCCC), "poisoned");
}

#[test]
fn code_whose_address_escapes_stays() {
    let mut setup = Setup::new();
    let source = "static long answer(void) { return 42; }\n\
        typedef long (*function)(void); function live_f(void) { return answer; }";
    let linked = setup.link(c(source, &[])).unwrap();
    let address = call(&linked[0]) as usize;
    drop(linked);
    // SAFETY: code whose address was taken is kept for the linker's life.
    let answer: extern "C" fn() -> u64 = unsafe { std::mem::transmute::<usize, _>(address) };
    assert_eq!(answer(), 42);
}

#[test]
fn functions_must_have_sections_of_their_own() {
    let two = c(
        "int live_a(void) { return 1; } int other(void) { return 2; }",
        &["-fno-function-sections"],
    );
    let error = cut(two).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.to_string().contains("-ffunction-sections"), "{error}");
}

#[test]
fn aliases_of_one_body_are_modules_of_their_own() {
    let mut setup = Setup::new();
    let source = function("live_a", "mov $7, %eax\nret")
        + ".globl live_b\n.type live_b,@function\n.set live_b, live_a\n";
    let linked = setup.link(assemble(&source)).unwrap();
    let found: Vec<_> = linked.iter().map(|it| (it.name(), call(it))).collect();
    assert_eq!(found, [("live_a", 7), ("live_b", 7)]);
}

#[test]
fn linked_code_may_outlive_its_linker_and_cross_threads() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Linked>();
    check::<Memory>();
    check::<Split>();
    check::<Linker>();
    let mut setup = Setup::new();
    let source = "__attribute__((noinline)) static long inner(long x) { return x * 2; } volatile long v = 21;\n\
        long live_f(void) { return inner(v); }";
    let linked = setup.link(c(source, &[])).unwrap();
    let Setup { linker, memory, .. } = setup;
    drop((linker, memory));
    std::thread::spawn(move || {
        assert_eq!(call(&linked[0]), 42);
        drop(linked);
    })
    .join()
    .unwrap();
}

#[test]
fn the_unwinder_knows_code_for_exactly_as_long_as_it_is_owned() {
    let mut setup = Setup::new();
    let with_cfi = |name: &str, size: usize| {
        function(name, &format!(".cfi_startproc\n.fill {size},1,0x90\nret\n.cfi_endproc"))
    };
    let split = cut(assemble(
        &(with_cfi("live_a", 60) + &with_cfi("live_b", 200) + &with_cfi("live_c", 60)),
    ))
    .unwrap();
    let mut linked = setup.link_split(&split).unwrap();
    for _ in 0..50 {
        for it in &linked {
            let end = it.entry() + it.size();
            assert_eq!([it.entry(), end - 1].map(function_at), [Some(it.entry()); 2]);
            assert_eq!(function_at(end), None, "{it:?}: padding is nobody's");
        }
        // The middle one goes and its range is cut up by smaller ones, so that registrations made
        // later lie between those made earlier.
        let middle = linked.remove(1);
        let entry = middle.entry();
        drop(middle);
        assert_eq!(function_at(entry), None);
        let batch = [Selection { split: &split, functions: &[0, 2, 1] }];
        let more = setup.linker.link(&batch, &mut setup.names).unwrap();
        linked.extend(more);
        linked.rotate_left(2);
        linked.truncate(5);
    }
    assert_eq!(setup.memory.usage().described, linked.len());
    drop(linked);
    assert_eq!(setup.memory.usage().described, 0);
}

#[test]
fn many_private_functions_and_variables_of_one_function_were_once_compared_each_with_each() {
    const COUNT: usize = 10_000;
    let mut source = String::from(
        ".section .text.live_f,\"ax\",@progbits\n.globl live_f\n.type live_f,@function\nlive_f:\n",
    );
    for index in (0..COUNT).chain(0..COUNT) {
        source.push_str(&format!(" call f{index}\n lea v{index}(%rip), %rax\n"));
    }
    source.push_str(" ret\n");
    for index in 0..COUNT {
        source.push_str(&format!(
            ".section .text.f{index},\"ax\",@progbits\n.type f{index},@function\n\
             f{index}: mov ${index}, %eax\n ret\n\
             .section .data.v{index},\"aw\"\n.type v{index},@object\n.size v{index}, 8\nv{index}: .quad {index}\n"
        ));
    }
    let split = cut(assemble(&source)).unwrap();
    assert_eq!(split.modules()[0].statics.len(), COUNT);
    let linked = Setup::new().link_split(&split).unwrap();
    assert_eq!(linked[0].calls.len(), COUNT);
}
