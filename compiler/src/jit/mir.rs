//! MIR: what the front lowers typed Rust to, and what machine code is made from.
//!
//! It is *monomorphic* and *laid out*: no types, no generics, no traits; only sizes, offsets and scalars.
//! Whoever lowers has decided every call, every offset and every check (bounds, overflow, division), and
//! has written the checks out as branches to a block that panics. Whoever generates code knows nothing of
//! Rust.
//!
//! A *place* is memory, or what will not have to be memory: a local whose address is never taken lives in
//! registers, field by field. Scalars are read from places by operands and written by [`Statement::Set`];
//! everything larger is copied.
//!
//! # How functions call each other
//!
//! Parameters and results are passed by [`Pass`]: up to two scalars in registers, all else by address. The
//! memory behind an address belongs to the caller, and the callee may write to it: whoever passes a value
//! that is used again passes a copy. A result that is passed by address is written to where the first,
//! additional parameter says.
//!
//! To C, and from C, integers shorter than 32 bits are passed with zeros before them: so never signed ones.
//!
//! # In the files beside this one
//!
//! `text` is how a module is read by people, `verify` checks what is said here, `visit` goes through functions;
//! `passes` makes a module do the same in fewer steps: `inline` (`small`: which live functions), `forward` (pointers to
//! locals), `copies`, `chains`, `fold`, `thread` (branches that are decided) and `unroll` (`walk`, `pointers`:
//! loops that go around few times). `known` is what earlier compiles have left, `floats` whether edits of numbers are all
//! that differs from that, `part` what an edit reaches.

use std::sync::Arc;

mod chains;
mod copies;
mod floats;
mod fold;
mod forward;
mod inline;
mod known;
mod part;
mod passes;
mod pointers;
mod small;
mod text;
mod thread;
mod unroll;
mod verify;
pub(crate) mod visit;
mod walk;

pub(crate) use floats::{Float, other_floats};
pub(crate) use known::{Key, Known, Round, keys};
pub(crate) use part::{Change, Differing, Outside};
#[cfg(test)]
pub(crate) use passes::optimise;
pub(crate) use passes::{finish, settle};
pub(crate) use small::{Calls, calls};
#[cfg(test)]
pub(crate) use verify::verify;
pub(crate) use verify::{Broken, size_of, verify_but};

/// Everything that one object contains.
#[derive(Clone, Debug, Default)]
pub(crate) struct Module {
    /// Shared with what is known of them (`known`).
    pub(crate) functions: Vec<Arc<Function>>,
    pub(crate) data: Vec<Data>,
    /// Paths as line tables and panics name them, by [`Span::file`].
    pub(crate) files: Vec<String>,
    /// Of a module that is a part of a program: what it has to know of the rest.
    pub(crate) outside: Option<Arc<Outside>>,
}

/// A number of bits that one machine register holds. Signedness is in the operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    /// Also `bool`: 0 or 1.
    I8,
    I16,
    /// Also `char`.
    I32,
    I64,
    I128,
    F32,
    F64,
    /// 64 bits; also function pointers and references.
    Pointer,
}

/// How a value lies in memory, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Layout {
    pub(crate) size: u64,
    pub(crate) align: u64,
    pub(crate) pass: Pass,
}

/// How a value is passed to a function and comes back from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pass {
    /// It has no size.
    Nothing,
    One(Scalar),
    /// The first at offset 0, the second at this offset.
    Two(Scalar, Scalar, u64),
    /// By address.
    Memory,
}

