//! Damaged objects: parse, split and link give a result or an error, and never panic. What is
//! linked here is never executed.

mod common;

use common::{Program, cc, is_live, rust};
use segue_loader::{Config, Object, Resolvers, Selection, split};

const RUST: &str = r#"
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
    static COUNT: AtomicU32 = AtomicU32::new(3);
    #[inline(never)] fn wave(x: f32) -> f32 { (x * 0.37).sin() }
    #[unsafe(no_mangle)] pub extern "C-unwind" fn live_voice(x: f32) -> f32 { wave(x) + wave(x * 2.0) + live_count(3) as f32 }
    #[unsafe(no_mangle)] #[inline(never)] pub extern "C-unwind" fn live_count(k: u32) -> u32 {
        match k { 0 => panic!("no zero: {k}"), 1 => COUNT.fetch_add(1, Relaxed), 2 => 5, 3 => k * 77, 4 => 1 << k, 5 => k + 3, _ => k / 3 } }
    #[unsafe(no_mangle)] pub extern "C-unwind" fn live_text() -> Box<dyn std::fmt::Display> { Box::new(format!("{}", COUNT.load(Relaxed))) }
"#;

const C: &str = r#"
    extern int puts(const char *); static int counter = 5; int table[4] = {1, 2, 3, 4}; int common;
    int live_f(int k) { switch (k) { case 0: return table[1]; case 1: return counter++; case 2: puts("two"); return 1;
        case 3: return 33; case 4: return -4; case 5: return common++; default: return live_f(k - 1); } }
"#;

/// xorshift64*: the same damage on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % limit
    }
}

/// A program whose linking runs nothing.
fn program() -> Program {
    let config = Config { resolvers: Resolvers::Refuse, ..Config::default() };
    Program::configured(config)
}

/// How far an object got.
#[derive(Debug, Default)]
struct Tally {
    refused: usize,
    linked: usize,
}

fn digest(program: &mut Program, bytes: Vec<u8>, tally: &mut Tally) {
    let result = Object::parse("damaged.o", bytes).and_then(|object| {
        let split = split(object, &is_live)?;
        let functions: Vec<usize> = (0..split.modules().len()).collect();
        let selection = Selection { split: &split, functions: &functions };
        program.linker.link(&[selection], &mut program.table)
    });
    match result {
        Ok(_) => tally.linked += 1,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            tally.refused += 1;
        }
    }
}

#[test]
fn every_prefix() {
    for object in [rust(RUST), cc("c", C, &[])] {
        let mut program = program();
        let mut tally = Tally::default();
        for length in 0..object.len() {
            digest(&mut program, object[..length].to_vec(), &mut tally);
        }
        assert!(tally.refused > object.len() / 2, "{tally:?}");
    }
}

#[test]
fn flipped_bytes() {
    for object in [rust(RUST), cc("c", C, &[])] {
        let mut program = program();
        let (mut random, mut tally) = (Random(0x5E60E), Tally::default());
        for round in 0..3000 {
            let mut damaged = object.clone();
            for _ in 0..1 + round % 3 {
                let at = random.below(damaged.len());
                damaged[at] = match random.below(4) {
                    0 => 0,
                    1 => 0xFF,
                    2 => damaged[at] ^ (1 << random.below(8)),
                    _ => random.below(256) as u8,
                };
            }
            digest(&mut program, damaged, &mut tally);
        }
        assert!(tally.refused > 100 && tally.linked > 100, "both happen: {tally:?}");
    }
}

#[test]
fn flipped_structure() {
    // The headers and tables rather than anything: the second half of the file.
    let object = rust(RUST);
    let mut program = program();
    let (mut random, mut tally) = (Random(0xF00D), Tally::default());
    for _ in 0..3000 {
        let mut damaged = object.clone();
        let half = damaged.len() / 2;
        let at = half + random.below(half - 8);
        let value = match random.below(3) {
            0 => u64::MAX,
            1 => random.below(1 << 20) as u64,
            _ => 1 << random.below(64),
        };
        let width = 1 << random.below(4);
        damaged[at..at + width].copy_from_slice(&value.to_le_bytes()[..width]);
        digest(&mut program, damaged, &mut tally);
    }
    assert!(tally.refused > 100, "{tally:?}");
}
