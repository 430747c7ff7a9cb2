//! Made-up statements: variables, changes of them and of their parts, loops, branches, and ends before the end.

use std::fmt::Write;

use super::{
    Writer,
    types::{INTEGERS, Type, Variable},
};

impl Writer {
    /// So many statements, nested at most so deep.
    pub(super) fn statements(&mut self, count: usize, depth: u32) -> String {
        let mut text = String::new();
        for _ in 0..count {
            let statement = self.statement(depth);
            // Writing to a String cannot fail.
            let _ = writeln!(text, "    {statement}");
        }
        text
    }

    /// A block whose variables end with it.
    fn block(&mut self, depth: u32) -> String {
        let known = self.scope.len();
        let count = 1 + self.random.below(2);
        let text = self.statements(count, depth);
        self.scope.truncate(known);
        format!("{{\n{text}    }}")
    }

    fn statement(&mut self, depth: u32) -> String {
        if depth == 0 {
            return self.declaration();
        }
        let depth = depth - 1;
        match self.random.below(13) {
            0..3 => self.declaration(),
            3..6 => self.change(),
            6 => {
                let test = self.test(2);
                let (then, other) = (self.block(depth), self.block(depth));
                format!("if {test} {then} else {other}")
            }
            7 | 8 => self.counted(depth),
            9 => self.looped(),
            10 => self.accumulated(),
            11 => self.let_else(),
            _ => match self.returns.clone() {
                Some(ty) if self.random.once_in(2) => {
                    let (test, value) = (self.test(2), self.expression(&ty, 2));
                    format!("if {test} {{ return {value}; }}")
                }
                _ => self.elements(),
            },
        }
    }

    fn declaration(&mut self) -> String {
        let ty = self.world.random_type(&mut self.random, 2);
        let (name, value) = (self.name("v"), self.expression(&ty, 3));
        let is_mutable = !self.random.once_in(3);
        let text = format!("let {}{name}: {ty} = {value};", if is_mutable { "mut " } else { "" });
        self.scope.push(Variable { is_mutable, ..Variable::new(name, ty) });
        text
    }

    /// One that may be changed.
    fn mutable(&mut self) -> Option<Variable> {
        let known: Vec<_> = self.scope.iter().filter(|it| it.is_mutable).cloned().collect();
        if known.is_empty() { None } else { Some(self.random.pick(&known)) }
    }

    /// Changes a variable, an element or a field.
    fn change(&mut self) -> String {
        let Some(Variable { name, ty, .. }) = self.mutable() else { return self.declaration() };
        match &ty {
            Type::Integer(of) if !self.random.once_in(3) => {
                let value = self.expression(&ty, 2);
                match self.random.below(5) {
                    0 => format!("{name} = ({name} >> 1) + {value} % 10;"),
                    1 => format!("{name} {}= {value};", self.random.pick(&["^", "&", "|"])),
                    2 => format!("{name} = {name}.wrapping_mul({value});"),
                    3 => format!("{name} >>= {value} as u32 % {of}::BITS;"),
                    _ => format!("{name} -= ({value} & {name}) / 2;"),
                }
            }
            Type::Array(of, count) => {
                let (index, value) =
                    (self.expression(&Type::Integer("usize"), 1), self.expression(of, 2));
                format!("{{ let at = {index} % {count}; {name}[at] = {value}; }}")
            }
            Type::Struct(number) if !self.random.once_in(3) => {
                let at = self.random.below(self.world.structs[*number].len());
                let of = self.world.structs[*number][at].clone();
                let value = self.expression(&of, 2);
                format!("{name}.f{at} = {value};")
            }
            _ if self.random.once_in(3) => {
                let value = self.without(&name, |it| it.expression(&ty, 2));
                format!(
                    "let _ = update(&mut {name}, |old| {{ if {name_is} {{ old }} else {{ {value} }} }});",
                    name_is = self.random.once_in(2)
                )
            }
            _ => {
                let value = self.expression(&ty, 3);
                format!("{name} = {value};")
            }
        }
    }

