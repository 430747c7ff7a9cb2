//! The functions of a source: which parts each has, and in which way a mutant of it can be chosen.

use std::ops::Range;

use tree_sitter::Node;

use super::preprocess::Preprocessed;
use super::syntax::{self, Source, children, each, field, is_directive};
use super::types::{Kind, Types};
use crate::Error;

/// A function whose body stands in the source.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) name: String,
    /// The name in its own declaration.
    pub(super) name_at: Range<usize>,
    /// From its first word to the closing brace.
    pub(super) range: Range<usize>,
    /// The body with its braces.
    pub(super) body: Range<usize>,
    /// `int`, `const char *`; empty for `void`.
    pub(super) returns: String,
    pub(super) kind: Kind,
    /// The names of its parameters.
    pub(super) parameters: Vec<String>,
    pub(super) is_static: bool,
    /// Whether its body may stand there twice, so that a mutant is a function beside it.
    pub(super) can_be_copied: bool,
    /// Why its mutants cannot be judged.
    pub(super) left_out: Option<&'static str>,
}

/// Words of a body that may stand in it once only: they are shared by all its calls, or name the function itself.
const ONCE: [&str; 13] = [
    "static",
    "__func__",
    "__FUNCTION__",
    "__PRETTY_FUNCTION__",
    "__COUNTER__",
    "asm",
    "__asm__",
    "__asm",
    "va_start",
    "__builtin_va_start",
    "__builtin_return_address",
    "__builtin_frame_address",
    "__builtin_apply_args",
];
/// What makes a body one that the compiler may take to never return.
const NEVER_RETURNS: [&str; 3] = ["noreturn", "_Noreturn", "__noreturn__"];
/// What makes a function run before the server, or after the test.
const OUTSIDE: [&str; 4] = ["constructor", "__constructor__", "destructor", "__destructor__"];
/// What is no ordinary body.
const BARE: [&str; 6] = ["naked", "__naked__", "ifunc", "__ifunc__", "interrupt", "__interrupt__"];

/// How many functions stand in a preprocessed text.
pub(super) fn count(text: &str) -> Result<usize, Error> {
    let tree = syntax::parse(text)?;
    let mut count = 0;
    each(tree.root_node(), &mut |node| {
        let is_function = node.kind() == "function_definition";
        count += usize::from(is_function);
        !is_function
    });
    Ok(count)
}

/// All functions that are compiled, in order; and the names of those that could not be read.
pub(super) fn sites(
    source: &Source,
    preprocessed: &Preprocessed,
    types: &Types,
) -> (Vec<Site>, Vec<String>) {
    let (mut sites, mut unread) = (Vec::new(), Vec::new());
    each(source.tree.root_node(), &mut |node| {
        if node.kind() != "function_definition" {
            return !is_directive(node);
        }
        let is_compiled = |at: usize| preprocessed.lines.contains(&source.line(at));
        match site(node, source, preprocessed, types) {
            Some(site) if is_compiled(site.body.start) => sites.push(site),
            None if is_compiled(node.start_byte()) => {
                unread.push(format!("line {}", source.line(node.start_byte())));
            }
            _ => {}
        }
        false
    });
    (sites, unread)
}

