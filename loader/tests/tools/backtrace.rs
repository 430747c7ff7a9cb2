//! Function, file and line of live code: through inlined frames, in old and new generations, for
//! Rust, C and C++, and in whole backtraces with the host's frames around them.

use std::process::Command;
use std::sync::{Mutex, PoisonError};

use segue_loader::{Backtrace, Location, Memory, Symbols, Tools};

use crate::call;
use crate::common::{Program, cc, run};

/// Compiles Rust with line tables, as `live.rs`.
fn rust(source: &str) -> Vec<u8> {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("live.rs"), source).unwrap();
    let flags = "--edition 2024 --crate-type lib --crate-name live --emit=obj -A warnings \
                 -C opt-level=3 -C codegen-units=1 -C symbol-mangling-version=v0 \
                 -C panic=unwind -C debuginfo=line-tables-only live.rs -o live.o";
    run(Command::new("rustc").current_dir(&directory).args(flags.split_whitespace()));
    std::fs::read(directory.path().join("live.o")).unwrap()
}

static MEMORY: Mutex<Option<std::sync::Arc<Memory>>> = Mutex::new(None);
static CAPTURED: Mutex<Option<Backtrace>> = Mutex::new(None);
/// One test at a time uses the two above.
static TURN: Mutex<()> = Mutex::new(());

/// What live code calls to have its backtrace taken.
extern "C-unwind" fn capture() -> u32 {
    let memory = MEMORY.lock().unwrap().clone().unwrap();
    *CAPTURED.lock().unwrap() = Some(Backtrace::capture(&memory));
    0
}

fn program() -> Program {
    let mut symbols = Symbols::of_process().unwrap();
    for archive in crate::common::std_archives() {
        symbols.archive(&archive).unwrap();
    }
    symbols.define("capture", capture as *const () as usize);
    Program::with(symbols, segue_loader::Config::default())
}

/// The live frames of the last captured backtrace, one text a function, innermost first.
fn captured(program: &Program, call: impl FnOnce()) -> (Vec<String>, String) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    *MEMORY.lock().unwrap() = Some(program.memory.clone());
    call();
    let backtrace = CAPTURED.lock().unwrap().take().unwrap();
    let live = |it: &&Location| it.generation.is_some();
    let frames = backtrace.frames().flat_map(|(_, locations)| locations).filter(live);
    (frames.map(told).collect(), backtrace.to_string())
}

/// Function, generation, the last part of the file's path, line.
fn told(location: &Location) -> String {
    let file = location.file.as_deref().and_then(|file| file.rsplit('/').next()).unwrap_or("?");
    let inlined = if location.is_inlined { " inlined" } else { "" };
    let generation = location.generation.unwrap_or(0);
    format!("{}#{generation} {file}:{}{inlined}", location.function, location.line.unwrap_or(0))
}

const RUST: &str = r#"
unsafe extern "C-unwind" { fn capture() -> u32; }

#[inline(always)]
fn small(x: u32) -> u32 {
    x + unsafe { capture() }
}

#[inline(never)]
fn private(x: u32) -> u32 {
    small(x) * 3
}

#[unsafe(no_mangle)]
pub extern "C-unwind" fn live_outer(x: u32) -> u32 {
    private(x) + 1
}
"#;

#[test]
fn a_backtrace_through_rust_names_function_file_and_line() {
    let mut program = program();
    program.swap(rust(RUST));
    let (live, all) = captured(&program, || {
        assert_eq!(call!(program, "live_outer", fn(u32) -> u32, 5), 16);
    });
    // Line tables alone give an inlined function's name without its path.
    assert_eq!(
        live,
        ["small#1 live.rs:6 inlined", "live::private#1 live.rs:11", "live_outer#1 live.rs:16"]
    );
    // The frames around are the host's, with their own files and lines.
    assert!(all.contains("a_backtrace_through_rust_names_function_file_and_line"), "{all}");
    assert!(all.contains("tests/tools/backtrace.rs:"), "{all}");
    assert!(all.contains("live_outer#1 at "), "{all}");
}

#[test]
fn an_old_frame_names_the_old_line() {
    let mut program = program();
    program.swap(rust(RUST));
    let old = program.live.remove("live_outer").unwrap();
    program.swap(rust(
        &RUST.replace("#[unsafe(no_mangle)]", "\n\n#[unsafe(no_mangle)]").replace("+ 1", "+ 2"),
    ));
    let (live, _) = captured(&program, || {
        assert_eq!(call!(program, "live_outer", fn(u32) -> u32, 5), 17);
    });
    assert_eq!(live.last().unwrap(), "live_outer#2 live.rs:18");
    let (live, _) = captured(&program, || {
        // SAFETY: the source declares the function with this signature.
        let outer: extern "C-unwind" fn(u32) -> u32 =
            unsafe { std::mem::transmute::<usize, _>(old.entry()) };
        assert_eq!(outer(5), 16);
    });
    assert_eq!(live.last().unwrap(), "live_outer#1 live.rs:16");
    // Private code that did not change is shared by both, and is the first generation's.
    assert_eq!(live[1], "live::private#1 live.rs:11");
    let entry = old.entry();
    drop(old);
    assert!(program.memory.locate(entry).is_empty(), "reclaimed code is nobody's");
}

