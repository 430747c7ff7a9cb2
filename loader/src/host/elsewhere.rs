//! The executable of another process: where everything is in it, from its file alone (phase: resolve).

use std::path::Path;
use std::sync::OnceLock;

use object::LittleEndian;
use object::elf::{self, FileHeader64};
use object::read::elf::{FileHeader, ProgramHeader, Sym};

use super::{Executable, Host, Loaded, Symbols};
use crate::arch::{Machine, thread_block};
use crate::error::{Error, ErrorKind};

/// The variable of the executable that has room for thread-locals of live code.
const ROOM: &str = "segue_thread_locals";
/// Alignment of a block of thread-locals that nobody else has a say in.
const ALIGN: u64 = 64;

/// What is known of the other process.
#[derive(Debug, Clone, Copy)]
pub(super) struct Elsewhere {
    pub(super) machine: Machine,
    /// Distance of the executable's thread-locals from the thread pointer.
    pub(super) threads: u64,
    room: Option<Room>,
}

/// Bytes of the executable's thread-locals that are zero and live code's to use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// In the block of the executable's thread-locals.
    pub(crate) offset: u64,
    pub(crate) size: u64,
    /// The alignment of the block.
    pub(crate) align: u64,
}

/// The only module of a process that is one executable.
pub(crate) const MODULE: u64 = 1;

impl Symbols {
    /// Says that the other process, whose executable's symbols are not given, keeps `size` bytes for
    /// thread-locals of live code, zero in every new thread: all the thread-locals that its
    /// executable has. With [`Symbols::of_executable`] the executable says so itself, by a
    /// thread-local variable `segue_thread_locals` that it uses for nothing else.
    pub fn reserve_thread_locals(&mut self, machine: Machine, size: u32) {
        if let Host::Nobody(elsewhere) = &mut self.host {
            let size = u64::from(size);
            // Both fit: the size is far below 2^64.
            let threads = thread_block(machine, size, ALIGN).unwrap_or(0);
            let room = Some(Room { offset: 0, size, align: ALIGN });
            *elsewhere = Some(Elsewhere { machine, threads, room });
        }
    }

    pub(super) fn elsewhere(&self) -> Option<&Elsewhere> {
        match &self.host {
            Host::Process(_) => None,
            Host::Nobody(elsewhere) => elsewhere.as_ref(),
            Host::Other(executable) => executable.elsewhere.as_ref(),
        }
    }

    /// Where thread-locals of live code go in the other process.
    ///
    /// # Errors
    /// `ThreadLocal` when it has no room for them.
    pub(crate) fn room(&self) -> Result<Room, Error> {
        self.elsewhere().and_then(|it| it.room).ok_or_else(|| {
            let why = format!(
                "the other process has no room for thread-locals of live code: its executable must \
                 have a thread-local array of zeroes called {ROOM} (see Symbols::reserve_thread_locals)"
            );
            Error::new(ErrorKind::ThreadLocal, why)
        })
    }
}

impl Executable {
    /// The executable that another process runs.
    pub(super) fn of_another(path: &Path) -> Result<Executable, Error> {
        let map = Executable::open(path)?;
        let elsewhere =
            Elsewhere::of(&map).map_err(|error| error.within(&path.display().to_string()))?;
        let image = Loaded { module: MODULE, ..Loaded::default() };
        Ok(Executable { map, index: OnceLock::new(), image, elsewhere: Some(elsewhere) })
    }
}

fn bad(why: &str) -> Error {
    Error::new(ErrorKind::File, why)
}

impl Elsewhere {
    fn of(bytes: &[u8]) -> Result<Elsewhere, Error> {
        let header = FileHeader64::<LittleEndian>::parse(bytes)
            .map_err(|error| bad(&format!("not an ELF file ({error})")))?;
        if header.e_type(LittleEndian) != elf::ET_EXEC {
            let why = "its addresses are not the same in every run: link it with -static -no-pie";
            return Err(bad(why));
        }
        let machine = Machine::of_elf(header.e_machine(LittleEndian))
            .ok_or_else(|| bad("an executable for a processor that this loader does not know"))?;
        let headers = header
            .program_headers(LittleEndian, bytes)
            .map_err(|error| bad(&format!("bad program headers ({error})")))?;
        let mut elsewhere = Elsewhere { machine, threads: 0, room: None };
        if let Some(tls) = headers.iter().find(|it| it.p_type(LittleEndian) == elf::PT_TLS) {
            let (size, align) = (tls.p_memsz(LittleEndian), tls.p_align(LittleEndian).max(1));
            let start = thread_block(machine, size, align);
            elsewhere.threads = start.ok_or_else(|| bad("an impossible thread-local segment"))?;
            elsewhere.room = find_room(header, bytes, size, align);
        }
        Ok(elsewhere)
    }
}

/// The room, if a symbol says that it is inside the block of `size` bytes.
fn find_room(
    header: &FileHeader64<LittleEndian>,
    bytes: &[u8],
    size: u64,
    align: u64,
) -> Option<Room> {
    let table = header.sections(LittleEndian, bytes).ok()?;
    let symbols = table.symbols(LittleEndian, bytes, elf::SHT_SYMTAB).ok()?;
    let is_room = |symbol: &&elf::Sym64<LittleEndian>| {
        let name = symbols.symbol_name(LittleEndian, *symbol);
        symbol.st_type() == elf::STT_TLS && name.is_ok_and(|name| name == ROOM.as_bytes())
    };
    let symbol = symbols.iter().find(is_room)?;
    let (offset, room) = (symbol.st_value(LittleEndian), symbol.st_size(LittleEndian));
    let inside = offset.checked_add(room).is_some_and(|end| end <= size);
    inside.then_some(Room { offset, size: room, align })
}
