//! What a function gives back: the kind of its return type, through the `typedef`s of everything that is compiled.

use std::collections::BTreeMap;

use tree_sitter::Node;

use super::syntax::{self, children, each, field};
use crate::Error;

/// Kinds of types, as far as values of them can be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Void,
    Bool,
    Signed,
    /// Unsigned numbers; `char`, which may be either; enumerations.
    Unsigned,
    Float,
    Pointer,
    /// Structures, unions, and what is not known: a value of it can be written with its name.
    Other,
}

/// Types that have names of their own.
#[derive(Debug, Default)]
pub(super) struct Types(BTreeMap<String, Named>);

#[derive(Debug)]
enum Named {
    Known(Kind),
    Same(String),
}

impl Types {
    /// Those of a preprocessed text.
    pub(super) fn of(text: &str) -> Result<Self, Error> {
        let tree = syntax::parse(text)?;
        let mut types = Types::default();
        each(tree.root_node(), &mut |node| {
            if node.kind() == "type_definition" {
                types.add(node, text);
            }
            node.kind() != "compound_statement"
        });
        Ok(types)
    }

    fn add(&mut self, definition: Node<'_>, text: &str) {
        let Some(base) = field(definition, "type") else { return };
        let named = |name: &str| match base.kind() {
            "type_identifier" => Named::Same(name.to_owned()),
            _ => Named::Known(self.base(base, text)),
        };
        let mut found = Vec::new();
        for child in children(definition).filter(|it| it.kind().ends_with("declarator")) {
            let mut name = None;
            each(child, &mut |node| {
                if node.kind() == "type_identifier" && name.is_none() {
                    name = Some(&text[node.byte_range()]);
                }
                node.kind() != "parameter_list"
            });
            let kind =
                if child.kind() == "pointer_declarator" { Kind::Pointer } else { Kind::Other };
            found.extend(name.map(|name| (name.to_owned(), Named::Known(kind))));
        }
        let plain = children(definition)
            .filter(|it| it.kind() == "type_identifier" && it.id() != base.id())
            .map(|it| (text[it.byte_range()].to_owned(), named(&text[base.byte_range()])));
        found.extend(plain);
        self.0.extend(found);
    }

    /// The kind of a type without its pointers.
    pub(super) fn base(&self, node: Node<'_>, text: &str) -> Kind {
        match node.kind() {
            "enum_specifier" => Kind::Unsigned,
            "primitive_type" | "sized_type_specifier" => number(&text[node.byte_range()]),
            "type_identifier" => self.named(&text[node.byte_range()], 0),
            _ => Kind::Other,
        }
    }

    fn named(&self, name: &str, depth: usize) -> Kind {
        match self.0.get(name) {
            Some(Named::Known(kind)) => kind.clone(),
            Some(Named::Same(other)) if depth < 64 => match self.0.contains_key(other) {
                true => self.named(other, depth + 1),
                false => number(other),
            },
            _ => number(name),
        }
    }
}

/// The kind of a type of C itself, or of the standard headers.
fn number(text: &str) -> Kind {
    let words: Vec<_> = text.split_whitespace().collect();
    let has = |word: &str| words.contains(&word);
    match words.as_slice() {
        ["void"] => Kind::Void,
        ["bool" | "_Bool"] => Kind::Bool,
        ["char" | "size_t" | "uintptr_t" | "charptr_t"] => Kind::Unsigned,
        ["ssize_t" | "ptrdiff_t" | "intptr_t"] => Kind::Signed,
        [one] if one.starts_with("uint") && one.ends_with("_t") => Kind::Unsigned,
        [one] if one.starts_with("int") && one.ends_with("_t") => Kind::Signed,
        _ if has("unsigned") => Kind::Unsigned,
        _ if has("_Complex") || has("complex") => Kind::Other,
        _ if has("float") || has("double") => Kind::Float,
        _ if ["int", "long", "short", "signed"].into_iter().any(has) => Kind::Signed,
        _ => Kind::Other,
    }
}
