//! The same object linked by GNU ld, by a script that puts every section where Segue put it.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use object::read::elf::ElfFile64;
use object::{Object as _, ObjectSection as _, ObjectSymbol as _};
use segue_loader::{Machine, Placement};

use crate::ours::Ours;
use crate::subject::{Section, Subject};
use crate::threads::{self, Host, Offsets, read_offsets};

/// Distance from the end of the windows to where sections go that Segue placed in pieces, several
/// times or not at all.
const SPARE: u64 = 0x1_0000;
/// Between what ld makes itself, and the rest.
const GAP: u64 = 0x8000;
/// More than the thread-locals of the host's object take.
const HOST_THREADS: u64 = 0xA000;

/// What ld made.
pub(crate) struct Theirs {
    /// Addresses by section; 0 for what was not loaded.
    pub(crate) addresses: Vec<u64>,
    /// Start and bytes of what was written, by address.
    written: Vec<(u64, Vec<u8>)>,
    /// Global symbols.
    symbols: HashMap<String, u64>,
    /// Words of the GOT by what they hold.
    words: HashMap<u64, Vec<u64>>,
    /// Thread-locals.
    pub(crate) threads: Offsets,
    /// Address and bytes of the unwind records.
    pub(crate) unwind: (u64, Vec<u8>),
}

/// Why there is nothing to compare with.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) String);

impl Theirs {
    pub(crate) fn link(
        subject: &Subject,
        ours: &Ours,
        host: Option<&Host>,
        folder: &Path,
    ) -> Result<Theirs, Refused> {
        let addresses = addresses(subject, ours);
        let (object, script, output) =
            (folder.join("in.o"), folder.join("script.ld"), folder.join("out"));
        std::fs::write(&object, subject.for_ld()).unwrap();
        std::fs::write(&script, write_script(subject, ours, &addresses)).unwrap();
        let (program, emulation) = match subject.machine {
            Machine::X86_64 => ("ld", "elf_x86_64 --no-ld-generated-unwind-info"),
            Machine::Aarch64 => ("aarch64-linux-gnu-ld", "aarch64linux"),
        };
        let flags = "-static --no-relax --build-id=none --no-warn-rwx-segments --no-gc-sections \
                     --strip-debug --no-warnings -z norelro \
                     -z max-page-size=4096 -z noexecstack -e 0 -m";
        let mut command = Command::new(program);
        command
            .args(flags.split_whitespace())
            .args(emulation.split_whitespace())
            .arg("-T")
            .arg(&script);
        command.args(host.map(|host| &host.object));
        let run = command.arg(&object).arg("-o").arg(&output).output().unwrap();
        if !run.status.success() {
            return Err(Refused(String::from_utf8_lossy(&run.stderr).trim().to_owned()));
        }
        let bytes = std::fs::read(&output).unwrap();
        if let Err(error) = ElfFile64::<object::LittleEndian>::parse(&*bytes) {
            return Err(Refused(format!("what ld made is no ELF file ({error})")));
        }
        Ok(Theirs::read(&bytes, addresses))
    }

    fn read(bytes: &[u8], addresses: Vec<u64>) -> Theirs {
        let file = ElfFile64::<object::LittleEndian>::parse(bytes).unwrap();
        let mut written = Vec::new();
        let mut words: HashMap<u64, Vec<u64>> = HashMap::new();
        let mut unwind = (0, Vec::new());
        for section in file.sections().filter(|section| section.address() != 0) {
            let (address, data) = (section.address(), section.data().unwrap().to_vec());
            match section.name().unwrap() {
                ".eh_frame" => unwind = (address, data.clone()),
                ".got" | ".got.plt" => {
                    for (index, word) in data.chunks_exact(8).enumerate() {
                        let value = u64::from_le_bytes(word.try_into().unwrap());
                        words.entry(value).or_default().push(address + 8 * index as u64);
                    }
                }
                _ => {}
            }
            // Zeroes that are not in the file have no data, and are zeroes to `read`.
            written.push((address, data));
        }
        written.sort_by_key(|(address, _)| *address);
        let symbols = file.symbols().filter(|symbol| symbol.is_global());
        let symbols = symbols.map(|it| (it.name().unwrap().to_owned(), it.address())).collect();
        let threads = read_offsets(bytes);
        Theirs { threads, addresses, written, symbols, words, unwind }
    }

    pub(crate) fn read_at(&self, address: u64, length: usize) -> Vec<u8> {
        let after = self.written.partition_point(|(start, _)| *start <= address);
        let mut result = Vec::new();
        // Sections without bytes may share an address with others.
        for (start, bytes) in self.written[..after].iter().rev().take(4) {
            let at = (address - start) as usize;
            if at < bytes.len() {
                result = bytes[at..].iter().take(length).copied().collect();
                break;
            }
        }
        result.resize(length, 0);
        result
    }

