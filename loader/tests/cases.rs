//! Data-driven cases: sources with their expectations in comments, compiled by the system's
//! compilers, linked for another address space at chosen addresses, compared byte for byte.
//!
//! A case is a file `cases/<area>/<name>` in assembly (`.s`, `.S`), C (`.c`), C++ (`.cc`) or Rust (`.rs`).
//! Lines that start with `#@` or `//@` are directives, in any order:
//!
//! ```text
//! #@ machine: aarch64          x86_64 unless the area is called aarch64
//! #@ cc: -O1 -fno-pic          flags instead of the usual -O2 -fPIC -ffunction-sections -fdata-sections;
//!                              assembly has none
//! #@ compiler: clang           cc unless said: clang, or anything that takes such flags
//! #@ base: 0x7000_0000_0000    where the code window is, 0x1000_0000 unless said; the windows of
//!                              read-only data and of data, which starts with 64 slots, follow it
//!                              1 MiB apart
//! #@ code: 0x1000_0000         sizes of the windows, 1 MiB each unless said; also read-only: and data:
//! #@ renumber: 42 = 43         relocations of one kind become another, which assemblers do not know yet
//! #@ live: f, g                live functions; unless said, those called live_... without a dot
//! #@ define: puts = 0x40_1000  an address of the host; the order of lines does not matter
//! #@ thread-locals: 256        room for thread-locals of live code where no executable is given: all that
//!                              the other process's executable has, aligned to 64
//! #@ file: second.s            what follows is another source; the lines before the first of these
//!                              are the source that has the case's own name
//! #@ executable: host.s        that source becomes the executable of the other process, without the C
//!                              library and at 0x40_0000: its symbols are found, thread-locals too
//! #@ archive: x.a = b.s c.s    those sources become an archive for undefined names
//! #@ link: first.s second.s    one link of those objects; each such line is a link of its own, in
//!                              order; without any, all sources that are nothing else are one
//!
//! #@ bytes live_f+2: e8 00     the bytes at an address, which is an expression
//! #@ check: u64(pc(live_f+2)) = puts     two expressions that must be equal
//! #@ error: at .text.live_f+0x2          the last link (or its parsing) fails with a message that holds this
//! ```
//!
//! An object is called like its source, with the ending `.o`. Expressions have numbers (`0x` for
//! hexadecimal), `+`, `-`, parentheses, and as names: live functions (the entry linked last), whatever
//! has a symbol (private functions, constants, variables), sections (the first piece placed), what is
//! defined, `_GLOBAL_OFFSET_TABLE_`. Functions in expressions:
//!
//! - `slot(name)`, `stub(name)`: the slot word of a live function and the jump through it;
//! - `u8 u16 u32 u64 i8 i16 i32 i64`: the number at an address;
//! - `pc(x)`: what an x86-64 instruction that ends with the 32-bit field at `x` refers to;
//! - `adr(x)`, `adrp(x)`: the address, the page that the instruction at `x` names; `mov(x)`: the number
//!   that the `movz`, `movn` or `movk` at `x` makes, with zeroes elsewhere; `add(x)`, `ldr(x)`: the unsigned offset in it, in bytes;
//!   `literal(x)`: what the `ldr` or `b.cond` at `x` refers to; `branch(x)`: where the `b` or `bl` at `x` goes; `page(x)`: `x` without its lowest 12 bits.
//!
//! `SEGUE_UPDATE_CASES=1 cargo test -p segue-loader --test cases` fills in the bytes found, in the case
//! files: of as many bytes as stood there, or, where none stood there, of all of the piece at that
//! address. Look at each before you commit it. `SEGUE_CASE=part/of/a/path` runs only some.
//!
//! The oracle (`oracle/cases.rs`) has GNU ld link the objects of the cases at the same addresses and compares.

mod runner;

use runner::{Case, areas, run_area};

/// A test per folder of `cases`.
macro_rules! areas {
    ($($area:ident),* $(,)?) => {
        $(#[test]
        fn $area() {
            run_area(stringify!($area));
        })*

        #[test]
        fn every_area_has_its_test() {
            assert_eq!(areas(), [$(stringify!($area)),*], "sorted names of the folders of cases");
        }
    };
}

areas!(aarch64, symbols, x86_64);

const CASE: &str = "
    #@ define: host = 0x40_1000
    #@ bytes live_f: 01 02
    #@ check: live_f = 0x1000_0000
    #@ check: u64(pc(live_f+2)) = host
    .section .text.live_f,\"ax\"
    .globl live_f
    .type live_f,@function
    live_f: call *host@GOTPCREL(%rip)
    ret
";

fn failure(text: &str) -> String {
    Case::parse("x86_64/sample.s", text).expect("well-formed").run().expect_err("a failure")
}

#[test]
fn a_wrong_byte_is_shown_beside_what_was_found() {
    let message = failure(CASE);
    let expected = "x86_64/sample.s:3: other bytes at live_f (0x10000000)\n    expected 01 02\n    \
                    found    ff 15\n             ^^ ^^";
    assert_eq!(message, expected);
}

#[test]
fn a_wrong_value_is_shown_beside_what_was_found() {
    let text = CASE.replace("01 02", "ff 15").replace("= 0x1000_0000", "= 0x1000_0040");
    let message = failure(&text);
    assert!(message.contains("sample.s:4: live_f is 0x10000000"), "{message}");
    assert!(message.contains("0x1000_0040 is 0x10000040"), "{message}");
}

#[test]
fn a_right_case_passes_and_an_error_must_happen() {
    let text = CASE.replace("01 02", "ff 15");
    Case::parse("x86_64/sample.s", &text).expect("well-formed").run().expect("all as expected");
    let message = failure(&format!("{text}\n#@ error: out of reach\n"));
    assert!(message.contains("sample.s:12: no error"), "{message}");
    let message = failure(&text.replace("#@ define: host = 0x40_1000", "#@ error: elsewhere"));
    assert!(message.contains("another error than elsewhere"), "{message}");
    assert!(message.contains("undefined symbol `host`"), "{message}");
}

#[test]
fn an_update_fills_in_what_was_found() {
    let updated = |text: &str| {
        let mut case = Case::parse("x86_64/sample.s", text).expect("well-formed");
        case.update().expect("it links");
        case.text().to_owned()
    };
    assert_eq!(updated(CASE), CASE.replace("01 02", "ff 15"));
    let whole = updated(&CASE.replace(" 01 02", ""));
    let line = whole.lines().nth(2).expect("the third line");
    assert!(line.starts_with("    #@ bytes live_f: ff 15 ") && line.ends_with(" c3"), "{line}");
    assert_eq!(line.split_whitespace().count(), 3 + 7, "all of the function");
}

#[test]
fn directives_that_mean_nothing_are_errors() {
    let byte = "#@ byte live_f: 00";
    let link = "#@ link: nobody.s";
    for line in [byte, link, "#@ check: live_f", "#@ machine: z80", "#@ bytes f: 0g", ""] {
        let message = Case::parse("x86_64/sample.s", line).err().expect("an error");
        assert!(message.starts_with("x86_64/sample.s:1: "), "{message}");
    }
    let message = failure("#@ check: nobody = 1\n.section .text.live_f,\"ax\"\n");
    assert!(message.contains("nothing is called nobody"), "{message}");
}
