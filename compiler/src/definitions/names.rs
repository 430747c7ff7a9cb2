//! What a piece of syntax mentions: names in types, and names in constant expressions.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use crate::tokens;

/// The names some syntax mentions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    types: BTreeSet<String>,
    values: BTreeSet<String>,
}

/// One name, and from where it is mentioned.
pub(crate) struct Mention<'a> {
    pub name: &'a str,
    pub file: usize,
    pub context: Context,
}

/// In what kind of place a name is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// A type: cannot name a function.
    Type,
    /// An expression or a macro's input: can name anything.
    Value,
}

impl Names {
    /// Of whatever `visit` walks over.
    pub(crate) fn of(walk: impl FnOnce(&mut Visitor)) -> Names {
        let mut visitor = Visitor { names: Names::default(), expressions: 0 };
        walk(&mut visitor);
        visitor.names
    }

    /// Of raw tokens: every identifier, as a value.
    pub(crate) fn of_tokens(stream: TokenStream) -> Names {
        let mut names = Names::default();
        identifiers(stream, &mut names.values);
        names
    }

    pub(crate) fn add_type(&mut self, name: &str) {
        self.types.insert(name.to_owned());
    }

    /// All of them, as mentioned from `file`.
    pub(crate) fn mentions(&self, file: usize) -> Vec<Mention<'_>> {
        let types = self.types.iter().map(|name| (name, Context::Type));
        let values = self.values.iter().map(|name| (name, Context::Value));
        types.chain(values).map(|(name, context)| Mention { name, file, context }).collect()
    }
}

/// Every identifier in `stream`, groups included.
pub(crate) fn identifiers(stream: TokenStream, found: &mut BTreeSet<String>) {
    for token in stream {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(tokens::plain(&ident));
            }
            TokenTree::Group(group) => identifiers(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Every identifier that an expansion of `stream` could define: not the macro's own `$variables`.
pub(crate) fn expandable(stream: TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let is = |token: Option<&TokenTree>, character: char| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character);
    let before = |index: usize, distance: usize| index.checked_sub(distance).map(|at| &tokens[at]);
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(ident) => {
                let is_variable = is(before(index, 1), '$');
                let is_kind = is(before(index, 1), ':') && is(before(index, 3), '$');
                if !is_variable && !is_kind {
                    found.insert(tokens::plain(ident));
                }
            }
            TokenTree::Group(group) => expandable(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Walks over syntax for [`Names::of`].
pub(crate) struct Visitor {
    names: Names,
    /// How many expressions enclose the current place.
    expressions: usize,
}

impl<'ast> Visit<'ast> for Visitor {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        for segment in &path.segments {
            let name = tokens::plain(&segment.ident);
            if self.expressions > 0 {
                self.names.values.insert(name.clone());
            }
            self.names.types.insert(name);
        }
        visit::visit_path(self, path);
    }

    fn visit_expr(&mut self, expression: &'ast syn::Expr) {
        self.expressions += 1;
        visit::visit_expr(self, expression);
        self.expressions -= 1;
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.names.values.insert(tokens::plain(&call.method));
        visit::visit_expr_method_call(self, call);
    }

    // A single identifier among generic arguments parses as a type and may be a constant; constants
    // are found from type context too, so nothing is to be done for it.

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if let Some(name) = call.path.segments.last() {
            self.names.values.insert(tokens::plain(&name.ident));
        }
        identifiers(call.tokens.clone(), &mut self.names.values);
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}
