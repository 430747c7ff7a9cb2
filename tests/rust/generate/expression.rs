//! Made-up expressions: one of a wanted type, from what is in scope.

use super::{
    Callee, Writer,
    types::{INTEGERS, Type, Variable},
};

impl Writer {
    /// An expression of this type, nested at most so deep.
    pub(super) fn expression(&mut self, ty: &Type, depth: u32) -> String {
        if depth == 0 || self.random.once_in(5) {
            return self.leaf(ty);
        }
        let depth = depth - 1;
        match self.random.below(14) {
            0 => {
                let (test, a, b) =
                    (self.test(depth), self.expression(ty, depth), self.expression(ty, depth));
                format!("(if {test} {{ {a} }} else {{ {b} }})")
            }
            1 => self.matched(ty, depth),
            2 => {
                let (a, b, test) =
                    (self.expression(ty, depth), self.expression(ty, depth), self.test(depth));
                format!("pick::<{ty}>({a}, {b}, {test})")
            }
            3 => self.bound(ty, depth),
            4 => self.closure(ty, depth),
            5 => self.option_of(ty, depth),
            6 => self.element(ty, depth),
            7 => {
                let callee = self.callees.iter().find(|callee| callee.result == *ty).cloned();
                match callee {
                    Some(callee) if self.loops == 0 && self.calls > 0 => self.call(&callee, depth),
                    _ => self.built(ty, depth),
                }
            }
            _ => self.built(ty, depth),
        }
    }

    /// A call of a function of the program's own.
    pub(super) fn call(&mut self, callee: &Callee, depth: u32) -> String {
        self.calls = self.calls.saturating_sub(1);
        let arguments: Vec<_> =
            callee.parameters.iter().map(|ty| self.expression(ty, depth)).collect();
        format!("{}({})", callee.name, arguments.join(", "))
    }

    /// What is built in the way that is this type's own.
    fn built(&mut self, ty: &Type, depth: u32) -> String {
        match ty {
            Type::Integer(name) => self.integer(name, depth),
            Type::Float(name) => self.float(name, depth),
            Type::Bool => self.test(depth),
            Type::Char => {
                let number = self.expression(&Type::Integer("u8"), depth);
                format!("({number} as char)")
            }
            Type::Pair(pair) => {
                let (a, b) = (self.expression(&pair.0, depth), self.expression(&pair.1, depth));
                format!("({a}, {b})")
            }
            Type::Array(of, count) => {
                let items: Vec<_> =
                    (0..*count).map(|_| self.expression(of, depth.min(1))).collect();
                format!("[{}]", items.join(", "))
            }
            Type::Option(of) => {
                let (test, value) = (self.test(depth), self.expression(of, depth));
                format!("(if {test} {{ Some({value}) }} else {{ None }})")
            }
            Type::Struct(number) => {
                let fields = self.world.structs[*number].clone();
                let values: Vec<_> =
                    fields.iter().map(|ty| self.expression(ty, depth.min(1))).collect();
                let values: Vec<_> =
                    (0..).zip(values).map(|(at, value)| format!("f{at}: {value}")).collect();
                format!("S{number} {{ {} }}", values.join(", "))
            }
            Type::Enum(number) => {
                let variant = self.random.below(self.world.enums[*number].len());
                let fields = self.world.enums[*number][variant].clone();
                let values: Vec<_> = fields.iter().map(|ty| self.expression(ty, depth)).collect();
                let values = if values.is_empty() {
                    String::new()
                } else {
                    format!("({})", values.join(", "))
                };
                format!("E{number}::V{variant}{values}")
            }
        }
    }

