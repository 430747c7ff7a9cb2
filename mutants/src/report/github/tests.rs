//! Annotations stay one line, whatever is in a name.

use super::*;
use crate::Operator;
use crate::report::sample::mutant;

#[test]
fn an_annotation_names_place_and_change() {
    let minus = mutant(0, "+", "-", "replace + with - in f", Operator::BinaryOperator);
    assert_eq!(
        annotation(&minus),
        "::warning file=src/a b.rs,line=3,col=7,endLine=3,endColumn=8,title=Missed mutant::replace + with - in f"
    );
}

#[test]
fn what_ends_a_line_or_a_property_is_escaped() {
    let mut odd = mutant(0, "+", "-", "100%\r\nof, it: all", Operator::BinaryOperator);
    odd.file = "a,b:c%.rs".into();
    let line = annotation(&odd);
    assert!(line.starts_with("::warning file=a%2Cb%3Ac%25.rs,line=3"), "{line}");
    assert!(line.ends_with("::100%25%0D%0Aof, it: all"), "{line}");
}
