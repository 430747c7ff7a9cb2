//! C++ by g++ and clang++.

use crate::build::{Expected, Program, Variant, check, from_sources};
use crate::inside::Live;
use crate::matrix::{cover, strength};

const PROGRAMS: [Program; 3] = [
    Program { name: "objects", sources: &["objects.cpp"] },
    Program { name: "library", sources: &["library.cpp"] },
    Program { name: "anonymous", sources: &["anonymous_one.cpp", "anonymous_two.cpp"] },
];

const COMPILERS: [&str; 2] = ["g++", "clang++"];

/// One of each goes into a row.
const FLAGS: [&[&str]; 4] = [
    &["-O0", "-O2", "-O3", "-Os"],
    &["-fPIE", "-fno-pic", "-fno-pic -mcmodel=large", "-fPIC -mcmodel=large", "-fPIC -fno-plt"],
    &["-fdata-sections", "-fno-data-sections"],
    &[
        "-g",
        "-g3 -gz -fcf-protection=full",
        "-fvisibility=hidden -fvisibility-inlines-hidden",
        "-march=native -fmerge-all-constants",
        "-fstack-protector-all -fno-threadsafe-statics",
    ],
];

fn variants() -> Vec<Variant<'static>> {
    let mut sizes = vec![PROGRAMS.len(), COMPILERS.len(), Live::ALL.len()];
    sizes.extend(FLAGS.iter().map(|flags| flags.len()));
    let variant = |row: Vec<usize>| {
        let flags = FLAGS.iter().zip(&row[3..]).map(|(flags, at)| flags[*at]);
        Variant {
            program: &PROGRAMS[row[0]],
            compiler: COMPILERS[row[1]],
            flags: flags.chain(["-ffunction-sections", "-std=c++17"]).collect(),
            live: Live::ALL[row[2]],
            libraries: (&["-lstdc++", "-pthread"], &["libstdc++.so.6"]),
        }
    };
    cover(&sizes, strength()).into_iter().map(variant).collect()
}

/// What has to be refused, and why a user can act on it.
fn refusal(variant: &Variant<'_>) -> Expected {
    if variant.program.name == "objects" && variant.compiler == "g++" && variant.live != Live::Entry
    {
        // Functions of classes with virtual bases have a second entry in their section.
        return Expected::Refused("compile with clang, or as private code");
    }
    if variant.has("-fno-pic") && !variant.has("-mcmodel=large") {
        return Expected::Refused("-fPIC");
    }
    if variant.has("-fPIE") && variant.program.name == "library" {
        // `std::cout` is taken to be copied into the executable.
        return Expected::Maybe("compile with -fPIC");
    }
    Expected::Same
}

#[test]
fn cpp_says_what_the_ordinary_program_says() {
    check(&variants(), &from_sources, &refusal);
}
