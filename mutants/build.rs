//! Compiles the fork server into an object that is part of this package: programs of C are linked with it, on machines that
//! may have no rustc.

#[path = "src/run/server/options.rs"]
mod options;

use std::path::Path;
use std::process::Command;

const INSIDE: &str = "src/run/server/inside";

fn main() {
    println!("cargo::rerun-if-changed={INSIDE}");
    println!("cargo::rerun-if-changed=src/run/server/options.rs");
    let variable = |name: &str| std::env::var_os(name).expect("cargo sets it for build scripts");
    let object = Path::new(&variable("OUT_DIR")).join("segue-server.o");
    let mut rustc = Command::new(variable("RUSTC"));
    rustc.args(options::OPTIONS).arg("--target").arg(variable("TARGET"));
    rustc.arg("-o").arg(object).arg(Path::new(INSIDE).join("main.rs"));
    let status = rustc.status().expect("cargo names a rustc that runs");
    assert!(status.success(), "rustc refuses the fork server in {INSIDE}");
}