    fn integer(&mut self, name: &'static str, depth: u32) -> String {
        let ty = Type::Integer(name);
        let (a, b) = (self.expression(&ty, depth), self.expression(&ty, depth));
        let bits = format!("{name}::BITS");
        match self.random.below(24) {
            // As it is written, it may overflow; more often it is kept from that.
            0..4 => match (self.random.below(16), name.starts_with('u')) {
                (0, _) => format!("({a} + {b})"),
                (1, _) => format!("({a} - {b})"),
                (2, _) => format!("({a} * {b})"),
                (3, _) => format!("({a} / {b})"),
                (4..7, _) => format!("({a} / 2 + {b} / 2)"),
                (7..10, true) => format!("(({a} | {b}) - {b})"),
                (7..10, false) => format!("({a} / 2 - {b} / 2)"),
                (10..13, _) => format!("(({a} % 8) * ({b} % 8))"),
                _ => format!("({a} / ({b} | 1))"),
            },
            4 => format!("({a} % ({b} | 1))"),
            5..8 => format!("{a}.wrapping_add({b})"),
            8 => format!("{a}.wrapping_mul({b})"),
            9 => format!("{a}.wrapping_sub({b})"),
            10 => format!("({a} {} {b})", self.random.pick(&["&", "|", "^"])),
            11 => format!("(!{a})"),
            12 => format!("({a} {} (({b} as u32) % {bits}))", self.random.pick(&["<<", ">>"])),
            13 => format!(
                "{a}.{}({b} as u32)",
                self.random.pick(&["wrapping_shl", "rotate_left", "wrapping_shr"])
            ),
            14 => format!(
                "{a}.{}({b})",
                self.random.pick(&["min", "max", "saturating_add", "saturating_sub", "abs_diff"])
            )
            .replace("abs_diff", if name.starts_with('u') { "abs_diff" } else { "wrapping_add" }),
            15 => format!("{a}.checked_add({b}).unwrap_or({b})"),
            16 => format!("{a}.overflowing_mul({b}).0"),
            17 => format!("({a}.count_ones() as {name})"),
            18 => {
                let from = self.world.random_type(&mut self.random, 0);
                self.cast(&from, name, depth)
            }
            19 => {
                let from = Type::Integer(self.random.pick(&INTEGERS));
                self.cast(&from, name, depth)
            }
            20 => self.weighed(name, depth),
            21 => self.folded(name, depth),
            22 => format!(
                "repeat({}, {a}, |x, i| x.wrapping_mul(3).wrapping_add(i as {name}))",
                self.random.below(6)
            ),
            _ => format!("{a}.wrapping_neg()"),
        }
    }

    fn cast(&mut self, from: &Type, name: &str, depth: u32) -> String {
        let value = self.expression(from, depth);
        // A character goes to any integer but by way of its own number.
        format!("({value} as {name})")
    }

    /// Through the trait of the program's structs.
    fn weighed(&mut self, name: &str, depth: u32) -> String {
        if self.weighable == 0 {
            return self.literal(name);
        }
        let ty = Type::Struct(self.random.below(self.weighable));
        let value = self.expression(&ty, depth);
        match self.random.below(3) {
            0 => format!("({value}.twice() as {name})"),
            1 => format!("(total(&[{value}]) as {name})"),
            _ => format!("({value}.weigh(<{ty} as Weigh>::K) as {name})"),
        }
    }

    /// Through an iterator over an array.
    fn folded(&mut self, name: &'static str, depth: u32) -> String {
        let ty = Type::Array(Box::new(Type::Integer(name)), 1 + self.random.below(4));
        let array = self.expression(&ty, depth);
        let items = match self.random.below(6) {
            0 => "iter().copied().filter(|x| *x > 3)",
            1 => "iter().rev().copied()",
            2 => "iter().copied().skip(1).step_by(2)",
            3 => "into_iter().zip(1..).map(|(x, y): (_, u8)| if y > 2 { x } else { !x })",
            4 => "chunks(2).map(|part| part[0])",
            _ => "iter().copied().take_while(|x| *x < 100)",
        };
        match self.random.below(3) {
            0 => format!("{array}.{items}.fold(1, |a: {name}, x| a.wrapping_mul(7) ^ x)"),
            1 => format!("{array}.{items}.max().unwrap_or(9)"),
            _ => format!("({array}.{items}.count() as {name})"),
        }
    }

    fn float(&mut self, name: &'static str, depth: u32) -> String {
        let ty = Type::Float(name);
        let (a, b) = (self.expression(&ty, depth), self.expression(&ty, depth));
        match self.random.below(9) {
            0 | 1 => format!("({a} + {b})"),
            2 => format!("({a} - {b})"),
            3 | 4 => format!("({a} * {b})"),
            5 => format!("({a} / {b})"),
            6 => format!(
                "{a}.{}()",
                self.random.pick(&["abs", "sqrt", "floor", "ceil", "trunc", "round"])
            ),
            7 => format!("(-{a})"),
            _ => {
                let from = match self.random.below(3) {
                    0 => Type::Float(if name == "f32" { "f64" } else { "f32" }),
                    _ => Type::Integer(self.random.pick(&INTEGERS)),
                };
                let value = self.expression(&from, depth);
                format!("({value} as {name})")
            }
        }
    }

