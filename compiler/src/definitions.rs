//! Every definition a layout or an ABI can depend on, by name, and what each one mentions.
//!
//! Names are not resolved as rustc resolves them; a name stands for everything in reach that bears it.
//! That is more than rustc would take, never less: a fingerprint must not miss a dependency.

mod collect;
mod names;

use std::collections::{HashMap, HashSet};

use crate::tree::{Origin, Tree};
pub(crate) use collect::{has_impl, signature_text};
pub(crate) use names::{Context, Mention, Names, identifiers};

/// What was collected from all files of one source.
pub(crate) struct Definitions {
    all: Vec<Definition>,
    by_name: HashMap<String, Vec<usize>>,
    /// Macro calls and macro definitions, by every identifier in them: what they expand to may define it.
    by_macro: HashMap<String, Vec<usize>>,
    scopes: Vec<Scope>,
    /// Signatures, and item-level macro calls: what the ABI of the file consists of besides its types.
    pub(crate) roots: Vec<Root>,
    /// Statics, function-local ones included.
    pub(crate) statics: Vec<Static>,
}

/// One item that can be part of a layout.
pub(crate) struct Definition {
    pub file: usize,
    pub kind: Kind,
    pub text: String,
    pub names: Names,
}

/// What a [`Definition`] defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// struct, enum, union
    Data,
    /// Type alias, trait, associated type.
    Type,
    /// const, static, associated const
    Value,
    /// A function, with its body: reached from constant expressions only.
    Function,
    /// One name of a `use`, from the standard library or renamed.
    ForeignImport,
    /// One name of a `use`, from the files.
    Import,
    /// `use std::..::*`
    ForeignGlob,
    /// `use ..::*`
    Glob,
    /// macro_rules or an item-level macro call
    Macro,
}

/// Text that is part of the file's ABI.
pub(crate) struct Root {
    pub file: usize,
    pub text: String,
    pub names: Names,
}

/// One static.
pub(crate) struct Static {
    pub file: usize,
    /// `COUNT`, `voices::COUNT`, `process::COUNT`
    pub path: String,
    pub text: String,
    pub names: Names,
}

/// How names are looked up from one file.
struct Scope {
    origin: Origin,
    /// What the file defines outside of modules and functions.
    local: HashSet<String>,
    /// Whether it has modules of its own, whose names differ from the file's.
    has_modules: bool,
    /// Its glob imports.
    globs: Vec<usize>,
}

/// Names that need no import and that nobody redefines by a glob import.
const BUILT_IN: &[&str] = &[
    "bool", "char", "str", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16",
    "u32", "u64", "u128", "usize", "Self", "self", "super", "crate", "std", "core", "alloc", "Vec",
    "Option", "Box", "String", "Send", "Sync", "Sized", "Copy", "Clone", "Drop", "Fn", "FnMut",
    "FnOnce", "Default", "Some", "None", "Ok", "Err",
];

impl Definitions {
    /// Collects from all files of `tree`.
    pub(crate) fn collect(tree: &Tree) -> Definitions {
        let mut definitions = Definitions {
            all: Vec::new(),
            by_name: HashMap::new(),
            by_macro: HashMap::new(),
            scopes: Vec::new(),
            roots: Vec::new(),
            statics: Vec::new(),
        };
        for (index, file) in tree.files.iter().enumerate() {
            definitions.scopes.push(Scope {
                origin: file.origin,
                local: HashSet::new(),
                has_modules: false,
                globs: Vec::new(),
            });
            collect::file(&mut definitions, index, file);
        }
        definitions
    }

    pub(crate) fn get(&self, id: usize) -> &Definition {
        &self.all[id]
    }

    /// All types, aliases and traits.
    pub(crate) fn all_types(&self) -> impl Iterator<Item = &Definition> {
        self.all.iter().filter(|definition| matches!(definition.kind, Kind::Data | Kind::Type))
    }

    /// The names of all types.
    pub(crate) fn type_names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// Whether a `use` gives `name` to something that bears another one, or comes from outside.
    pub(crate) fn is_renamed(&self, name: &str) -> bool {
        let named = self.by_name.get(name).into_iter().flatten();
        named.into_iter().any(|&id| self.all[id].kind == Kind::ForeignImport)
    }

    /// The types called `name`, the user's own files first.
    pub(crate) fn types_named(&self, name: &str) -> Vec<usize> {
        let named = self.by_name.get(name).map(Vec::as_slice).unwrap_or_default();
        named
            .iter()
            .copied()
            .filter(|&id| matches!(self.all[id].kind, Kind::Data | Kind::Type))
            .collect()
    }

    /// Everything that `mention` can stand for.
    pub(crate) fn lookup(&self, mention: &Mention<'_>) -> Vec<usize> {
        let scope = &self.scopes[mention.file];
        let named: Vec<usize> = self
            .by_name
            .get(mention.name)
            .into_iter()
            .flatten()
            .copied()
            .filter(|&id| self.in_reach(mention.file, id))
            .filter(|&id| mention.context == Context::Value || self.all[id].kind != Kind::Function)
            .collect();
        let is_import =
            |id: &usize| matches!(self.all[*id].kind, Kind::Import | Kind::ForeignImport);
        let (imports, defined): (Vec<usize>, Vec<usize>) = named.into_iter().partition(is_import);

        // A file without modules resolves what it defines itself to just that.
        if !scope.has_modules && scope.local.contains(mention.name) {
            return defined.into_iter().filter(|&id| self.all[id].file == mention.file).collect();
        }
        let mut found = defined;
        let ambiguous = found.len() != 1;
        let imported = !imports.is_empty();
        found.extend(
            imports.into_iter().filter(|&id| ambiguous || self.all[id].kind == Kind::ForeignImport),
        );
        if BUILT_IN.contains(&mention.name) {
            return found;
        }
        if found.is_empty() && !imported {
            let expanded = self.by_macro.get(mention.name).into_iter().flatten().copied();
            found.extend(expanded.filter(|&id| self.in_reach(mention.file, id)));
        }
        found.extend(self.globs_that_matter(mention.file, found.len() > 1));
        found
    }

    /// Glob imports that decide what an unqualified name means.
    fn globs_that_matter(&self, file: usize, ambiguous: bool) -> Vec<usize> {
        let own = self.scopes[file].globs.iter().copied();
        let mut globs: Vec<usize> =
            own.filter(|&id| self.all[id].kind == Kind::ForeignGlob).collect();
        if ambiguous {
            let all = self.scopes.iter().flat_map(|scope| scope.globs.iter().copied());
            globs.extend(all.filter(|&id| self.all[id].kind == Kind::Glob));
        }
        globs
    }

    /// A support module does not see the user's files, nor the other support modules, so that the
    /// fingerprints of what it shares with the host do not depend on them.
    fn in_reach(&self, from: usize, id: usize) -> bool {
        let origin = self.scopes[from].origin;
        origin == Origin::User || self.scopes[self.all[id].file].origin == origin
    }

    fn add(&mut self, name: String, definition: Definition) -> usize {
        let id = self.all.len();
        self.all.push(definition);
        self.by_name.entry(name).or_default().push(id);
        id
    }
}
