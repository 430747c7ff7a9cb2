//! What type inference complains about, as rustc says it.

use ra_ap_hir_def::expr_store::{ExpressionStore, ExpressionStoreSourceMap};
use ra_ap_hir_def::hir::ExprOrPatId;
use ra_ap_hir_def::{DefWithBodyId, ExpressionStoreOwnerId};
use ra_ap_hir_ty::display::{DisplayTarget, HirDisplay};
use ra_ap_hir_ty::next_solver::{DbInterner, StoredTy};
use ra_ap_hir_ty::solver_errors::{SolverDiagnostic, SolverDiagnosticKind};
use ra_ap_hir_ty::{
    InferenceDiagnostic as Kind, InferenceResult, InferenceTyDiagnosticSource,
    PathLoweringDiagnostic, Span, TyLoweringDiagnostic,
};

use super::Collect;

/// Code, message, label, and the node it is about.
type Said = (Option<&'static str>, String, String, ExprOrPatId);

impl Collect<'_> {
    /// What is wrong with the types of a body, or of what it is the body of.
    pub(super) fn inferences(&mut self, body: DefWithBodyId) {
        let map_of = |owner| ExpressionStore::with_source_map(self.db, owner).1;
        let own = map_of(ExpressionStoreOwnerId::Body(body));
        let signature = ExpressionStoreOwnerId::Signature(body.generic_def(self.db));
        for diagnostic in InferenceResult::of(self.db, body).diagnostics() {
            let before = self.found.len();
            match diagnostic {
                _ if is_a_matter_of_style(diagnostic) => continue,
                Kind::TyDiagnostic { source: InferenceTyDiagnosticSource::Signature, .. } => {
                    self.inferred(map_of(signature), diagnostic);
                }
                _ => self.inferred(own, diagnostic),
            }
            if self.found.len() == before {
                self.somewhere();
            }
        }
    }

    fn inferred(&mut self, map: &ExpressionStoreSourceMap, diagnostic: &Kind) {
        match diagnostic {
            Kind::SolverDiagnostic(SolverDiagnostic { span, kind }) => {
                let SolverDiagnosticKind::TraitUnimplemented { trait_predicate, .. } = kind;
                let interner = DbInterner::new_with(self.db, self.krate);
                let predicate = trait_predicate.get(interner);
                let of = predicate.display(self.db, self.target()).to_string();
                let message = format!("the trait bound `{of}` is not satisfied");
                self.at_span(map, *span, Some("E0277"), message, "unsatisfied trait bound");
            }
            Kind::TypeMustBeKnown { at_point, .. } => {
                let message = "type annotations needed".to_owned();
                self.at_span(map, *at_point, Some("E0282"), message, "cannot infer type");
            }
            Kind::TyDiagnostic {
                diag: TyLoweringDiagnostic::PathDiagnostic { source, .. },
                ..
            } => {
                let message = "generic arguments do not fit this path".to_owned();
                self.at_type(map, *source, Some("E0107"), message, "");
            }
            Kind::TyDiagnostic {
                diag: TyLoweringDiagnostic::InferVarsNotAllowed { source },
                ..
            } => {
                let message = "the placeholder `_` is not allowed here".to_owned();
                self.at_span(
                    map,
                    *source,
                    Some("E0121"),
                    message,
                    "not allowed in type signatures",
                );
            }
            _ => {
                let said = self.about_names(map, diagnostic);
                let said = said.or_else(|| self.about_types(diagnostic));
                let said = said.or_else(|| about_forms(diagnostic));
                let said = said.or_else(|| about_calls(diagnostic));
                match said {
                    Some((code, message, label, node)) => self.at(map, node, code, message, &label),
                    None => self.somewhere(),
                }
            }
        }
    }

    fn at_span(
        &mut self,
        map: &ExpressionStoreSourceMap,
        span: Span,
        code: Option<&'static str>,
        message: String,
        label: &str,
    ) {
        match span {
            Span::ExprId(id) => self.at(map, id.into(), code, message, label),
            Span::PatId(id) => self.at(map, id.into(), code, message, label),
            Span::BindingId(id) => {
                if let Some(pat) = map.patterns_for_binding(id).first() {
                    self.at(map, (*pat).into(), code, message, label);
                }
            }
            Span::TypeRefId(id) => self.at_type(map, id, code, message, label),
            Span::Dummy => {}
        }
    }

    fn target(&self) -> DisplayTarget {
        DisplayTarget::from_crate(self.db, self.krate)
    }

    fn shown(&self, ty: &StoredTy) -> String {
        ty.as_ref().display(self.db, self.target()).to_string()
    }

    fn about_names(&self, map: &ExpressionStoreSourceMap, diagnostic: &Kind) -> Option<Said> {
        let lost = "not found in this scope";
        Some(match diagnostic {
            Kind::NoSuchField { field, private, .. } => match private {
                None => said("E0560", "no such field", "unknown field", *field),
                Some(_) => said("E0451", "this field is private", "private field", *field),
            },
            Kind::DuplicateField { field, .. } => {
                said("E0062", "field specified more than once", "used more than once", *field)
            }
            Kind::PrivateField { expr, .. } => {
                said("E0616", "this field is private", "private field", *expr)
            }
            Kind::PrivateAssocItem { id, .. } => {
                said("E0624", "this associated item is private", "private item", *id)
            }
            Kind::UnresolvedField { expr, receiver, name, method_with_same_name_exists } => {
                let (name, ty) = (name.as_str(), self.shown(receiver));
                if *method_with_same_name_exists {
                    let message =
                        format!("attempted to take value of method `{name}` on type `{ty}`");
                    return Some(said("E0615", message, "method, not a field", *expr));
                }
                said("E0609", format!("no field `{name}` on type `{ty}`"), "unknown field", *expr)
            }
            Kind::UnresolvedMethodCall { expr, receiver, name, .. } => {
                let (name, ty) = (name.as_str(), self.shown(receiver));
                let message =
                    format!("no method named `{name}` found for type `{ty}` in the current scope");
                let mut label = format!("method not found in `{ty}`");
                if self.is_of_library(receiver.as_ref()) {
                    label.push_str(", as the jit's library has it");
                }
                said("E0599", message, label, *expr)
            }
            Kind::UnresolvedAssocItem { id } => {
                let name = self.text(map, *id);
                said("E0599", format!("no associated item `{name}` found"), "not found", *id)
            }
            Kind::UnresolvedIdent { id } => {
                let name = self.text(map, *id);
                said("E0425", format!("cannot find `{name}` in this scope"), lost, *id)
            }
            _ => return None,
        })
    }

    fn about_types(&self, diagnostic: &Kind) -> Option<Said> {
        Some(match diagnostic {
            Kind::TypeMismatch { node, expected, found } => {
                let (expected, found) = (self.shown(expected), self.shown(found));
                let label = format!("expected `{expected}`, found `{found}`");
                said("E0308", "mismatched types", label, *node)
            }
            Kind::ExpectedFunction { call_expr, found } => {
                let message = format!("expected function, found `{}`", self.shown(found));
                said("E0618", message, "call expression requires function", *call_expr)
            }
            Kind::CannotBeDereferenced { expr, found } => {
                let message = format!("type `{}` cannot be dereferenced", self.shown(found));
                said("E0614", message, "can't be dereferenced", *expr)
            }
            Kind::CannotIndexInto { expr, found } => {
                let message = format!("cannot index into a value of type `{}`", self.shown(found));
                said("E0608", message, "", *expr)
            }
            Kind::ExpectedArrayOrSlicePat { pat, found } => {
                let found = self.shown(found);
                let message = format!("expected an array or slice, found `{found}`");
                said("E0529", message, "pattern cannot match", *pat)
            }
            Kind::CannotImplicitlyDerefTraitObject { pat, found } => {
                let message = format!("type `{}` cannot be dereferenced", self.shown(found));
                said("E0033", message, "", *pat)
            }
            Kind::TypedHole { expr, expected } => {
                let label = format!("a value of type `{}` belongs here", self.shown(expected));
                said(
                    "",
                    "`_` can only be used on the left-hand side of an assignment",
                    label,
                    *expr,
                )
            }
            Kind::CastToUnsized { expr, cast_ty } => {
                let message = format!("cast to unsized type: `{}`", self.shown(cast_ty));
                said("E0620", message, "", *expr)
            }
            Kind::InvalidCast { expr, expr_ty, cast_ty, .. } => {
                let (from, to) = (self.shown(expr_ty), self.shown(cast_ty));
                said("E0606", format!("casting `{from}` as `{to}` is invalid"), "", *expr)
            }
            _ => return None,
        })
    }

    /// The text of a node, as it was written.
    fn text(&self, map: &ExpressionStoreSourceMap, id: ExprOrPatId) -> String {
        use ra_ap_hir_expand::db::ExpandDatabase as _;
        let Ok(source) = map.expr_or_pat_syntax(id) else { return String::new() };
        let root = self.db.parse_or_expand(source.file_id);
        source.value.syntax_node_ptr().to_node(&root).text().to_string()
    }
}

