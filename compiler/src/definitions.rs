//! Every definition a layout or an ABI can depend on, by name, and what each one mentions.
//!
//! Names are not resolved as rustc resolves them; a name stands for everything in reach that bears it.
//! That is more than rustc would take, never less: a fingerprint must not miss a dependency.

mod collect;
mod macros;
mod names;

use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_128;

use crate::fingerprint::Part;
use crate::tree::{Origin, Tree};
pub(crate) use collect::{has_impl, signature_text};
pub(crate) use macros::{has_item_word, that_define_items};
pub(crate) use names::{Context, Mention, Names, identifiers};

/// What was collected from all files of one source.
pub(crate) struct Definitions {
    all: Vec<Definition>,
    by_name: HashMap<String, Vec<usize>>,
    /// Macro calls and macro definitions, by every identifier in them: what they expand to may define it.
    by_macro: HashMap<String, Vec<usize>>,
    scopes: Vec<Scope>,
    /// Macros of the files whose calls could define items, other macros in between or not.
    item_macros: HashSet<String>,
    /// Signatures, and item-level macro calls: what the ABI of the file consists of besides its types.
    pub(crate) roots: Vec<Root>,
    /// Statics, function-local ones included.
    pub(crate) statics: Vec<Static>,
}

/// One item that can be part of a layout.
pub(crate) struct Definition {
    pub file: usize,
    pub kind: Kind,
    /// Modules and functions around it; names in `text` are resolved from there.
    pub place: String,
    pub text: String,
    pub names: Names,
}

impl Definition {
    pub(crate) fn part(&self) -> Part<'_> {
        Part { text: &self.text, place: &self.place, file: self.file, names: &self.names }
    }
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
    /// Its type.
    pub text: String,
    pub names: Names,
    pub initial: Initial,
}

/// What a static starts with.
pub(crate) struct Initial {
    pub text: String,
    pub names: Names,
    pub is_thread_local: bool,
}

/// How names are looked up from one file.
struct Scope {
    origin: Origin,
    /// Stands for the whole text, and so for the place of everything in it.
    text: u128,
    /// What the file defines outside of modules and functions.
    local: HashSet<String>,
    /// Whether it has modules of its own, or functions with imports, whose names differ from the file's.
    has_modules: bool,
    /// Its glob imports.
    globs: Vec<usize>,
}

/// Names that need no import and that nobody redefines by a glob import.
const BUILT_IN: &[&str] = &[
    "bool", "char", "str", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16",
    "u32", "u64", "u128", "usize", "Self", "self", "super", "crate", "std", "core", "alloc", "Vec",
    "Option", "Result", "Box", "String", "Send", "Sync", "Sized", "Copy", "Clone", "Drop", "Fn",
    "FnMut", "FnOnce", "Default", "Some", "None", "Ok", "Err",
];

/// Types and traits through which a value of any type can be kept and found again: by its `TypeId`,
/// which is the same for each layout that a type has had.
const HOLDS_ANY: &[&str] = &["Any", "TypeId", "Error"];

/// What a mention can stand for.
pub(crate) struct Found {
    pub ids: Vec<usize>,
    /// Whether that depends on where it is mentioned.
    pub is_ambiguous: bool,
}

impl Definitions {
    /// Collects from all files of `tree`.
    pub(crate) fn collect(tree: &Tree) -> Definitions {
        let mut definitions = Definitions {
            all: Vec::new(),
            by_name: HashMap::new(),
            by_macro: HashMap::new(),
            scopes: Vec::new(),
            item_macros: macros::that_define_items(tree),
            roots: Vec::new(),
            statics: Vec::new(),
        };
        for (index, file) in tree.files.iter().enumerate() {
            definitions.scopes.push(Scope {
                origin: file.origin,
                text: xxh3_128(file.text.as_bytes()),
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
    pub(crate) fn all_types(&self) -> impl Iterator<Item = Part<'_>> {
        let types = self.all.iter().filter(|it| matches!(it.kind, Kind::Data | Kind::Type));
        types.map(Definition::part)
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
    pub(crate) fn lookup(&self, mention: &Mention<'_>) -> Found {
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
            let own = defined.into_iter().filter(|&id| self.all[id].file == mention.file);
            let ids: Vec<usize> = own.collect();
            return Found { is_ambiguous: ids.len() > 1, ids };
        }
        let mut ids = defined;
        let ambiguous = ids.len() != 1;
        ids.extend(
            imports.into_iter().filter(|&id| ambiguous || self.all[id].kind == Kind::ForeignImport),
        );
        let built_in = BUILT_IN.contains(&mention.name);
        if !built_in {
            // What a macro may expand to counts beside what is written out.
            let expanded = self.by_macro.get(mention.name).into_iter().flatten().copied();
            ids.extend(expanded.filter(|&id| self.in_reach(mention.file, id)));
        }
        // The name of something built in means the file's own only where that is in scope.
        let is_ambiguous = ids.len() > usize::from(!built_in);
        if !built_in {
            ids.extend(self.globs_that_matter(mention.file, ids.len() > 1));
        }
        if HOLDS_ANY.contains(&mention.name) {
            ids.extend(
                (0..self.all.len()).filter(|&id| {
                    self.all[id].kind == Kind::Data && self.in_reach(mention.file, id)
                }),
            );
        }
        Found { ids, is_ambiguous }
    }

    /// Stands for the text of all files that a definition in `file` can be used in: for what depends on the
    /// line and column that something stands in.
    pub(crate) fn positions(&self, file: usize) -> String {
        let origin = self.scopes[file].origin;
        let together = self.scopes.iter().filter(|scope| scope.origin == origin);
        together.map(|scope| format!("{:032x}", scope.text)).collect()
    }

    /// Where the types called `name` stand in `file`.
    pub(crate) fn places(&self, name: &str, file: usize) -> String {
        let here = self.types_named(name).into_iter().map(|id| &self.all[id]);
        let here = here.filter(|found| found.file == file).map(|found| found.place.as_str());
        here.collect::<Vec<_>>().join(" ")
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
