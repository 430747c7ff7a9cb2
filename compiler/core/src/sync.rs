//! What threads share.

mod arc;
pub mod atomic;

pub use self::arc::{Arc, Weak};
pub(crate) use self::arc::Shared;
