//! What no flag of the matrix may contain, because all of it is refused: the reason must be one that a
//! user can act on.

use crate::build::{Expected, Outcome, Program, Variant, check, from_sources};
use crate::inside::Live;

const CONTROL: Program = Program { name: "control", sources: &["control.c"] };
const TWINS: Program = Program { name: "twins", sources: &["twins_one.c", "twins_two.c"] };

/// Compiler, flags, and what the message says.
const REFUSED: &[(&str, &str, &str)] = &[
    // One section for all functions: nothing could be swapped on its own.
    ("gcc", "-O2 -fPIC", "compile with -ffunction-sections"),
    ("clang", "-O2 -fPIC", "compile with -ffunction-sections"),
    // No machine code at all.
    ("gcc", "-O2 -fPIC -flto -fno-fat-lto-objects", "-flto"),
    ("clang", "-O2 -fPIC -flto", "-flto"),
    // The runtime of sanitizers is not in this process.
    ("gcc", "-O1 -fPIC -ffunction-sections -fdata-sections -fsanitize=undefined", "__ubsan_handle"),
];

#[test]
fn refused_with_what_to_do() {
    for (compiler, flags, words) in REFUSED {
        for program in [&CONTROL, &TWINS] {
            let variant = Variant {
                program,
                compiler,
                flags: vec![flags],
                live: Live::All,
                libraries: (&[], &[]),
            };
            let folder = tempfile::tempdir().unwrap();
            match from_sources(&variant, folder.path()) {
                Outcome::Refused(why) => {
                    println!("{}: {why}", variant.label());
                    assert!(why.contains(words), "{}: {why}", variant.label());
                }
                other => panic!("{}: {other:?}", variant.label()),
            }
        }
    }
}

/// Private code of one section: all but `program`, which has one of its own.
#[test]
fn private_code_may_share_a_section() {
    let variants: Vec<_> = ["gcc", "clang"]
        .into_iter()
        .flat_map(|compiler| ["-O0", "-O2"].map(|level| (compiler, level)))
        .map(|(compiler, level)| Variant {
            program: &CONTROL,
            compiler,
            flags: vec![
                level,
                "-fPIC",
                "-DOWN_SECTION=__attribute__((section(\".text.program\")))",
                "-DOWN=0",
            ],
            live: Live::Entry,
            libraries: (&["-latomic", "-pthread"], &["libatomic.so.1"]),
        })
        .collect();
    check(&variants, &from_sources, &|_| Expected::Same);
}
