//! Edits nobody thought of: chains of random edits of types and signatures, from a small grammar.
//!
//! A file has a struct, another one inside of it, an enum and a function with three parameters. `make`
//! fills the struct behind a reference that does not say how large it is, `fold` reads every field,
//! weighted by its name. Each edit adds, removes, retypes, renames or moves something; a call that holds the
//! old struct must end in old code. The number in a case's name is its seed.
//!
//! `SEGUE_EDITS_SEEDS=1000..1200` runs other seeds.

use std::fmt::Write;

use crate::case::{Case, Text};

/// Seeds that are run unless others are asked for.
const SEEDS: std::ops::Range<u64> = 1..11;
/// Edits of each file.
const EDITS: usize = 3;

/// Types of fields: as written, how to make one of the number `{x}`, how to read `{f}` as a number.
const TYPES: [(&str, &str, &str); 15] = [
    ("i8", "{x} as i8", "{f} as i64"),
    ("u8", "{x} as u8", "{f} as i64"),
    ("i16", "{x} as i16", "{f} as i64"),
    ("i32", "{x} as i32", "{f} as i64"),
    ("u32", "{x} as u32", "{f} as i64"),
    ("i64", "{x}", "{f}"),
    ("f32", "{x} as f32", "{f} as i64"),
    ("f64", "{x} as f64", "{f} as i64"),
    ("bool", "{x} % 2 == 0", "{f} as i64"),
    ("Option<i32>", "Some({x} as i32)", "{f}.unwrap_or(9) as i64"),
    ("[i16; 3]", "[{x} as i16; 3]", "{f}[2] as i64"),
    ("(i8, i64)", "({x} as i8, {x})", "({f}.0 as i64 + {f}.1)"),
    ("Box<i64>", "Box::new({x})", "*{f}"),
    ("Inner", "inner({x})", "read_inner(&{f})"),
    ("Wave", "wave({x})", "read_wave(&{f})"),
];
/// How many of them, from the start, need no other type of the file.
const PLAIN: usize = 13;
/// Types of parameters, among those.
const NUMBERS: usize = 8;

/// Numbers that look random (xorshift64*, Vigna 2016).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

/// A member's name is its number, its type one of [`TYPES`].
type Member = (usize, usize);

/// What a file is made from.
#[derive(Clone, PartialEq)]
struct Model {
    fields: Vec<Member>,
    inner: Vec<Member>,
    variants: Vec<Member>,
    parameters: Vec<Member>,
    is_c: bool,
    weight: usize,
    /// The next name.
    names: usize,
}

impl Model {
    fn new(random: &mut Random) -> Model {
        let mut names = 0;
        let mut members = |count: usize, types: usize| -> Vec<Member> {
            let each = (0..count).map(|_| {
                names += 1;
                (names, random.below(types))
            });
            each.collect()
        };
        let mut fields = members(3, PLAIN);
        fields.extend([(20, PLAIN), (21, PLAIN + 1)]);
        let (inner, variants, parameters) =
            (members(2, PLAIN), members(2, PLAIN), members(2, NUMBERS));
        Model {
            fields,
            inner,
            variants,
            parameters,
            is_c: random.below(2) == 0,
            weight: 3,
            names: 21,
        }
    }

    /// Changes something, and says whether that was a type.
    fn edit(&mut self, random: &mut Random) -> bool {
        match random.below(10) {
            0 => {
                self.weight += 1;
                return false;
            }
            1 => self.is_c = !self.is_c,
            2 => {
                let types = NUMBERS;
                edit_members(&mut self.parameters, types, &mut self.names, random);
            }
            3 | 4 => edit_members(&mut self.inner, PLAIN, &mut self.names, random),
            5 | 6 => edit_members(&mut self.variants, PLAIN, &mut self.names, random),
            _ => edit_members(&mut self.fields, TYPES.len(), &mut self.names, random),
        }
        true
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let repr = if self.is_c { "#[repr(C)] " } else { "" };
        for (name, members) in [("Note", &self.fields), ("Inner", &self.inner)] {
            let fields = list(members, |name, ty| format!("f{name}: {}", ty.0));
            let made = list(members, |name, ty| format!("f{name}: {}", make(ty, name)));
            let read = sum(members, |ty, name| ty.2.replace("{f}", &format!("it.f{name}")));
            let weight = self.weight;
            let _ = match name {
                "Note" => write!(
                    text,
                    "{repr}struct Note {{ {fields} }}
#[inline(never)] fn make(x: i64) -> &'static Note {{ host::keep(Note {{ {made} }}) }}
#[inline(never)] fn read(it: &'static Note) -> i64 {{ ({read}) * {weight} }}\n"
                ),
                _ => write!(
                    text,
                    "{repr}struct Inner {{ {fields} }}
fn inner(x: i64) -> Inner {{ Inner {{ {made} }} }}
fn read_inner(it: &Inner) -> i64 {{ {read} }}\n"
                ),
            };
        }
        self.wave(&mut text);
        self.entries(&mut text);
        text
    }

