//! Symbols of the process: where names that an object does not define are looked for (phase:
//! resolve).
//!
//! For another address space the process is none of the program's: names are looked for in an
//! executable of the other process, whose addresses are in its file, or nowhere.
//!
//! Order: definitions given by the caller, the process's dynamic symbols, the executable's own
//! symbol table, the C library's mathematics (every Rust program may use it, but the linker drops it
//! from executables that do not), archives.
//!
//! Of the executable's table only global and weak symbols count: local names repeat from file to
//! file, and binding to the wrong one would be a guess. The exception is variables with Rust's
//! mangled names, which are unique.

mod elsewhere;
mod libraries;

use std::collections::HashMap;
use std::ffi::{CString, c_int, c_void};
use std::fs::File;
use std::path::Path;
use std::sync::OnceLock;

use memmap2::Mmap;
use object::LittleEndian;
use object::elf::{self, FileHeader64};
use object::read::elf::{FileHeader, Sym};
use xxhash_rust::xxh3::xxh3_64;

use self::elsewhere::Elsewhere;
pub(crate) use self::elsewhere::{MODULE, Room};
use crate::archive::Archives;
use crate::blocks::BlockId;
use crate::error::{Error, ErrorKind};
use crate::graph::Span;
use crate::indirect::call_resolver;
use crate::memory::Space;
use crate::nearest::Nearest;

/// What a name turned out to be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Definition {
    /// Code or data at this address.
    Address(u64),
    /// A thread-local variable: module and offset in its block.
    ThreadLocal { module: u64, offset: u64 },
    /// A block of an archive member that is still to be linked.
    Member { member: u32, block: BlockId, at: i64, is_indirect: bool },
    /// An indirect function of another process's executable, by its resolver's address.
    Resolver(u64),
}

/// What the relocation needs the name to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    Address,
    /// The name is hidden: an address, but not one in a shared library.
    HiddenAddress,
    ThreadLocal,
}

/// Where undefined names are looked for, in this order: [`Symbols::define`], the process's dynamic
/// symbols, the executable's own symbol table, libm, [`Symbols::archive`] in the order given.
pub struct Symbols {
    defined: HashMap<String, usize>,
    endings: Vec<(Box<str>, usize)>,
    host: Host,
    pub(crate) archives: Archives,
    found: HashMap<Box<str>, Definition>,
}

/// Whose names they are.
enum Host {
    /// Nobody's: what the caller defines is all there is, but for room for thread-locals.
    Nobody(Option<Elsewhere>),
    /// This process's.
    Process(&'static Executable),
    /// Another process's, which runs this executable.
    Other(Box<Executable>),
}

impl Symbols {
    /// The symbols of this process and its executable.
    ///
    /// # Errors
    /// `File` when the executable cannot be opened or is no ELF file.
    pub fn of_process() -> Result<Symbols, Error> {
        // Now rather than at a swap, which maps nothing.
        mathematics("sin");
        Ok(Symbols::of(Host::Process(Executable::of_process()?)))
    }

    /// No symbols but those that the caller defines and archives hold.
    pub fn none() -> Symbols {
        Symbols::of(Host::Nobody(None))
    }

    /// The symbols of the executable at `path`, for a program in the address space of a process that
    /// runs it ([`Space::There`]). Its addresses must be the same in every run: link it with
    /// `-static -no-pie`. Only names of its own are found, not those of shared libraries.
    ///
    /// # Errors
    /// `File` when it cannot be read, or is not an ELF executable with fixed addresses.
    pub fn of_executable(path: &Path) -> Result<Symbols, Error> {
        Ok(Symbols::of(Host::Other(Box::new(Executable::of_another(path)?))))
    }

    fn of(host: Host) -> Symbols {
        Symbols {
            defined: HashMap::new(),
            endings: Vec::new(),
            host,
            archives: Archives::default(),
            found: HashMap::new(),
        }
    }

    /// Whether the symbols are of the process that the code will run in.
    ///
    /// # Errors
    /// `Unsupported` when they cannot be.
    pub(crate) fn check(&self, space: Space) -> Result<(), Error> {
        let why = match (&self.host, space) {
            (Host::Nobody(_), _) | (Host::Process(_), Space::Here) => return Ok(()),
            (Host::Process(_), Space::There { .. }) => {
                "the symbols of this process mean nothing in another address space: use \
                 Symbols::none or Symbols::of_executable"
            }
            (Host::Other(_), Space::Here) => {
                "the symbols of another executable mean nothing in this process"
            }
            (Host::Other(executable), Space::There { machine, .. }) => {
                if executable.elsewhere.is_some_and(|it| it.machine == machine) {
                    return Ok(());
                }
                "the executable that the symbols are of is for another processor"
            }
        };
        Err(Error::new(ErrorKind::Unsupported, why))
    }

