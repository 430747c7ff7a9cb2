//! What live files and the library see of the target.

use ra_ap_cfg::CfgOptions;
use ra_ap_intern::Symbol;

/// What `#[cfg(..)]` sees: as [`crate::cfg`] answers, and rustc for this target.
pub(super) fn options() -> CfgOptions {
    let mut options = CfgOptions::default();
    options.insert_atom(Symbol::intern("unix"));
    options.insert_atom(Symbol::intern("target_thread_local"));
    let valued = [
        ("target_os", std::env::consts::OS),
        ("target_arch", std::env::consts::ARCH),
        ("target_family", std::env::consts::FAMILY),
        ("target_env", "gnu"),
        ("target_vendor", "unknown"),
        ("target_pointer_width", "64"),
        ("target_endian", "little"),
        ("panic", "unwind"),
        ("target_has_atomic", "8"),
        ("target_has_atomic", "16"),
        ("target_has_atomic", "32"),
        ("target_has_atomic", "64"),
        ("target_has_atomic", "ptr"),
    ];
    for (key, value) in valued {
        options.insert_key_value(Symbol::intern(key), Symbol::intern(value));
    }
    options
}
