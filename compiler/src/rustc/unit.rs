//! How rustc is called: the flags, each with its reason, and the environment.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use super::{Frame, Rustc};
use crate::symbol::crate_name;

/// The same for every compile.
const FLAGS: &[&str] = &[
    "--edition=2024",
    "--error-format=json",
    // Diagnostics arrive coloured; plain text is made from that.
    "--json=diagnostic-rendered-ansi",
    // One object; functions are told apart by section.
    "-Ccodegen-units=1",
    // Symbols that say which crate defines them.
    "-Csymbol-mangling-version=v0",
    // Symbols that do not depend on anything but the text.
    "-Cmetadata=segue",
    // A panic in live code unwinds to the caller's guard.
    "-Cpanic=unwind",
    // Calls to other functions load their address from the GOT: that entry is the slot.
    "-Crelocation-model=pic",
    // LLVM bitcode is for link-time optimisation; writing it costs 3 to 5 % of a compile.
    "-Cembed-bitcode=no",
    // The same `cfg` at every optimisation level.
    "-Cdebug-assertions=no",
    "-Coverflow-checks=no",
];

/// Passes of LLVM that carry what is known of one function's body into its callers or its
/// interface. A function that can be replaced must be opaque to its callers: they outlive it. Without
/// this list a caller that was compiled when `f` could not panic has no landing pad for `f`, and a
/// later `f` that panics would abort the process; or it has removed a bounds check because `f`
/// never returned more than 3. Inlining stays: the caller then holds what it relies on.
const OPAQUE: &str = concat!(
    // Not a pass: what is known of which memory each function writes, believed by its callers.
    "-Cllvm-args=-enable-global-analyses=false ",
    "-opt-disable=",
    // Two equal functions would share one body, until one of them is edited.
    "mergefunc,",
    // Attributes of a body (cannot unwind, reads no memory), believed by the callers.
    "function-attrs,rpo-function-attrs,",
    // Ranges of results, and constants for parameters.
    "ipsccp,",
    // Parameters and results that are left out or passed in another way.
    "deadargelim,argpromotion,",
    // Statics shrunk or split by the values this object stores, calling conventions changed.
    "globalopt",
);

/// Loops begin at cache lines. Where a loop lies decides how fast it is, by up to a tenth, and LLVM leaves that to where
/// the linker puts the function: live code begins at cache lines anyhow, which suits some loops and not others.
const LOOPS: &str = "-Cllvm-args=-align-loops=64";

/// The first LLVM that knows the options.
const OPAQUE_SINCE: u32 = 22;

impl Rustc {
    /// Compiles what stands in `frame`.
    pub(super) fn command(&self, frame: &Frame) -> Command {
        self.command_for("--crate-type=lib", frame)
    }

    /// The same where the shims alone are exported: everything else is private, as it is in a program.
    ///
    /// Whatever lints deny is said by the compile that exports everything.
    pub(super) fn roots_command(&self, frame: &Frame) -> Command {
        let mut command = self.command_for("--crate-type=cdylib", frame);
        command.arg("--cap-lints=warn");
        command
    }

    fn command_for(&self, crate_type: &str, frame: &Frame) -> Command {
        let mut command = Command::new(&self.program);
        clean_environment(&mut command);
        // A compiler that crashes leaves its report here, and it goes with the frame.
        command.current_dir(frame.directory());
        command.args(FLAGS).arg(crate_type);
        command.arg(format!("-Copt-level={}", self.opt_level));
        if self.checks {
            // Of two that contradict each other, rustc takes the last.
            command.arg("-Coverflow-checks=yes");
        }
        if self.lines {
            command.arg("-Cdebuginfo=line-tables-only");
        }
        if self.llvm >= OPAQUE_SINCE {
            command.args([OPAQUE, LOOPS]);
        }
        command.arg("--crate-name").arg(crate_name(frame.user_path()));
        command.arg(join("--emit=obj=", &frame.object()));
        command.arg(join("--emit=dep-info=", &frame.dep_info()));
        // Panics, `file!()` and diagnostics speak of the user's files.
        let mut remap = join("--remap-path-prefix=", frame.directory());
        remap.push("=/");
        command.arg(remap);
        command.arg(frame.root());
        command
    }

    /// The same for a text of which no function may hold what is known of another.
    ///
    /// With `-Cincremental` rustc itself carries nothing from one body into another: it inlines no function
    /// of the crate, makes none of them `#[inline]` because it is small, and tells callers nothing of what a
    /// body does to its parameters (`deduced_param_attrs`: a caller that knows that a parameter is only
    /// read passes its own value instead of a copy, and a later body that writes to it would be wrong).
    /// Whatever lints deny is said by the compile of the whole file.
    pub(super) fn opaque_command(&self, frame: &Frame) -> Command {
        let mut command = self.command(frame);
        command.arg(join("-Cincremental=", &frame.directory().join(".segue-incremental")));
        // In a unit a variable that is private to its module, or a thread-local, looks as if no other
        // function could change it.
        command.arg("-Cllvm-args=-enable-global-analyses=false");
        command.arg("--cap-lints=warn");
        command
    }

    /// Whether functions can be compiled so that others need not know them.
    pub(super) fn can_be_opaque(&self) -> bool {
        self.llvm >= OPAQUE_SINCE && self.opt_level > 0
    }
}

fn join(flag: &str, path: &Path) -> OsString {
    let mut joined = OsString::from(flag);
    joined.push(path);
    joined
}

/// Takes out what cargo and rustup set for processes of their own, so that a compile does
/// not depend on who started Segue.
pub(super) fn clean_environment(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let noise = ["CARGO_", "RUSTC_", "RUSTDOC"].iter().any(|prefix| text.starts_with(prefix))
            || ["CARGO", "RUSTC", "RUSTFLAGS", "RUST_LOG", "RUST_BACKTRACE"].contains(&&*text);
        if noise {
            command.env_remove(name);
        }
    }
}
