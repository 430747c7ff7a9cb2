//! Which runners are named.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::fs;

use super::*;

#[test]
fn runners_of_this_machine_are_named_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".cargo")).unwrap();
    let text = "[target.x86_64-a-b]\nrunner = 'one'\n[target.other]\nrunner = 'two'\n\
                [target.'cfg(unix)']\nrunner = 'three'\n[target.'cfg(windows)']\nrunner = 'four'\n";
    fs::write(folder.path().join(".cargo/config.toml"), text).unwrap();
    let settings = Settings::around(folder.path());
    let value = |name: &str| (name == "CARGO_TARGET_X86_64_A_B_RUNNER").then(|| "five".into());
    let holds = |section: &str| Ok(section == "cfg(unix)");
    let named = runners(&settings, "x86_64-a-b", value, &holds).unwrap();
    let mut firsts: Vec<_> = named.iter().map(|it| it.split(' ').next().unwrap()).collect();
    firsts.sort_unstable();
    let expected =
        ["CARGO_TARGET_X86_64_A_B_RUNNER", "target.cfg(unix).runner", "target.x86_64-a-b.runner"];
    assert_eq!(firsts, expected, "{named:?}");
}
