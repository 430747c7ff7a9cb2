//! Thread-locals of live code: where they stand, and how threads that already run get their initial
//! values (phases: resolve, relocate).
//!
//! # The reserve
//!
//! They all stand in one zeroed thread-local block of this crate, the *reserve*. The executable's
//! thread-locals lie at a fixed distance below the thread pointer, and so does the reserve. A live
//! thread-local is therefore an offset that is the same in every thread, and every access model
//! (general and local dynamic, initial and local exec, descriptors) is a formula over it. Offsets are
//! handed out once in a process and never again, as a thread may run destructors long after the
//! program that declared the variable is gone. Only a link that failed gives back what it took, as no
//! code knows of that yet, and only while nothing was handed out after it.
//!
//! # Initial values
//!
//! A variable that starts as zeroes needs nothing: its bytes are zero in every thread, running or
//! not. Of the others the initial bytes (the *image*) go to a list that only grows. The first word of
//! the reserve is the thread's *watermark*: how many images of the list this thread has copied. A
//! function that refers to such a variable is entered through an *entry check* (`arch`): one compare of
//! the watermark with the length of the list when the function was linked, and one branch that is not
//! taken. Where the watermark is lower, [`initialise`] copies what is missing. Whoever has a pointer
//! to the variable got it from a function that was entered through its check in that thread.
//!
//! A check stands in front of functions only: it changes flags, and its call writes below the stack
//! pointer. Cold code that compilers moved out of a private function is entered by jumps that count
//! on both; where such code refers to a variable with an image, it is refused. (That of a live function
//! is a part of it, behind the function's own check.)
//!
//! [`initialise`] takes no lock, allocates nothing, makes no call, and changes no register, so that it
//! may run in front of any function on any thread. One thing it cannot do: a signal handler that is
//! the first to use a new variable, while this very thread is copying that variable's image, has its
//! change of that variable overwritten. What it did to others stays, as the watermark never falls.
//!
//! # Another process
//!
//! Its executable has a reserve of its own making ([`Room`]), of which every linker hands out places
//! from the start. There are no entry checks: the image lists the initial bytes, and every thread
//! over there copies those that it lacks before it enters live code.
//!
//! # Order
//!
//! | atomic | written | read | why |
//! |---|---|---|---|
//! | `count` | `publish`, release | `initialise`, plain load (acquire on x86-64) | who sees the length sees the images |
//! | watermark | `initialise` | the entry check | one thread's own |

use std::arch::naked_asm;
use std::cell::UnsafeCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::error::{Error, ErrorKind};
use crate::host::{self, Room, ThreadBlock};
use crate::linker::StaticKey;
use crate::memory::Space;

/// Bytes of the reserve. Every thread of the process has four more pages, zeroed when it starts:
/// measured with glibc 2.36, four page faults where the stack is new (some 10 µs of 50), 0.3 µs where
/// glibc had it cached (of 21). So it is not larger; it is spent by variables declared, and by changes
/// of their types, and never by edits of code or initial values.
const RESERVE: usize = 16 << 10;
/// The largest alignment of a live thread-local: that of the reserve.
const ALIGN: usize = 64;
/// What variables are rounded up to, so that the list of images cannot overflow.
const GRAIN: usize = 8;
/// Bytes of the watermark, the first word.
const WATERMARK: usize = 8;
const MOST_IMAGES: usize = RESERVE / GRAIN;

#[repr(C, align(64))]
struct Reserve(UnsafeCell<[u8; RESERVE]>);

thread_local! {
    // Without a destructor and constant: nothing but zeroes in the executable's thread-local block.
    static THREAD_RESERVE: Reserve = const { Reserve(UnsafeCell::new([0; RESERVE])) };
}

/// The list of images. `initialise` reads it by offset.
#[repr(C)]
struct Images {
    /// Distance of the watermark from the thread pointer.
    watermark: AtomicU64,
    count: AtomicU64,
    images: [Image; MOST_IMAGES],
}

/// Distance of the variable from the thread pointer, address of its initial bytes, their number.
#[repr(C)]
struct Image([AtomicU64; 3]);

static IMAGES: Images = Images {
    watermark: AtomicU64::new(0),
    count: AtomicU64::new(0),
    images: [const { Image([const { AtomicU64::new(0) }; 3]) }; MOST_IMAGES],
};

