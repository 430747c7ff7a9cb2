//! Values and choices from a configuration file.

mod left;

pub struct Wrong;

impl Wrong {
    pub fn new(_: u8) -> Wrong { Wrong }
}

pub fn short() -> Result<u8, Wrong> { Ok(2) }

pub fn inside() -> Option<std::io::Result<()>> { None }

pub fn empty() -> Result<(), Wrong> { Err(Wrong::new(1 + 1)) }

pub fn calls(a: Option<u8>) -> Vec<u8> {
    a.expect(["a", "b"][1 + 1]);
    drop(-1);
    Vec::with_capacity(3 + 4)
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad("x") }
}
