//! C by gcc and clang.

use crate::build::{Expected, Program, Variant, check, from_sources};
use crate::inside::Live;
use crate::matrix::{cover, strength};

const PROGRAMS: [Program; 3] = [
    Program { name: "values", sources: &["values.c"] },
    Program { name: "control", sources: &["control.c"] },
    Program { name: "twins", sources: &["twins_one.c", "twins_two.c"] },
];

const COMPILERS: [&str; 2] = ["gcc", "clang"];

/// One of each goes into a row.
const FLAGS: [&[&str]; 6] = [
    &["-O0", "-O1", "-O2", "-O3", "-Os"],
    &[
        "-fPIC",
        "-fPIE",
        "",
        "-fno-pic",
        "-fno-pic -mcmodel=large",
        "-fPIC -mcmodel=medium",
        "-fPIC -mcmodel=large",
        "-fPIC -fno-plt",
    ],
    &["-fdata-sections", "-fno-data-sections"],
    &["", "-g", "-g3 -gz", "-fno-asynchronous-unwind-tables", "-fcf-protection=full", "-fcommon"],
    &[
        "",
        "-ftls-model=local-dynamic",
        "-ftls-model=initial-exec",
        "-ftls-model=local-exec",
        "-mtls-dialect=gnu2",
    ],
    &[
        "-march=native",
        "-fmerge-all-constants -funroll-loops -ffast-math",
        "-fstack-protector-all -fstack-clash-protection",
        "-fsanitize=undefined -fsanitize-undefined-trap-on-error",
        "-fvisibility=hidden",
        "-flto -ffat-lto-objects",
    ],
];

/// What a compiler does not know stays away.
fn known(compiler: &str, flag: &'static str) -> &'static str {
    match flag {
        "-flto -ffat-lto-objects" | "-mtls-dialect=gnu2" if compiler == "clang" => "",
        _ => flag,
    }
}

fn variants() -> Vec<Variant<'static>> {
    let mut sizes = vec![PROGRAMS.len(), COMPILERS.len(), Live::ALL.len()];
    sizes.extend(FLAGS.iter().map(|flags| flags.len()));
    let rows = cover(&sizes, strength());
    let variant = |row: Vec<usize>| {
        let compiler = COMPILERS[row[1]];
        let flags = FLAGS.iter().zip(&row[3..]).map(|(flags, at)| known(compiler, flags[*at]));
        Variant {
            program: &PROGRAMS[row[0]],
            compiler,
            flags: flags.chain(["-ffunction-sections"]).collect(),
            live: Live::ALL[row[2]],
            libraries: (&["-latomic", "-lm", "-pthread"], &["libatomic.so.1", "libm.so.6"]),
        }
    };
    rows.into_iter().map(variant).collect()
}

/// What has to be refused, and why a user can act on it.
fn refusal(variant: &Variant<'_>) -> Expected {
    if variant.has("-fno-pic") && !variant.has("-mcmodel=large") {
        // The windows are near the host, which is not in the first 2 GiB.
        return Expected::Refused("compile with -f");
    }
    let has_tables = ["values", "control"].contains(&variant.program.name);
    if variant.has("-fno-data-sections") && variant.live != Live::Entry && has_tables {
        // Jump tables of several live functions in one section: nothing says where one ends.
        return Expected::Maybe("-fdata-sections");
    }
    Expected::Same
}

#[test]
fn c_says_what_the_ordinary_program_says() {
    check(&variants(), &from_sources, &refusal);
}