    fn wave(&self, text: &mut String) {
        let variants = list(&self.variants, |name, ty| format!("V{name}({})", ty.0));
        let count = self.variants.len();
        let arms = self.variants.iter().enumerate().map(|(at, &(name, ty))| {
            let at = if at + 1 == count { "_".to_owned() } else { at.to_string() };
            format!("{at} => Wave::V{name}({}), ", make(TYPES[ty], name))
        });
        let arms: String = arms.collect();
        let reads = list(&self.variants, |name, ty| {
            let read = ty.2.replace("{f}", "(*it)").replace("*(*it)", "**it");
            format!("Wave::V{name}(it) => {name} * {read}")
        });
        let _ = write!(
            text,
            "enum Wave {{ {variants} }}
fn wave(x: i64) -> Wave {{ match x % {count} {{ {arms} }} }}
fn read_wave(it: &Wave) -> i64 {{ match it {{ {reads} }} }}\n"
        );
    }

    fn entries(&self, text: &mut String) {
        let parameters = list(&self.parameters, |name, ty| format!("p{name}: {}", ty.0));
        let arguments = list(&self.parameters, |name, ty| make(ty, name));
        let read = sum(&self.parameters, |ty, name| ty.2.replace("{f}", &format!("p{name}")));
        let _ = write!(
            text,
            "#[inline(never)] fn all(note: &'static Note, {parameters}) -> i64 {{ read(note) + {read} }}
pub fn probe(x: i64) -> i64 {{ all(make(x), {arguments}) }}
pub fn flight(gate: *mut u32, x: i64) -> i64 {{ let note = make(x); host::hold(gate); all(note, {arguments}) }}\n"
        );
    }
}

/// `x` differs for each name, and stays small enough for any type.
fn make(ty: (&str, &str, &str), name: usize) -> String {
    ty.1.replace("{x}", &format!("(x * 3 + {name})"))
}

fn list(members: &[Member], each: impl Fn(usize, (&str, &str, &str)) -> String) -> String {
    let each = members.iter().map(|&(name, ty)| each(name, TYPES[ty]));
    each.collect::<Vec<_>>().join(", ")
}

fn sum(members: &[Member], read: impl Fn((&str, &str, &str), usize) -> String) -> String {
    let each = members.iter().map(|&(name, ty)| format!("{name} * ({})", read(TYPES[ty], name)));
    each.collect::<Vec<_>>().join(" + ")
}

/// Adds, removes, retypes, renames or moves one of `members`, of which one stays at least.
fn edit_members(members: &mut Vec<Member>, types: usize, names: &mut usize, random: &mut Random) {
    let at = random.below(members.len());
    match random.below(5) {
        0 if members.len() > 1 => drop(members.remove(at)),
        1 if members.len() > 1 => {
            let other = (at + 1 + random.below(members.len() - 1)) % members.len();
            members.swap(at, other);
        }
        2 => members[at].1 = (members[at].1 + 1 + random.below(types - 1)) % types,
        3 => {
            *names += 1;
            members[at].0 = *names;
        }
        _ => {
            *names += 1;
            members.insert(at, (*names, random.below(types)));
        }
    }
}

/// One file and its edits, from `seed`.
fn generate(seed: u64) -> Case {
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut model = Model::new(&mut random);
    let mut texts = vec![Text::of(model.text())];
    for _ in 0..EDITS {
        let is_type = model.edit(&mut random);
        let mut text = Text::of(model.text());
        if is_type {
            text.set("flight", "old".to_owned());
        }
        texts.push(text);
    }
    Case::generated(format!("generated/{seed}"), texts)
}

/// All cases, of the seeds that are asked for.
pub(crate) fn cases() -> Vec<Case> {
    let asked = std::env::var("SEGUE_EDITS_SEEDS").ok();
    let range = asked.as_deref().and_then(|asked| {
        let (from, to) = asked.split_once("..")?;
        Some(from.parse().ok()?..to.parse().ok()?)
    });
    range.unwrap_or(SEEDS).map(generate).collect()
}
