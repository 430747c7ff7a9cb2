//! What the packages of `tests/cases/mutants/operators` leave out: `tests/cases` has a function of each type.

use syn::{Expr, parse_quote};

use super::for_return;
use crate::discover::pretty::pretty;

fn values(output: &syn::ReturnType, errors: &[Expr]) -> Vec<String> {
    for_return(output, errors).iter().map(pretty).collect()
}

#[test]
fn errors_are_made_at_every_level() {
    let error: Expr = parse_quote!(anyhow!("wrong"));
    assert_eq!(
        values(&parse_quote!(-> Result<Option<Result<()>>>), &[error]),
        [
            "Ok(None)",
            "Ok(Some(Ok(())))",
            "Ok(Some(Err(anyhow!(\"wrong\"))))",
            "Err(anyhow!(\"wrong\"))"
        ]
    );
}

#[test]
fn of_several_values_the_last_changes_first() {
    assert_eq!(
        values(&parse_quote!(-> (bool, bool)), &[]),
        ["(true, true)", "(true, false)", "(false, true)", "(false, false)"]
    );
    assert_eq!(values(&parse_quote!(-> ()), &[]), ["()"]);
    assert_eq!(values(&parse_quote!(-> (u8, !)), &[]), [""; 0]);
}

#[test]
fn arguments_that_are_no_types_do_not_count() {
    assert_eq!(values(&parse_quote!(-> Cow<'a, str>), &[])[0], "Cow::Borrowed(\"\")");
    assert_eq!(values(&parse_quote!(-> Option<3>), &[]), ["Default::default()"]);
    assert_eq!(values(&parse_quote!(-> Ref<'a, 3, bool>), &[])[1], "Ref::from_iter([true])");
    assert_eq!(values(&parse_quote!(-> HashMap<u8, u8, S>), &[]), ["Default::default()"]);
}
