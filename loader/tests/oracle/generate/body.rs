//! The shape of generated functions, which processors share: fields in random order, places that
//! other functions speak of, jump tables and exception tables.

use std::fmt::Write as _;

use super::random::Random;
use super::world::{Body, Line, World};

/// How one processor says it.
pub(super) struct Dialect {
    /// The instruction that a function starts with, so that the place behind it is not its entry.
    pub(super) landing: &'static str,
    /// Fields, in code and in data.
    pub(super) lines: &'static [Line],
    pub(super) data_lines: &'static [Line],
    /// Fields for a place in the same function, of which there is one before one in so many lines.
    pub(super) near: &'static [&'static str],
    pub(super) near_in: u64,
    /// Text with `@` for the address of a jump table.
    pub(super) table: &'static str,
    /// The directive of its entries.
    pub(super) entry: &'static str,
    /// One of the lines, with names.
    pub(super) line: fn(&World, &mut Random, &[Line]) -> String,
}

impl Dialect {
    pub(super) fn write(&self, world: &World, random: &mut Random) -> String {
        let mut bodies = Vec::new();
        for index in 0..world.functions.len() {
            bodies.push(self.body(world, random, index));
        }
        let mut line = |random: &mut Random| (self.line)(world, random, self.data_lines);
        let tables = world.tables(random, &mut line);
        world.write(&bodies, &tables)
    }

    fn body(&self, world: &World, random: &mut Random, index: usize) -> Body {
        let (mut code, mut behind, mut prologue) = (String::new(), String::new(), String::new());
        writeln!(code, ".Lnear_{index}:\n{}\n.Linside_{index}:", self.landing).unwrap();
        let lines = 1 + random.below(12);
        for at in 0..lines {
            if random.chance(self.near_in) {
                let label = format!(".Lplace_{index}_{at}");
                let text = random.of(self.near).replace('@', &label);
                writeln!(code, "{label}:\n{text}").unwrap();
            }
            code.push_str(&(self.line)(world, random, self.lines));
        }
        if random.chance(3) {
            writeln!(code, "{}", self.table.replace('@', &format!(".Ltable_{index}"))).unwrap();
            writeln!(behind, ".section .rodata.table_{index}, \"a\"\n.balign 8\n.Ltable_{index}:")
                .unwrap();
            for _ in 0..2 + random.below(4) {
                writeln!(behind, "{} .Linside_{index} - .Ltable_{index}", self.entry).unwrap();
            }
            writeln!(behind, ".previous").unwrap();
        }
        writeln!(code, "ret").unwrap();
        if random.chance(3) {
            writeln!(prologue, ".cfi_personality 0x9b, personality_cell").unwrap();
            writeln!(prologue, ".cfi_lsda 0x1b, .Lexceptions_{index}").unwrap();
            writeln!(
                behind,
                ".section .gcc_except_table.{index}, \"a\"\n.balign 4\n.Lexceptions_{index}:\n.byte \
                 255, 255, 1, 4\n.uleb128 .Linside_{index} - .Lnear_{index}\n.previous"
            )
            .unwrap();
        }
        Body { prologue, code, behind }
    }
}
