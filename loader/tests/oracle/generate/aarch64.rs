//! Code and data for aarch64.

use super::body::Dialect;
use super::random::Random;
use super::world::Sort::{
    Data, Function, Global, Nobody, Number, Outside, Small, Text, ThreadLocal,
};
use super::world::{Line, Sort, World};

/// The kinds that a full run must meet.
pub(super) const KINDS: &[&str] = &[
    "ABS64",
    "ABS32",
    "ABS16",
    "PREL64",
    "PREL32",
    "PREL16",
    "MOVW_UABS_G0",
    "MOVW_UABS_G0_NC",
    "MOVW_UABS_G1",
    "MOVW_UABS_G1_NC",
    "MOVW_UABS_G2",
    "MOVW_UABS_G2_NC",
    "MOVW_UABS_G3",
    "MOVW_SABS_G0",
    "MOVW_SABS_G1",
    "MOVW_SABS_G2",
    "LD_PREL_LO19",
    "ADR_PREL_LO21",
    "ADR_PREL_PG_HI21",
    "ADR_PREL_PG_HI21_NC",
    "ADD_ABS_LO12_NC",
    "LDST8_ABS_LO12_NC",
    "TSTBR14",
    "CONDBR19",
    "JUMP26",
    "CALL26",
    "LDST16_ABS_LO12_NC",
    "LDST32_ABS_LO12_NC",
    "LDST64_ABS_LO12_NC",
    "LDST128_ABS_LO12_NC",
    "MOVW_PREL_G0",
    "MOVW_PREL_G0_NC",
    "MOVW_PREL_G1",
    "MOVW_PREL_G1_NC",
    "MOVW_PREL_G2",
    "MOVW_PREL_G2_NC",
    "MOVW_PREL_G3",
    "GOT_LD_PREL19",
    "ADR_GOT_PAGE",
    "LD64_GOT_LO12_NC",
    "LD64_GOTPAGE_LO15",
    "TLSGD_ADR_PAGE21",
    "TLSGD_ADD_LO12_NC",
    "TLSIE_ADR_GOTTPREL_PAGE21",
    "TLSIE_LD64_GOTTPREL_LO12_NC",
    "TLSLE_ADD_TPREL_HI12",
    "TLSLE_ADD_TPREL_LO12_NC",
    "TLSLE_MOVW_TPREL_G1_NC",
    "TLSLE_LDST8_TPREL_LO12_NC",
    "TLSLE_LDST16_TPREL_LO12_NC",
    "TLSLE_LDST32_TPREL_LO12_NC",
    "TLSLE_LDST64_TPREL_LO12_NC",
    "TLSLD_ADR_PAGE21",
    "TLSLD_ADD_LO12_NC",
    "TLSLD_ADD_DTPREL_HI12",
    "TLSLD_ADD_DTPREL_LO12_NC",
    "TLSLD_MOVW_DTPREL_G1",
    "TLSLD_MOVW_DTPREL_G0_NC",
    "TLSLD_MOVW_DTPREL_G2",
    "TLSLD_MOVW_DTPREL_G1_NC",
    "LD64_GOTOFF_LO15",
    "TLSLE_MOVW_TPREL_G1",
    "TLSLE_MOVW_TPREL_G0_NC",
    "TLSDESC_ADR_PAGE21",
    "TLSDESC_LD64_LO12",
    "TLSDESC_ADD_LO12",
    "TLSDESC_CALL",
    "NONE",
];

const ANY: &[Sort] = &[Function, Global, Data, Text, Outside, Number];
const ADDRESS: &[Sort] = &[Function, Global, Data, Text, Outside];
/// Aligned.
const DATA: &[Sort] = &[Data, Outside];
/// Distances to local functions mean jump tables.
const NAMED: &[Sort] = &[Global, Data, Text, Outside];
const THREAD: &[Sort] = &[ThreadLocal];
const CODE: &[Sort] = &[Function, Global, Outside];
/// ld's GOT entries of local symbols leave out the addend, which belongs into them.
const ENTRY: &[Sort] = &[Global, Data, Outside];

