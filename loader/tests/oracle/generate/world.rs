//! What a generated object defines and refers to.

use std::fmt::Write as _;

use super::random::Random;

/// What a name is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    /// A function, local to the object or not.
    Function,
    Global,
    /// Writable, zeroed, common or constant data, aligned to 16.
    Data,
    /// Data that is not aligned.
    Text,
    /// Not defined.
    Outside,
    /// Weak, and not defined by anybody.
    Nobody,
    /// Not defined, and a number below 128.
    Small,
    /// A number of 32 bits.
    Number,
    /// A thread-local, defined here or not.
    ThreadLocal,
}

/// Text with `@` for the name, what the name may be, and whether its value must fit 31 bits.
pub(super) type Line = (&'static str, &'static [Sort], bool);

/// One name that fields can speak of.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) sort: Sort,
    /// Addends go up to here, in steps of 16.
    pub(super) size: u64,
}

/// Tables of fields in every object.
const TABLES: u64 = 3;

pub(super) struct World {
    /// Whether all addresses fit 31 bits.
    pub(super) is_low: bool,
    pub(super) functions: Vec<Function>,
    pub(super) names: Vec<Name>,
    /// The definitions of data.
    data: String,
}

/// A function of the object.
pub(super) struct Function {
    pub(super) name: String,
    /// Whether it shares its section with the one before it.
    pub(super) shares: bool,
    scope: Scope,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Scope {
    Local,
    Global,
    Weak,
    Hidden,
    /// In a COMDAT group.
    Group,
}

const SCOPES: &[Scope] = &[Scope::Local, Scope::Global, Scope::Weak, Scope::Hidden, Scope::Group];

impl World {
    pub(super) fn new(random: &mut Random, is_low: bool) -> World {
        let mut world = World { is_low, functions: vec![], names: vec![], data: String::new() };
        for index in 0..2 + random.below(7) {
            let scope = *random.of(SCOPES);
            let shares = index > 0 && random.chance(6);
            let name = format!("function_{index}");
            world.functions.push(Function { name: name.clone(), shares, scope });
            let sort = if scope == Scope::Local { Sort::Function } else { Sort::Global };
            world.add(&name, sort, 0);
            if random.chance(5) {
                let alias = format!("alias_{index}");
                writeln!(world.data, ".globl {alias}\n.set {alias}, {name}").unwrap();
                world.add(&alias, Sort::Global, 0);
            }
        }
        for index in 0..1 + random.below(6) {
            world.define_data(random, index);
        }
        for index in 0..TABLES {
            world.add(&format!("table_{index}"), Sort::Data, 0);
        }
        for index in 0..1 + random.below(4) {
            world.add(&format!("outside_{index}"), Sort::Outside, 256);
        }
        for index in 0..1 + random.below(4) {
            world.define_thread_local(random, index);
        }
        world.add("outside_thread_local", Sort::ThreadLocal, 0);
        writeln!(world.data, ".weak nobody").unwrap();
        world.add("nobody", Sort::Nobody, 0);
        let number = random.below(0x7FFF_0000);
        writeln!(world.data, ".globl number\n.set number, {number:#x}").unwrap();
        world.add("small", Sort::Small, 0);
        world.add("number", Sort::Number, 64);
        world
    }

    fn add(&mut self, name: &str, sort: Sort, size: u64) {
        self.names.push(Name { text: name.to_owned(), sort, size });
    }

    /// A variable, a constant, a string, a common symbol; in a section of its own or with others.
    fn define_data(&mut self, random: &mut Random, index: u64) {
        let scope = *random.of(&SCOPES[..4]);
        let name = format!("data_{index}");
        let size = 16 * (1 + random.below(6));
        let align = 1 << (4 + random.below(3));
        let mut define = |section: &str, content: &str| {
            let scope = scope_of(scope, &name);
            writeln!(
                self.data,
                ".section {section}\n.balign {align}\n{scope}.type {name}, %object\n{name}:\n\
                 {content}.size {name}, . - {name}"
            )
            .unwrap();
        };
        let bytes: String = (0..size).map(|at| format!(".byte {}\n", at * 7 + index)).collect();
        match random.below(7) {
            0 => define(&format!(".data.{name}, \"aw\", %progbits"), &bytes),
            1 => define(&format!(".bss.{name}, \"aw\", %nobits"), &format!(".zero {size}\n")),
            2 => define(&format!(".rodata.{name}, \"a\", %progbits"), &bytes),
            3 => {
                // Two variables in a section, both by name.
                let text = format!("{bytes}.globl {name}_b\n{name}_b:\n{bytes}");
                define(&format!(".data.both_{name}, \"aw\", %progbits"), &text);
                self.add(&format!("{name}_b"), Sort::Data, size);
                if scope == Scope::Local {
                    writeln!(self.data, ".globl {name}").unwrap();
                }
            }
            4 => {
                writeln!(self.data, ".comm {name}, {size}, {align}").unwrap();
            }
            5 => {
                writeln!(
                    self.data,
                    ".section .rodata.str1.1, \"aMS\", %progbits, 1\n.Lbefore_{index}: .asciz \
                     \"before\"\n{name}: .asciz \"text {index}\"\n.asciz \"behind\""
                )
                .unwrap();
            }
            _ => define(&format!(".data.rel.ro.{name}, \"aw\", %progbits"), &bytes),
        }
        match self.data.ends_with("\"behind\"\n") {
            true => self.add(&name, Sort::Text, 0),
            false => self.add(&name, Sort::Data, size),
        }
    }

