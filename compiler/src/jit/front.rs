//! rust-analyzer's crates: parsing, macros, names, types, traits. What they know, everybody else asks here
//! and in `lower`; nothing else of the compiler knows them.

pub(crate) mod complaints;
pub(crate) mod database;
pub(crate) mod effort;
pub(crate) mod functions;
mod library;
pub(crate) mod numbers;
pub(crate) mod overlay;
pub(crate) mod places;
pub(crate) mod slices;
pub(crate) mod symbols;
pub(crate) mod values;