/// Copies the images that the calling thread lacks. Called by entry checks, between a caller and its
/// callee, so it preserves every register; it uses no vector register and needs no aligned stack.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn initialise() {
    naked_asm!(
        "endbr64",
        "push rax",
        "push rcx",
        "push rdx",
        "push rsi",
        "push rdi",
        "push r8",
        "push r9",
        "push r10",
        "lea r8, [rip + {images}]",
        "mov rdx, qword ptr fs:[0]", // the thread pointer
        "mov r9, qword ptr [r8]",
        "add r9, rdx",               // address of the watermark
        "2:",
        "mov r10, qword ptr [r9]",   // images copied
        "cmp r10, qword ptr [r8 + 8]", // images there are
        "jae 3f",
        "lea rax, [r10 + 2*r10]",
        "lea rax, [r8 + 8*rax + 16]",
        "mov rdi, qword ptr [rax]",
        "add rdi, rdx",
        "mov rsi, qword ptr [rax + 8]",
        "mov rcx, qword ptr [rax + 16]",
        "rep movsb",
        // Unless a signal handler has copied more: the watermark never falls.
        "mov rax, r10",
        "inc r10",
        "cmpxchg qword ptr [r9], r10",
        "jmp 2b",
        "3:",
        "pop r10",
        "pop r9",
        "pop r8",
        "pop rdi",
        "pop rsi",
        "pop rdx",
        "pop rcx",
        "pop rax",
        "ret",
        images = sym IMAGES,
    )
}

/// An image that is to be known to every thread.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewImage {
    /// The variable's distance from the thread pointer.
    pub(crate) from_thread_pointer: u64,
    /// Where its initial bytes are, unchanged for ever.
    pub(crate) bytes: usize,
    pub(crate) length: usize,
}

/// Appends images to the list. Returns its length: what a thread's watermark must be before it may
/// enter code that refers to them.
pub(crate) fn publish(new: &[NewImage]) -> Result<u32, Error> {
    static APPENDING: Mutex<()> = Mutex::new(());
    let _appending = APPENDING.lock().unwrap_or_else(PoisonError::into_inner);
    let first = IMAGES.count.load(Ordering::Relaxed) as usize;
    let free = IMAGES.images.get(first..).unwrap_or(&[]);
    if free.len() < new.len() {
        return Err(full(new.len()));
    }
    for (image, new) in free.iter().zip(new) {
        image.0[0].store(new.from_thread_pointer, Ordering::Relaxed);
        image.0[1].store(new.bytes as u64, Ordering::Relaxed);
        image.0[2].store(new.length as u64, Ordering::Relaxed);
    }
    let count = first + new.len();
    IMAGES.watermark.store(watermark()?, Ordering::Relaxed);
    // Pairs with the load in `initialise`.
    IMAGES.count.store(count as u64, Ordering::Release);
    Ok(count as u32)
}

/// The distance of the watermark from the thread pointer.
pub(crate) fn watermark() -> Result<u64, Error> {
    Ok(find()?.from_thread_pointer)
}

/// Where the reserve is: in which module, how far into its block, how far from the thread pointer.
#[derive(Debug, Clone, Copy)]
struct Found {
    module: u64,
    offset: u64,
    from_thread_pointer: u64,
}

/// Finds the reserve, once in a process.
fn find() -> Result<Found, Error> {
    static FOUND: OnceLock<Option<Found>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let reserve = THREAD_RESERVE.with(|reserve| reserve.0.get().addr()) as u64;
        let block = ThreadBlock::of_process()?;
        let offset = reserve.checked_sub(block.address)?;
        let from_thread_pointer = block.from_thread_pointer.wrapping_add(offset);
        let found = Found { module: block.module, offset, from_thread_pointer };
        (offset.checked_add(RESERVE as u64)? <= block.size).then_some(found)
    });
    found.ok_or_else(|| {
        let why = "thread-locals of live code need this loader linked into the executable: those of a \
                   shared library are at another place in every thread";
        Error::new(ErrorKind::ThreadLocal, why)
    })
}

/// The module whose thread-locals stand beside those of live code.
pub(crate) fn module() -> Result<u64, Error> {
    Ok(find()?.module)
}

/// Where the reserve's bytes begin that nobody has. Relaxed everywhere: the number alone matters.
static NEXT: AtomicUsize = AtomicUsize::new(WATERMARK);

/// Takes bytes of the reserve. Returns their place, and what was taken to align it.
fn take(size: u32, align: u32) -> Result<(Place, Range<usize>), Error> {
    let Found { module, offset, .. } = find()?;
    if align as usize > ALIGN {
        let why = format!("a thread-local aligned to {align} bytes: {ALIGN} is the most");
        return Err(Error::new(ErrorKind::ThreadLocal, why));
    }
    let align = (align as usize).max(GRAIN);
    let size = (size.max(1) as usize).next_multiple_of(GRAIN);
    let after =
        |next: usize| Some(next.next_multiple_of(align) + size).filter(|after| *after <= RESERVE);
    let taken = NEXT.fetch_update(Ordering::Relaxed, Ordering::Relaxed, after);
    let before = taken.map_err(|_| full(size))?;
    let start = before.next_multiple_of(align);
    Ok((Place { module, offset: offset + start as u64 }, before..start + size))
}

