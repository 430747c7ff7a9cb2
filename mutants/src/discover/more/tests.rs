//! Each operator that cargo-mutants does not have, and the noise that it avoids.

use crate::Operator;
use crate::discover::conditions::Conditions;
use crate::discover::source::read;
use crate::discover::visit::Rules;

/// The names of an operator's mutants in a function with this body.
fn names(operators: &[Operator], body: &str) -> Vec<String> {
    let skipped = ["with_capacity".to_owned()];
    let conditions = Conditions::default();
    let rules = Rules { errors: &[], skipped_calls: &skipped, operators, conditions: &conditions };
    let found = read(&format!("fn f() -> u8 {{ {body} }}"), &rules).expect("it is Rust");
    found
        .changes
        .iter()
        .map(|change| match change.replacement.as_str() {
            "" => change.name.clone(),
            text => format!("{} `{text}`", change.name),
        })
        .map(|name| name.replace(" in f", ""))
        .collect()
}

#[track_caller]
fn check(operator: Operator, body: &str, expected: &[&str]) {
    assert_eq!(names(&[operator], body), expected, "{body}");
}

#[test]
fn calls_whose_value_is_not_used_are_deleted() {
    let calls = "a(1); b.c(); d::e()?; g().await; h.i().j(); let k = l(); m!(); n()";
    let expected = ["a", "c", "e", "g", "j"].map(|name| format!("delete call of {name}"));
    assert_eq!(names(&[Operator::CallDeletion], calls), expected);
    check(Operator::CallDeletion, "drop(a); v.reserve(9); log::debug(); with_capacity(3); 1", &[]);
    check(Operator::CallDeletion, "#[mutants::skip] a(); 1", &[]);
}

#[test]
fn a_call_that_is_a_whole_body_is_deleted_once() {
    let both = [Operator::CallDeletion, Operator::BodyRemoval];
    assert_eq!(names(&both, "if a { b(); } 1"), ["remove body of if"]);
    assert_eq!(names(&both[..1], "if a { b(); } 1"), ["delete call of b"]);
    let found = names(&both, "for a in b { c(); d(); } 1");
    assert_eq!(found, ["remove body of for loop", "delete call of c", "delete call of d"]);
}

#[test]
fn arguments_that_look_alike_change_places() {
    check(Operator::ArgumentSwap, "a(b, /* c */ d)", &["swap b and d in call of a `d, /* c */ b`"]);
    check(Operator::ArgumentSwap, "a.b(1, 2, \"c\")", &["swap 1 and 2 in call of b `2, 1`"]);
    check(Operator::ArgumentSwap, "a::b(&c, &d)", &["swap &c and &d in call of a::b `&d, &c`"]);
    check(
        Operator::ArgumentSwap,
        "a(b, b); a(&b, &mut c); a(1, 2.0); a(b, c()); m!(a, b); a(b)",
        &[],
    );
}

#[test]
fn literals_become_their_neighbours() {
    check(Operator::Constant, "3", &["replace 3 with 4 `4`", "replace 3 with 2 `2`"]);
    check(Operator::Constant, "0u8", &["replace 0u8 with 1u8 `1u8`"]);
    check(Operator::Constant, "255_u8", &["replace 255_u8 with 254u8 `254u8`"]);
    check(Operator::Constant, "127i8", &["replace 127i8 with 126i8 `126i8`"]);
    check(
        Operator::Constant,
        "0x1f",
        &["replace 0x1f with 0x20 `0x20`", "replace 0x1f with 0x1e `0x1e`"],
    );
    check(Operator::Constant, "1.0f32", &["replace 1.0f32 with 0.0f32 `0.0f32`"]);
    check(Operator::Constant, "true", &["replace true with false `false`"]);
    check(Operator::Constant, "\"\"", &["replace \"\" with \"xyzzy\" `\"xyzzy\"`"]);
    let max = u128::MAX;
    assert_eq!(names(&[Operator::Constant], &format!("{max}u128")).len(), 1);
    check(Operator::Constant, "340282366920938463463374607431768211456", &[]);
}

#[test]
fn a_literal_that_a_type_or_a_pattern_depends_on_stays() {
    let kept = "let a: [u8; 3] = b; let c = [d; 4]; e::<5>(); const F: u8 = 6; static G: u8 = 7; \
                match h { 8 | 9..=10 => i, _ => j }; #[doc = \"k\"] let l = m.0; assert!(n == 11); 'c'";
    check(Operator::Constant, kept, &[]);
    check(Operator::Boundary, "match a { 1..=2 => b, _ => c }", &[]);
}

#[test]
fn boundaries_move_by_one() {
    check(Operator::Boundary, "a <= b", &["replace <= with < `<`"]);
    check(Operator::Boundary, "a >= b", &["replace >= with > `>`"]);
    check(Operator::Boundary, "a..b", &["replace .. with ..= `..=`"]);
    check(Operator::Boundary, "a[..=b]", &["replace ..= with .. `..`"]);
    check(Operator::Boundary, "a < b; a == b; a..; ..", &[]);
}

#[test]
fn bodies_of_the_unit_type_are_removed() {
    check(Operator::BodyRemoval, "if a { b = c } 1", &["remove body of if"]);
    check(Operator::BodyRemoval, "if let Some(a) = b { c += a; d } 1", &["remove body of if"]);
    check(Operator::BodyRemoval, "for a in b { c += a } 1", &["remove body of for loop"]);
    check(
        Operator::BodyRemoval,
        "if a { b } else { c }; while a { b }; for a in b {} if a {} loop { c }",
        &[],
    );
}

#[test]
fn a_list_of_operators_is_read() {
    assert_eq!(Operator::parse_list("standard").expect("it is one"), Operator::STANDARD);
    assert_eq!(Operator::parse_list("more").expect("it is one").len(), 11);
    let two = Operator::parse_list("call-deletion, fn-value,fn-value").expect("it is one");
    assert_eq!(two, [Operator::FnValue, Operator::CallDeletion]);
    let said = Operator::parse_list("call").expect_err("there is none").to_string();
    assert!(said.contains("`call`") && said.contains("match-arm-guard"), "{said}");
}