    /// An expression of type `bool`.
    pub(super) fn test(&mut self, depth: u32) -> String {
        if depth == 0 {
            return self.leaf(&Type::Bool);
        }
        let depth = depth - 1;
        match self.random.below(8) {
            0 => format!("({} && {})", self.test(depth), self.test(depth)),
            1 => format!("({} || {})", self.test(depth), self.test(depth)),
            2 => format!("(!{})", self.test(depth)),
            3 => {
                let of = self.world.random_type(&mut self.random, 1);
                let value = self.expression(&Type::Option(Box::new(of)), depth);
                format!("{value}.{}()", self.random.pick(&["is_some", "is_none"]))
            }
            4 => {
                let number = self.random.below(self.world.enums.len());
                let value = self.expression(&Type::Enum(number), depth);
                let variant = self.random.below(self.world.enums[number].len());
                format!("matches!({value}, E{number}::V{variant} {{ .. }})")
            }
            _ => {
                let ty = self.world.random_type(&mut self.random, 1);
                let (a, b) = (self.expression(&ty, depth), self.expression(&ty, depth));
                let op = self.random.pick(&["<", "<=", "==", "!=", ">", ">="]);
                format!("({{ let a: {ty} = {a}; let b: {ty} = {b}; a {op} b }})")
            }
        }
    }

    /// A `match` over an integer or an enum.
    fn matched(&mut self, ty: &Type, depth: u32) -> String {
        if self.random.once_in(2) {
            let name = self.random.pick(&INTEGERS);
            let value = self.expression(&Type::Integer(name), depth);
            let (a, b, c) = (
                self.expression(ty, depth),
                self.expression(ty, depth),
                self.expression(ty, depth),
            );
            let bound = 2 + self.random.below(100);
            return format!(
                "(match {value} {{ 0{name} | {name}::MAX => {a}, n if n > {bound} && n % 2 == 0 => {b}, 1..={bound} => {c}, _ => {} }})",
                self.leaf(ty)
            );
        }
        let number = self.random.below(self.world.enums.len());
        let value = self.expression(&Type::Enum(number), depth);
        let mut arms = String::new();
        for (variant, fields) in self.world.enums[number].clone().into_iter().enumerate() {
            let known = self.scope.len();
            let names: Vec<_> = fields.iter().map(|_| self.name("m")).collect();
            self.scope.extend(
                names.iter().cloned().zip(fields).map(|(name, ty)| Variable::new(name, ty)),
            );
            let guard = if self.random.once_in(4) {
                format!(" if {}", self.test(1))
            } else {
                String::new()
            };
            let result = self.expression(ty, depth);
            self.scope.truncate(known);
            let list =
                if names.is_empty() { String::new() } else { format!("({})", names.join(", ")) };
            arms.push_str(&format!("E{number}::V{variant}{list}{guard} => {result}, "));
        }
        format!("(match {value} {{ {arms}_ => {} }})", self.leaf(ty))
    }

    /// A block with a variable of its own.
    fn bound(&mut self, ty: &Type, depth: u32) -> String {
        let of = self.world.random_type(&mut self.random, 1);
        let (name, value) = (self.name("b"), self.expression(&of, depth));
        self.scope.push(Variable::new(name.clone(), of.clone()));
        let result = self.expression(ty, depth);
        self.scope.pop();
        format!("({{ let {name}: {of} = {value}; {result} }})")
    }

    /// A closure that is called where it stands, with what it captures.
    fn closure(&mut self, ty: &Type, depth: u32) -> String {
        let of = self.world.random_type(&mut self.random, 1);
        let (name, argument) = (self.name("c"), self.expression(&of, depth));
        self.scope.push(Variable::new(name.clone(), of.clone()));
        let result = self.expression(ty, depth);
        self.scope.pop();
        let is_move = if self.random.once_in(2) { "move " } else { "" };
        format!("({is_move}|{name}: {of}| -> {ty} {{ {result} }})({argument})")
    }