    /// A thread-local, zeroed or not, in a section of its own or with another.
    fn define_thread_local(&mut self, random: &mut Random, index: u64) {
        let name = format!("thread_local_{index}");
        let (size, align) = (8 * (1 + random.below(4)), 8 << random.below(3));
        let (section, content) = match random.chance(2) {
            true => (format!(".tbss.{name}, \"awT\", %nobits"), format!(".zero {size}\n")),
            false => {
                let section = format!(".tdata.{name}, \"awT\", %progbits");
                (section, format!(".fill {size}, 1, {}\n", index + 1))
            }
        };
        let scope = scope_of(*random.of(&SCOPES[..4]), &name);
        writeln!(
            self.data,
            ".section {section}\n.balign {align}\n{scope}{name}:\n{content}.size {name}, {size}"
        )
        .unwrap();
        self.add(&name, Sort::ThreadLocal, 0);
        if random.chance(3) {
            writeln!(self.data, ".globl {name}_b\n{name}_b:\n{content}.size {name}_b, {size}")
                .unwrap();
            self.add(&format!("{name}_b"), Sort::ThreadLocal, 0);
        }
    }

    /// Tables of fields, one of which is the object's own data `table_0`.
    pub(super) fn tables(
        &self,
        random: &mut Random,
        line: &mut dyn FnMut(&mut Random) -> String,
    ) -> String {
        let mut text = String::new();
        for index in 0..TABLES {
            let section = random.of(&[
                ".rodata.table@, \"a\"",
                ".data.rel.ro.table@, \"aw\"",
                ".data.table@, \"aw\"",
            ]);
            let section = section.replace('@', &index.to_string());
            writeln!(
                text,
                ".section {section}, %progbits\n.balign 16\n.globl table_{index}\n.hidden \
                 table_{index}\n.type table_{index}, %object\ntable_{index}:"
            )
            .unwrap();
            for _ in 0..1 + random.below(8) {
                text.push_str(&line(random));
            }
            // Never empty: ld puts what is empty anywhere.
            text.push_str(".byte 1\n");
            writeln!(text, ".size table_{index}, . - table_{index}").unwrap();
        }
        text
    }

    /// A name of one of these sorts with an addend: `name+16`.
    pub(super) fn pick(&self, random: &mut Random, sorts: &[Sort]) -> String {
        let names: Vec<&Name> = self.names.iter().filter(|it| sorts.contains(&it.sort)).collect();
        // There are names outside and numbers in every world.
        let name = random.of(&names);
        match 16 * random.below(name.size / 16) {
            0 => name.text.clone(),
            _ if random.chance(2) => name.text.clone(),
            addend => format!("{}+{addend}", name.text),
        }
    }

    /// A name without addend.
    pub(super) fn plain(&self, random: &mut Random, sorts: &[Sort]) -> String {
        let name = self.pick(random, sorts);
        name.split('+').next().unwrap_or(&name).to_owned()
    }

    /// The object: functions with these bodies, then data.
    pub(super) fn write(&self, bodies: &[Body], tables: &str) -> String {
        let mut text = String::from("# Generated.\n");
        for (function, body) in self.functions.iter().zip(bodies) {
            let name = &function.name;
            if !function.shares {
                let section = match function.scope {
                    Scope::Group => format!(".text.{name}, \"axG\", %progbits, {name}, comdat"),
                    _ => format!(".text.{name}, \"ax\", %progbits"),
                };
                writeln!(text, ".section {section}\n.balign 16").unwrap();
            }
            let scope = scope_of(function.scope, name);
            write!(
                text,
                "{scope}.type {name}, %function\n{name}:\n.cfi_startproc\n{}{}.cfi_endproc\n.size \
                 {name}, . - {name}\n",
                body.prologue, body.code
            )
            .unwrap();
            text.push_str(&body.behind);
        }
        // Where unwind records find their personality routine.
        text.push_str(
            ".section .data.rel.local.DW.ref.personality, \"aw\"\n.balign 8\n.globl \
             personality_cell\n.hidden personality_cell\npersonality_cell:\n.dc.a personality\n",
        );
        text + tables + &self.data + ".section .note.GNU-stack, \"\", %progbits\n"
    }
}

/// What a function is made of.
pub(super) struct Body {
    /// Directives about unwinding.
    pub(super) prologue: String,
    pub(super) code: String,
    /// Its jump tables and exception tables, each with its section.
    pub(super) behind: String,
}

fn scope_of(scope: Scope, name: &str) -> String {
    match scope {
        Scope::Local => String::new(),
        Scope::Global => format!(".globl {name}\n"),
        Scope::Weak | Scope::Group => format!(".weak {name}\n"),
        Scope::Hidden => format!(".globl {name}\n.hidden {name}\n"),
    }
}
