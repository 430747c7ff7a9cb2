//! A linker of its own for these tests, since the loader is another crate's: everything of an object in one
//! piece of memory, which is never given back.

use std::collections::HashMap;

use object::read::elf::ElfFile64;
use object::{
    LittleEndian, Object, ObjectSection, ObjectSymbol, RelocationFlags, RelocationTarget,
    SectionIndex, elf,
};

use crate::jit::codegen::{Effort, Known, generate, generate_with};
use crate::jit::{host, mir::Module};

unsafe extern "C" {
    fn __register_frame(records: *const u8);
}

/// Where the symbols of an object ended up.
#[derive(Debug)]
pub(in crate::jit) struct Loaded(HashMap<String, usize>);

impl Loaded {
    pub(in crate::jit) fn address(&self, symbol: &str) -> usize {
        self.0[symbol]
    }

    /// A function, as the type that it is called as.
    ///
    /// # Safety
    ///
    /// The function has that type.
    pub(in crate::jit) unsafe fn function<F: Copy>(&self, symbol: &str) -> F {
        let address = self.address(symbol);
        assert_eq!(size_of::<F>(), size_of::<usize>());
        // SAFETY: a function pointer is as large as an address; the caller says which it is.
        unsafe { std::mem::transmute_copy(&address) }
    }
}

/// What the process offers, by name. Nothing of it is declared here: `_Unwind_Resume` as an `extern "C"` function, which
/// does not unwind, would be what LLVM calls after cleaning up in whatever shares a codegen unit with this, and any
/// panic there would end the process.
fn outside(name: &str) -> Option<usize> {
    let of_host = host::addresses().into_iter().find(|it| it.0 == name).map(|it| it.1);
    of_host.or_else(|| of_libraries(name))
}

fn of_libraries(name: &str) -> Option<usize> {
    let name = std::ffi::CString::new(name).ok()?;
    // SAFETY: a name that ends in a zero.
    let address = unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) };
    (!address.is_null()).then_some(address as usize)
}

const STUB: usize = 16;

/// Loads what `generate` makes of the module.
pub(in crate::jit) fn load(module: &Module) -> Loaded {
    link(&generate(module.clone(), &mut Known::default()).unwrap())
}

/// The same with less effort.
pub(super) fn load_with(module: &Module, effort: Effort) -> Loaded {
    link(&generate_with(module, effort).unwrap())
}

pub(in crate::jit) fn link(bytes: &[u8]) -> Loaded {
    link_with(bytes, None)
}

/// What is in both is as it is in the first.
pub(in crate::jit) fn link_with(bytes: &[u8], rest: Option<&[u8]>) -> Loaded {
    let all = [Some(bytes), rest].into_iter().flatten();
    let files: Vec<_> = all.map(|bytes| ElfFile64::<LittleEndian>::parse(bytes).unwrap()).collect();
    let mut linkers: Vec<Linker<'_>> = files.iter().map(place).collect();
    let mut global = HashMap::new();
    for linker in &linkers {
        for symbol in linker.file.symbols().filter(|symbol| symbol.is_global()) {
            if let Some(address) = linker.address(symbol.index()) {
                global.entry(symbol.name().unwrap().to_owned()).or_insert(address);
            }
        }
    }
    for linker in &mut linkers {
        linker.relocate(&global);
        let frames = linker.file.section_by_name(".eh_frame").unwrap();
        let records = linker.base + linker.places[&frames.index()];
        // SAFETY: a section of records with a zero word behind it.
        unsafe { __register_frame(records as *const u8) };
    }
    let first = &linkers[0];
    let local = first.file.symbols().filter_map(|symbol| {
        Some((symbol.name().unwrap().to_owned(), first.address(symbol.index())?))
    });
    Loaded(local.chain(global.clone()).collect())
}

