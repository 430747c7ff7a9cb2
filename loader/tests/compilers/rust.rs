//! Rust.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{Expected, Outcome, Program, Variant, check, difference, output, sources};
use crate::inside::{self, Live, Said};
use crate::matrix::{cover, strength};

const PROGRAM: Program = Program { name: "language", sources: &["language.rs"] };

/// One of each goes into a row.
const FLAGS: [&[&str]; 4] = [
    &[
        "-Copt-level=0 -Ccodegen-units=16",
        "-Copt-level=2 -Ccodegen-units=16",
        "-Copt-level=3 -Ccodegen-units=1",
        "-Copt-level=z -Ccodegen-units=1",
    ],
    &[
        "",
        "-Crelocation-model=pie",
        "-Crelocation-model=static -Ccode-model=large",
        "-Ccode-model=large",
        "-Crelocation-model=static",
    ],
    &[
        "-Cdebuginfo=0",
        "-Cdebuginfo=2 -Cforce-frame-pointers=yes",
        "-Cdebuginfo=1 -Ctarget-cpu=native",
    ],
    &[
        "-Csymbol-mangling-version=v0",
        "-Cpanic=abort",
        "-Cembed-bitcode=yes -Clto=off",
        "-Cdebug-assertions=yes -Coverflow-checks=yes -Clink-dead-code",
    ],
];

fn variants() -> Vec<Variant<'static>> {
    let mut sizes = vec![Live::ALL.len()];
    sizes.extend(FLAGS.iter().map(|flags| flags.len()));
    let variant = |row: Vec<usize>| Variant {
        program: &PROGRAM,
        compiler: "rustc",
        flags: FLAGS.iter().zip(&row[1..]).map(|(flags, at)| flags[*at]).collect(),
        live: Live::ALL[row[0]],
        libraries: (&["-lpthread", "-ldl", "-lm"], &["std"]),
    };
    cover(&sizes, strength()).into_iter().map(variant).collect()
}

/// The library as rustc makes it for other languages, and the crate's own objects in it.
fn library(variant: &Variant<'_>, folder: &Path) -> Result<(PathBuf, Vec<PathBuf>), String> {
    let library = folder.join("liblanguage.a");
    let mut command = Command::new("rustc");
    command.args([
        "--edition=2024",
        "--crate-type=staticlib",
        "--crate-name=language",
        "-Awarnings",
    ]);
    command.args(variant.words()).arg(sources().join(variant.program.sources[0]));
    output(command.arg("-o").arg(&library))?;
    let members = output(Command::new("ar").arg("t").arg(&library))?;
    let own: Vec<&str> = members.lines().filter(|name| is_own(name)).collect();
    output(Command::new("ar").current_dir(folder).arg("x").arg(&library).args(&own))?;
    let objects = own.into_iter().map(|name| folder.join(name)).collect();
    Ok((library, objects))
}

/// Not those of std, and not the one that says which allocator the program has: here the host's.
fn is_own(name: &str) -> bool {
    name.starts_with("liblanguage.language.") && name.ends_with(".rcgu.o")
}

fn make(variant: &Variant<'_>, folder: &Path) -> Outcome {
    let (library, objects) = match library(variant, folder) {
        Ok(made) => made,
        Err(why) => return Outcome::Wrong(why),
    };
    let program = folder.join("ordinary");
    let said = match inside::run(&objects, variant.live, variant.libraries.1, folder) {
        Said::Results(said) => said,
        Said::Refused(why) => return Outcome::Refused(why),
        Said::Died(why) => return Outcome::Wrong(why),
    };
    let mut command = Command::new("cc");
    command.arg(sources().join("main.c")).arg(&library).args(variant.libraries.0);
    if variant.has("-Crelocation-model=static") {
        command.arg("-no-pie");
    }
    match output(command.arg("-o").arg(&program)).and_then(|_| output(&mut Command::new(&program)))
    {
        Ok(expected) if !expected.is_empty() && said == expected => Outcome::Same,
        Ok(expected) => Outcome::Wrong(difference(&expected, &said)),
        Err(why) => Outcome::Wrong(format!("the ordinary program: {why}")),
    }
}

fn refusal(variant: &Variant<'_>) -> Expected {
    if variant.has("-Crelocation-model=static") && !variant.has("-Ccode-model=large") {
        return Expected::Refused("-fPIC");
    }
    Expected::Same
}

#[test]
fn rust_says_what_the_ordinary_program_says() {
    check(&variants(), &make, &refusal);
}
