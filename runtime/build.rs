//! Notes which rustc compiles this crate: live code must come from the same one. With
//! `SEGUE_VISIBLE_LOCKS` set, locks are taken in a way that ThreadSanitizer sees (`sync`).

use std::process::Command;

fn main() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(&rustc).arg("-vV").output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let text = text.unwrap_or_default();
    let commit = text.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    println!("cargo::rustc-env=SEGUE_HOST_RUSTC={}", commit.unwrap_or("unknown"));
    if std::env::var_os("SEGUE_VISIBLE_LOCKS").is_some() {
        println!("cargo::rustc-cfg=segue_visible_locks");
    }
    println!("cargo::rerun-if-env-changed=SEGUE_VISIBLE_LOCKS");
    println!("cargo::rerun-if-env-changed=RUSTC");
    println!("cargo::rerun-if-changed=build.rs");
}