fn site(
    node: Node<'_>,
    source: &Source,
    preprocessed: &Preprocessed,
    types: &Types,
) -> Option<Site> {
    let (base, body) = (field(node, "type")?, field(node, "body")?);
    let outer = field(node, "declarator")?;
    let (own, name) = own_declarator(outer)?;
    // The function's own words, brackets and names must have been understood.
    if children(node).any(|it| it.is_error() || it.id() != body.id() && it.has_error()) {
        return None;
    }
    let head = node.prev_sibling().map_or(node.start_byte(), |it| it.end_byte())..body.start_byte();
    let head = head.start.min(node.start_byte())..head.end;
    let says = |wanted: &[&str]| preprocessed.macros.reaches(&source.text[head.clone()], wanted);
    let left_out = if says(&NEVER_RETURNS) {
        Some("it is declared to never return, and a mutant of it could")
    } else if says(&OUTSIDE) {
        Some("it runs before or after the test")
    } else if says(&BARE) {
        Some("its body is not an ordinary one")
    } else {
        None
    };
    let list = field(own, "parameters")?;
    let parameters = parameters(list, source);
    let inside = &source.text[body.byte_range()];
    let is_masked = source.masked.iter().any(|it| head.contains(&it.start));
    let can_be_copied = !is_masked
        && parameters.is_some()
        && source.of(name) != "main"
        && has_plain_words(node, base)
        && !preprocessed.macros.reaches(inside, &ONCE);
    let pointer = own.id() != outer.id();
    let kind = if pointer { Kind::Pointer } else { types.base(base, &source.text) };
    Some(Site {
        name: source.of(name).to_owned(),
        name_at: name.byte_range(),
        range: node.byte_range(),
        body: body.byte_range(),
        returns: if kind == Kind::Void {
            String::new()
        } else {
            returns(node, base, outer, own, source)
        },
        kind,
        parameters: parameters.unwrap_or_default(),
        is_static: children(node)
            .any(|it| it.kind() == "storage_class_specifier" && source.of(it) == "static"),
        can_be_copied,
        left_out,
    })
}

/// The declarator that has the function's name and parameters; it may be inside of the declarator of what is returned.
fn own_declarator(outer: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    let mut node = outer;
    loop {
        let inner = field(node, "declarator").or_else(|| {
            children(node).find(|it| it.kind().ends_with("declarator") || it.kind() == "identifier")
        })?;
        if inner.kind() == "identifier" {
            return (node.kind() == "function_declarator").then_some((node, inner));
        }
        node = inner;
    }
}

/// The names of all parameters; `None` where one has none, or there may be more than are named.
fn parameters(list: Node<'_>, source: &Source) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for parameter in children(list).filter(|it| it.is_named() && it.kind() != "comment") {
        if parameter.kind() != "parameter_declaration" {
            return None;
        }
        let Some(declarator) = field(parameter, "declarator") else {
            if source.of(parameter) == "void" {
                continue;
            }
            return None;
        };
        let mut name = None;
        each(declarator, &mut |node| {
            if node.kind() == "identifier" && name.is_none() {
                name = Some(source.of(node).to_owned());
            }
            node.kind() != "parameter_list"
        });
        names.push(name?);
    }
    Some(names)
}

/// Whether nothing but `static`, `inline` and qualifiers stands around the types: attributes, assembler names and the
/// parameters of old are said once.
fn has_plain_words(node: Node<'_>, base: Node<'_>) -> bool {
    let mut is_static = false;
    let mut is_inline = false;
    let mut is_plain = field(base, "body").is_none();
    for child in children(node) {
        match child.kind() {
            "storage_class_specifier" => {
                let first = child.child(0).map_or(child.kind(), |it| it.kind());
                is_static |= first == "static";
                is_inline |= first.contains("inline");
                is_plain &= first == "static" || first == "inline" || first == "__inline";
            }
            "type_qualifier" | "comment" | "compound_statement" => {}
            _ if child.id() == base.id() => {}
            kind if kind.ends_with("declarator") => each(child, &mut |it| {
                let kind = it.kind();
                is_plain &=
                    !kind.contains("attribute") && !kind.contains("asm") && !is_directive(it);
                is_plain &= !kind.starts_with("preproc");
                true
            }),
            _ => is_plain = false,
        }
    }
    is_plain && (is_static || !is_inline)
}

/// The type that a function gives back, as it is written, in one line.
fn returns(
    node: Node<'_>,
    base: Node<'_>,
    outer: Node<'_>,
    own: Node<'_>,
    source: &Source,
) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for child in children(node) {
        if child.kind() == "type_qualifier" || child.id() == base.id() {
            parts.push(source.of(child));
        }
    }
    let before = source.text[outer.start_byte()..own.start_byte()].trim();
    let after = source.text[own.end_byte()..outer.end_byte()].trim();
    parts.extend([before, after].into_iter().filter(|it| !it.is_empty()));
    parts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