const C: &str = r#"
unsigned capture(void);
static inline __attribute__((always_inline)) unsigned small(unsigned x) {
    return x + capture();
}
__attribute__((noinline)) static unsigned private_code(unsigned x) {
    return small(x) * 3;
}
unsigned live_outer(unsigned x) {
    return private_code(x) + 1;
}
"#;

const IN_C: [&str; 3] =
    ["small#1 live.c:4 inlined", "private_code#1 live.c:7", "live_outer#1 live.c:10"];

#[test]
fn a_backtrace_through_c_names_function_file_and_line() {
    for (version, packing) in [
        ("-gdwarf-4", "-gz=none"),
        ("-gdwarf-4", "-gz=zlib"),
        ("-gdwarf-5", "-gz=none"),
        ("-gdwarf-5", "-gz=zlib"),
    ] {
        let mut program = program();
        program.swap(cc("c", C, &["-g", version, packing, "-fexceptions"]));
        let (live, _) = captured(&program, || {
            assert_eq!(call!(program, "live_outer", fn(u32) -> u32, 5), 16);
        });
        assert_eq!(live, IN_C, "{version} {packing}");
    }
}

#[test]
fn clang_s_line_tables_are_read() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("live.c"), C).unwrap();
    for version in ["-gdwarf-4", "-gdwarf-5"] {
        let flags =
            "-c -O2 -fPIC -ffunction-sections -fexceptions -gline-tables-only live.c -o live.o";
        let mut clang = Command::new("clang");
        run(clang.current_dir(&directory).arg(version).args(flags.split_whitespace()));
        let mut program = program();
        program.swap(std::fs::read(directory.path().join("live.o")).unwrap());
        let (live, _) = captured(&program, || {
            assert_eq!(call!(program, "live_outer", fn(u32) -> u32, 5), 16);
        });
        let expected =
            ["small#1 live.c:4 inlined", "private_code#1 live.c:7", "live_outer#1 live.c:10"];
        assert_eq!(live, expected, "{version}");
    }
}

#[test]
fn names_of_cpp_are_demangled() {
    let source = r#"
extern "C" unsigned capture();
namespace synth { template <class T> struct Voice { T x; [[gnu::noipa]] T next() { return x * capture() + 1; } }; }
extern "C" unsigned live_outer(unsigned x) {
    synth::Voice<unsigned> voice{x};
    return voice.next() + 1;
}
"#;
    let mut program = program();
    program.swap(cc("cc", source, &["-g"]));
    let (live, _) = captured(&program, || {
        assert_eq!(call!(program, "live_outer", fn(u32) -> u32, 5), 2);
    });
    assert_eq!(live, ["synth::Voice<unsigned int>::next()#1 live.cc:3", "live_outer#1 live.cc:6"]);
}

#[test]
fn without_debugging_information_there_is_a_name() {
    let mut program = program();
    program.swap(cc("c", C, &["-fexceptions"]));
    let (live, _) = captured(&program, || {
        call!(program, "live_outer", fn(u32) -> u32, 5);
    });
    assert_eq!(live, ["private_code#1 ?:0", "live_outer#1 ?:0"]);
    assert!(program.memory.locate(program.live["live_outer"].range().start - 1).is_empty());
}

/// Bits of the debugging information are flipped all over: whatever it then says, code is linked,
/// runs, and is looked up without a panic.
#[test]
fn broken_debugging_information_is_left_out() {
    let object = cc("c", C, &["-g", "-O2", "-fexceptions"]);
    let mut program = program();
    // What GDB is given is made of it too.
    program.linker.tools(Tools { gdb: true, ..Tools::default() }).unwrap();
    program.swap(object.clone());
    let sections = debug_sections(&object);
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    let mut named = 0;
    for _ in 0..400 {
        let mut broken = object.clone();
        for _ in 0..1 + next(8) {
            let range = sections[next(sections.len())].clone();
            broken[range.start + next(range.len())] ^= 1 << next(8);
        }
        // Names of sections may be hit too; then there may be nothing to link.
        let Ok(linked) = program.link(broken) else { continue };
        for code in &linked {
            for address in code.range() {
                let locations = program.memory.locate(address);
                named += usize::from(locations.iter().any(|it| it.line.is_some()));
            }
        }
    }
    assert!(named > 0, "some of it can still be read");
}

/// Where in an object its `.debug_*` sections and their relocations are, by GNU readelf.
fn debug_sections(object: &[u8]) -> Vec<std::ops::Range<usize>> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), object).unwrap();
    let output = Command::new("readelf").args(["-SW"]).arg(file.path()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().filter(|line| line.contains(".debug_"));
    lines
        .map(|line| {
            let fields: Vec<_> = line.split(']').nth(1).unwrap().split_whitespace().collect();
            let number = |field: &str| usize::from_str_radix(field, 16).unwrap();
            number(fields[3])..number(fields[3]) + number(fields[4])
        })
        .filter(|range| !range.is_empty())
        .collect()
}
