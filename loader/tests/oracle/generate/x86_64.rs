//! Code and data for x86-64.

use super::body::Dialect;
use super::random::Random;
use super::world::Sort::{
    Data, Function, Global, Nobody, Number, Outside, Small, Text, ThreadLocal,
};
use super::world::{Line, Sort, World};

/// The kinds that a full run must meet.
pub(super) const KINDS: &[&str] = &[
    "64",
    "PC32",
    "GOT32",
    "PLT32",
    "GOTPCREL",
    "32",
    "32S",
    "16",
    "PC16",
    "8",
    "PC8",
    "PC64",
    "GOTOFF64",
    "GOTPC32",
    "GOT64",
    "GOTPCREL64",
    "GOTPC64",
    "GOTPLT64",
    "PLTOFF64",
    "SIZE32",
    "SIZE64",
    "GOTPCRELX",
    "REX_GOTPCRELX",
    "TLSGD",
    "TLSLD",
    "DTPOFF32",
    "DTPOFF64",
    "GOTTPOFF",
    "TPOFF32",
    "TPOFF64",
    "GOTPC32_TLSDESC",
    "NONE",
];

const ANY: &[Sort] = &[Function, Global, Data, Text, Outside, Number];
const ADDRESS: &[Sort] = &[Function, Global, Data, Text, Outside];
const THREAD: &[Sort] = &[ThreadLocal];
const CODE: &[Sort] = &[Function, Global, Outside];
const DATA: &[Sort] = &[Data, Text, Outside];
/// Distances to local functions mean jump tables.
const NAMED: &[Sort] = &[Global, Data, Text, Outside];

/// Instructions and data: text with `@` for the name, what it may be, and whether the value must
/// fit 32 bits.
const LINES: &[Line] = &[
    ("call @", CODE, false),
    ("jmp @", CODE, false),
    ("jne @", CODE, false),
    ("call *@GOTPCREL(%rip)", CODE, false),
    ("jmp *@GOTPCREL(%rip)", CODE, false),
    ("movq @GOTPCREL(%rip), %rax", ADDRESS, false),
    ("movl @GOTPCREL(%rip), %eax", ADDRESS, false),
    ("cmpq @GOTPCREL(%rip), %r9", ADDRESS, false),
    ("cmpq $5, @GOTPCREL(%rip)", ADDRESS, false),
    ("pushq @GOTPCREL(%rip)", &[Function, Global, Data, Outside, Nobody], false),
    ("leaq @(%rip), %rcx", ADDRESS, false),
    ("movl @(%rip), %edx", DATA, false),
    ("movl $0x12345678, @(%rip)", DATA, false),
    ("movw $0x1234, @(%rip)", DATA, false),
    ("movb $0x12, @(%rip)", DATA, false),
    ("movsd @(%rip), %xmm3", DATA, false),
    ("vpermilpd $1, @(%rip), %ymm2", DATA, false),
    ("movabsq $@, %rax", ANY, false),
    ("movl $@, %eax", ANY, true),
    ("movq $@, %r10", ANY, true),
    ("movl @(,%rcx,4), %eax", DATA, true),
    ("leaq _GLOBAL_OFFSET_TABLE_(%rip), %rbx", ANY, false),
    ("movabsq $_GLOBAL_OFFSET_TABLE_-., %r11", ANY, false),
    ("movabsq $@GOTOFF, %rax", ADDRESS, false),
    ("movabsq $@GOT, %rax", ADDRESS, false),
    ("movabsq $@GOTPLT, %rax", CODE, false),
    ("movabsq $@PLTOFF, %rax", CODE, false),
    ("movq @GOT(%rbx), %rax", ADDRESS, false),
    ("movl $@SIZE, %eax", &[Data, Function, Global], false),
    ("movabsq $@SIZE, %rax", &[Data, Function, Global], false),
    (".reloc ., R_X86_64_NONE, @", ADDRESS, false),
    // `~` is the assembler's own `@`.
    (
        ".byte 0x66\nleaq @~tlsgd(%rip), %rdi\n.word 0x6666\nrex64\ncall __tls_get_addr~PLT",
        THREAD,
        false,
    ),
    (
        ".byte 0x66\nleaq @~tlsgd(%rip), %rdi\n.byte 0x66\nrex64\n\
         call *__tls_get_addr~GOTPCREL(%rip)",
        THREAD,
        false,
    ),
    ("leaq @~tlsld(%rip), %rdi\ncall __tls_get_addr~PLT\nleaq @~dtpoff(%rax), %rcx", THREAD, false),
    ("movq @~gottpoff(%rip), %rax", THREAD, false),
    ("addq @~gottpoff(%rip), %r9", THREAD, false),
    ("movl %fs:@~tpoff, %eax", THREAD, false),
    ("leaq @~tpoff(%rax), %rcx", THREAD, false),
    ("movabsq $@~tpoff, %rax", THREAD, false),
    ("leaq @~tlsdesc(%rip), %rax\ncall *@~tlscall(%rax)", THREAD, false),
];