    /// GOT entries that hold `value`.
    pub(crate) fn words_with(&self, value: u64) -> &[u64] {
        self.words.get(&value).map_or(&[], |words| words)
    }

    pub(crate) fn symbol(&self, name: &str) -> Option<u64> {
        self.symbols.get(name).copied()
    }
}

/// Where each section goes: to Segue's address if it is there in one piece. Thread-locals follow one
/// another, those with initial values first.
fn addresses(subject: &Subject, ours: &Ours) -> Vec<u64> {
    let mut addresses = vec![0; subject.sections.len()];
    let mut next = ours.end + SPARE;
    // A gap, so that the end of one section is not the start of the next.
    let mut take = |section: &Section| {
        let address = next.next_multiple_of(section.align.max(16));
        next = address + section.size + 16;
        address
    };
    let loaded = |(_, section): &(usize, &Section)| section.is_loaded() && !section.is_unwind();
    let sections: Vec<_> = subject.sections.iter().enumerate().filter(loaded).collect();
    for is_zero in [false, true] {
        for (index, section) in sections.iter().filter(|(_, it)| it.is_thread_local()) {
            if section.is_zero() == is_zero {
                addresses[*index] = take(section);
            }
        }
    }
    if threads::concern(subject) {
        // Behind them are the host's.
        take(&Section::of_size(HOST_THREADS));
    }
    for (index, section) in sections.iter().filter(|(_, it)| !it.is_thread_local()) {
        let is_whole = |it: &&Placement| it.range.len() as u64 == section.size && section.size > 0;
        let whole = ours.places_of(*index).find(is_whole);
        addresses[*index] = whole.map_or_else(|| take(section), |place| place.address);
    }
    addresses
}

/// The script: sections by address, then what ld makes itself. x86-64 counts from `.got.plt`,
/// aarch64 from `.got`.
fn write_script(subject: &Subject, ours: &Ours, addresses: &[u64]) -> String {
    let mut lines: Vec<(u64, String)> = Vec::new();
    let mut line = |address: u64, name: &str, inputs: &str, segment: &str| {
        lines.push((address, format!("{name} {address:#x} : {{ {inputs} }} :{segment}")));
    };
    let (mut end, mut threads_end) = (ours.end + SPARE, ours.end + SPARE);
    for (index, section) in subject.sections.iter().enumerate() {
        let address = addresses[index];
        if address == 0 || section.name.is_empty() {
            continue;
        }
        let segment = match address {
            _ if section.is_thread_local() => "threads :tls",
            _ if address < ours.data => "near",
            _ if address < ours.end => "got",
            _ => "far",
        };
        end = end.max(address + section.size);
        if section.is_thread_local() {
            threads_end = threads_end.max(address + section.size);
        }
        line(address, &format!(".s{index}"), &format!("*(.s{index})"), segment);
    }
    let [base, rest] = match subject.machine {
        Machine::X86_64 => [".got.plt", ".got"],
        Machine::Aarch64 => [".got", ".got.plt"],
    };
    line(ours.got, base, &format!("*({base})"), "got");
    let own = [
        (".common", "*(COMMON)"),
        (rest, &*format!("*({rest})")),
        (".plt", "*(.plt .iplt .plt.got .plt.sec .rela.* .igot .igot.plt)"),
        (".eh_frame", "KEEP(*(.eh_frame))"),
    ];
    // What the host's object has.
    if threads::concern(subject) {
        line(threads_end.next_multiple_of(64), ".host", "*(.tbss)", "threads :tls");
        line(ours.end, ".host_code", "*(.text)", "far");
    }
    let common: u64 =
        subject.sections.iter().filter(|it| it.name.is_empty()).map(|it| it.size).sum();
    let mut at = end.next_multiple_of(GAP);
    for (name, inputs) in own {
        line(at, name, inputs, "far");
        at = (at + common).next_multiple_of(GAP) + GAP;
    }
    lines.sort_by_key(|(address, _)| *address);
    let mut script = String::from(
        "PHDRS { near PT_LOAD; got PT_LOAD; threads PT_LOAD; tls PT_TLS; far PT_LOAD; }\n",
    );
    for (name, address) in &ours.outside {
        writeln!(script, "\"{name}\" = {address:#x};").unwrap();
    }
    script.push_str("SECTIONS {\n");
    for (_, line) in &lines {
        script.push_str(line);
        script.push('\n');
    }
    script.push_str("/DISCARD/ : { *(.note*) *(.comment) *(.debug*) *(.llvm*) *(.gnu.*) }\n}\n");
    script
}
