//! Random pairs of types, a value of the one, and a model that says what of it the other must hold.
//!
//! The model is the promise, written down without layouts: names, positions and types alone. What is live
//! is compared with it after the edit, after undo, after redo, and after an edit that panics.

use std::fmt::Write;

use super::{Shown, whole};

/// Seeds; each costs three runs of rustc.
const SEEDS: std::ops::Range<u64> = 1..6;

#[test]
fn random_types_hold_what_the_model_says() {
    for seed in SEEDS {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut names = 0;
        let old = random.structure("State", 7, 3, &mut names);
        let new = random.changed(&old, &mut names);
        let value = random.value(&old);
        run(seed, &old, &new, &value);
    }
}

fn run(seed: u64, old: &Type, new: &Type, value: &Value) {
    let text = |ty: &Type, step: &str| {
        let mut text = String::new();
        ty.define(&mut text);
        text.push_str("use std::sync::atomic::{AtomicBool, Ordering::Relaxed};\nstatic SET: AtomicBool = AtomicBool::new(false);\n");
        let _ = writeln!(text, "fn step(state: &mut State) {{ {step} }}");
        text
    };
    let set = format!("if !SET.swap(true, Relaxed) {{ *state = {}; }}", old.expression(value));
    let nothing = "let _ = (SET.load(Relaxed), state);";
    let (before, after) = (text(old, &set), text(new, nothing));
    let context = || format!("seed {seed}\n{}\n{}", whole(&before), whole(&after));

    let mut shown = Shown::new(&before);
    assert_eq!(shown.show(), old.debug(value), "{}", context());
    shown.apply(&text(new, "let _ = (SET.load(Relaxed), state); panic!(\"new\")"));
    assert_eq!(shown.show(), old.debug(value), "after a panic, {}", context());
    shown.apply(&after);
    let carried = carry(old, new, value);
    assert_eq!(shown.show(), new.debug(&carried), "{}", context());
    shown.program.undo().expect("a generation before");
    let back = carry(new, old, &carried);
    assert_eq!(shown.show(), old.debug(&back), "after undo, {}", context());
    shown.program.redo().expect("a generation after");
    let again = carry(old, new, &back);
    assert_eq!(shown.show(), new.debug(&again), "after redo, {}", context());
}

