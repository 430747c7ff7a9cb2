//! Walks one file's syntax and collects what may be changed, in the order of cargo-mutants: a function's values,
//! then what is inside, from the outside in.

use std::collections::BTreeSet;
use std::ops::Range;

use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Expr, Pat, Safety, Signature};

use super::attributes as attrs;
use super::conditions::Conditions;
use super::modules::Module;
use super::more;
use super::places;
use super::pretty::{one_line, pretty};
use super::{operators, values};
use crate::{Function, Operator, Span};

#[cfg(test)]
mod tests;

/// What there is to know while a file is walked.
pub(super) struct Rules<'a> {
    /// The errors that a `Result` may become.
    pub(super) errors: &'a [Expr],
    /// Calls whose arguments are left alone, by the last part of their name.
    pub(super) skipped_calls: &'a [String],
    /// Which operators.
    pub(super) operators: &'a [Operator],
    /// What is compiled.
    pub(super) conditions: &'a Conditions,
}

/// What may be changed at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) function: Option<usize>,
    pub(super) span: Span,
    pub(super) bytes: Range<usize>,
    pub(super) operator: Operator,
    pub(super) replacement: String,
    pub(super) name: String,
}

/// What a file gave.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) functions: Vec<Function>,
    pub(super) changes: Vec<Change>,
    pub(super) modules: Vec<Vec<Module>>,
}

/// Everything in a file.
pub(super) fn walk(file: &syn::File, text: &str, rules: &Rules<'_>) -> Found {
    let mut visitor = Visitor {
        rules,
        text,
        names: Vec::new(),
        around: Vec::new(),
        modules: Vec::new(),
        quiet: 0,
        covered: BTreeSet::new(),
        found: Found::default(),
    };
    if !visitor.is_left_out(&file.attrs) {
        visitor.visit_file(file);
    }
    visitor.found
}

/// See [`walk`].
pub(super) struct Visitor<'a> {
    pub(super) rules: &'a Rules<'a>,
    pub(super) text: &'a str,
    /// Modules, types, traits and functions around this place.
    names: Vec<String>,
    /// The functions around it, by their place in `found.functions`.
    around: Vec<usize>,
    modules: Vec<Module>,
    /// Above zero where a type or a pattern depends on the value of an expression.
    pub(super) quiet: usize,
    /// Where statements begin that another change deletes already, in bytes.
    pub(super) covered: BTreeSet<usize>,
    found: Found,
}

