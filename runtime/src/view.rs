//! What tools look at: one consistent picture of what is live.
//!
//! Each commit leaves what it made live; who looks first draws the picture of it. It is read without a lock, so a
//! tool that looks costs the program's threads nothing, and one that does not look costs them nothing either.

use std::sync::Arc;

use crate::{generation::Generation, sync::OnceLock, wanted::readable};

/// The live generation for those who want to look at it, and its picture once somebody did.
#[derive(Default)]
pub(crate) struct Looked {
    generation: Option<Arc<Generation>>,
    view: OnceLock<Arc<View>>,
}

impl Looked {
    pub(crate) fn at(generation: Arc<Generation>) -> Looked {
        Looked { generation: Some(generation), view: OnceLock::new() }
    }

    pub(crate) fn view(&self) -> Arc<View> {
        let draw = || self.generation.as_deref().map(View::of).unwrap_or_default().into();
        self.view.get_or_init(draw).clone()
    }
}

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
    fn of(generation: &Generation) -> View {
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
