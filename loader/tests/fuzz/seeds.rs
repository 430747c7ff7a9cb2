//! Well-formed objects to start from: what the compilers of this machine emit for code that uses
//! many kinds of sections, symbols and relocations.

use std::path::Path;
use std::process::Command;

use segue_loader::Machine;

const RUST: &str = r#"
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
    static COUNT: AtomicU32 = AtomicU32::new(3);
    #[inline(never)] fn wave(x: f32) -> f32 { (x * 0.37).sin() }
    #[unsafe(no_mangle)] pub extern "C-unwind" fn live_voice(x: f32) -> f32 { wave(x) + wave(x * 2.0) + live_count(3) as f32 }
    #[unsafe(no_mangle)] #[inline(never)] pub extern "C-unwind" fn live_count(k: u32) -> u32 {
        match k { 0 => panic!("no zero: {k}"), 1 => COUNT.fetch_add(1, Relaxed), 2 => 5, 3 => k * 77, 4 => 1 << k, 5 => k + 3, _ => k / 3 } }
    #[unsafe(no_mangle)] pub extern "C-unwind" fn live_text() -> Box<dyn std::fmt::Display> { Box::new(format!("{}", COUNT.load(Relaxed))) }
"#;

const C: &str = r#"
    extern int puts(const char *); static int counter = 5; int table[4] = {1, 2, 3, 4}; int common;
    __attribute__((weak)) int maybe(void); static __thread int mine = 3; __thread long yours;
    static int one(void) { return 1; }
    #ifdef PLAIN
    #define chosen one
    #else
    static int (*choose(void))(void) { return one; } int chosen(void) __attribute__((ifunc("choose")));
    #endif
    __attribute__((constructor)) static void begin(void) { counter = 6; } __attribute__((destructor)) static void end(void) { counter = 7; }
    __asm__(".symver versioned, puts@V_1"); extern int versioned(const char *);
    const char *names[] = {"zero", "one"}; __attribute__((section("registry"), used)) static const int entry = 7;
    extern const int __start_registry[], __stop_registry[];
    static double half(double x) { return x * 0.5; }
    double live_half(double x) { return half(x) + (double)(__stop_registry - __start_registry); }
    int live_f(int k) { switch (k) { case 0: return table[1]; case 1: return counter++; case 2: puts("two"); return 1;
        case 3: return 33 + mine++ + (int)yours + chosen() + versioned("three"); case 4: return maybe ? maybe() : -4; case 5: return common++; case 6: return names[k & 1][0];
        default: return live_f(k - 1); } }
"#;

const CXX: &str = r#"
    struct Base { virtual int f(int k) { return k; } virtual ~Base() {} }; struct Next : Base { int f(int k) override { if (k > 3) throw k; return k * 2; } };
    template <typename T> T &shared() { static T value; return value; }
    extern "C" int live_call(int k) { Next next; Base &base = next; try { return base.f(k) + shared<int>()++; } catch (int e) { return -e; } }
"#;

/// A seed: which machine it is for, a name for messages, and the object.
pub type Seed = (Machine, String, Vec<u8>);

/// Compiles the seeds. What this machine has no compiler for is left out, but the first two.
pub fn seeds() -> Vec<Seed> {
    let rust = "rustc --edition 2024 --crate-type lib --crate-name live --emit=obj -A warnings -C opt-level=3 \
                -C codegen-units=1 -C symbol-mangling-version=v0 -C metadata=segue -C panic=unwind";
    let c = "-c -O2 -ffunction-sections -fdata-sections -fcommon -Wno-stringop-overflow";
    let commands: Vec<(Machine, &str, &str, String)> = vec![
        (Machine::X86_64, "live.rs", RUST, rust.to_owned()),
        (Machine::X86_64, "live.c", C, format!("cc -fPIC {c}")),
        (Machine::X86_64, "live.c", C, format!("cc -fno-pic {c}")),
        // Without the indirect function.
        (Machine::X86_64, "live.c", C, format!("cc -fPIC -g -DPLAIN {c}")),
        (Machine::X86_64, "live.c", C, format!("cc -fPIC -mcmodel=large -mtls-dialect=gnu2 {c}")),
        (Machine::X86_64, "live.cc", CXX, format!("c++ -fPIC -g {c}")),
        (Machine::X86_64, "live.c", C, format!("clang -fPIE -g {c}")),
        (Machine::Aarch64, "live.c", C, format!("aarch64-linux-gnu-gcc -fPIC {c}")),
        (Machine::Aarch64, "live.c", C, format!("aarch64-linux-gnu-gcc -fno-pic {c}")),
        (Machine::Aarch64, "live.cc", CXX, format!("aarch64-linux-gnu-g++ -fPIC {c}")),
    ];
    let compiled =
        commands.into_iter().enumerate().filter_map(|(index, (machine, file, source, command))| {
            let object = compile(file, source, &command);
            assert!(object.is_some() || index > 1, "{command} failed");
            Some((machine, command, object?))
        });
    compiled.collect()
}

fn compile(file: &str, source: &str, command: &str) -> Option<Vec<u8>> {
    let directory = tempfile::tempdir().ok()?;
    std::fs::write(directory.path().join(file), source).ok()?;
    let mut words = command.split_whitespace();
    let mut run = Command::new(words.next()?);
    run.current_dir(&directory).args(words).args([file, "-o", "live.o"]);
    run.output().ok()?;
    std::fs::read(Path::new(directory.path()).join("live.o")).ok()
}
