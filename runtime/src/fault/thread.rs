//! What faults need of a thread: the guard's word, a stack for the signal handler, and a zone at the
//! end of the thread's own stack.
//!
//! **The zone.** The last pages of the stack are kept back by `mprotect`. Live code that runs into
//! them has overflowed its stack, and is abandoned. Code of the host that live code called (the
//! allocator, formatting) must not be abandoned: it may hold a lock. So when it is such code that
//! meets the zone, the zone's upper half is opened for it, then the lower one; what happens next is told in `signal`.
//! Outside of guarded calls the host gets its whole stack the same way. The zone is closed again at
//! the next guarded call that starts above it.
//!
//! All of this is made at the thread's first guarded call and given back when it ends: three or
//! four system calls that a real-time thread can make when it starts, by
//! [`prepare_thread`](super::prepare_thread).

use std::{
    cell::{Cell, UnsafeCell},
    ffi::c_void,
    mem::MaybeUninit,
    ptr::null_mut,
};

use crate::deadline::{Limit, Running};

/// Frames that a fault tells of, at most.
pub(super) const FRAMES: usize = 48;
/// Kept back at the end of a thread's stack, at most: what the host may need to finish a call.
const ZONE: usize = 64 << 10;
/// The handler's stack: it walks the interrupted frames with the C runtime's unwinder.
const HANDLER_STACK: usize = 64 << 10;
const PAGE: usize = 4096;

/// Why frames were abandoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The stack was full.
    Overflow,
    /// The processor refused an instruction: the signal, and the address that it was about.
    Signal(i32, usize),
    /// A panic would have left a function that cannot unwind.
    CannotUnwind,
    /// A destructor panicked while another panic was unwinding.
    InCleanup,
}

/// How much of the zone the thread may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    None,
    Half,
    All,
}

/// A thread's side of faults. Its handler reads and writes it, so there are cells only and no
/// destructor: touching it never allocates.
pub(super) struct Thread {
    /// Stack pointer of the innermost guard, or 0.
    pub(super) guard: Cell<usize>,
    /// Whether the zone is there and closed, and the handler has its stack.
    pub(super) ready: Cell<bool>,
    /// Whether the thread was prepared at all.
    prepared: Cell<bool>,
    /// From the guard pages to the end of the zone; both 0 without one.
    zone_start: Cell<usize>,
    zone_end: Cell<usize>,
    /// The stack's other end.
    stack_end: Cell<usize>,
    open: Cell<Open>,
    /// Whether every instruction is looked at (`signal`).
    pub(super) stepping: Cell<bool>,
    /// Where a return address was replaced, and what was there.
    pub(super) replaced: Cell<Option<(usize, usize)>>,
    pub(super) why: Cell<Why>,
    /// Whether a panic was noted in the guarded call that the thread is in.
    pub(super) noted: Cell<bool>,
    /// How long the guarded calls may take that it makes now.
    pub(super) limit: Cell<Limit>,
    /// What the watcher sees of it, once it made a call with a limit.
    running: Cell<Option<&'static Running>>,
    /// Whether the panic that is about to be raised ends a call that overran its limit.
    pub(super) overran: Cell<bool>,
    pub(super) count: Cell<usize>,
    pub(super) frames: UnsafeCell<[usize; FRAMES]>,
}

thread_local! {
    pub(super) static THREAD: Thread = const {
        Thread {
            guard: Cell::new(0),
            ready: Cell::new(false),
            prepared: Cell::new(false),
            zone_start: Cell::new(0),
            zone_end: Cell::new(0),
            stack_end: Cell::new(0),
            open: Cell::new(Open::None),
            stepping: Cell::new(false),
            replaced: Cell::new(None),
            why: Cell::new(Why::Overflow),
            noted: Cell::new(false),
            limit: Cell::new(Limit::NONE),
            running: Cell::new(None),
            overran: Cell::new(false),
            count: Cell::new(0),
            frames: UnsafeCell::new([0; FRAMES]),
        }
    };
    static OWNED: Owned = const { Owned { handler_stack: Cell::new(null_mut()) } };
}

/// What is given back when the thread ends.
struct Owned {
    handler_stack: Cell<*mut c_void>,
}

impl Thread {
    /// Makes the zone and the handler's stack, or closes a zone that was opened.
    #[cold]
    pub(super) fn prepare(&self, zone: bool) {
        if !self.prepared.replace(true)
            && OWNED.try_with(|owned| owned.make_stack()).is_ok()
            && zone
        {
            self.make_zone();
        }
        self.close();
    }

