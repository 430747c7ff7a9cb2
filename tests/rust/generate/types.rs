//! The types of a made-up program: numbers, what is built of them, and the structs and enums that it defines.

use std::fmt;

use super::Random;

pub(super) const INTEGERS: [&str; 12] =
    ["u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "usize", "isize", "u128", "i128"];

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Type {
    Integer(&'static str),
    Float(&'static str),
    Bool,
    Char,
    Pair(Box<(Type, Type)>),
    Array(Box<Type>, usize),
    Option(Box<Type>),
    Struct(usize),
    Enum(usize),
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Integer(name) | Type::Float(name) => f.write_str(name),
            Type::Bool => f.write_str("bool"),
            Type::Char => f.write_str("char"),
            Type::Pair(pair) => write!(f, "({}, {})", pair.0, pair.1),
            Type::Array(of, count) => write!(f, "[{of}; {count}]"),
            Type::Option(of) => write!(f, "Option<{of}>"),
            Type::Struct(number) => write!(f, "S{number}"),
            Type::Enum(number) => write!(f, "E{number}"),
        }
    }
}

/// Something with a name, or with a path of names.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) ty: Type,
    pub(super) is_mutable: bool,
}

impl Variable {
    pub(super) fn new(name: String, ty: Type) -> Variable {
        Variable { name, ty, is_mutable: false }
    }

    /// Whether it is a variable, and not the part of one.
    pub(super) fn is_plain(&self) -> bool {
        !self.name.contains('.')
    }
}

/// What the program defines: fields by struct, and fields by variant by enum.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    pub(super) structs: Vec<Vec<Type>>,
    pub(super) enums: Vec<Vec<Vec<Type>>>,
}

impl World {
    pub(super) fn new(random: &mut Random) -> World {
        let mut world = World::default();
        for _ in 0..1 + random.below(3) {
            let fields = (0..1 + random.below(4)).map(|_| world.random_type(random, 2));
            let fields = fields.collect();
            world.structs.push(fields);
        }
        for _ in 0..1 + random.below(2) {
            let mut variants = Vec::new();
            for _ in 0..2 + random.below(3) {
                variants.push((0..random.below(3)).map(|_| world.random_type(random, 2)).collect());
            }
            world.enums.push(variants);
        }
        world
    }

    /// A type that is nested at most so deep.
    pub(super) fn random_type(&self, random: &mut Random, depth: u32) -> Type {
        let inner = |random: &mut Random| Box::new(self.random_type(random, depth - 1));
        match random.below(if depth == 0 { 11 } else { 20 }) {
            0..8 => Type::Integer(random.pick(&INTEGERS)),
            8 => Type::Float(random.pick(&["f32", "f64"])),
            9 => Type::Bool,
            10 => Type::Char,
            11 | 12 => Type::Array(inner(random), 1 + random.below(5)),
            13 | 14 => Type::Option(inner(random)),
            15 => Type::Pair(Box::new((*inner(random), *inner(random)))),
            16 | 17 if !self.structs.is_empty() => Type::Struct(random.below(self.structs.len())),
            18 | 19 if !self.enums.is_empty() => Type::Enum(random.below(self.enums.len())),
            _ => Type::Integer("u64"),
        }
    }

    /// The definitions, and how each type is folded.
    pub(super) fn definitions(&self) -> String {
        let mut text = String::new();
        let derives = "#[derive(Clone, Copy, PartialEq, PartialOrd)]";
        for (number, fields) in self.structs.iter().enumerate() {
            let list: Vec<_> = (0..).zip(fields).map(|(at, ty)| format!("f{at}: {ty}")).collect();
            let folds: Vec<_> =
                (0..fields.len()).map(|at| format!("let h = self.f{at}.fold(h);")).collect();
            text.push_str(&format!(
                "{derives}\nstruct S{number} {{ {} }}\nimpl Fold for S{number} {{ fn fold(&self, h: u64) -> u64 {{ {} h }} }}\n",
                list.join(", "),
                folds.join(" ")
            ));
        }
        for (number, variants) in self.enums.iter().enumerate() {
            let (mut list, mut arms) = (String::new(), String::new());
            for (variant, fields) in variants.iter().enumerate() {
                let types: Vec<_> = fields.iter().map(Type::to_string).collect();
                let names: Vec<_> = (0..fields.len()).map(|at| format!("x{at}")).collect();
                let folds: Vec<_> =
                    names.iter().map(|name| format!("let h = {name}.fold(h);")).collect();
                let parens = |list: Vec<String>| match list.is_empty() {
                    true => String::new(),
                    false => format!("({})", list.join(", ")),
                };
                list.push_str(&format!("V{variant}{}, ", parens(types)));
                arms.push_str(&format!(
                    "E{number}::V{variant}{} => {{ {} h ^ {variant} }} ",
                    parens(names),
                    folds.join(" ")
                ));
            }
            text.push_str(&format!(
                "{derives}\nenum E{number} {{ {list}}}\nimpl Fold for E{number} {{ fn fold(&self, h: u64) -> u64 {{ match self {{ {arms}}} }} }}\n"
            ));
        }
        text
    }
}