#[derive(Clone, Debug, PartialEq)]
enum Type {
    Number(&'static str),
    Bool,
    Text,
    Bytes,
    Array(Box<Type>, usize),
    Tuple(Vec<Type>),
    Option(Box<Type>),
    Boxed(Box<Type>),
    /// Name and fields.
    Struct(String, Vec<(String, Type)>),
    /// Name and variants; `Zero`, the default, has no fields.
    Enum(String, Vec<(String, Vec<(String, Type)>)>),
}

#[derive(Clone, Debug)]
enum Value {
    Number(u8),
    Bool(bool),
    Text(String),
    Bytes(Vec<u8>),
    /// Of an array, a tuple, a struct.
    All(Vec<Value>),
    Option(Option<Box<Value>>),
    Boxed(Box<Value>),
    Variant(String, Vec<Value>),
}

const NUMBERS: &[&str] = &["u8", "u16", "u32", "u64", "i16", "i32", "i64", "f32", "f64"];

/// What the documentation says loses nothing.
fn is_wider(from: &str, to: &str) -> bool {
    let bits = |name: &str| name[1..].parse::<u32>().expect("a number's name ends in its bits");
    match (&from[..1], &to[..1]) {
        ("u", "u") | ("i", "i") | ("f", "f") => bits(to) >= bits(from),
        ("u", "i") => bits(to) > bits(from),
        ("u" | "i", "f") => bits(from) <= if to == "f32" { 16 } else { 32 },
        _ => false,
    }
}

/// The promise: what `new` holds of a value of `old`.
fn carry(old: &Type, new: &Type, value: &Value) -> Value {
    if old == new {
        return value.clone();
    }
    match (old, new, value) {
        (Type::Number(a), Type::Number(b), _) if is_wider(a, b) => value.clone(),
        (Type::Array(a, _), Type::Array(b, count), Value::All(values)) => {
            let carried = values.iter().map(|value| carry(a, b, value));
            let rest = std::iter::repeat_with(|| b.default());
            Value::All(carried.chain(rest).take(*count).collect())
        }
        (Type::Tuple(a), Type::Tuple(b), Value::All(values)) => {
            let item = |(index, ty): (usize, &Type)| match (a.get(index), values.get(index)) {
                (Some(old), Some(value)) => carry(old, ty, value),
                _ => ty.default(),
            };
            Value::All(b.iter().enumerate().map(item).collect())
        }
        (Type::Option(a), Type::Option(b), Value::Option(value)) => {
            Value::Option(value.as_ref().map(|value| Box::new(carry(a, b, value))))
        }
        (Type::Boxed(a), Type::Boxed(b), Value::Boxed(value)) => {
            Value::Boxed(Box::new(carry(a, b, value)))
        }
        (Type::Struct(x, a), Type::Struct(y, b), Value::All(values)) if x == y => {
            Value::All(fields(a, b, values))
        }
        (Type::Enum(x, a), Type::Enum(y, b), Value::Variant(name, values)) if x == y => {
            let of = |variants: &[(String, Vec<(String, Type)>)]| {
                variants.iter().find(|(each, _)| each == name).map(|(_, fields)| fields.clone())
            };
            match (of(a), of(b)) {
                (Some(a), Some(b)) => Value::Variant(name.clone(), fields(&a, &b, values)),
                _ => new.default(),
            }
        }
        _ => new.default(),
    }
}

fn fields(old: &[(String, Type)], new: &[(String, Type)], values: &[Value]) -> Vec<Value> {
    let field = |(name, ty): &(String, Type)| match old.iter().position(|(each, _)| each == name) {
        Some(at) => carry(&old[at].1, ty, &values[at]),
        None => ty.default(),
    };
    new.iter().map(field).collect()
}

impl Type {
    fn default(&self) -> Value {
        match self {
            Type::Number(_) => Value::Number(0),
            Type::Bool => Value::Bool(false),
            Type::Text => Value::Text(String::new()),
            Type::Bytes => Value::Bytes(Vec::new()),
            Type::Array(ty, count) => Value::All(vec![ty.default(); *count]),
            Type::Tuple(items) => Value::All(items.iter().map(Type::default).collect()),
            Type::Option(_) => Value::Option(None),
            Type::Boxed(ty) => Value::Boxed(Box::new(ty.default())),
            Type::Struct(_, fields) => {
                Value::All(fields.iter().map(|(_, ty)| ty.default()).collect())
            }
            Type::Enum(..) => Value::Variant("Zero".to_owned(), Vec::new()),
        }
    }

    fn name(&self) -> String {
        match self {
            Type::Number(name) => (*name).to_owned(),
            Type::Bool => "bool".to_owned(),
            Type::Text => "String".to_owned(),
            Type::Bytes => "Vec<u8>".to_owned(),
            Type::Array(ty, count) => format!("[{}; {count}]", ty.name()),
            Type::Tuple(items) => {
                items.iter().fold("(".to_owned(), |all, ty| all + &ty.name() + ",") + ")"
            }
            Type::Option(ty) => format!("Option<{}>", ty.name()),
            Type::Boxed(ty) => format!("Box<{}>", ty.name()),
            Type::Struct(name, _) | Type::Enum(name, _) => name.clone(),
        }
    }

    /// Writes the definitions of the type and of those in it.
    fn define(&self, text: &mut String) {
        let list = |fields: &[(String, Type)]| {
            fields
                .iter()
                .fold(String::new(), |all, (name, ty)| all + &format!("{name}: {}, ", ty.name()))
        };
        match self {
            Type::Number(_) | Type::Bool | Type::Text | Type::Bytes => {}
            Type::Array(ty, _) | Type::Option(ty) | Type::Boxed(ty) => ty.define(text),
            Type::Tuple(items) => items.iter().for_each(|ty| ty.define(text)),
            Type::Struct(name, fields) => {
                let _ = writeln!(
                    text,
                    "#[derive(Debug, Default)] pub struct {name} {{ {} }}",
                    list(fields)
                );
                fields.iter().for_each(|(_, ty)| ty.define(text));
            }
            Type::Enum(name, variants) => {
                let _ = write!(text, "#[derive(Debug, Default)] pub enum {name} {{ ");
                for (name, fields) in variants {
                    let _ = match name.as_str() {
                        "Zero" => write!(text, "#[default] Zero, "),
                        name => write!(text, "{name} {{ {} }}, ", list(fields)),
                    };
                }
                text.push_str("}\n");
                variants.iter().flat_map(|(_, fields)| fields).for_each(|(_, ty)| ty.define(text));
            }
        }
    }