/// Where something stands in the source. Lines and columns begin at 1; columns count characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    pub(crate) file: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// A constant or a static.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Data {
    pub(crate) symbol: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) align: u64,
    pub(crate) kind: DataKind,
    /// Addresses in it: at this offset, the address of this plus an addend.
    pub(crate) addresses: Vec<(u64, Address, i64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DataKind {
    /// Read-only, nobody's in particular, under a local name.
    Constant,
    /// A `static` without interior mutability, under a global name.
    Static,
    /// A `static mut`, or one with interior mutability, under a global name.
    Mutable,
}

/// What has an address that the linker knows, by symbol.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Address {
    /// A function, of this module or of somebody else.
    Function(String),
    /// Data of this module, or somebody else's.
    Data(String),
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub(crate) struct Function {
    pub(crate) symbol: String,
    pub(crate) linkage: Linkage,
    pub(crate) abi: Abi,
    /// The locals that hold the parameters when the function begins; what has no size is among them.
    pub(crate) parameters: Vec<LocalId>,
    /// The local whose value is the result.
    pub(crate) result: LocalId,
    pub(crate) locals: Vec<Local>,
    /// Execution begins in the first one.
    pub(crate) blocks: Vec<Block>,
    pub(crate) span: Span,
    pub(crate) inline: Inline,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Linkage {
    /// A function of the live file: it has a slot, which whoever calls it goes through, or has it inside (`small`).
    Live,
    /// An instance of a generic function, a closure, or something of the library's: private to the object.
    Private,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Inline {
    /// As the back end likes.
    Allowed,
    /// `#[inline]` and closures.
    Wished,
    /// `#[inline(always)]`.
    Demanded,
    /// `#[inline(never)]`, `#[cold]`.
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Abi {
    /// As the module's prose says.
    Rust,
    /// The platform's. Only scalars are passed so.
    C,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LocalId(pub(crate) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct BlockId(pub(crate) u32);

#[derive(Clone, Debug, PartialEq, Hash)]
pub(crate) struct Local {
    pub(crate) layout: Layout,
    /// The user's name for it, for debuggers and for the text form. Whoever inlines has it too.
    pub(crate) name: Option<Arc<str>>,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub(crate) struct Block {
    pub(crate) statements: Vec<(Statement, Span)>,
    pub(crate) end: (End, Span),
}

/// A part of memory: so many bytes after where it is based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) base: Base,
    pub(crate) offset: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Base {
    Local(LocalId),
    /// What the pointer at the begin of this local points to. (Of a fat pointer that is the address.)
    Behind(LocalId),
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub(crate) enum Operand {
    /// What is in the place.
    Load(Scalar, Place),
    /// An integer, or the bits of a float. What lies beyond the scalar's size is zero.
    Constant(Scalar, u128),
    /// An address, plus an addend.
    Address(Address, i64),
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub(crate) enum Statement {
    /// Writes a scalar.
    Set(Scalar, Place, Value),
    /// Writes what the operation gives to the first place, and whether it overflowed (as `bool`) to the
    /// second. Only `Add`, `Subtract` and `Multiply` on integers.
    SetChecked {
        scalar: Scalar,
        signed: bool,
        to: Place,
        overflow: Place,
        op: Binary,
        values: (Operand, Operand),
    },
    /// Copies bytes. The two do not overlap, unless they are the same.
    Copy { to: Place, from: Place, size: u64, align: u64 },
    /// Copies so many bytes between two addresses.
    CopyBytes { to: Operand, from: Operand, size: Operand, may_overlap: bool },
    /// Fills so many bytes, at an address, with the lowest byte of the value.
    Fill { to: Operand, value: Operand, size: Operand },
    /// Does nothing: what is in the place now is none of these numbers, the first and the last included. So it is told
    /// of an enum's value of which variant it is, where no tag is written.
    IsNot { scalar: Scalar, place: Place, first: u128, last: u128 },
}

/// What [`Statement::Set`] writes. The scalar there is that of the result.
#[derive(Clone, Debug, PartialEq, Hash)]
pub(crate) enum Value {
    Use(Operand),
    AddressOf(Place),
    /// Both operands and the result are of one scalar; shifts take an amount of any integer scalar that
    /// is less than the number of bits. Wraps.
    Binary(Binary, Operand, Operand),
    /// Gives `bool`; the scalar is that of the operands.
    Compare(Compare, Scalar, Operand, Operand),
    Unary(Unary, Operand),
    /// From the first scalar to the result's.
    Cast(Cast, Scalar, Operand),
    /// The second where the first is 1, else the third; without a branch.
    Select(Operand, Operand, Operand),
}

/// Division and remainder of integers: never by zero, and never the least by -1.
/// Signed and unsigned differ in name; what has no sign in its name is for both, and floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Binary {
    Add,
    Subtract,
    Multiply,
    DivideUnsigned,
    DivideSigned,
    DivideFloat,
    RemainderUnsigned,
    RemainderSigned,
    /// `fmod`.
    RemainderFloat,
    And,
    Or,
    Xor,
    ShiftLeft,
    ShiftRightUnsigned,
    ShiftRightSigned,
    RotateLeft,
    RotateRight,
    /// `f32::min`, `f32::max`: the other operand where one is NaN.
    MinFloat,
    MaxFloat,
    /// The sign of the second, all else of the first.
    CopySign,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Compare {
    Equal,
    /// True where one is NaN.
    NotEqual,
    LessUnsigned,
    LessSigned,
    LessOrEqualUnsigned,
    LessOrEqualSigned,
    /// Floats. False where one is NaN.
    LessFloat,
    LessOrEqualFloat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Unary {
    /// Of all bits.
    Not,
    /// Of integers it wraps.
    Negate,
    Absolute,
    SquareRoot,
    Floor,
    Ceil,
    Truncate,
    /// Halves to even.
    Round,
    CountOnes,
    LeadingZeros,
    TrailingZeros,
    SwapBytes,
    ReverseBits,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Cast {
    /// Between integers and pointers: shorter, or longer with zeros.
    Unsigned,
    /// Between integers: shorter, or longer with the sign.
    Signed,
    /// To a float, to the nearest.
    UnsignedToFloat,
    SignedToFloat,
    /// From a float: saturates, and NaN gives 0.
    FloatToUnsigned,
    FloatToSigned,
    /// Between floats.
    Float,
    /// The same bits: of a float as an integer, or the other way.
    Bits,
}

/// How a block ends.
#[derive(Clone, Debug, PartialEq, Hash)]
pub(crate) enum End {
    Goto(BlockId),
    /// To the first where the operand, a `bool`, is 1.
    Branch(Operand, BlockId, BlockId),
    Switch {
        scalar: Scalar,
        on: Operand,
        cases: Vec<(u128, BlockId)>,
        otherwise: BlockId,
    },
    Return,
    /// Nobody comes here; if somebody does, the program traps.
    Unreachable,
    Call(Box<Call>),
    /// Goes on unwinding, at the end of the blocks that a [`Call::unwind`] began.
    Resume,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub(crate) struct Call {
    pub(crate) callee: Callee,
    pub(crate) abi: Abi,
    pub(crate) arguments: Vec<Argument>,
    /// Where the result goes, and how large it is.
    pub(crate) result: (Place, Layout),
    /// `None` where the callee does not return.
    pub(crate) then: Option<BlockId>,
    /// Where the values are dropped that live when the callee unwinds.
    pub(crate) unwind: Option<BlockId>,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub(crate) enum Callee {
    /// A function of this module (the way to it depends on its [`Linkage`]), or somebody else's.
    Function(String),
    /// What this points to.
    Pointer(Operand),
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub(crate) enum Argument {
    /// A value in a place, passed as its layout says; of [`Pass::Memory`] the place's address is passed.
    Place(Place, Layout),
    /// A scalar.
    Scalar(Scalar, Operand),
}
