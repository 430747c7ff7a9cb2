//! Serialising the other cores before a code address is used a second time (phase: seal).
//!
//! A core may have fetched or decoded the old bytes of a reused range. The kernel's `membarrier`
//! with SYNC_CORE makes every core that runs a thread of this process execute a serialising
//! instruction before it returns to user code, after which it sees the new bytes only.

use std::sync::OnceLock;

use crate::error::{Error, ErrorKind};

// From linux/membarrier.h.
const PRIVATE_EXPEDITED_SYNC_CORE: libc::c_int = 1 << 5;
const REGISTER_PRIVATE_EXPEDITED_SYNC_CORE: libc::c_int = 1 << 6;

fn membarrier(command: libc::c_int) -> Result<(), i32> {
    // SAFETY: membarrier takes three integers and touches no memory of ours.
    let result = unsafe { libc::syscall(libc::SYS_membarrier, command, 0, 0) };
    if result == 0 {
        Ok(())
    } else {
        Err(std::io::Error::last_os_error().raw_os_error().unwrap_or(0))
    }
}

/// Registers the process once; whether the kernel can serialise cores.
pub(crate) fn can_serialise() -> bool {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    *REGISTERED.get_or_init(|| membarrier(REGISTER_PRIVATE_EXPEDITED_SYNC_CORE).is_ok())
}

/// Makes every core running this process serialise its instruction stream before it executes
/// another instruction of it.
///
/// # Errors
/// `System` where the kernel lacks `membarrier(PRIVATE_EXPEDITED_SYNC_CORE)` (before Linux 4.16).
pub fn serialise_cores() -> Result<(), Error> {
    let refused = |code: i32| {
        let reason = std::io::Error::from_raw_os_error(code);
        Error::new(ErrorKind::System, format!("membarrier(SYNC_CORE) refused: {reason}"))
    };
    if !can_serialise() {
        return Err(refused(libc::ENOSYS));
    }
    membarrier(PRIVATE_EXPEDITED_SYNC_CORE).map_err(refused)
}