    /// Writes something that must not mention a variable.
    fn without(&mut self, name: &str, write: impl FnOnce(&mut Writer) -> String) -> String {
        let all = self.scope.clone();
        self.scope.retain(|it| it.name != name);
        let text = write(self);
        self.scope = all;
        text
    }

    fn counted(&mut self, depth: u32) -> String {
        let of = self.random.pick(&INTEGERS);
        let (name, end) = (self.name("i"), 1 + self.random.below(5));
        let known = self.scope.len();
        self.scope.push(Variable::new(name.clone(), Type::Integer(of)));
        self.loops += 1;
        let leave = match self.random.below(4) {
            0 => format!("if {} {{ break; }} ", self.test(1)),
            1 => format!("if {} {{ continue; }} ", self.test(1)),
            _ => String::new(),
        };
        let body = self.block(depth);
        self.loops -= 1;
        self.scope.truncate(known);
        let range = match self.random.below(3) {
            0 => format!("(0..{end}{of}).rev()"),
            1 => format!("1..={end}{of}"),
            _ => format!("0..{end}{of}"),
        };
        format!("for {name} in {range} {{ {leave}{body} }}")
    }

    /// A loop that gives a value.
    fn looped(&mut self) -> String {
        let ty = self.world.random_type(&mut self.random, 1);
        let (name, count) = (self.name("v"), self.name("n"));
        self.loops += 1;
        self.scope.push(Variable::new(count.clone(), Type::Integer("u32")));
        let (test, first, second) =
            (self.test(2), self.expression(&ty, 2), self.expression(&ty, 2));
        self.scope.pop();
        self.loops -= 1;
        let text = format!(
            "let {name}: {ty} = {{ let mut {count} = 0u32; loop {{ {count} += 1; if {test} {{ break {first}; }} if {count} > 3 {{ break {second}; }} }} }};"
        );
        self.scope.push(Variable::new(name, ty));
        text
    }

    /// A closure that changes what it captures, called twice.
    fn accumulated(&mut self) -> String {
        let Some(Variable { name, ty, .. }) = self.mutable() else { return self.declaration() };
        let Type::Integer(of) = ty else { return self.declaration() };
        let (a, b) = (self.expression(&ty, 2), self.expression(&ty, 2));
        self.loops += 1;
        let inside = self.expression(&ty, 2);
        self.loops -= 1;
        let result = self.name("v");
        let text = format!(
            "let {result}: {of} = {{ let (a, b) = ({a}, {b}); let mut change = |x: {of}| {{ {name} = {name}.wrapping_add(x); {inside} }}; change(a) ^ change(b) }};"
        );
        self.scope.push(Variable::new(result, ty));
        text
    }

    fn let_else(&mut self) -> String {
        let ty = self.world.random_type(&mut self.random, 1);
        let value = self.expression(&Type::Option(Box::new(ty.clone())), 2);
        let name = self.name("v");
        let text = match self.returns.clone() {
            Some(result) if self.loops == 0 => {
                let other = self.expression(&result, 2);
                format!("let Some({name}): Option<{ty}> = {value} else {{ return {other}; }};")
            }
            _ => {
                let other = self.expression(&ty, 1);
                format!("let {name}: {ty} = match {value} {{ Some(x) => x, None => {other} }};")
            }
        };
        self.scope.push(Variable::new(name, ty));
        text
    }

    /// Changes every element of an array.
    fn elements(&mut self) -> String {
        let arrays: Vec<_> = self
            .scope
            .iter()
            .filter(|it| it.is_mutable && matches!(it.ty, Type::Array(..)))
            .cloned()
            .collect();
        if arrays.is_empty() {
            return self.declaration();
        }
        let Variable { name, ty, .. } = self.random.pick(&arrays);
        let Type::Array(of, _) = ty else { return self.declaration() };
        self.loops += 1;
        let value = self.without(&name, |it| it.expression(&of, 2));
        self.loops -= 1;
        match self.random.below(3) {
            0 => format!("{name}.reverse();"),
            1 => format!("for slot in {name}.iter_mut().step_by(2) {{ *slot = {value}; }}"),
            _ => format!("for slot in &mut {name} {{ *slot = {value}; }}"),
        }
    }
}