/// What depends on the form alone.
/// `Formatter` for `Formatter<'_>`: a lint of rustc's that is off.
fn is_a_matter_of_style(diagnostic: &Kind) -> bool {
    use TyLoweringDiagnostic::PathDiagnostic;
    let (Kind::TyDiagnostic { diag: PathDiagnostic { diag, .. }, .. }
    | Kind::PathDiagnostic { diag, .. }) = diagnostic
    else {
        return false;
    };
    matches!(diag, PathLoweringDiagnostic::ElidedLifetimesInPath { hard_error: false, .. })
}

fn about_forms(diagnostic: &Kind) -> Option<Said> {
    Some(match diagnostic {
        Kind::MismatchedArgCount { call_expr, expected, found } => {
            let message = format!(
                "this function takes {expected} {} but {found} {} supplied",
                plural(*expected, "argument", "arguments"),
                plural(*found, "argument was", "arguments were"),
            );
            said("E0061", message, "", *call_expr)
        }
        Kind::MismatchedTupleStructPatArgCount { pat, expected, found } => {
            let message = format!(
                "this pattern has {found} {}, but the corresponding tuple has {expected}",
                plural(*found, "field", "fields"),
            );
            said("E0023", message, "", *pat)
        }
        Kind::MismatchedArrayPatLen { pat, expected, found, .. } => {
            let message = format!("pattern requires {found} elements but array has {expected}");
            said("E0527", message, "", *pat)
        }
        Kind::ArrayPatternWithoutFixedLength { pat } => {
            said("E0730", "cannot pattern-match on an array without a fixed length", "", *pat)
        }
        Kind::InvalidRangePatType { pat } => {
            said("E0029", "only `char` and numeric types are allowed in range patterns", "", *pat)
        }
        Kind::BreakOutsideOfLoop { expr, is_break, bad_value_break } => {
            let word = if *is_break { "break" } else { "continue" };
            match bad_value_break {
                true => said("E0571", "`break` with value from a loop that has none", "", *expr),
                false => said("E0268", format!("`{word}` outside of a loop"), "", *expr),
            }
        }
        Kind::InvalidLhsOfAssignment { lhs } => {
            said("E0070", "invalid left-hand side of assignment", "cannot assign to this", *lhs)
        }
        Kind::NonExhaustiveRecordExpr { expr } => {
            said("E0639", "cannot create non-exhaustive struct using struct expression", "", *expr)
        }
        Kind::NonExhaustiveRecordPat { pat, .. } => {
            said("E0638", "`..` required with struct marked as non-exhaustive", "", *pat)
        }
        Kind::FunctionalRecordUpdateOnNonStruct { base_expr } => {
            said("E0436", "functional record update syntax requires a struct", "", *base_expr)
        }
        Kind::MutRefInImmRefPat { pat } => {
            said("E0596", "cannot borrow as mutable inside an `&` pattern", "", *pat)
        }
        Kind::MethodCallIncorrectGenericsLen { expr, provided_count, expected_count, .. } => {
            let message = format!(
                "method takes {expected_count} generic {} but {provided_count} supplied",
                plural(*expected_count as usize, "argument", "arguments"),
            );
            said("E0107", message, "", *expr)
        }
        Kind::PathDiagnostic { node, .. } => {
            said("E0107", "generic arguments do not fit this path", "", *node)
        }
        Kind::UnionExprMustHaveExactlyOneField { expr } => {
            said("E0784", "union expressions should have exactly one field", "", *expr)
        }
        _ => return None,
    })
}

