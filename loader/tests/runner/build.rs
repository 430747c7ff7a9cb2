//! Compiling the sources of a case, and packing archives.

use std::path::{Path, PathBuf};
use std::process::Command;

use object::read::elf::{FileHeader, SectionHeader};
use object::{LittleEndian, elf};
use segue_loader::Machine;

/// How the sources of one case are compiled.
pub(super) struct Build<'a> {
    pub(super) machine: Machine,
    pub(super) compiler: Option<&'a str>,
    pub(super) flags: Option<&'a str>,
    pub(super) directory: &'a Path,
}

const USUAL: &str = "-O2 -fPIC -ffunction-sections -fdata-sections";
const RUST: &str = "--edition 2024 --crate-type lib --crate-name live --emit=obj -A warnings \
                    -C opt-level=3 -C codegen-units=1 -C symbol-mangling-version=v0 -C metadata=segue";

impl Build<'_> {
    /// The object of a source in the directory.
    pub(super) fn object(&self, source: &str) -> Result<Vec<u8>, String> {
        let extension = source.rsplit('.').next().unwrap_or("");
        let output = self.directory.join(source).with_extension("o");
        let mut command = match extension {
            "rs" => {
                let mut command = Command::new("rustc");
                command.args(self.flags.unwrap_or(RUST).split_whitespace());
                command
            }
            _ => {
                let mut command = Command::new(self.compiler(extension));
                let usual = if matches!(extension, "s" | "S") { "" } else { USUAL };
                if self.compiler == Some("clang") && self.machine == Machine::Aarch64 {
                    command.arg("--target=aarch64-linux-gnu");
                }
                command.arg("-c").args(self.flags.unwrap_or(usual).split_whitespace());
                command
            }
        };
        run(command.current_dir(self.directory).arg(source).arg("-o").arg(&output))?;
        std::fs::read(&output).map_err(|error| format!("{}: {error}", output.display()))
    }

    fn compiler(&self, extension: &str) -> &str {
        match (self.compiler, self.machine, extension) {
            (Some(compiler), _, _) => compiler,
            (None, Machine::X86_64, "cc") => "c++",
            (None, Machine::X86_64, _) => "cc",
            (None, Machine::Aarch64, "cc") => "aarch64-linux-gnu-g++",
            (None, Machine::Aarch64, _) => "aarch64-linux-gnu-gcc",
        }
    }

    /// An executable of one object, which is compiled already.
    pub(super) fn executable(&self, source: &str) -> Result<PathBuf, String> {
        let path = self.directory.join("executable");
        let flags = "-nostdlib -static -no-pie -Wl,-e,0,--build-id=none,-Ttext-segment=0x400000";
        let mut command = Command::new(self.compiler("s"));
        command.current_dir(self.directory).args(flags.split_whitespace());
        run(command.arg(Path::new(source).with_extension("o")).arg("-o").arg(&path))?;
        Ok(path)
    }

    /// Packs the objects of these sources, which are compiled already.
    pub(super) fn archive(&self, name: &str, sources: &[String]) -> Result<(), String> {
        let objects = sources.iter().map(|source| Path::new(source).with_extension("o"));
        run(Command::new("ar").current_dir(self.directory).arg("rcs").arg(name).args(objects))
    }
}

/// Makes every relocation of one kind one of another, which the assembler does not know yet.
pub(super) fn renumber(object: &mut [u8], from: u32, to: u32) {
    let header = elf::FileHeader64::<LittleEndian>::parse(&*object).expect("an object");
    let sections = header.section_headers(LittleEndian, &*object).expect("sections");
    let tables = sections.iter().filter(|it| it.sh_type(LittleEndian) == elf::SHT_RELA);
    let ranges: Vec<_> = tables.filter_map(|it| it.file_range(LittleEndian)).collect();
    for (start, size) in ranges {
        let table = &mut object[start as usize..][..size as usize];
        for entry in table.chunks_exact_mut(size_of::<elf::Rela64<LittleEndian>>()) {
            // r_offset has 8 bytes; of r_info the lower 4 are the kind.
            if entry[8..12] == from.to_le_bytes() {
                entry[8..12].copy_from_slice(&to.to_le_bytes());
            }
        }
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| {
        format!("cannot run {program} ({error}): .ci/setup test installs what tests need")
    })?;
    let messages = String::from_utf8_lossy(&output.stderr);
    output.status.success().then_some(()).ok_or_else(|| format!("{program}: {messages}"))
}