    /// The value as Rust: an expression, or what `{:?}` prints.
    fn written(&self, value: &Value, is_debug: bool) -> String {
        let all = |types: &mut dyn Iterator<Item = (&str, &Type)>, values: &[Value]| {
            let each = types.zip(values).map(|((name, ty), value)| {
                let value = ty.written(value, is_debug);
                if name.is_empty() { value } else { format!("{name}: {value}") }
            });
            each.collect::<Vec<_>>().join(", ")
        };
        let braced = |name: &str, fields: &[(String, Type)], values: &[Value]| match fields.len() {
            0 if is_debug => name.to_owned(),
            _ => {
                let mut types = fields.iter().map(|(name, ty)| (name.as_str(), ty));
                format!("{name} {{ {} }}", all(&mut types, values))
            }
        };
        match (self, value) {
            (Type::Number(name), Value::Number(number)) if name.starts_with('f') => {
                format!("{number}.0")
            }
            (_, Value::Number(number)) => number.to_string(),
            (_, Value::Bool(value)) => value.to_string(),
            (_, Value::Text(value)) if is_debug => format!("{value:?}"),
            (_, Value::Text(value)) => format!("String::from({value:?})"),
            (_, Value::Bytes(value)) if is_debug => format!("{value:?}"),
            (_, Value::Bytes(value)) => format!("vec!{value:?}"),
            (Type::Array(ty, _), Value::All(values)) => {
                format!("[{}]", all(&mut std::iter::repeat(("", &**ty)), values))
            }
            (Type::Tuple(items), Value::All(values)) => {
                let comma = if items.len() == 1 { "," } else { "" };
                format!("({}{comma})", all(&mut items.iter().map(|ty| ("", ty)), values))
            }
            (Type::Option(_), Value::Option(None)) => "None".to_owned(),
            (Type::Option(ty), Value::Option(Some(value))) => {
                format!("Some({})", ty.written(value, is_debug))
            }
            (Type::Boxed(ty), Value::Boxed(value)) if is_debug => ty.written(value, true),
            (Type::Boxed(ty), Value::Boxed(value)) => {
                format!("Box::new({})", ty.written(value, false))
            }
            (Type::Struct(name, fields), Value::All(values)) => braced(name, fields, values),
            (Type::Enum(name, variants), Value::Variant(variant, values)) => {
                let path = if is_debug { variant.clone() } else { format!("{name}::{variant}") };
                let fields = variants.iter().find(|(each, _)| each == variant);
                match fields {
                    Some((_, fields)) if variant != "Zero" => braced(&path, fields, values),
                    _ => path,
                }
            }
            other => panic!("the model does not fit itself: {other:?}"),
        }
    }

    fn expression(&self, value: &Value) -> String {
        self.written(value, false)
    }

    fn debug(&self, value: &Value) -> String {
        self.written(value, true)
    }
}

/// xorshift64*
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    fn fresh(&mut self, names: &mut usize) -> usize {
        *names += 1;
        *names
    }

    fn ty(&mut self, depth: usize, names: &mut usize) -> Type {
        let kinds = if depth == 0 { 5 } else { 13 };
        match self.below(kinds) {
            0 | 1 => Type::Number(NUMBERS[self.below(NUMBERS.len())]),
            2 => Type::Bool,
            3 => Type::Text,
            4 => Type::Bytes,
            5 => Type::Array(Box::new(self.ty(depth - 1, names)), 1 + self.below(3)),
            6 => Type::Tuple((0..=self.below(3)).map(|_| self.ty(depth - 1, names)).collect()),
            7 => Type::Option(Box::new(self.ty(depth - 1, names))),
            8 => Type::Boxed(Box::new(self.ty(depth - 1, names))),
            9 | 10 => {
                let name = format!("S{}", self.fresh(names));
                let fields = 1 + self.below(4);
                self.structure(&name, fields, depth - 1, names)
            }
            _ => {
                let name = format!("E{}", self.fresh(names));
                let mut variants = vec![("Zero".to_owned(), Vec::new())];
                for _ in 0..=self.below(3) {
                    let fields = self.below(3);
                    let variant = format!("V{}", self.fresh(names));
                    variants.push((variant, self.fields(fields, depth - 1, names)));
                }
                Type::Enum(name, variants)
            }
        }
    }

