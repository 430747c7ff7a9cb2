//! What the standard harness does before it starts a test's thread, and need not do again in every child. That is a sixth of
//! what a short test takes.
//!
//! It reads what the terminal can do that `TERM` names, from a file, to print into a pipe: so the variable has another name until
//! the thread is started. The test sees it, and all that it starts.
//!
//! It asks the C library where the stack of its main thread is, which reads the list of all that is mapped for it. It is where
//! the server's is, which asks once.

use core::ffi::{c_int, c_void};
use core::ptr::{addr_of_mut, null_mut};

use crate::imports::replace;
use crate::system::{getenv, pthread_self};

type Create = unsafe extern "C" fn(
    *mut usize,
    *const c_void,
    unsafe extern "C" fn(*mut c_void) -> *mut c_void,
    *mut c_void,
) -> c_int;
type AttributesOf = unsafe extern "C" fn(usize, *mut Attributes) -> c_int;

/// As the GNU library has them, on this architecture.
type Attributes = [u64; 7];

const EAGAIN: c_int = 11;

/// Whether this is a child that runs one test in the standard harness. Others are left alone.
static mut IS_ONE: bool = false;
/// What the functions below stand in place of.
static mut CREATE: Option<Create> = None;
static mut ATTRIBUTES_OF: Option<AttributesOf> = None;
/// The first letter of the variable's name, while it is another.
static mut NAME: *mut u8 = null_mut();
/// The main thread, and its attributes. They own memory, so they are given away once.
static mut MAIN: usize = 0;
static mut ATTRIBUTES: Option<Attributes> = None;

/// In the server: has its children do less.
pub(crate) unsafe fn prepare() {
    let create: Create = create;
    if let Some(old) = replace(b"pthread_create\0", create as usize) {
        CREATE = Some(core::mem::transmute::<usize, Create>(old));
    }
    #[cfg(target_env = "gnu")]
    prepare_attributes();
}

#[cfg(target_env = "gnu")]
unsafe fn prepare_attributes() {
    let attributes_of: AttributesOf = attributes_of;
    let Some(old) = replace(b"pthread_getattr_np\0", attributes_of as usize) else { return };
    let old = core::mem::transmute::<usize, AttributesOf>(old);
    ATTRIBUTES_OF = Some(old);
    MAIN = pthread_self();
    let mut attributes = [0; 7];
    if old(MAIN, &mut attributes) == 0 {
        ATTRIBUTES = Some(attributes);
    }
}

/// In a child that runs one test in the standard harness, and so starts a thread.
pub(crate) unsafe fn begin() {
    IS_ONE = true;
    let value = getenv(b"TERM\0".as_ptr().cast());
    if CREATE.is_some() && !value.is_null() {
        // The name and `=` stand before the value.
        NAME = value.cast_mut().cast::<u8>().sub(5);
        *NAME = b'_';
    }
}

unsafe extern "C" fn create(
    thread: *mut usize,
    attributes: *const c_void,
    routine: unsafe extern "C" fn(*mut c_void) -> *mut c_void,
    argument: *mut c_void,
) -> c_int {
    if !NAME.is_null() {
        *NAME = b'T';
        NAME = null_mut();
    }
    // There is none only before it is replaced.
    CREATE.map_or(EAGAIN, |create| create(thread, attributes, routine, argument))
}

/// The main thread asks before there is another.
unsafe extern "C" fn attributes_of(thread: usize, to: *mut Attributes) -> c_int {
    if IS_ONE && thread == MAIN {
        if let Some(attributes) = (*addr_of_mut!(ATTRIBUTES)).take() {
            *to = attributes;
            return 0;
        }
    }
    ATTRIBUTES_OF.map_or(EAGAIN, |old| old(thread, to))
}