    fn executable(&self) -> Option<&Executable> {
        match &self.host {
            Host::Nobody(_) => None,
            Host::Process(executable) => Some(executable),
            Host::Other(executable) => Some(executable),
        }
    }

    fn is_process(&self) -> bool {
        matches!(self.host, Host::Process(_))
    }

    /// The distance of a thread-local of the executable from the thread pointer, the same in every
    /// thread.
    pub(crate) fn thread_pointer_offset(&self, module: u64, offset: u64) -> u64 {
        match self.elsewhere() {
            Some(elsewhere) => elsewhere.threads.wrapping_add(offset),
            None => thread_pointer_offset(module, offset),
        }
    }

    /// Makes `name` mean `address`, before anything else is asked.
    pub fn define(&mut self, name: &str, address: usize) {
        self.found.remove(name);
        self.defined.insert(name.to_owned(), address);
    }

    /// Makes every name that ends in `ending` mean `address`, before anything but [`Symbols::define`]
    /// is asked: for symbols whose mangled names begin with something that only the compiler knows.
    pub fn define_ending(&mut self, ending: &str, address: usize) {
        self.found.retain(|name, _| !name.ends_with(ending));
        self.endings.push((ending.into(), address));
    }

    /// Adds an archive (`.rlib`, `.a`); it is read when a name is found nowhere else.
    ///
    /// # Errors
    /// `File` when it cannot be opened or is not an archive.
    pub fn archive(&mut self, path: &Path) -> Result<(), Error> {
        self.archives.add(path)
    }

    /// Looks `name` up; `None` when nobody defines it.
    pub(crate) fn lookup(&mut self, name: &str, want: Want) -> Result<Option<Definition>, Error> {
        if want == Want::HiddenAddress {
            return self.search(name, want);
        }
        if let Some(found) = self.found.get(name) {
            return Ok(Some(*found));
        }
        let found = self.search(name, want)?;
        if let Some(found) = found {
            self.found.insert(name.into(), found);
        }
        Ok(found)
    }

    /// A variable of the host that an archive member defines too. The host's copy of the library is
    /// the one in use, so its state must be the one that archive code sees.
    pub(crate) fn host_variable(&self, name: &str) -> Result<Option<Definition>, Error> {
        self.executable().map_or(Ok(None), |executable| executable.lookup(name))
    }

    /// Offers every name that could have been found, for the message that one was not.
    pub(crate) fn offer_names(&self, nearest: &mut Nearest) {
        self.defined.keys().for_each(|name| nearest.offer(name));
        if let Some(executable) = self.executable() {
            executable.offer_names(nearest);
        }
        self.archives.offer_names(nearest);
        if self.is_process() {
            nearest.offer_libraries();
        }
    }

