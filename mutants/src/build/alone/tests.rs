//! Which of cargo's targets are built for a mutant alone.

use std::collections::BTreeMap;

use super::*;

fn binary(target: &str, kind: TestKind) -> TestBinary {
    TestBinary {
        package: "package".to_owned(),
        target: target.to_owned(),
        kind,
        path: PathBuf::new(),
        directory: PathBuf::new(),
        environment: BTreeMap::new(),
    }
}

#[test]
fn cargo_is_told_of_integration_tests_where_there_are_no_others() {
    let [one, other] = ["one", "other"].map(|it| binary(it, TestKind::Integration));
    let example = binary("src/lib.rs - (line 3)", TestKind::Doctest);
    let expected = BTreeSet::from(["one", "other"]);
    assert_eq!(integration_tests(&[&other, &example, &one]), Some(expected));
    for kind in [TestKind::Unit, TestKind::Custom] {
        assert_eq!(integration_tests(&[&one, &binary("package", kind)]), None);
    }
    assert_eq!(integration_tests(&[&example]), None);
    assert_eq!(integration_tests(&[]), None);
}
