//! Two shell scripts that cargo runs in place of something: the wrapper around rustc, and the runner of test binaries,
//! which writes down how cargo would have run them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::OptLevel;
use super::blame::DENIED;
use super::copy::Copy;
use crate::Error;

/// rustc for workspace members. Its name has a digest of its text in it: cargo compiles members again when what they are
/// compiled with is another, and only then. So the text names the copy: cargo takes two copies of a package in one target
/// folder for the same, unless they are compiled with something else.
pub(super) fn wrapper(
    copy: &Copy,
    objects: &[PathBuf],
    opt_level: OptLevel,
    around: Option<&Path>,
) -> Result<PathBuf, Error> {
    let mut links = String::new();
    for object in objects {
        links.push_str(" -Clink-arg=");
        links.push_str(&quoted(&object.to_string_lossy()));
    }
    // No warning is told but these: of all others, what is put in causes thousands.
    let told: String = DENIED.iter().map(|lint| format!(" --force-warn={lint}")).collect();
    // What rustc checks without optimisation it checks with it, unless somebody says otherwise.
    let (optimised, checks) = match opt_level {
        OptLevel::Level(level) => (format!("-Copt-level={level}"), "-Cdebug-assertions=on"),
        OptLevel::Auto | OptLevel::Profile => (String::new(), ""),
    };
    let around = around.map_or(String::new(), |it| {
        format!("# The user's own wrapper.\nset -- {} \"$@\"\n", quoted(&it.to_string_lossy()))
    });
    let text = format!(
        "#!{shell}\n\
         # Of {copy:?}.\n{around}\
         # rustc, with lints capped and with what is linked into whatever is run. Nobody looks at these programs\n\
         # with a debugger: the lines of their code are enough, and what else there could be takes time.\n\
         link=yes test= lines= optimised={optimised} checks={checks}\n\
         for argument in \"$@\"; do\n\
         \tcase \"$argument\" in\n\
         \tbuild_script_*|proc-macro) link=no optimised= checks= ;;\n\
         \tlib|rlib|dylib|cdylib|staticlib) link=no ;;\n\
         \t--test) test=yes ;;\n\
         \tdebuginfo=2|debuginfo=1|debuginfo=full|debuginfo=limited) lines=-Cdebuginfo=line-tables-only ;;\n\
         \t-vV|--print*) exec \"$@\" ;;\n\
         \tdebug-assertions=*|-Cdebug-assertions*|opt-level=[1-9sz]|-Copt-level=[1-9sz]) checks= ;;\n\
         \tesac\n\
         done\n\
         set -- \"$@\" $lines $optimised $checks -Awarnings --cap-lints=warn{told}\n\
         if [ \"$link$test\" = no ]; then exec \"$@\"; fi\n\
         exec \"$@\"{links}\n",
        shell = shell(),
        copy = copy.tree,
    );
    let digest = xxhash_rust::xxh3::xxh3_64(text.as_bytes());
    write(&copy.root.join(format!("rustc-{digest:016x}.sh")), &text)
}

/// rustdoc with what is linked into whatever it runs. Flags in the environment would be instead of those in cargo's settings;
/// these are beside them.
pub(super) fn documenter(
    copy: &Copy,
    objects: &[PathBuf],
    rustdoc: Option<&Path>,
) -> Result<PathBuf, Error> {
    let rustdoc = rustdoc.unwrap_or(Path::new("rustdoc"));
    let link = |it: &PathBuf| format!(" -Clink-arg={}", quoted(&it.to_string_lossy()));
    let text = format!(
        "#!{}\n# rustdoc, with what is linked into examples.\nexec {} \"$@\"{}\n",
        shell(),
        quoted(&rustdoc.to_string_lossy()),
        objects.iter().map(link).collect::<String>(),
    );
    let digest = xxhash_rust::xxh3::xxh3_64(text.as_bytes());
    write(&copy.root.join(format!("rustdoc-{digest:016x}.sh")), &text)
}

/// Who runs a script that hands on what cargo tells the compiler: some shells, among them what is `sh` on Debian, drop variables
/// whose names they could not write themselves, as `CARGO_BIN_EXE_my-tool`. With `-p` it reads no file of the user's first.
fn shell() -> &'static str {
    const BASH: &str = "/bin/bash";
    if Path::new(BASH).exists() { "/bin/bash -p" } else { "/bin/sh" }
}

/// What the runner prints in front of its number.
pub(super) const NUMBER: &str = "segue: this is example ";

/// The runner: it writes a process's command line, environment and folder into files named after its number. Of
/// documentation tests, which are not in `build`, it keeps the binary as well, says the number and fails.
pub(super) fn runner(copy: &Copy, into: &Path) -> Result<PathBuf, Error> {
    let text = format!(
        "#!/bin/sh\n\
         # Writes down how cargo would run a test binary.\n\
         into={}/$$\n\
         cat \"/proc/$$/environ\" > \"$into.environment\"\n\
         pwd -P > \"$into.directory\"\n\
         tr '\\0' '\\n' < \"/proc/$$/cmdline\" > \"$into.command\"\n\
         case \"$1\" in\n\
         {}/*) ;;\n\
         *) ln \"$1\" \"$into.binary\" 2>/dev/null || cp \"$1\" \"$into.binary\"; echo \"{NUMBER}$$\"; exit 101 ;;\n\
         esac\n",
        quoted(&into.to_string_lossy()),
        quoted(&copy.build.to_string_lossy()),
    );
    let digest = xxhash_rust::xxh3::xxh3_64(text.as_bytes());
    write(&copy.root.join(format!("runner-{digest:016x}.sh")), &text)
}

fn write(path: &Path, text: &str) -> Result<PathBuf, Error> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(path.to_path_buf());
    }
    fs::write(path, text).map_err(Error::file("write", path))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .map_err(Error::file("make executable", path))?;
    Ok(path.to_path_buf())
}

/// A word for the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests;
