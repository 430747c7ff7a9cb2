//! Generated assembly: objects with random sections, symbols and addends, and the relocation kinds
//! that GNU as emits for the machine. (Left out: those of aarch64 that ld 2.40 gets wrong or does not
//! know, and the kinds of x86-64's newest instructions, which as 2.40 does not know.)
//!
//! A seed gives the same object on every machine. `SEGUE_ORACLE_OBJECTS` asks for more of them,
//! `SEGUE_ORACLE_SEED` for one alone.

mod aarch64;
mod body;
mod random;
mod world;
mod x86_64;

use std::process::Command;

use segue_loader::Machine;

use crate::check::{Outcome, compare_all};
use crate::common::run;
use crate::ours::Layout;
use crate::subject::Subject;
use random::Random;
use world::World;

/// The assembly of a seed and the address to link it for.
fn generate(machine: Machine, seed: u64) -> (String, Layout) {
    let mut random = Random::new(seed);
    // Half of them where 32 bits hold any address, half where they do not.
    let is_low = random.chance(2);
    let base = match is_low {
        true => 0x1000_0000 + 0x1000 * random.below(0x1000),
        false => 0x7F00_0000_0000 + 0x1000 * random.below(0x1_0000_0000),
    };
    let world = World::new(&mut random, is_low);
    let source = match machine {
        Machine::X86_64 => x86_64::DIALECT.write(&world, &mut random),
        Machine::Aarch64 => aarch64::DIALECT.write(&world, &mut random),
    };
    (source, Layout::small(base))
}

fn assemble(machine: Machine, seed: u64, source: &str) -> Subject {
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("in.s"), folder.path().join("out.o"));
    std::fs::write(&input, source).unwrap();
    let program = match machine {
        Machine::X86_64 => "as",
        Machine::Aarch64 => "aarch64-linux-gnu-as",
    };
    run(Command::new(program).arg("--no-warn").arg(&input).arg("-o").arg(&output));
    Subject::read(&format!("seed {seed} of {machine:?}"), std::fs::read(output).unwrap())
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap())
}

fn check(machine: Machine) -> Outcome {
    let one = number("SEGUE_ORACLE_SEED");
    let count = one.map_or(number("SEGUE_ORACLE_OBJECTS").unwrap_or(200), |_| 1);
    let outcome = compare_all(count as usize, &|index| {
        let seed = one.unwrap_or(index as u64);
        let (source, layout) = generate(machine, seed);
        if one.is_some() {
            println!("{source}");
        }
        (assemble(machine, seed, &source), layout)
    });
    println!("{} links of {count} objects\n{}", outcome.links, outcome.counts.table());
    outcome.assert_equal();
    assert_eq!(outcome.refused, [""; 0], "no object may be refused");
    outcome
}

/// Every kind must have been met, in a full run.
fn assert_kinds(outcome: &Outcome, kinds: &[&str]) {
    if number("SEGUE_ORACLE_SEED").is_some() {
        return;
    }
    let missing: Vec<_> = kinds.iter().filter(|kind| outcome.counts.kind(kind) < 10).collect();
    assert!(missing.is_empty(), "hardly any fields of the kinds {missing:?} were compared");
}

#[test]
fn generated_objects_for_x86_64_are_the_same_bytes() {
    assert_kinds(&check(Machine::X86_64), x86_64::KINDS);
}

#[test]
fn generated_objects_for_aarch64_are_the_same_bytes() {
    assert_kinds(&check(Machine::Aarch64), aarch64::KINDS);
}