/// As for x86-64.
const LINES: &[Line] = &[
    ("bl @", CODE, false),
    ("b @", CODE, false),
    ("adrp x0, @\nadd x0, x0, :lo12:@", ADDRESS, false),
    ("adrp x1, :pg_hi21_nc:@", ADDRESS, false),
    ("adr x2, @", ADDRESS, false),
    ("ldr x3, @", DATA, false),
    ("ldrb w4, [x0, :lo12:@]", DATA, false),
    ("ldrh w5, [x0, :lo12:@]", DATA, false),
    ("ldr w6, [x0, :lo12:@]", DATA, false),
    ("str x7, [x0, :lo12:@]", DATA, false),
    ("ldr q8, [x0, :lo12:@]", DATA, false),
    ("adrp x9, :got:@\nldr x9, [x9, :got_lo12:@]", ENTRY, false),
    ("adrp x9, :got:@\nldr x9, [x9, :gotpage_lo15:@]", &[Global, Data, Outside, Nobody], false),
    ("ldr x10, :got:@", ENTRY, false),
    ("ldr x10, [x28, :gotoff_lo15:@]", ENTRY, false),
    (
        "movz x11, #:abs_g3:@\nmovk x11, #:abs_g2_nc:@\nmovk x11, #:abs_g1_nc:@\nmovk x11, #:abs_g0_nc:@",
        ANY,
        false,
    ),
    ("movz x12, #:abs_g2:@", ANY, false),
    ("movz x12, #:abs_g1:@", ANY, true),
    ("movz x12, #:abs_g0:@", &[Small], false),
    ("movz x13, #:abs_g2_s:@", ANY, false),
    ("movz x13, #:abs_g1_s:@", ANY, true),
    ("movn x13, #:abs_g0_s:@", &[Small], false),
    (
        "movz x14, #:prel_g3:@\nmovk x14, #:prel_g2_nc:@\nmovk x14, #:prel_g1_nc:@\nmovk x14, #:prel_g0_nc:@",
        ADDRESS,
        false,
    ),
    ("movz x14, #:prel_g2:@", ADDRESS, false),
    ("movz x14, #:prel_g1:@", ADDRESS, false),
    (".reloc ., R_AARCH64_NONE, @", ADDRESS, false),
    ("adrp x0, :tlsgd:@\nadd x0, x0, :tlsgd_lo12:@\nbl __tls_get_addr\nnop", THREAD, false),
    ("adrp x1, :gottprel:@\nldr x1, [x1, :gottprel_lo12:@]", THREAD, false),
    ("add x1, x0, :tprel_hi12:@\nadd x1, x1, :tprel_lo12_nc:@", THREAD, false),
    ("movz x2, :tprel_g1:@\nmovk x2, :tprel_g0_nc:@", THREAD, false),
    // Not `:tprel_g2:`, for which ld takes the address rather than the offset.
    ("movk x2, :tprel_g1_nc:@", THREAD, false),
    ("ldrb w3, [x0, :tprel_lo12_nc:@]", THREAD, false),
    ("ldrh w3, [x0, :tprel_lo12_nc:@]", THREAD, false),
    ("ldr w3, [x0, :tprel_lo12_nc:@]", THREAD, false),
    ("str x3, [x0, :tprel_lo12_nc:@]", THREAD, false),
    (
        "adrp x0, :tlsldm:@\nadd x0, x0, :tlsldm_lo12_nc:@\nbl __tls_get_addr\nnop\n\
         add x1, x0, :dtprel_hi12:@\nadd x1, x1, :dtprel_lo12_nc:@\nmovz x2, :dtprel_g1:@\n\
         movk x2, :dtprel_g0_nc:@\nmovz x3, :dtprel_g2:@\nmovk x3, :dtprel_g1_nc:@",
        THREAD,
        false,
    ),
    (
        "adrp x0, :tlsdesc:@\nldr x1, [x0, :tlsdesc_lo12:@]\nadd x0, x0, :tlsdesc_lo12:@\n\
         .tlsdesccall @\nblr x1",
        THREAD,
        false,
    ),
];

/// The same for data.
const DATA_LINES: &[Line] = &[
    (".xword @", &[Function, Global, Data, Text, Outside, Number, Nobody], false),
    (".xword @ - .", NAMED, false),
    (".word @ - .", NAMED, false),
    (".word @", ANY, true),
    (".hword @", &[Small], false),
];

/// Fields for a place in the same function.
const NEAR: &[&str] = &[
    ".reloc ., R_AARCH64_CONDBR19, @\nb.ne .",
    ".reloc ., R_AARCH64_TSTBR14, @\ntbz x1, #3, .",
    ".reloc ., R_AARCH64_PREL16, @\n.hword 0, 0",
    ".reloc ., R_AARCH64_MOVW_PREL_G0, @\nmovz x3, #0",
    "adr x5, @",
];

/// The processor's way to say what a function consists of.
pub(super) const DIALECT: Dialect = Dialect {
    landing: "bti c",
    lines: LINES,
    data_lines: DATA_LINES,
    near: NEAR,
    near_in: 6,
    table: "adrp x1, @\nadd x1, x1, :lo12:@",
    entry: ".word",
    line,
};

fn line(world: &World, random: &mut Random, lines: &[Line]) -> String {
    let (text, sorts, needs_low) = *random.of(lines);
    if needs_low && !world.is_low {
        return String::new();
    }
    let is_thread = sorts.contains(&ThreadLocal);
    let is_branch = text.starts_with('b') || text.contains("got") || is_thread;
    let name = match is_branch {
        true => world.plain(random, sorts),
        false => world.pick(random, sorts),
    };
    text.replace('@', &name) + "\n"
}