fn about_calls(diagnostic: &Kind) -> Option<Said> {
    Some(match diagnostic {
        Kind::MethodCallIllegalSizedBound { call_expr } => {
            said("", "this method cannot be invoked on a trait object", "", *call_expr)
        }
        Kind::MethodCallIncorrectGenericsOrder { expr, .. } => {
            said("E0747", "generic arguments are in the wrong order", "", *expr)
        }
        Kind::ExplicitDropMethodUse { kind } => {
            use ra_ap_hir_ty::ExplicitDropMethodUseKind as Use;
            let node = match kind {
                Use::MethodCall(expr) => (*expr).into(),
                Use::Path(node) => *node,
            };
            said("E0040", "explicit use of destructor method", "not allowed", node)
        }
        Kind::MutableRefBinding { pat } => {
            said("E0658", "binding cannot be both mutable and by-reference", "", *pat)
        }
        _ => return None,
    })
}

fn said(
    code: &'static str,
    message: impl Into<String>,
    label: impl Into<String>,
    node: impl Into<ExprOrPatId>,
) -> Said {
    let code = Some(code).filter(|code| !code.is_empty());
    (code, message.into(), label.into(), node.into())
}

fn plural<'a>(number: usize, one: &'a str, many: &'a str) -> &'a str {
    if number == 1 { one } else { many }
}