    fn search(&mut self, name: &str, want: Want) -> Result<Option<Definition>, Error> {
        if let Some(address) = self.defined.get(name) {
            return Ok(Some(Definition::Address(*address as u64)));
        }
        let ending = self.endings.iter().find(|(ending, _)| name.ends_with(&**ending));
        if let Some((_, address)) = ending {
            return Ok(Some(Definition::Address(*address as u64)));
        }
        // For a thread-local dlsym gives the calling thread's copy, which is no use here.
        if want == Want::Address
            && self.is_process()
            && let Some(address) = dynamic_symbol(name)
        {
            return Ok(Some(Definition::Address(address)));
        }
        if let Some(executable) = self.executable()
            && let Some(found) = executable.lookup(name)?
        {
            return Ok(Some(match found {
                // This process's: it has run all of them while it started.
                Definition::Resolver(resolver) if self.is_process() => {
                    Definition::Address(call_resolver(resolver as usize) as u64)
                }
                found => found,
            }));
        }
        if want == Want::Address
            && self.is_process()
            && let Some(address) = mathematics(name)
        {
            return Ok(Some(Definition::Address(address)));
        }
        if want == Want::ThreadLocal
            && self.is_process()
            && let Some(found) = libraries::thread_local(name)
        {
            return Ok(Some(found));
        }
        self.archives.lookup(name)
    }
}

/// Whether `name` is of Rust's v0 mangling, which holds crate, disambiguator and path: unique even
/// where the symbol is local to a file.
pub(crate) fn is_mangled(name: &str) -> bool {
    name.starts_with("_R") && !name.contains('.')
}

fn dynamic_symbol(name: &str) -> Option<u64> {
    symbol_in(libc::RTLD_DEFAULT, name)
}

fn symbol_in(library: *mut c_void, name: &str) -> Option<u64> {
    let name = CString::new(name).ok()?;
    // SAFETY: the name is a C string, and `library` is RTLD_DEFAULT or an open handle; dlsym runs
    // no initialisers. Indirect functions are resolved by it as for any caller.
    let address = unsafe { libc::dlsym(library, name.as_ptr()) };
    (!address.is_null()).then(|| address.expose_provenance() as u64)
}

/// A function of libm, which std is linked with but this executable need not be.
fn mathematics(name: &str) -> Option<u64> {
    static LIBRARY: OnceLock<usize> = OnceLock::new();
    let library = *LIBRARY.get_or_init(|| {
        let flags = libc::RTLD_NOW | libc::RTLD_LOCAL;
        // SAFETY: libm is part of the C library this process runs on and has no initialisers with
        // effects. It is never closed, so addresses in it stay valid.
        unsafe { libc::dlopen(c"libm.so.6".as_ptr(), flags) }.expose_provenance()
    });
    (library != 0).then(|| symbol_in(std::ptr::with_exposed_provenance_mut(library), name))?
}

/// An executable's own `.symtab`, mapped once and indexed at the first question.
struct Executable {
    map: Mmap,
    index: OnceLock<Result<HashMap<u64, Entry>, Error>>,
    image: Loaded,
    /// Of another executable than this process's.
    elsewhere: Option<Elsewhere>,
}

#[derive(Clone, Copy)]
struct Entry {
    name: Span,
    definition: Definition,
}

/// Where the executable was loaded, and its thread-local module.
#[derive(Debug, Clone, Copy, Default)]
struct Loaded {
    bias: u64,
    module: u64,
    /// Bytes of its thread-locals.
    thread_size: u64,
}

impl Executable {
    fn of_process() -> Result<&'static Executable, Error> {
        static EXECUTABLE: OnceLock<Result<Executable, Error>> = OnceLock::new();
        let opened = EXECUTABLE.get_or_init(|| {
            let map = Executable::open(Path::new("/proc/self/exe"))?;
            let image = Loaded::of_executable();
            Ok(Executable { map, index: OnceLock::new(), image, elsewhere: None })
        });
        opened.as_ref().map_err(Clone::clone)
    }

    fn open(path: &Path) -> Result<Mmap, Error> {
        let refused = |error: std::io::Error| {
            Error::new(ErrorKind::File, format!("cannot read {}: {error}", path.display()))
        };
        let file = File::open(path).map_err(refused)?;
        // SAFETY: the file of a running program cannot be written (ETXTBSY); replacing it leaves
        // this inode as it is. Of another program's, which may not run yet, we rely on nobody
        // truncating it while we read, like every linker.
        unsafe { Mmap::map(&file) }.map_err(refused)
    }

    fn index(&self) -> Result<&HashMap<u64, Entry>, Error> {
        let index = self.index.get_or_init(|| read_index(&self.map, self.image));
        index.as_ref().map_err(Clone::clone)
    }

    fn offer_names(&self, nearest: &mut Nearest) {
        for entry in self.index().into_iter().flat_map(HashMap::values) {
            nearest.offer(std::str::from_utf8(&self.map[entry.name.range()]).unwrap_or(""));
        }
    }

    fn lookup(&self, name: &str) -> Result<Option<Definition>, Error> {
        let entry = self.index()?.get(&xxh3_64(name.as_bytes()));
        let entry = entry.filter(|entry| &self.map[entry.name.range()] == name.as_bytes());
        Ok(entry.map(|entry| entry.definition))
    }
}

