//! Images of live code run in another process: a small C host (`another_space/host.c`), on this
//! processor and, under qemu, on aarch64. It maps an image, calls live code, takes the changes of a
//! swap, and calls again; what it prints is compared.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::Ordering;

use common::{Program, run};
use segue_loader::{Config, Image, Machine, Space, Symbols};

const LIVE: &str = r#"
    #include <stdlib.h>
    #include <string.h>
    extern __thread int thread_value __attribute__((tls_model("initial-exec")));
    extern __thread char thread_text[24] __attribute__((tls_model("local-exec")));
    extern __thread long thread_total; /* however the compiler likes it best */
    extern int host_calls;
    const char *host_name(int);
    void host_say(const char *, long);
    int puts(const char *);

    static __thread long own = 7, added = 40;
    __thread char own_text[8] = "own";
    static __thread int own_zeroes[3];

    static long total = 100;
    static double weights[4] = {0.5, 1.5, 2.5, 3.5};
    static const char *const names[] = {"zero", "one", "two"};

    static __attribute__((noinline)) double weigh(double x, int k) { return x * weights[k & 3] + 0.25; }

    __attribute__((noinline, noipa)) long live_step(long n) { return STEP; }

    long live_main(long n) {
        puts(names[n % 3]);
        host_say(host_name((int)n), total);
        total += live_step(n);
        thread_value++;
        thread_total += total + (own += 5) + ++own_zeroes[n];
        own_text[n] ^= 32;
        char text[32];
        memcpy(text, own_text, strlen(own_text) + 1);
        puts(strchr(text, own_text[1]));
        thread_text[n] -= 32;
        long *numbers = malloc(8 * sizeof *numbers);
        for (int i = 0; i < 8; i++) {
            switch (i ^ (int)n) {
            case 0: numbers[i] = 3; break;
            case 1: numbers[i] = total; break;
            case 2: numbers[i] = host_calls; break;
            case 3: numbers[i] = (long)weigh((double)total, (int)n); break;
            case 4: numbers[i] = -thread_value; break;
            case 5: numbers[i] = n << 20; break;
            default: numbers[i] = 1; break;
            }
        }
        long sum = 0;
        for (int i = 0; i < 8; i++) sum = sum * 3 + numbers[i];
        free(numbers);
        return sum;
    }
"#;

/// One way of building live code, and where it goes.
struct Way {
    machine: Machine,
    flags: &'static str,
    base: u64,
}

impl Way {
    fn compiler(&self) -> &'static str {
        match self.machine {
            Machine::Aarch64 => "aarch64-linux-gnu-gcc",
            _ => "cc",
        }
    }

    fn host(&self, directory: &Path) -> PathBuf {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/another_space/host.c");
        let path = directory.join("host");
        let flags = ["-O1", "-static", "-no-pie", "-pthread", "-Wall", "-Werror", source, "-o"];
        run(Command::new(self.compiler()).args(flags).arg(&path));
        path
    }

    fn live(&self, directory: &Path, step: &str) -> Vec<u8> {
        let (source, object) = (directory.join("live.c"), directory.join("live.o"));
        std::fs::write(&source, LIVE).unwrap();
        let usual =
            ["-c", "-ffunction-sections", "-fdata-sections", "-fno-asynchronous-unwind-tables"];
        let is_clang = self.flags.starts_with("--target=");
        let mut command = Command::new(if is_clang { "clang" } else { self.compiler() });
        command.args(usual).args(self.flags.split_whitespace());
        run(command.arg(format!("-DSTEP={step}")).arg(&source).arg("-o").arg(&object));
        std::fs::read(object).unwrap()
    }

    /// What the host prints when its live code is swapped between two calls.
    fn output(&self) -> String {
        let directory = tempfile::tempdir().unwrap();
        let host = self.host(directory.path());
        let space = Space::There { machine: self.machine, base: self.base };
        let window = 1 << 20;
        let config = Config {
            code: window,
            read_only: window,
            data: window,
            slots: 64,
            space,
            ..Config::default()
        };
        let mut program = Program::with(Symbols::of_executable(&host).unwrap(), config);
        program.swap(self.live(directory.path(), "n*10+1"));
        let slot = program.table.index("live_main");
        let first = program.memory.image().unwrap();
        let split = Program::split(self.live(directory.path(), "1000-n+(added*=2)"));
        let step = split.find("live_step").unwrap();
        let selection = segue_loader::Selection { split: &split, functions: &[step] };
        let linked = program.linker.link(&[selection], &mut program.table).unwrap();
        let main = program.slot_word(slot).load(Ordering::Relaxed);
        linked.into_iter().for_each(|linked| program.publish(linked));
        assert_eq!(program.slot_word(slot).load(Ordering::Relaxed), main, "live_main stays");
        let second = program.memory.image().unwrap();

        let path = |name: &str| directory.path().join(name);
        first.write(&path("image")).unwrap();
        second.write(&path("later")).unwrap();
        assert_eq!((first.thread_locals.len(), second.thread_locals.len()), (2, 3));
        // The C library's string functions are chosen for the processor at hand.
        assert!(!first.indirect.is_empty());
        std::fs::write(path("changes"), changes(&first, &second)).unwrap();
        let slot = program.memory.slot_address(slot.0).unwrap();
        let mut command = match self.machine {
            Machine::Aarch64 => emulated(&host),
            _ => Command::new(&host),
        };
        let command = command
            .arg(path("image"))
            .arg(path("changes"))
            .arg(path("later"))
            .arg(format!("{slot:x}"));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}: {output:?}", self.flags);
        String::from_utf8(output.stdout).unwrap()
    }
}