    /// Through an option.
    fn option_of(&mut self, ty: &Type, depth: u32) -> String {
        let value = self.expression(&Type::Option(Box::new(ty.clone())), depth);
        let other = self.expression(ty, depth);
        match self.random.below(3) {
            0 => format!("{value}.unwrap_or({other})"),
            1 => format!("(if let Some(o) = {value} {{ o }} else {{ {other} }})"),
            _ => format!("{value}.map_or_else(|| {other}, |o| o)"),
        }
    }

    /// An element of an array; now and then the index is one too far.
    fn element(&mut self, ty: &Type, depth: u32) -> String {
        let count = 1 + self.random.below(4);
        let array = self.expression(&Type::Array(Box::new(ty.clone()), count), depth.min(1));
        let index = self.expression(&Type::Integer("usize"), depth);
        let limit = count + usize::from(self.random.once_in(12));
        match self.random.below(3) {
            0 => format!("{array}.get({index}).copied().unwrap_or({})", self.leaf(ty)),
            _ => format!("{array}[{index} % {limit}]"),
        }
    }

    /// A variable, a part of one, or a literal.
    pub(super) fn leaf(&mut self, ty: &Type) -> String {
        let known = self.paths(ty);
        if !known.is_empty() && !self.random.once_in(4) {
            return self.random.pick(&known);
        }
        let number = self.any_integer().filter(|_| !self.random.once_in(3));
        match (ty, number) {
            (Type::Integer(name), Some(number)) => return format!("({number} as {name})"),
            (Type::Float(name), Some(number)) => return format!("({number} as {name})"),
            (Type::Bool, Some(number)) => return format!("({number} % 3 == 1)"),
            (Type::Char, Some(number)) => return format!("({number} as u8 as char)"),
            _ => {}
        }
        match ty {
            Type::Integer(name) => self.literal(name),
            Type::Float(name) => {
                let number = self
                    .random
                    .pick(&["0.0", "1.0", "-1.5", "0.1", "1e10", "-3.7e-5", "255.5", "1e30"]);
                format!("({number}{name})")
            }
            Type::Bool => self.random.pick(&["true", "false"]).to_string(),
            Type::Char => {
                self.random.pick(&["'a'", "'\\n'", "'Z'", "'é'", "'\\u{1f600}'", "'0'"]).to_string()
            }
            Type::Option(_) if self.random.once_in(3) => format!("(None::<{}>)", inner(ty)),
            Type::Option(of) => format!("Some({})", self.leaf(of)),
            composite => self.built(composite, 0),
        }
    }

    /// An integer of any type that has a name.
    fn any_integer(&mut self) -> Option<String> {
        let is_integer = |it: &&Variable| matches!(it.ty, Type::Integer(_));
        let known: Vec<_> =
            self.scope.iter().filter(is_integer).map(|it| it.name.clone()).collect();
        if known.is_empty() { None } else { Some(self.random.pick(&known)) }
    }

    fn literal(&mut self, name: &str) -> String {
        let number = self.random.below(128);
        match self.random.below(8) {
            0 => format!("{name}::MAX"),
            1 => format!("{name}::MIN"),
            2 => format!("({name}::MAX - {number})"),
            3 => format!("0{name}"),
            4 => format!("1{name}"),
            _ => format!("{}{name}", number),
        }
    }

    /// Everything of this type that has a name.
    fn paths(&self, ty: &Type) -> Vec<String> {
        let mut found = Vec::new();
        let mut open: Vec<(String, &Type)> =
            self.scope.iter().map(|it| (it.name.clone(), &it.ty)).collect();
        while let Some((path, of)) = open.pop() {
            if of == ty {
                found.push(path.clone());
            }
            match of {
                Type::Pair(pair) => {
                    open.extend([(format!("{path}.0"), &pair.0), (format!("{path}.1"), &pair.1)])
                }
                Type::Struct(number) => {
                    let fields = self.world.structs[*number].iter().enumerate();
                    open.extend(fields.map(|(at, ty)| (format!("{path}.f{at}"), ty)));
                }
                _ => {}
            }
        }
        found
    }
}

fn inner(ty: &Type) -> &Type {
    match ty {
        Type::Option(of) => of,
        other => other,
    }
}
