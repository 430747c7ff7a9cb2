//! The data-driven cases (`../cases`): ld makes the same bytes of their objects, too.

use segue_loader::Machine;

use crate::check::compare_all;
use crate::ours::Layout;
use crate::runner;
use crate::subject::{Subject, Symbol};

/// Cases that are not compared, with what is different by nature: a new one that differs belongs here
/// only with such a reason.
const APART: &[(&str, &str)] = &[
    ("aarch64/call26.s", "both make a stub for what is out of reach, each its own"),
    ("aarch64/jump26.s", "as call26"),
    ("x86_64/plt32.s", "as call26, and ld writes what does not reach"),
    ("aarch64/plt32.s", "as call26, and ld writes no ELF file"),
    ("aarch64/tlsdesc_add.s", "marks an instruction, which ld rewrites"),
    ("aarch64/tlsdesc_call.s", "as tlsdesc_add"),
    ("aarch64/tlsdesc_ldr.s", "as tlsdesc_add"),
    ("aarch64/conditional_far.s", "as call26; ld writes what does not reach"),
    ("aarch64/unwind.cc", "as call26"),
    ("aarch64/ld64_got_lo12_nc.s", "ld leaves the addend out of GOT entries, the ABI puts it in"),
];

/// Whether ld's answer for the object is the same by design. Bounds are of sections, which the script
/// renames; an indirect function is called through what ld makes for it when the program starts; and of
/// the many ways to a thread-local that aarch64 has, ld rewrites some, each in a way of its own.
fn is_comparable(subject: &Subject) -> bool {
    let is_bound = |name: &str| name.starts_with("__start_") || name.starts_with("__stop_");
    let rewrites = subject.machine == Machine::Aarch64;
    let is_apart =
        |it: &Symbol| it.is_indirect || (it.is_thread_local && rewrites) || is_bound(&it.name);
    !subject.symbols.iter().any(is_apart)
}

#[test]
fn objects_of_cases_are_the_same_bytes() {
    let cases = runner::all();
    let apart = |name: &str| APART.iter().any(|(known, _)| *known == name);
    let mut subjects = Vec::new();
    for case in cases.iter().filter(|case| !case.must_fail() && !case.is_renumbered()) {
        let objects = case.objects().unwrap();
        let parts = if objects.len() > 1 { "one of several" } else { "alone" };
        for (source, object) in objects {
            let name = format!("{} ({source}, {parts})", case.name());
            subjects.push((name, object, case.defined()));
        }
    }
    subjects.retain(|(name, object, _)| {
        let case = name.split(' ').next().unwrap_or("");
        !apart(case) && is_comparable(&Subject::read(name, object.clone()))
    });
    let outcome = compare_all(subjects.len(), &|index| {
        let (name, object, given) = &subjects[index];
        let subject = Subject { given: given.clone(), ..Subject::read(name, object.clone()) };
        (subject, Layout::small(0x1000_0000))
    });
    println!("{} of {} objects\n{}", outcome.links, subjects.len(), outcome.counts.table());
    outcome.assert_equal();
    // One of several objects may need the others.
    let refused: Vec<_> = outcome.refused.iter().filter(|it| it.contains(", alone)")).collect();
    assert!(refused.is_empty(), "{refused:?}");
    // Measured, less a tenth: 160, two of each object.
    assert!(outcome.links >= 144, "only {} links of objects", outcome.links);
    for kind in ["PC32", "GOTPCRELX", "MOVW_PREL_G1", "ADR_PREL_PG_HI21", "TSTBR14"] {
        assert!(outcome.counts.kind(kind) > 0, "{kind} was not compared");
    }
}