fn emulated(host: &Path) -> Command {
    let has = |name: &str| Command::new(name).arg("--version").output().is_ok();
    let names = ["qemu-aarch64-static", "qemu-aarch64"];
    let name = names.into_iter().find(|name| has(name));
    let mut command = Command::new(name.expect("qemu-user: .ci/setup test installs it"));
    command.arg(host);
    command
}

fn changes(first: &Image, second: &Image) -> Vec<u8> {
    let mut bytes = Vec::new();
    for change in first.changes(second) {
        bytes.extend_from_slice(&change.address.to_le_bytes());
        bytes.extend_from_slice(&(change.bytes.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&change.bytes);
    }
    bytes
}

/// What every way of building must print.
fn expected() -> String {
    let mut program =
        Expected { total: 100, calls: 0, step: |n, _| n * 10 + 1, text: String::new() };
    let mut first = Thread::new();
    program.run("first", &mut first);
    program.run("beside", &mut Thread::new());
    program.step = |n, thread| {
        thread.added *= 2;
        1000 - n + thread.added
    };
    program.run("second", &mut first);
    program.run("new", &mut Thread::new());
    program.text + &format!("host_calls {}\n", program.calls)
}

/// The live code once more, in this language, with its state and what it prints.
struct Expected {
    total: i64,
    calls: i64,
    step: fn(i64, &mut Thread) -> i64,
    text: String,
}

struct Thread {
    value: i64,
    text: [u8; 6],
    total: i64,
    own: i64,
    added: i64,
    own_text: [u8; 3],
    own_zeroes: [i64; 3],
}

impl Thread {
    fn new() -> Thread {
        let (text, own_text) = (*b"thread", *b"own");
        Thread { value: 5, text, total: 1000, own: 7, added: 40, own_text, own_zeroes: [0; 3] }
    }
}

impl Expected {
    fn run(&mut self, name: &str, thread: &mut Thread) {
        for n in 0..3 {
            let result = self.main(n, thread);
            self.text += &format!("{name}: {result}\n");
        }
        let text = std::str::from_utf8(&thread.text).unwrap();
        self.text += &format!("{name}: {}, {text}, {}\n", thread.value, thread.total);
    }

    fn main(&mut self, n: i64, thread: &mut Thread) -> i64 {
        let kind = if n % 2 == 1 { "odd" } else { "even" };
        self.text += &format!("{}\n{kind} {}\n", ["zero", "one", "two"][n as usize], self.total);
        self.calls += 1;
        self.total += (self.step)(n, thread);
        thread.value += 1;
        thread.own += 5;
        thread.own_zeroes[n as usize] += 1;
        thread.total += self.total + thread.own + thread.own_zeroes[n as usize];
        thread.own_text[n as usize] ^= 32;
        self.text += std::str::from_utf8(&thread.own_text[1..]).unwrap();
        self.text += "\n";
        thread.text[n as usize] = thread.text[n as usize].wrapping_sub(32);
        let weights = [0.5, 1.5, 2.5, 3.5];
        (0..8).fold(0, |sum, i| {
            let number = match i ^ n {
                0 => 3,
                1 => self.total,
                2 => self.calls,
                3 => (self.total as f64 * weights[n as usize] + 0.25) as i64,
                4 => -thread.value,
                5 => n << 20,
                _ => 1,
            };
            sum * 3 + number
        })
    }
}

fn check(ways: &[(&'static str, u64)], machine: Machine) {
    for &(flags, base) in ways {
        let output = Way { machine, flags, base }.output();
        assert_eq!(output, expected(), "{flags}");
    }
}

#[test]
fn an_image_runs_in_another_process_of_this_machine() {
    // Near the host's own 0x400000, where every field reaches, and far from it, through GOT and stubs.
    check(
        &[("-O2 -fPIC -mtls-dialect=gnu2", 0x5000_0000_0000), ("-O0 -fno-pic", 0x1000_0000)],
        Machine::X86_64,
    );
    check(&[("-O2 -fPIE -fcf-protection=none", 0x1000_0000)], Machine::X86_64);
}

#[test]
fn an_image_runs_on_aarch64_under_emulation() {
    // Near enough for `bl` to reach the host, and further away.
    check(&[("-O2 -fPIC", 0x50_0000_0000), ("-O2 -fno-pic", 0x400_0000)], Machine::Aarch64);
    check(
        &[("-O0 -fPIE", 0x1000_0000), ("-O1 -fPIC -mtls-dialect=trad", 0x400_0000)],
        Machine::Aarch64,
    );
}

#[test]
fn every_code_model_of_aarch64_runs_under_emulation() {
    let near = 0x400_0000;
    check(
        &[
            // GOT entries in the first 32 KiB; landing pads and signed return addresses.
            ("-O2 -fpic -mbranch-protection=standard", 0x50_0000_0000),
            // Addresses in literal pools and groups of 16 bits.
            ("-O2 -fno-pic -mcmodel=large -mtls-size=48", 0x50_0000_0000),
            ("-O1 -fno-pic -mtls-size=32", near),
            ("-O1 -fPIE -mtls-size=12", near),
            ("--target=aarch64-linux-gnu -O2 -fPIC", 0x50_0000_0000),
            ("--target=aarch64-linux-gnu -O1 -fno-pic", near),
        ],
        Machine::Aarch64,
    );
}
