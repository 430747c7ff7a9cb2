//! Damaged objects: parse, split and link give a result or an error, never a panic, and leave
//! nothing behind. What is linked here is never executed.
//!
//! `SEGUE_FUZZ_ROUNDS=10000000` sets how many damaged objects are tried in all; `loader/fuzz` puts the
//! same phases under a fuzzer with coverage. What they find becomes a test of its
//! own.

#![allow(clippy::unwrap_used, unreachable_pub, reason = "a test")]

mod harness;
mod mutate;
mod seeds;

use std::collections::BTreeMap;
use std::process::Command;

use harness::{Fuzzed, Outcome};
use mutate::{Random, mutate};
use seeds::seeds;
use segue_loader::{ErrorKind, Machine};

/// How many of each outcome.
type Tally = BTreeMap<String, usize>;

fn count(tally: &mut Tally, outcome: Outcome) {
    *tally.entry(format!("{outcome:?}")).or_default() += 1;
}

/// How many objects came out as `kind`.
fn refused(tally: &Tally, kind: ErrorKind) -> usize {
    tally.get(&format!("{:?}", Outcome::Refused(kind))).copied().unwrap_or(0)
}

fn linked(tally: &Tally) -> usize {
    tally.get("Linked").copied().unwrap_or(0)
}

/// Damaged objects to try in all.
fn rounds() -> usize {
    let wanted = std::env::var("SEGUE_FUZZ_ROUNDS");
    wanted.map_or(30_000, |text| text.parse().expect("SEGUE_FUZZ_ROUNDS is a number"))
}

#[test]
fn seeds_link() {
    for (machine, name, object) in seeds() {
        assert_eq!(Fuzzed::new(machine).run(&object), Outcome::Linked, "{name}");
    }
}

#[test]
fn every_prefix_is_refused_or_complete() {
    for (machine, name, object) in seeds() {
        let (mut fuzzed, mut tally) = (Fuzzed::new(machine), Tally::new());
        for length in 0..object.len() {
            count(&mut tally, fuzzed.run(&object[..length]));
        }
        assert!(refused(&tally, ErrorKind::Malformed) > object.len() / 2, "{name}: {tally:?}");
    }
}

#[test]
fn damaged_objects_are_linked_or_refused() {
    let seeds = seeds();
    let each = rounds() / seeds.len();
    for (index, (machine, name, object)) in seeds.iter().enumerate() {
        let (mut fuzzed, mut tally) = (Fuzzed::new(*machine), Tally::new());
        let mut random = Random(0x5E60E + index as u64);
        for _ in 0..each {
            count(&mut tally, fuzzed.run(&mutate(object, &mut random)));
        }
        let both =
            linked(&tally) > each / 100 && refused(&tally, ErrorKind::Malformed) > each / 100;
        assert!(both, "{name}: {tally:?}");
        println!("{name}: {tally:?}");
    }
}

/// The same in this process, where linking also tells the unwinder and the tools, and takes room of every
/// thread's. Nothing is called, resolvers of indirect functions included.
#[test]
fn damaged_objects_are_linked_or_refused_in_this_process() {
    let seeds: Vec<_> =
        seeds().into_iter().filter(|(machine, ..)| *machine == Machine::X86_64).collect();
    let each = rounds() / 10 / seeds.len();
    for (index, (_, name, object)) in seeds.iter().enumerate() {
        let (mut fuzzed, mut tally) = (Fuzzed::here(), Tally::new());
        let mut random = Random(0x4E2E + index as u64);
        for _ in 0..each {
            count(&mut tally, fuzzed.run(&mutate(object, &mut random)));
        }
        println!("{name}: {tally:?}");
        assert!(refused(&tally, ErrorKind::Malformed) > each / 100, "{name}: {tally:?}");
        // The other seeds in C have an indirect function.
        let links =
            !["cc ", "clang "].iter().any(|it| name.starts_with(it)) || name.contains("PLAIN");
        assert!(!links || linked(&tally) > each / 100, "{name}: {tally:?}");
    }
}

/// Archives come from outside too: their headers, their index and what it says of members.
#[test]
fn damaged_archives_are_read_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (_, _, member) = seeds().swap_remove(1);
    std::fs::write(folder.path().join("member.o"), member).unwrap();
    let asking = "extern int table[4]; int live_ask(void) { return table[1]; }";
    std::fs::write(folder.path().join("asking.c"), asking).unwrap();
    let compiled = Command::new("cc").current_dir(&folder).args(["-c", "-O1", "asking.c"]).status();
    assert!(compiled.unwrap().success());
    let asking = std::fs::read(folder.path().join("asking.o")).unwrap();
    for flags in ["rcs", "rcS", "rcsT"] {
        let made =
            Command::new("ar").current_dir(&folder).args([flags, "whole.a", "member.o"]).status();
        assert!(made.unwrap().success());
        let whole = std::fs::read(folder.path().join("whole.a")).unwrap();
        let (mut random, mut tally) = (Random(0xA5C11), Tally::new());
        for round in 0..rounds() / 30 {
            // Where an archive keeps its own tables: in front, and around each member.
            let mut damaged = whole.clone();
            let reach = damaged.len().min(if round % 2 == 0 { 400 } else { usize::MAX });
            for _ in 0..1 + random.below(3) {
                let at = random.below(reach);
                damaged[at] = random.next() as u8;
            }
            if round % 7 == 0 {
                damaged.truncate(random.below(whole.len()));
            }
            let path = folder.path().join("damaged.a");
            std::fs::write(&path, damaged).unwrap();
            count(&mut tally, Fuzzed::new(Machine::X86_64).run_archive(&path, &asking));
        }
        std::fs::remove_file(folder.path().join("whole.a")).unwrap();
        let both = linked(&tally) > 0 && tally.len() > 1;
        assert!(both, "{flags}: {tally:?}");
        println!("{flags}: {tally:?}");
    }
}
