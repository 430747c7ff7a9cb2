//! Thread-locals of shared libraries (phase: resolve).
//!
//! The dynamic linker tells where a variable is in the calling thread, and of every library where
//! its block is in the calling thread. So it is known whose the variable is and at what offset, which is what
//! `__tls_get_addr` takes, in any thread.
//!
//! The access models that add a number to the thread pointer need more: a block at the same
//! distance from it in every thread. Blocks of libraries that are loaded when the process starts, and of those
//! that were linked to be used so (`DF_STATIC_TLS`), are; others are allocated by each thread when it
//! first asks. A second thread tells.

use std::ffi::{c_int, c_void};

use super::{Definition, Symbols, dynamic_symbol, thread_pointer_offset};
use crate::error::{Error, ErrorKind};

/// Whose block an address is in.
struct Search {
    address: u64,
    found: Option<(u64, u64)>,
}

/// The thread-local `name` of a library.
pub(super) fn thread_local(name: &str) -> Option<Definition> {
    unsafe extern "C" fn look(
        info: *mut libc::dl_phdr_info,
        _: usize,
        search: *mut c_void,
    ) -> c_int {
        // SAFETY: dl_iterate_phdr passes a valid record, and `search` is the `Search` below.
        unsafe {
            let search = search.cast::<Search>();
            let headers = std::slice::from_raw_parts((*info).dlpi_phdr, (*info).dlpi_phnum.into());
            let size =
                headers.iter().find(|it| it.p_type == libc::PT_TLS).map_or(0, |it| it.p_memsz);
            let start = (*info).dlpi_tls_data.addr() as u64;
            let offset = (*search).address.wrapping_sub(start);
            if start != 0 && offset < size {
                (*search).found = Some(((*info).dlpi_tls_modid as u64, offset));
                return 1;
            }
        }
        0
    }
    // For a thread-local this is the calling thread's copy, for anything else in no block.
    let mut search = Search { address: dynamic_symbol(name)?, found: None };
    // SAFETY: `look` matches the callback type, and `search` outlives the call.
    unsafe { libc::dl_iterate_phdr(Some(look), (&raw mut search).cast()) };
    search.found.map(|(module, offset)| Definition::ThreadLocal { module, offset })
}

impl Symbols {
    /// Whether the thread-local is at the same distance from the thread pointer in every thread.
    ///
    /// # Errors
    /// `ThreadLocal` when it is not.
    pub(crate) fn check_distance(&self, module: u64, offset: u64) -> Result<(), Error> {
        let of_executable = self.executable().is_some_and(|it| it.image.module == module);
        if !self.is_process() || of_executable {
            return Ok(());
        }
        let here = thread_pointer_offset(module, offset);
        let there = std::thread::spawn(move || thread_pointer_offset(module, offset)).join();
        match there.is_ok_and(|there| there == here) {
            true => Ok(()),
            false => Err(Error::new(
                ErrorKind::ThreadLocal,
                "the thread-local is in a library that was loaded later, at no fixed distance from the \
                 thread pointer: compile with -fPIC -ftls-model=global-dynamic, or load the library \
                 when the process starts",
            )),
        }
    }
}

#[cfg(test)]
mod tests;