    fn fields(&mut self, count: usize, depth: usize, names: &mut usize) -> Vec<(String, Type)> {
        (0..count).map(|_| (format!("f{}", self.fresh(names)), self.ty(depth, names))).collect()
    }

    fn structure(&mut self, name: &str, count: usize, depth: usize, names: &mut usize) -> Type {
        Type::Struct(name.to_owned(), self.fields(count, depth, names))
    }

    fn value(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Struct(_, types) => {
                Value::All(types.iter().map(|(_, ty)| self.value(ty)).collect())
            }
            Type::Enum(_, variants) => {
                let (name, types) = variants[self.below(variants.len())].clone();
                Value::Variant(name, types.iter().map(|(_, ty)| self.value(ty)).collect())
            }
            Type::Number(_) => Value::Number(1 + self.below(99) as u8),
            Type::Bool => Value::Bool(true),
            Type::Text => Value::Text("x".repeat(1 + self.below(40))),
            Type::Bytes => Value::Bytes(vec![self.below(200) as u8; 1 + self.below(5)]),
            Type::Array(ty, count) => Value::All((0..*count).map(|_| self.value(ty)).collect()),
            Type::Tuple(items) => Value::All(items.iter().map(|ty| self.value(ty)).collect()),
            Type::Option(_) if self.below(4) == 0 => Value::Option(None),
            Type::Option(ty) => Value::Option(Some(Box::new(self.value(ty)))),
            Type::Boxed(ty) => Value::Boxed(Box::new(self.value(ty))),
        }
    }

    /// The type after an edit: something is other, most is not.
    fn changed(&mut self, ty: &Type, names: &mut usize) -> Type {
        match ty {
            Type::Number(_) if self.below(2) == 0 => {
                Type::Number(NUMBERS[self.below(NUMBERS.len())])
            }
            Type::Bool | Type::Text if self.below(6) == 0 => Type::Bytes,
            Type::Array(ty, count) => {
                let count = if self.below(2) == 0 { *count } else { 1 + self.below(4) };
                Type::Array(Box::new(self.changed(ty, names)), count)
            }
            Type::Tuple(items) => {
                let mut items: Vec<_> = items.iter().map(|ty| self.changed(ty, names)).collect();
                match self.below(4) {
                    0 => items.push(self.ty(0, names)),
                    1 if items.len() > 1 => drop(items.pop()),
                    _ => {}
                }
                Type::Tuple(items)
            }
            Type::Option(ty) => Type::Option(Box::new(self.changed(ty, names))),
            Type::Boxed(ty) => Type::Boxed(Box::new(self.changed(ty, names))),
            Type::Struct(name, fields) => {
                Type::Struct(name.clone(), self.changed_fields(fields, names))
            }
            Type::Enum(name, variants) => {
                let mut variants: Vec<_> = variants
                    .iter()
                    .map(|(name, fields)| match name.as_str() {
                        "Zero" => (name.clone(), Vec::new()),
                        _ => (name.clone(), self.changed_fields(fields, names)),
                    })
                    .collect();
                if self.below(4) == 0 && variants.len() > 2 {
                    variants.pop();
                }
                if self.below(2) == 0 {
                    let variant = format!("V{}", self.fresh(names));
                    variants.push((variant, self.fields(1, 0, names)));
                }
                let turn = self.below(variants.len());
                variants.rotate_left(turn);
                Type::Enum(name.clone(), variants)
            }
            other => other.clone(),
        }
    }

    fn changed_fields(
        &mut self,
        fields: &[(String, Type)],
        names: &mut usize,
    ) -> Vec<(String, Type)> {
        let mut changed: Vec<(String, Type)> = Vec::new();
        for (name, ty) in fields {
            if self.below(8) != 0 {
                changed.push((name.clone(), self.changed(ty, names)));
            }
        }
        if self.below(2) == 0 {
            changed.extend(self.fields(1, 1, names));
        }
        if !changed.is_empty() {
            let turn = self.below(changed.len());
            changed.rotate_left(turn);
        }
        changed
    }
}
