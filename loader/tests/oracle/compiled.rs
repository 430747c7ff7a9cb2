//! C and C++ as gcc and clang compile them, for both machines, in every code model.

use std::path::Path;
use std::process::Command;

use segue_loader::Machine;

use crate::check::compare_all;
use crate::common::run;
use crate::ours::Layout;
use crate::report::Class;
use crate::subject::Subject;

const SOURCES: &[(&str, &str)] = &[
    ("data.c", include_str!("sources/data.c")),
    ("control.c", include_str!("sources/control.c")),
    ("objects.cpp", include_str!("sources/objects.cpp")),
    ("threads.c", include_str!("sources/threads.c")),
];

const FLAGS: &[&str] = &[
    "-O2 -fPIC",
    "-O2 -fPIC -fdata-sections",
    "-O2 -fPIE -fdata-sections",
    "-O2 -fno-pic",
    "-O0 -fPIC -fdata-sections",
    "-O0 -fno-pic -fdata-sections",
    "-Os -fPIC -fdata-sections -fvisibility=hidden -fno-plt",
    "-O3 -fPIE -fdata-sections -fcommon -fno-asynchronous-unwind-tables",
    "-O1 -fPIC -fdata-sections -mcmodel=large",
    "-O2 -fno-pic -fdata-sections -mcmodel=tiny",
];

/// The compilers of a machine.
fn compilers(machine: Machine) -> &'static [&'static str] {
    match machine {
        Machine::X86_64 => &["gcc", "clang"],
        Machine::Aarch64 => &["aarch64-linux-gnu-gcc", "clang --target=aarch64-linux-gnu"],
    }
}

/// Other ways to reach thread-locals than the usual one.
fn dialects(machine: Machine) -> &'static [&'static str] {
    match machine {
        Machine::X86_64 => &[
            "gcc -O2 -fPIC -mtls-dialect=gnu2",
            "gcc -O0 -fPIE -fdata-sections -mtls-dialect=gnu2",
        ],
        Machine::Aarch64 => &["aarch64-linux-gnu-gcc -O2 -fPIC -mtls-dialect=trad"],
    }
}

/// All variants of the sources that there are for a machine.
fn variants(machine: Machine) -> Vec<(String, &'static str, &'static str)> {
    let mut variants = Vec::new();
    for compiler in compilers(machine) {
        for flags in FLAGS {
            let is_tiny = flags.contains("tiny");
            let is_large = flags.contains("large");
            for (name, source) in SOURCES {
                let skips_threads = *name == "threads.c" && (is_large || is_tiny);
                let has = match machine {
                    // aarch64's large model is not for position-independent code.
                    Machine::Aarch64 => !is_large,
                    Machine::X86_64 => !is_tiny,
                };
                // In these models ld rewrites accesses to thread-locals in other ways, or not.
                let has = has && !skips_threads;
                if has {
                    variants.push((format!("{compiler} {flags}"), *name, *source));
                }
            }
        }
    }
    for dialect in dialects(machine) {
        variants
            .extend(SOURCES.last().map(|(name, source)| ((*dialect).to_owned(), *name, *source)));
    }
    variants
}

pub(crate) fn compile(command: &str, name: &str, source: &str, folder: &Path) -> Vec<u8> {
    let (input, output) = (folder.join(name), folder.join("out.o"));
    std::fs::write(&input, source).unwrap();
    let mut words = command.split_whitespace();
    let mut command = Command::new(words.next().unwrap());
    command
        .args(words)
        .args(["-c", "-w", "-ffunction-sections"])
        .arg(&input)
        .arg("-o")
        .arg(&output);
    run(&mut command);
    std::fs::read(output).unwrap()
}

/// Compares all variants; at least so many fields with the same bits and by content.
fn check(machine: Machine, exact: u64, by_content: u64) {
    let variants = variants(machine);
    let outcome = compare_all(variants.len(), &|index| {
        let (command, name, source) = &variants[index];
        let folder = tempfile::tempdir().unwrap();
        let bytes = compile(command, name, source, folder.path());
        (Subject::read(&format!("{command} {name}"), bytes), Layout::small(0x1000_0000))
    });
    let counts = &outcome.counts;
    println!("{} links of {} objects\n{}", outcome.links, variants.len(), counts.table());
    outcome.assert_equal();
    // Without -fdata-sections one section has the jump tables of several functions: private ones
    // can share it, live ones cannot.
    let is_shared = |refused: &&String| {
        refused.starts_with("Segue, All")
            && refused.contains(" control.c")
            && !refused.contains("-fdata-sections control.c")
            && refused.contains("into the inside of a live function")
    };
    let (shared, refused): (Vec<_>, Vec<_>) = outcome.refused.iter().partition(is_shared);
    assert_eq!(refused, [""; 0]);
    assert!(shared.len() <= 4, "{shared:?}");
    assert!(counts.class(Class::Exact) >= exact, "{} fields", counts.class(Class::Exact));
    assert!(counts.by_content() >= by_content, "{} by content", counts.by_content());
}

#[test]
fn code_of_c_compilers_for_x86_64_is_the_same_bytes() {
    check(Machine::X86_64, 3_600, 1_800);
}

#[test]
fn code_of_c_compilers_for_aarch64_is_the_same_bytes() {
    check(Machine::Aarch64, 4_300, 1_700);
}
