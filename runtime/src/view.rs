//! What tools look at: one consistent picture of what is live, taken at each commit.
//!
//! It is replaced as a whole and read without a lock, so that a tool that looks costs the program's
//! threads nothing.

use crate::{generation::Generation, wanted::readable};

/// What tools see of a program, as one consistent picture that costs its threads nothing.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct View {
    /// The live generation.
    pub generation: u64,
    /// Every live function, by name.
    pub functions: Vec<FunctionView>,
}

/// One live function.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FunctionView {
    /// The function's path as people write it.
    pub name: String,
    /// The generation that brought its code.
    pub since: u64,
    /// Size of its code in bytes.
    pub size: usize,
    /// Where its code starts now.
    pub entry: usize,
}

impl View {
    pub(crate) fn of(generation: &Generation) -> View {
        let mut functions: Vec<_> = generation
            .functions
            .iter()
            .flat_map(|(symbol, live)| {
                let name = readable(&[symbol.to_string()]).pop()?;
                let (since, size, entry) = (live.since, live.code.size(), live.code.entry());
                Some(FunctionView { name, since, size, entry })
            })
            .collect();
        functions.sort_by(|a, b| a.name.cmp(&b.name));
        View { generation: generation.number, functions }
    }
}
