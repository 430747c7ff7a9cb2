//! The operators of a function's body that become others, and those that are left alone, with the reason.

use std::collections::BTreeMap;
use std::ops::Range;

use tree_sitter::Node;

use super::function::Site;
use super::preprocess::{Preprocessed, words};
use super::syntax::{Source, children, field, is_directive};
use super::values;
use crate::Operator;
use crate::discover::operators::instead_of;

/// One change of a function.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) operator: Operator,
    /// What is replaced.
    pub(super) bytes: Range<usize>,
    pub(super) replacement: String,
    pub(super) name: String,
    /// Where it can be chosen inside of the body.
    pub(super) choice: Choice,
}

/// Where a change is chosen when the body stands there once only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// At the body's beginning.
    Body,
    /// Instead of this expression, which has the same type either way.
    Expression(Range<usize>),
    /// Instead of this expression, which only decides something.
    Condition(Range<usize>),
    /// Instead of this statement.
    Statement(Range<usize>),
    /// Nowhere, and why.
    None(&'static str),
}

/// What is left alone, by the reason.
pub(super) type LeftAlone = BTreeMap<&'static str, usize>;

pub(super) const IN_MACROS: &str = "in macros and their arguments";
const CONSTANT: &str =
    "in constant expressions (lengths, labels, enumerations, initialisers of statics)";
const NOT_RUN: &str = "in operands that are not evaluated (sizeof, _Generic and the like), or in attributes and assembler";
const UNREAD: &str = "in pieces that cannot be read without the preprocessor";
const TYPE_CHANGES: &str =
    "the expression would have another type, and its function's body cannot be copied";
const COMES_APART: &str = "a macro in the expression has no brackets around its text, and its function's body cannot be copied";

/// All changes of a function that these operators make, in order: its values first.
pub(super) fn changes(
    site: &Site,
    source: &Source,
    preprocessed: &Preprocessed,
    operators: &[Operator],
    left_alone: &mut LeftAlone,
) -> Vec<Change> {
    let mut found = Vec::new();
    if operators.contains(&Operator::FnValue) {
        let arrow =
            if site.returns.is_empty() { String::new() } else { format!(" -> {}", site.returns) };
        for (value, body) in values::bodies(site, &source.text[site.body.clone()]) {
            found.push(Change {
                operator: Operator::FnValue,
                bytes: site.body.clone(),
                replacement: body,
                name: format!("replace {}{arrow} with {value}", site.name),
                choice: Choice::Body,
            });
        }
    }
    let root = source.tree.root_node();
    if let Some(body) = root.descendant_for_byte_range(site.body.start, site.body.end) {
        let mut walk =
            Walk { site, source, preprocessed, operators, left_alone, found, statement: None };
        walk.node(body, None);
        found = walk.found;
    }
    found
}

/// Operators outside of functions, which only count as left alone.
pub(super) fn outside(source: &Source, preprocessed: &Preprocessed, left_alone: &mut LeftAlone) {
    super::syntax::each(source.tree.root_node(), &mut |node| {
        if node.kind() == "preproc_function_def" || node.kind() == "preproc_def" {
            let value = field(node, "value").map_or("", |it| source.of(it));
            let has_operator =
                value.contains(['+', '-', '*', '/', '<', '>', '=', '&', '|', '!', '?']);
            *left_alone.entry(IN_MACROS).or_default() += usize::from(has_operator);
            return false;
        }
        let is_compiled = || preprocessed.lines.contains(&source.line(node.start_byte()));
        if changed_token(node, source).is_some() && is_compiled() {
            *left_alone.entry(CONSTANT).or_default() += 1;
        }
        node.kind() != "function_definition"
    });
}

struct Walk<'a> {
    site: &'a Site,
    source: &'a Source,
    preprocessed: &'a Preprocessed,
    operators: &'a [Operator],
    left_alone: &'a mut LeftAlone,
    found: Vec<Change>,
    /// The statement around, where it can stand twice.
    statement: Option<Range<usize>>,
}

/// The token of an operator that may become another.
fn changed_token<'t>(node: Node<'t>, source: &Source) -> Option<Node<'t>> {
    let token = field(node, "operator")?;
    match node.kind() {
        "binary_expression" => Some(token),
        "assignment_expression" => Some(token).filter(|it| source.of(*it) != "="),
        "unary_expression" => Some(token).filter(|it| matches!(source.of(*it), "-" | "!" | "~")),
        _ => None,
    }
}