/// Gives bytes of the reserve back, unless others were taken after them.
fn give_back(taken: &Range<usize>) -> Result<(), usize> {
    // Who owns bytes farther on has moved the number, and nobody else moves it below their end.
    NEXT.compare_exchange(taken.end, taken.start, Ordering::Relaxed, Ordering::Relaxed).map(drop)
}

fn full(size: usize) -> Error {
    let why = format!(
        "no room for {size} bytes in the {RESERVE} that this process has for thread-locals of \
         live code: variables that were declared before keep theirs until it ends"
    );
    Error::new(ErrorKind::ThreadLocal, why)
}

/// What a thread-local starts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Initial {
    /// Not known to any code yet.
    Undecided,
    Zeroes,
    /// An image: code that refers to the variable is entered through a check.
    Image,
}

/// Where a thread-local is, in every thread.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) module: u64,
    /// In the module's block.
    pub(crate) offset: u64,
}

impl Place {
    /// The place `distance` bytes further on.
    pub(crate) fn after(self, distance: i64) -> Place {
        Place { offset: self.offset.wrapping_add_signed(distance), ..self }
    }
}

/// A thread-local of a program.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Variable {
    pub(crate) place: Place,
    pub(crate) initial: Initial,
}

/// The thread-locals of one linker.
#[derive(Default)]
pub(crate) struct ThreadLocals {
    variables: HashMap<StaticKey, Variable>,
    /// Bytes taken of the room in another process.
    taken: u64,
    /// Those that the link in progress met first, in order, and what it took for each.
    new: Vec<(StaticKey, Range<usize>)>,
}

impl ThreadLocals {
    /// The variable known by `key`, in the reserve or in the room of another process. A new one has
    /// its place until the link fails ([`ThreadLocals::give_back`]).
    pub(crate) fn variable(
        &mut self,
        key: &StaticKey,
        room: Option<Room>,
    ) -> Result<Variable, Error> {
        if let Some(variable) = self.variables.get(key) {
            return Ok(*variable);
        }
        let (place, taken) = match room {
            None => take(key.size, key.align)?,
            Some(room) => self.take_of(room, key.size, key.align)?,
        };
        let variable = Variable { place, initial: Initial::Undecided };
        self.variables.insert(key.clone(), variable);
        self.new.push((key.clone(), taken));
        Ok(variable)
    }

    pub(crate) fn places(&self) -> impl Iterator<Item = (&StaticKey, Place)> {
        self.variables.iter().map(|(key, variable)| (key, variable.place))
    }

    /// The link succeeded: its variables stay.
    pub(crate) fn keep(&mut self) {
        self.new.clear();
    }

    /// The link failed: its variables are forgotten and their bytes given back, from the last one to
    /// the first that threads may know already or behind which another linker has taken more. That
    /// one and those before it stay: the next attempt finds them again.
    pub(crate) fn give_back(&mut self, space: Space) {
        while let Some((key, taken)) = self.new.pop() {
            let is_known =
                self.variables.get(&key).is_none_or(|it| it.initial != Initial::Undecided);
            if is_known {
                break;
            }
            match space {
                Space::Here if give_back(&taken).is_err() => break,
                Space::Here => {}
                Space::There { .. } => self.taken = taken.start as u64,
            }
            self.variables.remove(&key);
        }
        self.new.clear();
    }

    fn take_of(
        &mut self,
        room: Room,
        size: u32,
        align: u32,
    ) -> Result<(Place, Range<usize>), Error> {
        let (size, align) = (u64::from(size.max(1)), u64::from(align.max(1)));
        let start = room.offset.checked_add(self.taken);
        let start = start.and_then(|start| start.checked_next_multiple_of(align));
        let end = start.and_then(|start| start.checked_add(size));
        let limit = room.offset.saturating_add(room.size);
        match (start, end) {
            (Some(start), Some(end)) if end <= limit && align <= room.align => {
                let before = std::mem::replace(&mut self.taken, end - room.offset);
                let taken = before as usize..self.taken as usize;
                Ok((Place { module: host::MODULE, offset: start }, taken))
            }
            _ => {
                let why = format!(
                    "no room for {size} bytes aligned to {align} among the {} that the other \
                     process has for thread-locals of live code, aligned to {} or less",
                    room.size, room.align
                );
                Err(Error::new(ErrorKind::ThreadLocal, why))
            }
        }
    }

    /// From now on the variable is what the first code that refers to it says.
    pub(crate) fn decide(&mut self, key: &StaticKey, initial: Initial) {
        if let Some(variable) = self.variables.get_mut(key) {
            variable.initial = initial;
        }
    }
}

#[cfg(test)]
mod tests;
