//! Wrong and unexplained dependencies are found in every form that a manifest can give them.

use super::*;
use crate::finding::lines;

#[test]
fn upward_dependencies_are_found() {
    let found = |path: &str, text: &str| lines(&layering(path, text));
    assert_eq!(found("loader/Cargo.toml", "[dependencies]\nsegue-compiler = \"1\""), [2]);
    assert_eq!(
        found("loader/Cargo.toml", "[dev-dependencies]\nsegue-runtime.workspace = true"),
        [2]
    );
    assert_eq!(
        found("runtime/Cargo.toml", "[dependencies]\nsegue-loader = { workspace = true }"),
        []
    );
    assert_eq!(found("runtime/Cargo.toml", "[dependencies.segue-audio-demo]\npath = \"a\""), [1]);
    assert_eq!(
        found("audio-demo/Cargo.toml", "[target.'cfg(unix)'.dependencies]\nsegue-loader = \"1\""),
        [2]
    );
    assert_eq!(
        found("audio-demo/Cargo.toml", "[dependencies]\nx = { package = \"segue-loader\" }"),
        [2]
    );
}

#[test]
fn the_root_package_may_test_everything() {
    let found = |text: &str| lines(&layering("Cargo.toml", text));
    assert_eq!(found("[dependencies]\nsegue-loader = \"1\""), [2]);
    assert_eq!(found("[dev-dependencies]\nsegue-loader = \"1\""), []);
    assert_eq!(found("[workspace.dependencies]\nsegue-loader = { path = \"loader\" }"), []);
}

#[test]
fn a_package_without_a_layer_is_found() {
    assert_eq!(lines(&layering("extras/Cargo.toml", "[package]")), [1]);
}

#[test]
fn dependencies_without_a_reason_are_found() {
    let found = |text: &str| lines(&reasons("a/Cargo.toml", text));
    assert_eq!(found("[dependencies]\nserde = \"1\""), [2]);
    assert_eq!(found("[dependencies]\n# JSON.\nserde = \"1\"\nserde_json = \"1\""), [4]);
    assert_eq!(found("[dev-dependencies]\nserde = \"1\"\n\n[features]\na = []"), [2]);
    assert_eq!(found("[dependencies]\nsegue-loader = { workspace = true }"), []);
    assert_eq!(found("[workspace.dependencies]\nserde = \"1\""), []);
    let table = "# The model checker.\n[target.'cfg(loom)'.dependencies]\nloom = \"1\"";
    assert_eq!(found(table), []);
    assert_eq!(found(&format!("{table}\nserde = \"1\"")), [4]);
}
