//! What counts is in the text, and nothing else.

use super::*;
use crate::Features;

#[test]
fn features_profile_and_arguments_count_and_jobs_do_not() {
    let plain = BuildOptions::default();
    let of_jobs = BuildOptions { jobs: Some(3), ..BuildOptions::default() };
    assert_eq!(plain.arguments(), of_jobs.arguments());
    let features = Features { names: vec!["x".into()], ..Features::default() };
    for other in [
        BuildOptions { features, ..BuildOptions::default() },
        BuildOptions { profile: Some("release".into()), ..BuildOptions::default() },
        BuildOptions { cargo_arguments: vec!["--config=a.toml".into()], ..BuildOptions::default() },
    ] {
        assert_ne!(plain.arguments(), other.arguments());
    }
}

#[test]
fn variables_count_that_change_what_is_made() {
    let of = |name: &str| counted([(name.into(), "value".into())].into_iter());
    for name in [
        "CARGO_PROFILE_TEST_OPT_LEVEL",
        "CARGO_BUILD_RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER",
        "RUSTFLAGS",
        "RUSTDOCFLAGS",
        "RUSTC_BOOTSTRAP",
    ] {
        assert!(of(name).contains(name), "{name}");
    }
    for name in ["CARGO_TARGET_DIR", "CARGO_BUILD_JOBS", "CARGO_PKG_NAME", "RUST_LOG", "HOME"] {
        assert_eq!(of(name), "[]", "{name}");
    }
}
