//! What programs print: whole texts, to where the host's own output goes.

use core::fmt;

unsafe extern "C-unwind" {
    fn segue_jit_print(bytes: *const u8, length: usize, is_error: u32);
}

fn print(arguments: fmt::Arguments<'_>, is_error: u32) {
    let text = fmt::format(arguments);
    unsafe { segue_jit_print(text.as_ptr(), text.len(), is_error) }
}

pub fn _print(arguments: fmt::Arguments<'_>) {
    print(arguments, 0)
}

pub fn _eprint(arguments: fmt::Arguments<'_>) {
    print(arguments, 1)
}