impl Walk<'_> {
    /// Walks through a node; inside of what is left alone `reason` says why.
    fn node(&mut self, node: Node<'_>, reason: Option<&'static str>) {
        let reason = reason.or_else(|| self.reason(node));
        if is_directive(node) {
            return;
        }
        if let Some(token) = changed_token(node, self.source)
            && self.preprocessed.lines.contains(&self.source.line(token.start_byte()))
        {
            match reason {
                Some(reason) => *self.left_alone.entry(reason).or_default() += 1,
                None => self.operator(node, token),
            }
        }
        let before = self.statement.clone();
        match node.kind() {
            "expression_statement" | "return_statement" => {
                self.statement = Some(node.byte_range());
            }
            kind if kind.ends_with("statement") || kind == "declaration" => self.statement = None,
            _ => {}
        }
        for child in children(node) {
            let is_constant = self.is_constant(node, child);
            self.node(child, reason.or(is_constant.then_some(CONSTANT)));
        }
        self.statement = before;
    }

    /// Why everything below a node is left alone.
    fn reason(&self, node: Node<'_>) -> Option<&'static str> {
        match node.kind() {
            "ERROR" => Some(UNREAD),
            "sizeof_expression"
            | "alignof_expression"
            | "offsetof_expression"
            | "generic_expression"
            | "gnu_asm_expression"
            | "attribute_specifier"
            | "attribute_declaration"
            | "type_descriptor" => Some(NOT_RUN),
            "static_assert_declaration" | "enumerator_list" | "bitfield_clause" => Some(CONSTANT),
            "call_expression" => {
                let name = field(node, "function").map_or("", |it| self.source.of(it));
                let asks = [
                    "__builtin_choose_expr",
                    "__builtin_constant_p",
                    "__builtin_types_compatible_p",
                ];
                match name {
                    _ if self.preprocessed.macros.has(name) => Some(IN_MACROS),
                    "_Static_assert" | "static_assert" => Some(CONSTANT),
                    "typeof" | "__typeof__" | "__typeof" | "_Alignof" => Some(NOT_RUN),
                    _ if asks.contains(&name) => Some(NOT_RUN),
                    _ => None,
                }
            }
            "declaration" => {
                let is_kept = |it: Node<'_>| {
                    it.kind() == "storage_class_specifier"
                        && matches!(self.source.of(it), "static" | "extern")
                };
                children(node).any(is_kept).then_some(CONSTANT)
            }
            _ => None,
        }
    }

    /// Whether a child must be a constant where it stands.
    fn is_constant(&self, node: Node<'_>, child: Node<'_>) -> bool {
        let is = |name| field(node, name).is_some_and(|it| it.id() == child.id());
        match node.kind() {
            "array_declarator" | "abstract_array_declarator" => is("size"),
            "case_statement" => is("value"),
            "subscript_designator" | "subscript_range_designator" => true,
            "preproc_if" | "preproc_elif" => is("condition"),
            _ => false,
        }
    }

    fn operator(&mut self, node: Node<'_>, token: Node<'_>) {
        let text = self.source.of(token);
        let mut bytes = token.byte_range();
        let (operator, instead): (_, Vec<String>) = if node.kind() == "unary_expression" {
            (Operator::UnaryOperator, vec![String::new()])
        } else {
            let table = syn::parse_str(text).map(|it| instead_of(&it)).unwrap_or_default();
            (Operator::BinaryOperator, table.iter().map(|it| (*it).to_owned()).collect())
        };
        if !self.operators.contains(&operator) {
            return;
        }
        let next = self.source.text[bytes.end..].chars().next().unwrap_or(' ');
        let choice = self.choice(node, text);
        for new in instead {
            let mut replacement = new.clone();
            if new.is_empty() {
                // `return-x` must not become one word, and no line may be left without its end.
                let before = self.source.text[..bytes.start].chars().next_back().unwrap_or(' ');
                let is_word = |c: char| c.is_alphanumeric() || c == '_';
                let joins =
                    is_word(before) && is_word(next) || before == next && "+-&".contains(before);
                replacement.push_str(if joins { " " } else { "" });
                bytes.end = token.end_byte();
            } else if "+-*/&=<>|!".contains(next) {
                // `x-*p` must not become the beginning of a comment.
                replacement.push(' ');
            }
            let name = match new.is_empty() {
                true => format!("delete {text} in {}", self.site.name),
                false => format!("replace {text} with {new} in {}", self.site.name),
            };
            let (bytes, choice) = (bytes.clone(), choice.clone());
            self.found.push(Change { operator, bytes, replacement, name, choice });
        }
    }

    /// Where a change can be chosen when the body cannot be copied.
    fn choice(&self, node: Node<'_>, operator: &str) -> Choice {
        let range = node.byte_range();
        let text = &self.source.text[range.clone()];
        let comes_apart = |word: &str| {
            let macros = &self.preprocessed.macros;
            macros.has(word) && !macros.stays_together(word)
        };
        if words(text).any(comes_apart) {
            Choice::None(COMES_APART)
        } else if node.kind() != "unary_expression" || operator != "!" {
            Choice::Expression(range)
        } else if decides(node) {
            Choice::Condition(range)
        } else {
            self.statement.clone().map_or(Choice::None(TYPE_CHANGES), Choice::Statement)
        }
    }
}

/// Whether only the truth of an expression matters where it stands.
fn decides(node: Node<'_>) -> bool {
    let mut node = node;
    while let Some(parent) = node.parent() {
        let is = |name| field(parent, name).is_some_and(|it| it.id() == node.id());
        match parent.kind() {
            "parenthesized_expression" => node = parent,
            "if_statement"
            | "while_statement"
            | "do_statement"
            | "for_statement"
            | "conditional_expression" => return is("condition"),
            "unary_expression" => {
                return field(parent, "operator").is_some_and(|it| it.kind() == "!");
            }
            "binary_expression" => {
                return field(parent, "operator")
                    .is_some_and(|it| matches!(it.kind(), "&&" | "||"));
            }
            _ => return false,
        }
    }
    false
}