    /// What the watcher sees of this thread, if it is watched.
    #[inline]
    pub(super) fn running(&self) -> Option<&'static Running> {
        self.running.get().or_else(|| self.join())
    }

    #[cold]
    fn join(&self) -> Option<&'static Running> {
        // A thread that is ending has nobody to leave for it.
        #[cfg(feature = "jit")]
        self.running.set(OWNED.try_with(|_| crate::deadline::join()).ok());
        self.running.get()
    }

    /// Whether `address` is where an overflowing stack ends.
    pub(super) fn is_in_zone(&self, address: usize) -> bool {
        // A frame without probes may have stepped over the zone into the guard pages below.
        let below = self.zone_start.get().saturating_sub(PAGE);
        self.zone_end.get() > 0 && (below..self.zone_end.get()).contains(&address)
    }

    /// Whether a word at `address` can be read as part of this stack.
    pub(super) fn is_on_stack(&self, address: usize) -> bool {
        let start = match self.open.get() {
            Open::None => self.zone_end.get(),
            Open::Half => self.middle(),
            Open::All => self.zone_start.get(),
        };
        address.is_multiple_of(8) && (start..self.stack_end.get()).contains(&address)
    }

    fn middle(&self) -> usize {
        usize::midpoint(self.zone_start.get(), self.zone_end.get()) / PAGE * PAGE
    }

    /// Lets the thread use this much of its zone; whether that is more than before.
    pub(super) fn open(&self, open: Open) -> bool {
        let start = match (self.open.get(), open) {
            (Open::None, Open::Half) => self.middle(),
            (Open::None | Open::Half, Open::All) => self.zone_start.get(),
            _ => return false,
        };
        self.zone_end.get() > 0 && self.protect(start, libc::PROT_READ | libc::PROT_WRITE) && {
            self.open.set(open);
            self.ready.set(false);
            true
        }
    }

    /// How much of the zone is open.
    pub(super) fn opened(&self) -> Open {
        self.open.get()
    }

    /// Closes the zone again, once the thread is out of it.
    pub(super) fn close(&self) {
        if self.open.get() != Open::None {
            let here = stack_pointer();
            let is_above = here > self.zone_end.get() + PAGE;
            if !is_above || !self.protect(self.zone_start.get(), libc::PROT_NONE) {
                return;
            }
            self.open.set(Open::None);
        }
        self.ready.set(true);
    }

    /// From `start` to the end of the zone.
    fn protect(&self, start: usize, protection: i32) -> bool {
        let size = self.zone_end.get() - start;
        let start = std::ptr::with_exposed_provenance_mut(start);
        // SAFETY: pages of this thread's own stack, or mapped by `make_zone`, below everything in use.
        unsafe { libc::mprotect(start, size, protection) == 0 }
    }

    fn make_zone(&self) {
        let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
        let (mut low, mut size, mut guard) = (null_mut(), 0, 0);
        // SAFETY: initialised by the first call, read by the others, destroyed by the last.
        unsafe {
            if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
                return;
            }
            libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut low, &raw mut size);
            libc::pthread_attr_getguardsize(attributes.as_ptr(), &raw mut guard);
            libc::pthread_attr_destroy(attributes.as_mut_ptr());
        }
        let (low, end) = (low.addr(), low.addr() + size);
        let zone = ZONE.min(size / 8) / PAGE * PAGE;
        // Whether the guard pages are part of what is told depends on the C library.
        let start = (low + guard).next_multiple_of(PAGE);
        let here = stack_pointer();
        if zone == 0 || !(start + zone + PAGE..end).contains(&here) {
            return; // A stack of the program's own making.
        }
        // SAFETY: a question.
        let is_main = unsafe { libc::getpid() == libc::gettid() };
        self.zone_start.set(start);
        self.zone_end.set(start + zone);
        self.stack_end.set(end);
        let made = if is_main { self.map_zone() } else { self.protect(start, libc::PROT_NONE) };
        if !made {
            self.zone_start.set(0);
            self.zone_end.set(0);
        }
    }

    /// The main thread's stack grows down to where its limit is: nothing is mapped there yet.
    fn map_zone(&self) -> bool {
        let start = std::ptr::with_exposed_provenance_mut(self.zone_start.get());
        let size = self.zone_end.get() - self.zone_start.get();
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED_NOREPLACE;
        // SAFETY: a new mapping that replaces none.
        let mapped = unsafe { libc::mmap(start, size, libc::PROT_NONE, flags, -1, 0) };
        if mapped != libc::MAP_FAILED && mapped != start {
            // SAFETY: a kernel before 4.17 took the address for a wish; nobody has it.
            unsafe { libc::munmap(mapped, size) };
        }
        mapped == start
    }
}

impl Owned {
    /// Gives the handler a stack of its own, big enough to unwind on.
    fn make_stack(&self) {
        let size = HANDLER_STACK + PAGE;
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        // SAFETY: a new mapping, whose first page stays inaccessible; the thread keeps it until
        // `drop`, which takes it from the kernel first.
        unsafe {
            let at = libc::mmap(null_mut(), size, libc::PROT_NONE, flags, -1, 0);
            if at == libc::MAP_FAILED {
                return;
            }
            let stack = at.byte_add(PAGE);
            let wanted = libc::stack_t { ss_sp: stack, ss_flags: 0, ss_size: HANDLER_STACK };
            let usable = libc::mprotect(stack, HANDLER_STACK, libc::PROT_READ | libc::PROT_WRITE);
            if usable != 0 || libc::sigaltstack(&raw const wanted, null_mut()) != 0 {
                libc::munmap(at, size);
                return;
            }
            self.handler_stack.set(at);
        }
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        THREAD.with(|thread| {
            // The C library gives the stack to another thread.
            thread.open(Open::All);
            thread.zone_end.set(0);
            thread.zone_start.set(0);
            thread.ready.set(false);
            #[cfg(feature = "jit")]
            thread.running.take().into_iter().for_each(crate::deadline::leave);
        });
        let at = self.handler_stack.replace(null_mut());
        if at.is_null() {
            return;
        }
        let mut current = MaybeUninit::<libc::stack_t>::uninit();
        let none = libc::stack_t { ss_sp: null_mut(), ss_flags: libc::SS_DISABLE, ss_size: 0 };
        // SAFETY: mapped by `make_stack`; taken from the kernel, if it still has it, before it is
        // unmapped. The thread ends: no handler of ours runs on it.
        unsafe {
            libc::sigaltstack(std::ptr::null(), current.as_mut_ptr());
            if current.assume_init().ss_sp == at.byte_add(PAGE) {
                libc::sigaltstack(&raw const none, null_mut());
            }
            libc::munmap(at, HANDLER_STACK + PAGE);
        }
    }
}

/// About where the stack is now.
#[inline(never)]
fn stack_pointer() -> usize {
    let here = 0_u8;
    (&raw const here).addr()
}