/// Puts the sections of an object into memory.
fn place<'a>(file: &'a ElfFile64<'a, LittleEndian>) -> Linker<'a> {
    let is_loaded = |kind: object::SectionKind| {
        use object::SectionKind as K;
        matches!(kind, K::Text | K::Data | K::ReadOnlyData | K::ReadOnlyDataWithRel)
    };
    let mut places = HashMap::new();
    let mut size = 0_usize;
    for section in file.sections().filter(|section| is_loaded(section.kind())) {
        size = size.next_multiple_of(section.align().max(16) as usize);
        places.insert(section.index(), size);
        // The unwinder's records end with a word of zeros.
        size += section.size() as usize + 8;
    }
    let stubs = size.next_multiple_of(STUB);
    let calls: usize = file.sections().map(|section| section.relocations().count()).sum();
    let memory = map(stubs + STUB * calls);
    for section in file.sections() {
        if let Some(place) = places.get(&section.index()) {
            memory[*place..][..section.size() as usize].copy_from_slice(section.data().unwrap());
        }
    }
    let base = memory.as_ptr() as usize;
    Linker { file, places, memory, base, next_stub: stubs }
}

fn map(size: usize) -> &'static mut [u8] {
    let access = libc::PROT_READ | libc::PROT_WRITE | libc::PROT_EXEC;
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
    // SAFETY: new memory of our own, for ever.
    unsafe {
        let memory = libc::mmap(std::ptr::null_mut(), size, access, flags, -1, 0);
        assert_ne!(memory, libc::MAP_FAILED);
        std::slice::from_raw_parts_mut(memory.cast(), size)
    }
}

struct Linker<'a> {
    file: &'a ElfFile64<'a, LittleEndian>,
    places: HashMap<SectionIndex, usize>,
    memory: &'static mut [u8],
    base: usize,
    next_stub: usize,
}

impl Linker<'_> {
    fn address(&self, symbol: object::SymbolIndex) -> Option<usize> {
        let symbol = self.file.symbol_by_index(symbol).unwrap();
        let place = self.places.get(&symbol.section_index()?)?;
        Some(self.base + place + symbol.address() as usize)
    }

    /// `jmp *(%rip)` and the address behind it.
    fn stub(&mut self, target: usize) -> usize {
        let at = self.next_stub;
        self.next_stub += STUB;
        self.memory[at..at + 6].copy_from_slice(&[0xFF, 0x25, 0, 0, 0, 0]);
        self.memory[at + 6..at + 14].copy_from_slice(&target.to_le_bytes());
        self.base + at
    }

    fn relocate(&mut self, global: &HashMap<String, usize>) {
        for (section, place) in self.places.clone() {
            let section = self.file.section_by_index(section).unwrap();
            for (offset, relocation) in section.relocations() {
                let RelocationTarget::Symbol(symbol) = relocation.target() else { panic!() };
                let RelocationFlags::Elf { r_type } = relocation.flags() else { panic!() };
                let name = self.file.symbol_by_index(symbol).unwrap().name().unwrap().to_owned();
                let inside = self.address(symbol).filter(|_| !global.contains_key(&name));
                let target = inside.or_else(|| global.get(&name).copied());
                let target = target.or_else(|| outside(&name));
                let target = target.unwrap_or_else(|| panic!("`{name}` is nowhere"));
                let at = place + offset as usize;
                let target = match r_type {
                    elf::R_X86_64_PLT32 if inside.is_none() => self.stub(target),
                    _ => target,
                };
                let value = (target as i64).wrapping_add(relocation.addend());
                let relative = value.wrapping_sub((self.base + at) as i64);
                match r_type {
                    elf::R_X86_64_64 => self.put(at, &value.to_le_bytes()),
                    elf::R_X86_64_PC32 | elf::R_X86_64_PLT32 => {
                        self.put(at, &i32::try_from(relative).unwrap().to_le_bytes());
                    }
                    other => panic!("relocation {other:?}"),
                }
            }
        }
    }

    fn put(&mut self, at: usize, bytes: &[u8]) {
        self.memory[at..at + bytes.len()].copy_from_slice(bytes);
    }
}