fn read_index(bytes: &[u8], image: Loaded) -> Result<HashMap<u64, Entry>, Error> {
    type Header = FileHeader64<LittleEndian>;
    let bad = |error: object::Error| {
        let why = format!("the executable's symbol table is unreadable ({error})");
        Error::new(ErrorKind::File, why)
    };
    if u32::try_from(bytes.len()).is_err() {
        return Err(Error::new(ErrorKind::File, "the executable is larger than 4 GiB"));
    }
    let header = Header::parse(bytes).map_err(bad)?;
    let table = header.sections(LittleEndian, bytes).map_err(bad)?;
    let symbols = table.symbols(LittleEndian, bytes, elf::SHT_SYMTAB).map_err(bad)?;
    let bias = if header.e_type(LittleEndian) == elf::ET_DYN { image.bias } else { 0 };
    let mut index = HashMap::new();
    for symbol in symbols.iter() {
        let Ok(name) = symbols.symbol_name(LittleEndian, symbol) else { continue };
        let section = symbol.st_shndx(LittleEndian);
        let value = symbol.st_value(LittleEndian);
        let is_variable = matches!(symbol.st_type(), elf::STT_OBJECT | elf::STT_TLS);
        let is_local = symbol.st_bind() == elf::STB_LOCAL
            && !(is_variable && std::str::from_utf8(name).is_ok_and(is_mangled));
        if is_local || name.is_empty() || section == elf::SHN_UNDEF {
            continue;
        }
        let definition = match symbol.st_type() {
            elf::STT_TLS => Definition::ThreadLocal { module: image.module, offset: value },
            elf::STT_FUNC | elf::STT_OBJECT | elf::STT_NOTYPE if section == elf::SHN_ABS => {
                Definition::Address(value)
            }
            elf::STT_FUNC | elf::STT_OBJECT | elf::STT_NOTYPE => {
                Definition::Address(value.wrapping_add(bias))
            }
            elf::STT_GNU_IFUNC => Definition::Resolver(value.wrapping_add(bias)),
            _ => continue,
        };
        let start = (name.as_ptr().addr() - bytes.as_ptr().addr()) as u32;
        let name_span = Span { start, end: start + name.len() as u32 };
        index.entry(xxh3_64(name)).or_insert(Entry { name: name_span, definition });
    }
    Ok(index)
}

impl Loaded {
    fn of_executable() -> Loaded {
        unsafe extern "C" fn first(
            info: *mut libc::dl_phdr_info,
            _: usize,
            image: *mut c_void,
        ) -> c_int {
            // SAFETY: dl_iterate_phdr passes a valid record, and `image` is the `Loaded` below.
            unsafe {
                let image = image.cast::<Loaded>();
                (*image).bias = (*info).dlpi_addr;
                (*image).module = (*info).dlpi_tls_modid as u64;
                let headers = (*info).dlpi_phdr;
                let headers = std::slice::from_raw_parts(headers, (*info).dlpi_phnum.into());
                let of_threads = headers.iter().find(|it| it.p_type == libc::PT_TLS);
                (*image).thread_size = of_threads.map_or(0, |it| it.p_memsz);
            }
            1 // The executable comes first; stop here.
        }
        let mut image = Loaded::default();
        // SAFETY: `first` matches the callback type, and `image` outlives the call.
        unsafe { libc::dl_iterate_phdr(Some(first), (&raw mut image).cast()) };
        image
    }
}

unsafe extern "C" {
    // The dynamic linker's; its argument is the pair (module, offset).
    fn __tls_get_addr(pair: *const [u64; 2]) -> *mut c_void;
}

/// The thread-locals of this process's executable, as the calling thread has them.
pub(crate) struct ThreadBlock {
    pub(crate) module: u64,
    pub(crate) size: u64,
    pub(crate) address: u64,
    /// Distance of the block from the thread pointer, in every thread.
    pub(crate) from_thread_pointer: u64,
}

impl ThreadBlock {
    /// `None` when the executable has no thread-locals.
    pub(crate) fn of_process() -> Option<ThreadBlock> {
        let Loaded { module, thread_size: size, .. } = Loaded::of_executable();
        if module == 0 {
            return None;
        }
        let pair = [module, 0];
        // SAFETY: the executable's module, and its first byte.
        let address = unsafe { __tls_get_addr(&raw const pair) }.addr() as u64;
        let from_thread_pointer = thread_pointer_offset(module, 0);
        Some(ThreadBlock { module, size, address, from_thread_pointer })
    }
}

/// As [`Symbols::thread_pointer_offset`], for this process's executable.
fn thread_pointer_offset(module: u64, offset: u64) -> u64 {
    let pair = [module, offset];
    // SAFETY: module and offset come from the executable's own symbol table.
    let address = unsafe { __tls_get_addr(&raw const pair) }.addr() as u64;
    let thread_pointer: u64;
    // SAFETY: on x86-64 Linux the word at fs:0 is the thread pointer itself.
    unsafe {
        std::arch::asm!("mov {}, fs:0", out(reg) thread_pointer, options(nostack, readonly));
    }
    address.wrapping_sub(thread_pointer)
}

#[cfg(test)]
mod tests;
