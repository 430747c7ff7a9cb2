//! Iterators made of iterators.

mod combining;
mod cutting;
mod flattening;
mod mapping;
mod peekable;
mod stepping;

pub use self::combining::{Chain, Cycle, Rev, Zip, zip};
pub use self::cutting::{Fuse, MapWhile, Scan, Skip, SkipWhile, Take, TakeWhile};
pub use self::flattening::{FlatMap, Flatten};
pub use self::mapping::{Cloned, Copied, Enumerate, Filter, FilterMap, Inspect, Map};
pub use self::peekable::Peekable;
pub use self::stepping::StepBy;
