//! How rustc is called for the server's object: when a package is tested, and when this program itself is built.

/// Options that leave nothing in the object but its own code: no panics, no unwinding, no other section.
pub(crate) const OPTIONS: [&str; 12] = [
    "--edition=2021",
    "--crate-type=lib",
    "--crate-name=segue_server",
    "--emit=obj",
    "--cap-lints=allow",
    "-Cpanic=abort",
    "-Copt-level=2",
    "-Cdebug-assertions=off",
    "-Crelocation-model=pic",
    "-Cforce-unwind-tables=no",
    "-Ccodegen-units=1",
    "-Cdebuginfo=0",
];
