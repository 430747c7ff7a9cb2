//! Atomics, locks and shared ownership for the lock-free protocols: the standard library's, or
//! loom's when the models run (`RUSTFLAGS="--cfg loom"`).
//!
//! Every atomic of `epoch`, `slot` and `commit` comes from here, so that what is model-checked is
//! the code that ships.

#[cfg(not(loom))]
pub(crate) use std::{
    sync::{
        Arc, Mutex, MutexGuard, OnceLock,
        atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering},
    },
    thread::yield_now,
};

#[cfg(loom)]
pub(crate) use loom::{
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering},
    },
    thread::yield_now,
};

/// Locks `mutex`, also after another thread panicked while it held the lock.
///
/// Every structure behind such a lock is left consistent at each point where code that may panic
/// is called, so the poison mark carries no news.
#[cfg(not(segue_visible_locks))]
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The same without the part of the standard library that waits: it is not compiled with our flags, so
/// that ThreadSanitizer does not see the lock handed on (`tests/sanitizers/`).
#[cfg(segue_visible_locks)]
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    loop {
        match mutex.try_lock() {
            Ok(guard) => return guard,
            Err(std::sync::TryLockError::Poisoned(poisoned)) => return poisoned.into_inner(),
            Err(std::sync::TryLockError::WouldBlock) => yield_now(),
        }
    }
}
