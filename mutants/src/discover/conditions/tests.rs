//! Conditions, with what is known and what is not.

use std::collections::BTreeSet;

use syn::parse::Parser;

use super::Answer::{No, Unknown, Yes};
use super::{Answer, Conditions, Open, line, sets_flags};

fn ask(open: Open, condition: &str) -> Answer {
    let set = ["unix", "debug_assertions", "target_os=\"linux\"", "panic=\"unwind\"", "mine"];
    let features = BTreeSet::from(["on".to_owned()]);
    let set = set.into_iter().map(line).collect();
    let conditions = Conditions { test: false, set, features, open };
    let parse = crate::discover::attributes::condition;
    conditions.ask(&parse.parse_str(condition).expect("it is a condition"))
}

#[test]
fn what_rustc_and_cargo_set_is_decided() {
    let closed = Open::Nothing { profile: false };
    for (condition, answer) in [
        ("unix", Yes),
        ("windows", No),
        ("test", No),
        ("not(test)", Yes),
        ("true", Yes),
        ("false", No),
        ("target_os = \"linux\"", Yes),
        ("target_os = \"macos\"", No),
        ("feature = \"on\"", Yes),
        ("feature = \"off\"", No),
        ("all()", Yes),
        ("any()", No),
        ("all(unix, feature = \"on\")", Yes),
        ("all(unix, any(windows, feature = \"off\"))", No),
        ("any(windows, not(feature = \"off\"))", Yes),
        ("mine", Yes),
        ("loom", No),
        ("debug_assertions", Yes),
        ("accessible(std::mem)", Unknown),
        ("version(\"1.90\")", Unknown),
    ] {
        assert_eq!(ask(closed, condition), answer, "{condition}");
    }
}

#[test]
fn a_build_script_or_a_profile_leaves_open_what_it_may_set() {
    let foreign = Open::Foreign { profile: false };
    assert_eq!(ask(foreign, "loom"), Unknown);
    assert_eq!(ask(foreign, "not(loom)"), Unknown);
    assert_eq!(ask(foreign, "all(loom, windows)"), No);
    assert_eq!(ask(foreign, "any(loom, unix)"), Yes);
    assert_eq!(ask(foreign, "any(loom, windows)"), Unknown);
    assert_eq!(ask(foreign, "panic = \"abort\""), No);
    let release = Open::Nothing { profile: true };
    assert_eq!(ask(release, "debug_assertions"), Unknown);
    assert_eq!(ask(release, "panic = \"abort\""), Unknown);
    assert_eq!(ask(release, "windows"), No);
    assert_eq!(ask(Open::Everything, "windows"), Unknown);
    assert_eq!(ask(Open::Everything, "test"), Unknown);
}

#[test]
fn a_target_is_built_where_its_features_are_on() {
    let known = Conditions::for_tests(&[], BTreeSet::from(["on".to_owned()]));
    assert!(known.has("on") && known.has("dependency/any") && !known.has("off"));
    assert!(Conditions::default().has("off"), "nothing is looked at");
}

#[test]
fn variables_that_hand_on_flags_leave_conditions_open() {
    for name in [
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_RUSTFLAGS",
        "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS",
    ] {
        assert!(sets_flags(name), "{name}");
    }
    for name in ["RUSTFLAGS", "CARGO_TARGET_DIR", "CARGO_BUILD_RUSTDOCFLAGS"] {
        assert!(!sets_flags(name), "{name}");
    }
}
