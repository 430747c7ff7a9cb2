//! Where in the user's text a panic of code from the compiler in the process began.
//!
//! Such code has no `Location` of the standard library's to panic with: one can be made by rustc only. The
//! place is left here when the panic begins, and a panic hook asks for it.

use std::cell::RefCell;
use std::panic::PanicHookInfo;

/// A place in the user's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PanicPlace {
    /// The file, as the source named it.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

thread_local! {
    static PLACE: RefCell<PanicPlace> = const {
        RefCell::new(PanicPlace { file: String::new(), line: 0, column: 0 })
    };
}

/// Where the panic began, if code from the compiler in the process raised it; for panic hooks.
pub fn panic_place(info: &PanicHookInfo<'_>) -> Option<PanicPlace> {
    let is_ours = info.location().is_some_and(|place| place.file() == file!());
    is_ours.then(|| PLACE.with(|place| place.borrow().clone()))
}

/// Panics as rustc's code would at that place: the payload is a `String`.
#[cfg(feature = "jit")]
pub(crate) fn panic_at(place: PanicPlace, message: String) -> ! {
    PLACE.with(|known| *known.borrow_mut() = place);
    std::panic::panic_any(message)
}
