//! A test that is a command of the shell: a small program with the fork server in it, which becomes the shell. What the command
//! starts chooses the mutant by itself, since it is linked with the server as well.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::PathBuf;

use super::Program;
use super::place::Place;
use crate::{Error, ErrorKind, ImageMutant, TestBinary, TestKind};

/// The program itself: all sources, with the server last, where the commands look for it.
pub(super) fn program(
    program: &Program,
    objects: &[PathBuf],
    place: &Place,
    server: &OsStr,
) -> Result<(), Error> {
    let Some(output) = &program.output else { return Ok(()) };
    let path = place.tree.join(output);
    if !path.starts_with(&place.tree) || output.components().any(|it| it.as_os_str() == "..") {
        let message = format!(
            "--program {}: name a place in this folder, of which the tests see a copy",
            output.display()
        );
        return Err(Error::new(ErrorKind::Usage, message));
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(Error::file("make the folder", folder))?;
    }
    let mut arguments = vec![OsStr::new("-w")];
    arguments.extend(objects.iter().map(|it| it.as_os_str()));
    arguments.extend(program.libraries.iter().map(OsStr::new));
    arguments.extend([server, OsStr::new("-o"), path.as_os_str()]);
    program.must("the program cannot be built", &arguments)
}

/// The tests that are commands.
pub(super) fn commands(
    program: &Program,
    mutants: &[ImageMutant],
    place: &Place,
    server: &OsStr,
) -> Result<Vec<TestBinary>, Error> {
    let mut binaries = Vec::new();
    for (number, command) in program.commands.iter().enumerate() {
        let source = place.tests.join(format!("command-{number}.c"));
        let binary = place.tests.join(format!("command-{number}"));
        std::fs::write(&source, text(command, mutants)).map_err(Error::file("write", &source))?;
        let arguments =
            [OsStr::new("-w"), source.as_os_str(), server, OsStr::new("-o"), binary.as_os_str()];
        program.must("what starts the commands cannot be built", &arguments)?;
        binaries.push(TestBinary {
            package: program.package(),
            target: command.clone(),
            kind: TestKind::Custom,
            path: binary.strip_prefix(&place.root).unwrap_or(&binary).to_owned(),
            directory: place.tree.strip_prefix(&place.root).unwrap_or(&place.tree).to_owned(),
            environment: std::collections::BTreeMap::new(),
        });
    }
    Ok(binaries)
}

/// It has records of all functions of the program, so that the server can say which mutants there are; nothing enters them.
fn text(command: &str, mutants: &[ImageMutant]) -> String {
    let mut text = String::from(
        "#include <unistd.h>\n\
         struct arm { unsigned int mutant; void (*entry)(void); };\n\
         struct slot { unsigned int function, arms; unsigned long hits; void (*entry)(void); const struct arm *arm; };\n",
    );
    let mut slots = String::new();
    for it in mutants {
        let Some(function) = it.function else { continue };
        let id = it.mutant.id.0;
        let _ = writeln!(text, "static const struct arm arm_{id} = {{ {id}u, 0 }};");
        let _ = write!(slots, " {{ {function}u, 1u, 0, 0, &arm_{id} }},");
    }
    if !slots.is_empty() {
        let _ = writeln!(
            text,
            "static struct slot slots[] __attribute__((section(\"segue_slots\"), used, aligned(32))) = {{{slots} }};"
        );
    }
    let quoted: String = command.bytes().map(|byte| format!("\\{byte:03o}")).collect();
    let _ = writeln!(
        text,
        "int main(void) {{ execl(\"/bin/sh\", \"sh\", \"-c\", \"{quoted}\", (char *)0); return 127; }}"
    );
    text
}
