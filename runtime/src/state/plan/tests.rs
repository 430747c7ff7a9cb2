//! Which fields meet, and which bytes go together.

use super::{Field, Kind, Part, Step, Variant, merge, pairs};
use segue_compiler::Fingerprint;

fn variant(fields: &[(&str, &[&str])]) -> Variant {
    let field = |(name, former): &(&str, &[&str])| Field {
        name: (*name).to_owned(),
        former_names: former.iter().map(ToString::to_string).collect(),
        structure: Fingerprint(0),
        offset: 0,
        part: Part {
            ty: "f32".to_owned(),
            fingerprint: Fingerprint(0),
            size: 4,
            align: 4,
            kind: Kind::Opaque,
        },
    };
    let fields = fields.iter().map(field).collect();
    Variant { name: String::new(), former_names: Vec::new(), fields }
}

#[track_caller]
fn check(old: &[(&str, &[&str])], new: &[(&str, &[&str])], met: &[&str]) {
    let (old, new) = (variant(old), variant(new));
    let name = |field: Option<(usize, &Field)>| {
        field.map_or_else(|| "-".to_owned(), |(_, field)| field.name.clone())
    };
    let pairs = pairs(&old, &new).into_iter();
    let pairs: Vec<_> = pairs.map(|(a, b)| format!("{} {}", name(a), name(b))).collect();
    assert_eq!(pairs, met);
}

#[test]
fn fields_meet_by_name_whatever_their_order() {
    check(&[("a", &[]), ("b", &[])], &[("b", &[]), ("c", &[]), ("a", &[])], &["b b", "- c", "a a"]);
}

#[test]
fn a_former_name_counts_only_where_nobody_bears_it_any_more() {
    check(&[("a", &[])], &[("b", &["a"])], &["a b"]);
    check(&[("a", &[])], &[("b", &["a"]), ("a", &[])], &["- b", "a a"]);
    check(&[("a", &[]), ("b", &[])], &[("b", &["a"])], &["b b", "a -"]);
    check(&[("a", &[])], &[("b", &["a"]), ("c", &["a"])], &["a b", "- c"]);
}

#[test]
fn swaps_that_follow_each_other_on_both_sides_are_one() {
    let swap = |from, to, size| Step::Swap { from, to, size };
    let steps =
        merge(vec![swap(8, 16, 4), swap(0, 8, 4), swap(4, 12, 4), swap(12, 0, 4), swap(3, 9, 0)]);
    let ranges = steps.iter().map(|step| match step {
        Step::Swap { from, to, size } => (*from, *to, *size),
        _ => (0, 0, 0),
    });
    assert_eq!(ranges.collect::<Vec<_>>(), [(0, 8, 12), (12, 0, 4)]);
}
