//! The process that debuggers and profilers look at: this test binary once more, running one of the
//! scripts below.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use segue_loader::{Config, Symbols, Tools};

use crate::call;
use crate::common::{Program, cc};

/// Names the script, and is not set in tests.
const SCRIPT: &str = "SEGUE_TOOLS_SCRIPT";
/// The folder for jitdump.
const FOLDER: &str = "SEGUE_TOOLS_FOLDER";

/// The command that runs a script.
pub(crate) fn command(script: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(arguments()).env(SCRIPT, script);
    command
}

/// The environment that a debugger needs to run a script by itself.
pub(crate) fn environment(script: &str) -> String {
    format!("set environment {SCRIPT}={script}")
}

pub(crate) fn arguments() -> [&'static str; 4] {
    ["child::run_a_script", "--exact", "--nocapture", "--test-threads=1"]
}

/// The command, with jitdump in `folder`.
pub(crate) fn with_dump(script: &str, folder: &std::path::Path) -> Command {
    let mut command = command(script);
    command.env(FOLDER, folder);
    command
}

/// A script that waits now and then until it is told to go on.
pub(crate) struct Script {
    pub(crate) child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Script {
    pub(crate) fn start(mut command: Command) -> Script {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let stdin = child.stdin.take().unwrap();
        Script { child, stdin, stdout }
    }

    /// Reads what the script says until it waits.
    pub(crate) fn wait(&mut self) -> String {
        let mut said = String::new();
        while !said.ends_with("waiting\n") {
            let read = self.stdout.read_line(&mut said).unwrap();
            assert_ne!(read, 0, "the script ended early: {said}");
        }
        said
    }

    pub(crate) fn go_on(&mut self) {
        writeln!(self.stdin).unwrap();
    }

    pub(crate) fn end(mut self) {
        assert!(self.child.wait().unwrap().success());
    }
}

/// Where debuggers stop. Live code calls it.
#[unsafe(no_mangle)]
#[inline(never)]
extern "C" fn segue_stop_here(x: u32) -> u32 {
    std::hint::black_box(x)
}

/// Waits for a line of input. Live code calls it.
extern "C" fn segue_wait_here(x: u32) -> u32 {
    println!("waiting");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    x
}

/// Not a test of its own: without a script it does nothing.
#[test]
fn run_a_script() {
    let Ok(script) = std::env::var(SCRIPT) else { return };
    match script.as_str() {
        "gdb-stops" => stops(),
        "gdb-waits" => waits(true),
        "no-tools" => waits(false),
        "burn" => burn(),
        "image" => image(),
        _ => panic!("no script {script}"),
    }
}

fn program() -> Program {
    let mut symbols = Symbols::of_process().unwrap();
    symbols.define("stop_here", segue_stop_here as *const () as usize);
    symbols.define("wait_here", segue_wait_here as *const () as usize);
    Program::with(symbols, Config::default())
}

/// A live function of this name and a private one, which calls `callee` in line 5, from `name` in line 7, plus `below`.
fn source(name: &str, callee: &str, below: usize) -> String {
    let lines = "\n".repeat(below);
    format!(
        "unsigned {callee}(unsigned);\n{lines}\
         __attribute__((noinline)) static unsigned inner(unsigned count) {{\n\
         volatile unsigned room[40]; room[count] = count;\n\
         return room[count] +\n\
         {callee}(count) * 2; }}\n\
         unsigned {name}(unsigned count) {{\n\
         return inner(count + 1) + 1; }}\n"
    )
}

fn object(source: &str) -> Vec<u8> {
    cc("c", source, &["-g", "-O2", "-fomit-frame-pointer"])
}

/// Stops in `live_f`, in its second generation, and in a `live_g` at the first one's address.
fn stops() {
    let mut program = program();
    program.linker.tools(Tools { gdb: true, ..Tools::default() }).unwrap();
    program.swap(object(&source("live_f", "stop_here", 0)));
    let first = program.entry("live_f");
    assert_eq!(call!(program, "live_f", fn(u32) -> u32, 1), 7);
    // The other generation is placed elsewhere, and the first one reclaimed.
    program.swap(object(&source("live_f", "stop_here", 10)));
    assert_eq!(call!(program, "live_f", fn(u32) -> u32, 2), 10);
    program.swap(object(&source("live_g", "stop_here", 20)));
    assert_eq!(program.entry("live_g"), first, "the address is used again");
    assert_eq!(call!(program, "live_g", fn(u32) -> u32, 3), 13);
}

/// Waits inside `live_f` of the second generation.
fn waits(gdb: bool) {
    let mut program = program();
    program.swap(object(&source("live_f", "wait_here", 0)));
    program.swap(object(&source("live_f", "wait_here", 10)));
    // Told late, of what is there.
    program.linker.tools(Tools { gdb, ..Tools::default() }).unwrap();
    println!("{:#x}", program.entry("live_f"));
    assert_eq!(call!(program, "live_f", fn(u32) -> u32, 1), 7);
}

/// Spends time in three functions one after the other, the third at the first one's address.
fn burn() {
    let mut program = program();
    let jitdump = std::env::var_os(FOLDER).map(Into::into);
    let perf_map = true;
    program.linker.tools(Tools { perf_map, jitdump, ..Tools::default() }).unwrap();
    let spin = |name: &str| {
        let source = format!(
            "unsigned {name}(unsigned n) {{\n volatile unsigned x = 0;\n for (unsigned i = 0; i < n; i++)\n  \
             x = x * 3 + i;\n return x; }}\n"
        );
        cc("c", &source, &["-g", "-O2"])
    };
    let rounds = 200_000_000;
    program.swap(spin("live_slow"));
    let first = program.entry("live_slow");
    call!(program, "live_slow", fn(u32) -> u32, rounds);
    program.swap(spin("live_slow"));
    call!(program, "live_slow", fn(u32) -> u32, rounds);
    program.swap(spin("live_other"));
    assert_eq!(program.entry("live_other"), first, "the address is used again");
    call!(program, "live_other", fn(u32) -> u32, rounds);
    println!("\nburnt {} {first:x}", std::process::id());
}

/// Writes the image that debuggers are given of `live_f`.
fn image() {
    #[repr(C)]
    struct Entry {
        links: [usize; 2],
        image: *const u8,
        size: u64,
    }
    #[repr(C)]
    struct Descriptor {
        numbers: [u32; 2],
        relevant: usize,
        first: *const Entry,
    }
    unsafe extern "C" {
        static __jit_debug_descriptor: Descriptor;
    }
    let mut program = program();
    program.linker.tools(Tools { gdb: true, ..Tools::default() }).unwrap();
    program.swap(object(&source("live_f", "stop_here", 0)));
    // SAFETY: the interface's layout; this process has one thread that links, and it is this one.
    let bytes = unsafe {
        let first = &*__jit_debug_descriptor.first;
        std::slice::from_raw_parts(first.image, first.size as usize)
    };
    let folder = std::env::var_os(FOLDER).unwrap();
    std::fs::write(std::path::Path::new(&folder).join("image.elf"), bytes).unwrap();
    program.live.clear();
    // SAFETY: as above.
    assert!(unsafe { __jit_debug_descriptor.first.is_null() }, "nothing is left behind");
}