impl Visitor<'_> {
    /// Whether a piece of code is compiled out, or is to be left alone.
    fn is_left_out(&self, attributes: &[Attribute]) -> bool {
        self.is_compiled_out(attributes) || attrs::are_left_alone(attributes)
    }

    fn is_compiled_out(&self, attributes: &[Attribute]) -> bool {
        attrs::are_false(attributes, self.rules.conditions)
    }

    /// Adds a change, with ` in f` after its name; not in a body's own name, which has `f` in it.
    pub(super) fn add(
        &mut self,
        at: proc_macro2::Span,
        operator: Operator,
        replacement: &str,
        name: String,
    ) {
        if !self.rules.operators.contains(&operator) {
            return;
        }
        let function = self.around.last().copied();
        let name = match function {
            Some(function) if operator != Operator::FnValue => {
                format!("{name} in {}", self.found.functions[function].name)
            }
            _ => name,
        };
        self.found.changes.push(Change {
            function,
            span: places::span(at),
            bytes: places::bytes(self.text, at),
            operator,
            replacement: replacement.to_owned(),
            name,
        });
    }

    /// Whether there is a function around this place.
    pub(super) fn is_in_a_function(&self) -> bool {
        !self.around.is_empty()
    }

    /// A place in bytes of the file.
    pub(super) fn bytes(&self, of: proc_macro2::Span) -> Range<usize> {
        places::bytes(self.text, of)
    }

    /// Walks where nothing of [`more`] is wanted.
    fn quietly(&mut self, walk: impl FnOnce(&mut Self)) {
        self.quiet += 1;
        walk(self);
        self.quiet -= 1;
    }

    /// The text at a place, in one line.
    pub(super) fn text_at(&self, at: proc_macro2::Span) -> String {
        one_line(self.text.get(places::bytes(self.text, at)).unwrap_or_default())
    }

    fn inside(&mut self, name: String, walk: impl FnOnce(&mut Self)) {
        self.names.push(name);
        walk(self);
        self.names.pop();
    }

    fn function(
        &mut self,
        item: &impl ToTokens,
        signature: &Signature,
        body: &Block,
        walk: impl FnOnce(&mut Self),
    ) {
        self.names.push(signature.ident.to_string());
        self.around.push(self.found.functions.len());
        let function = Function {
            name: self.names.join("::"),
            return_type: pretty(&signature.output),
            span: places::span(item.span()),
            body: places::bytes(self.text, body.brace_token.span.join()),
        };
        self.found.functions.push(function.clone());
        self.values(&function, signature, body);
        more::body(self, &signature.output, body);
        walk(self);
        self.around.pop();
        self.names.pop();
    }

    fn values(&mut self, function: &Function, signature: &Signature, body: &Block) {
        let Some(span) = statements(body) else { return };
        let returns = match function.return_type.as_str() {
            "" => String::new(),
            returns => format!(" {returns}"),
        };
        let before = pretty(body);
        for value in values::for_return(&signature.output, self.rules.errors) {
            if before == pretty(&quote! { { #value } }) {
                continue;
            }
            let value = pretty(&value);
            let name = format!("replace {}{returns} with {value}", function.name);
            self.add(span, Operator::FnValue, &value, name);
        }
    }

    pub(super) fn is_skipped_call(&self, name: &(impl PartialEq<String> + ?Sized)) -> bool {
        self.rules.skipped_calls.iter().any(|skipped| *name == *skipped)
    }
}

/// The statements of a body; `None` where there is none.
pub(super) fn statements(body: &Block) -> Option<proc_macro2::Span> {
    let (first, last) = (body.stmts.first()?, body.stmts.last()?);
    first.span().join(last.span())
}

/// A function that nothing is done to: `unsafe`, without a statement, or one that people or tests own.
fn is_untouched(
    visitor: &Visitor<'_>,
    attributes: &[Attribute],
    signature: &Signature,
    body: &Block,
) -> bool {
    matches!(signature.safety, Safety::Unsafe(_))
        || body.stmts.is_empty()
        || visitor.is_left_out(attributes)
}

impl<'ast> Visit<'ast> for Visitor<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !self.is_compiled_out(attrs::of_item(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        if !self.is_compiled_out(attrs::of_impl_item(item)) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_trait_item(&mut self, item: &'ast syn::TraitItem) {
        if !self.is_compiled_out(attrs::of_trait_item(item)) {
            visit::visit_trait_item(self, item);
        }
    }

    fn visit_stmt(&mut self, statement: &'ast syn::Stmt) {
        if !self.is_compiled_out(attrs::of_statement(statement)) {
            more::statement(self, statement);
            visit::visit_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        if !self.is_compiled_out(attrs::of_expression(expression)) {
            more::expression(self, expression);
            visit::visit_expr(self, expression);
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        self.quietly(|visitor| visit::visit_attribute(visitor, attribute));
    }

    fn visit_type(&mut self, ty: &'ast syn::Type) {
        self.quietly(|visitor| visit::visit_type(visitor, ty));
    }

    fn visit_generic_argument(&mut self, argument: &'ast syn::GenericArgument) {
        self.quietly(|visitor| visit::visit_generic_argument(visitor, argument));
    }

    fn visit_pat(&mut self, pattern: &'ast Pat) {
        match pattern {
            Pat::Range(_) => self.quietly(|visitor| visit::visit_pat(visitor, pattern)),
            _ => visit::visit_pat(self, pattern),
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.quietly(|visitor| visit::visit_item_const(visitor, item));
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.quietly(|visitor| visit::visit_item_static(visitor, item));
    }

    fn visit_expr_repeat(&mut self, repeat: &'ast syn::ExprRepeat) {
        repeat.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        self.visit_expr(&repeat.expr);
        self.quietly(|visitor| visitor.visit_expr(&repeat.len));
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if !self.is_compiled_out(&arm.attrs) {
            visit::visit_arm(self, arm);
        }
    }

    fn visit_field_value(&mut self, field: &'ast syn::FieldValue) {
        if !self.is_compiled_out(&field.attrs) {
            visit::visit_field_value(self, field);
        }
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        if !self.is_compiled_out(&field.attrs) {
            visit::visit_field(self, field);
        }
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        if !self.is_compiled_out(&variant.attrs) {
            visit::visit_variant(self, variant);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !is_untouched(self, &item.attrs, &item.sig, &item.block) {
            self.function(item, &item.sig, &item.block, |visitor| {
                visit::visit_item_fn(visitor, item)
            });
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        // There is seldom another good value for what a constructor gives.
        if item.sig.ident != "new" && !is_untouched(self, &item.attrs, &item.sig, &item.block) {
            self.function(item, &item.sig, &item.block, |visitor| {
                visit::visit_impl_item_fn(visitor, item)
            });
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        let Some(body) = &item.default else { return };
        if item.sig.ident != "new" && !is_untouched(self, &item.attrs, &item.sig, body) {
            self.function(item, &item.sig, body, |visitor| {
                visit::visit_trait_item_fn(visitor, item)
            });
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if self.is_left_out(&item.attrs) {
            return;
        }
        let of = pretty(&item.self_ty);
        let name = match &item.trait_ {
            // A default that is viable and another one cannot be made up.
            Some((path, _)) if attrs::ends_with(path, "Default") => return,
            Some((path, _)) => format!("<impl {} for {of}>", pretty(path)),
            None => of,
        };
        self.inside(name, |visitor| visit::visit_item_impl(visitor, item));
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        if !self.is_left_out(&item.attrs) {
            self.inside(item.ident.to_string(), |visitor| visit::visit_item_trait(visitor, item));
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if self.is_left_out(&item.attrs) {
            return;
        }
        let module = Module::new(item, self.rules.conditions);
        let name = module.name.clone();
        self.modules.push(module);
        if item.content.is_none() {
            self.found.modules.push(self.modules.clone());
        }
        self.inside(name, |visitor| visit::visit_item_mod(visitor, item));
        self.modules.pop();
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        let is_skipped = match &*call.func {
            Expr::Path(path) => {
                path.path.segments.last().is_some_and(|last| self.is_skipped_call(&last.ident))
            }
            _ => false,
        };
        if !is_skipped && !attrs::are_left_alone(&call.attrs) {
            visit::visit_expr_call(self, call);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if !self.is_skipped_call(&call.method) && !attrs::are_left_alone(&call.attrs) {
            visit::visit_expr_method_call(self, call);
        }
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        if attrs::are_left_alone(&binary.attrs) {
            return;
        }
        let at = binary.op.span();
        for instead in operators::instead_of(&binary.op) {
            let name = format!("replace {} with {instead}", self.text_at(at));
            self.add(at, Operator::BinaryOperator, instead, name);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        if attrs::are_left_alone(&unary.attrs) {
            return;
        }
        if operators::is_deleted(&unary.op) {
            let at = unary.op.span();
            let name = format!("delete {}", self.text_at(at));
            self.add(at, Operator::UnaryOperator, "", name);
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_match(&mut self, of: &'ast syn::ExprMatch) {
        if attrs::are_left_alone(&of.attrs) {
            return;
        }
        let arms: Vec<_> = of.arms.iter().filter(|arm| !self.is_compiled_out(&arm.attrs)).collect();
        if arms.iter().any(|arm| is_wildcard(&arm.pat)) {
            // Without the wildcard the match would not compile; a guard that is `false` deletes its arm already.
            for arm in arms.iter().filter(|arm| !is_wildcard(&arm.pat) && guard(&arm.pat).is_none())
            {
                let name = format!("delete match arm {}", one_line(&pretty(&arm.pat)));
                self.add(arm.span(), Operator::MatchArm, "", name);
            }
        }
        for guard in arms.iter().filter_map(|arm| guard(&arm.pat)) {
            let at = guard.span();
            for value in ["true", "false"] {
                let name = format!("replace match guard {} with {value}", self.text_at(at));
                self.add(at, Operator::MatchArmGuard, value, name);
            }
        }
        visit::visit_expr_match(self, of);
    }

    fn visit_expr_struct(&mut self, of: &'ast syn::ExprStruct) {
        if attrs::are_left_alone(&of.attrs) {
            return;
        }
        let fields = of.fields.pairs().filter(|_| of.rest.is_some());
        for pair in fields {
            let (field, comma) = (pair.value(), pair.punct());
            let syn::Member::Named(member) = &field.member else { continue };
            if self.is_compiled_out(&field.attrs) {
                continue;
            }
            let at =
                comma.and_then(|comma| field.span().join(comma.span())).unwrap_or(field.span());
            let name = format!("delete field {member} from struct {} expression", pretty(&of.path));
            self.add(at, Operator::StructField, "", name);
        }
        visit::visit_expr_struct(self, of);
    }
}

fn is_wildcard(pattern: &Pat) -> bool {
    match pattern {
        Pat::Guard(guarded) => is_wildcard(&guarded.pat),
        pattern => matches!(pattern, Pat::Wild(_)),
    }
}

fn guard(pattern: &Pat) -> Option<&Expr> {
    match pattern {
        Pat::Guard(guarded) => Some(&guarded.guard),
        _ => None,
    }
}