/// The same for data.
const DATA_LINES: &[Line] = &[
    (".quad @", &[Function, Global, Data, Text, Outside, Number, Nobody], false),
    (".quad @ - .", NAMED, false),
    (".long @ - .", NAMED, false),
    (".long @", ANY, true),
    (".quad @GOTOFF", ADDRESS, false),
    (".long @GOTPCREL", ADDRESS, false),
    (".long @PLT", &[Global, Outside], false),
    (".quad @~dtpoff", THREAD, false),
    (".word @", &[Small], false),
    (".byte @", &[Small], false),
    (".reloc ., R_X86_64_GOTPCREL64, @\n.quad 0", ADDRESS, false),
    (".reloc ., R_X86_64_GOTPC64, _GLOBAL_OFFSET_TABLE_\n.quad 0", ANY, false),
    (".reloc ., R_X86_64_GOT32, @\n.long 0", ADDRESS, false),
];

/// Fields for a place in the same function.
const NEAR: &[&str] = &[
    ".reloc ., R_X86_64_PC8, @\n.byte 0",
    ".reloc ., R_X86_64_PC16, @\n.word 0",
    ".reloc ., R_X86_64_PC32, @-4\n.long 0",
    "leaq @(%rip), %rax",
];

/// The processor's way to say what a function consists of.
pub(super) const DIALECT: Dialect = Dialect {
    landing: "endbr64",
    lines: LINES,
    data_lines: DATA_LINES,
    near: NEAR,
    near_in: 8,
    table: "leaq @(%rip), %rdx",
    entry: ".long",
    line,
};

fn line(world: &World, random: &mut Random, lines: &[Line]) -> String {
    let (text, sorts, needs_low) = *random.of(lines);
    if needs_low && !world.is_low {
        return String::new();
    }
    // The GOT entry is of the name; what is added would be added to the entry's address.
    let is_entry = ["GOT", "SIZE", "PLT", "~"].iter().any(|it| text.contains(it));
    let takes_addend = !is_entry && !text.starts_with('j') && !text.starts_with("call");
    let name = match takes_addend || text.contains("GOTOFF") {
        true => world.pick(random, sorts),
        false => world.plain(random, sorts),
    };
    // In an expression with a relocation operator the addend comes behind it.
    let text = match name.split_once('+') {
        Some((name, addend)) if text.contains("@GOTOFF") => {
            text.replace("@GOTOFF", &format!("{name}@GOTOFF+{addend}"))
        }
        _ => text.replace('@', &name).replace(&format!("{name}GOT"), &format!("{name}@GOT")),
    };
    let text = text.replace(&format!("{name}SIZE"), &format!("{name}@SIZE"));
    let text = text.replace(&format!("{name}PLT"), &format!("{name}@PLT"));
    text.replace('~', "@") + "\n"
}
