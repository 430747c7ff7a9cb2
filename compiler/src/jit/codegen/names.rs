//! Symbols by number, as Cranelift names them.

use std::collections::HashMap;

use cranelift_codegen::ir::UserExternalName;

use super::super::mir::{DataKind, Linkage, Module};

/// A symbol of one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct SymbolId(pub(super) u32);

impl SymbolId {
    pub(super) fn external(self) -> UserExternalName {
        UserExternalName { namespace: 0, index: self.0 }
    }
}

/// How far from the code that names it a symbol can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Distance {
    /// In the same object under a local name: placed together with it.
    Near,
    Far,
}

#[derive(Debug, Default)]
pub(super) struct Names {
    symbols: Vec<(String, Distance)>,
    by_name: HashMap<String, SymbolId>,
}

impl Names {
    /// Those that the module defines. Private functions, constants and the paths of files are near.
    pub(super) fn of(module: &Module) -> Names {
        let mut names = Names::default();
        for function in &module.functions {
            let is_private = function.linkage == Linkage::Private;
            names.add(&function.symbol, if is_private { Distance::Near } else { Distance::Far });
        }
        for data in &module.data {
            let is_local = data.kind == DataKind::Constant;
            names.add(&data.symbol, if is_local { Distance::Near } else { Distance::Far });
        }
        for file in 0..module.files.len() {
            names.add(&super::object::file_symbol(file as u32), Distance::Near);
        }
        names
    }

    fn add(&mut self, name: &str, distance: Distance) -> SymbolId {
        let id = SymbolId(self.symbols.len() as u32);
        self.symbols.push((name.to_owned(), distance));
        self.by_name.insert(name.to_owned(), id);
        id
    }

    /// The number of a name; what the module does not define is somebody else's.
    pub(super) fn get(&mut self, name: &str) -> (SymbolId, Distance) {
        if let Some(id) = self.by_name.get(name) {
            return (*id, self.symbols[id.0 as usize].1);
        }
        (self.add(name, Distance::Far), Distance::Far)
    }

    pub(super) fn name(&self, id: SymbolId) -> &str {
        &self.symbols[id.0 as usize].0
    }

    pub(super) fn len(&self) -> usize {
        self.symbols.len()
    }
}
