//! The database in which rust-analyzer's queries live: `core`, the live crate, and those it was given beside
//! them.
//!
//! `core` comes from `compiler/core/`; the live crate sees the same crate as `std` and `alloc`, so that the
//! paths people write lead there. A text is set only where it differs from the one before: everything that
//! does not depend on it is known already, which makes an edit of one body a matter of a millisecond or two.
//!
//! **That is for edits of bodies alone.** While one query runs, the trait solver answers from what it found out for
//! another one, and salsa does not learn what that had read. So what is known of a function can outlive a change of
//! an `impl`, a constant or a signature that it depends on. After such an edit the files become another live
//! crate, of which nothing is known yet ([`Database::renew`]); `core` and the crates beside it do not depend on it, and stay.
//!
//! Whoever asks queries does so inside of [`Database::attach`].

mod options;

use std::fmt;
use std::panic::RefUnwindSafe;
use std::path::PathBuf;

use ra_ap_base_db::target::{Arch, TargetData};
use ra_ap_base_db::{
    AbsPathBuf, Crate, CrateGraphBuilder, CrateName, CrateOrigin, CrateWorkspaceData, CratesMap,
    DependencyBuilder, Env, FileChange, FileId, FileSet, FileSourceRootInput, FileText, Files,
    LangCrateOrigin, LibraryRoots, LocalRoots, Nonce, SourceDatabase, SourceRoot, SourceRootId,
    SourceRootInput, VfsPath, set_all_crates_with_durability,
};
use ra_ap_cfg::CfgOptions;
use ra_ap_hir_def::db::DefDatabase as _;
use ra_ap_hir_expand::db::ExpandDatabase as _;
use ra_ap_intern::Symbol;
use ra_ap_span::{Edition, TextSize};
use salsa::Durability;
use triomphe::Arc;

use super::super::crates::{self, Read};
use super::effort::Effort;
use super::library;
use options::options;

/// What data looks like in memory, as LLVM writes it: layouts are computed from it.
const DATA_LAYOUT: &str = if cfg!(target_arch = "aarch64") {
    "e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32"
} else {
    "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
};

/// The files of `core`, in the order of [`library::FILES`]; then come those of `std`, of the crates beside it, the root
/// of each live crate, and the live crates' other files as they appear.
const CORE_ROOT: u32 = 1;

/// Live crates that one database has room for. One that is not in use costs nothing; what was known of one that was
/// stays in memory until all of them were.
const LIVE_CRATES: u32 = 32;

/// The set of files of the first live crate; those of the others follow.
const LIVE_ROOT: u32 = 2;

/// The crates, their texts, and what is known of them.
#[salsa::db]
pub(crate) struct Database {
    storage: salsa::Storage<Self>,
    files: Arc<Files>,
    crates_map: Arc<CratesMap>,
    nonce: Nonce,
    /// How much it was asked.
    effort: Effort,
    core: Option<Crate>,
    /// The live crate, and those that will be.
    crates: Vec<Crate>,
    /// Which of them is the live one.
    current: usize,
    /// The crates beside them.
    beside: Vec<Beside>,
    /// The live crate's files, the root first.
    live: Vec<LiveFile>,
    /// The number of the next file.
    next_file: u32,
}

/// A crate that is neither `core` nor the live one.
struct Beside {
    read: std::sync::Arc<Read>,
    /// The number of its root; its other files follow.
    first: u32,
}

/// A file of the live crate.
struct LiveFile {
    id: FileId,
    path: String,
    text: String,
}

impl Database {
    /// A database with `core` and an empty live crate.
    #[cfg(test)]
    pub(crate) fn new() -> Database {
        Database::with(&[], Effort::default())
    }

    /// A database with `core`, an empty live crate, and these beside them.
    pub(crate) fn with(crates: &[std::sync::Arc<Read>], effort: Effort) -> Database {
        let beside = beside(crates);
        let first_live = beside.last().map_or(std_file(library::STD.len()).index(), Beside::end);
        let mut db = Database {
            storage: salsa::Storage::new(Some(effort.counter())),
            files: Arc::default(),
            crates_map: Arc::default(),
            nonce: Nonce::new(),
            effort,
            core: None,
            crates: Vec::new(),
            current: 0,
            beside,
            live: Vec::new(),
            next_file: first_live + LIVE_CRATES,
        };
        db.effort.belongs_to(salsa::Database::cancellation_token(&db));
        db.set_expand_proc_attr_macros_with_durability(true, Durability::HIGH);
        db.set_proc_macros_with_durability(Arc::default(), Durability::HIGH);
        set_all_crates_with_durability(&mut db, std::iter::empty(), Durability::HIGH);
        let _ = LibraryRoots::builder(Default::default()).durability(Durability::MEDIUM).new(&db);
        let _ = LocalRoots::builder(Default::default()).durability(Durability::MEDIUM).new(&db);
        db.set_libraries(first_live);
        db.place(vec![("/live.rs".to_owned(), String::new())]);
        db
    }

    /// The live crate consists of these files from now on: their paths (absolute, normal) and texts, the
    /// root first. Unless [`Database::renew`] was called before, the texts differ in bodies alone from those of
    /// before, in what nobody outside of the body can see.
    pub(crate) fn apply(&mut self, files: Vec<(String, String)>) {
        self.effort.of_length(files.iter().map(|(_, text)| text.len()).sum());
        if !self.has_the_files_of(&files) {
            if !self.live.is_empty() {
                self.renew();
            }
            self.place(files);
            return;
        }
        let mut change = FileChange::default();
        for ((_, text), own) in files.into_iter().zip(&mut self.live) {
            if own.text != text {
                change.change_file(own.id, Some(text.clone()));
                own.text = text;
            }
        }
        change.apply(self);
    }

    /// One of the live crate's files has another text, which differs in bodies alone.
    pub(crate) fn change(&mut self, file: FileId, text: &str) {
        let Some(own) = self.live.iter_mut().find(|own| own.id == file) else { return };
        text.clone_into(&mut own.text);
        let mut change = FileChange::default();
        change.change_file(file, Some(text.to_owned()));
        change.apply(self);
    }

    /// Whether the live crate consists of files with these paths.
    pub(crate) fn has_the_files_of(&self, files: &[(String, String)]) -> bool {
        files.len() == self.live.len()
            && files.iter().zip(&self.live).all(|((path, _), own)| *path == own.path)
    }

    /// The texts that come next are of a live crate of which nothing is known.
    pub(crate) fn renew(&mut self) {
        self.live.clear();
        self.current += 1;
        if self.current == self.crates.len() {
            let crates: Vec<_> = self.beside.iter().map(|it| it.read.clone()).collect();
            *self = Database::with(&crates, self.effort.clone());
            self.live.clear();
        }
    }

    /// Asks queries. Within, types may be compared, printed and normalised.
    pub(crate) fn attach<R>(&self, ask: impl FnOnce(&Database) -> R) -> R {
        ra_ap_hir_ty::attach_db(self, || ask(self))
    }

    /// How much it was asked, and may be.
    pub(crate) fn effort(&self) -> &Effort {
        &self.effort
    }

    /// The crate of the live file.
    pub(crate) fn live_crate(&self) -> Crate {
        self.crates[self.current]
    }

    /// The crate that programs know as `core`, `std` and `alloc`.
    #[cfg(test)]
    pub(crate) fn core_crate(&self) -> Crate {
        self.core.expect("`with` sets it")
    }

    /// The files of the live crate, the root first.
    pub(crate) fn live_files(&self) -> impl Iterator<Item = FileId> + '_ {
        self.live.iter().map(|file| file.id)
    }

    /// Path and text of a file: of the live crate as it was given, of `core` below `/core/`.
    pub(crate) fn file(&self, id: FileId) -> Option<(String, &str)> {
        if let Some(file) = self.live.iter().find(|file| file.id == id) {
            return Some((file.path.clone(), &file.text));
        }
        if let Some((path, text)) = self.beside.iter().find_map(|it| it.file(id)) {
            return Some((path.clone(), text));
        }
        let index = id.index().checked_sub(CORE_ROOT)? as usize;
        let (folder, (name, text)) = match index.checked_sub(library::FILES.len()) {
            Some(index) => ("std", library::STD.get(index)?),
            None => ("core", library::FILES.get(index)?),
        };
        Some((format!("/{folder}/{name}"), text))
    }

    /// Sets the files of all libraries, and all crates; those that will be live ones are empty.
    fn set_libraries(&mut self, first_live: u32) {
        let mut change = FileChange::default();
        let mut library = |files: Vec<(FileId, String, &str)>| {
            let mut set = FileSet::default();
            for (id, path, text) in files {
                set.insert(id, VfsPath::new_virtual_path(path));
                change.change_file(id, Some(text.to_owned()));
            }
            set
        };
        let core = library::FILES.iter().enumerate();
        let core = core.map(|(at, (name, text))| (core_file(at), format!("/core/{name}"), *text));
        let std = library::STD.iter().enumerate();
        let std = std.map(|(at, (name, text))| (std_file(at), format!("/std/{name}"), *text));
        let mut roots = vec![
            SourceRoot::new_library(library(core.collect())),
            SourceRoot::new_library(library(std.collect())),
        ];
        let live = first_live..first_live + LIVE_CRATES;
        for number in live.clone() {
            let mut set = FileSet::default();
            let path = VfsPath::new_virtual_path("/live.rs".to_owned());
            set.insert(FileId::from_raw(number), path);
            roots.push(SourceRoot::new_local(set));
        }
        for it in &self.beside {
            let files = it.files().map(|(id, (path, text))| (id, path.clone(), text.as_str()));
            roots.push(SourceRoot::new_library(library(files.collect())));
        }
        for number in live {
            change.change_file(FileId::from_raw(number), Some(String::new()));
        }
        change.set_roots(roots);
        let (graph, core, live) = graph(&self.beside, first_live);
        change.set_crate_graph(graph);
        let crates = change.apply(self).expect("a graph was set");
        self.core = Some(crates[&core]);
        self.crates = live.iter().map(|it| crates[it]).collect();
    }

    /// Sets which files the live crate consists of. All of it is what changes often: of what salsa knows of the
    /// libraries, nothing is looked at again.
    fn place(&mut self, files: Vec<(String, String)>) {
        let crate_root = self.live_crate().data(self).root_file_id;
        let number = u32::try_from(self.current).expect("few crates");
        let root = SourceRootId(LIVE_ROOT + number);
        let (mut set, mut texts) = (FileSet::default(), Vec::new());
        self.live.clear();
        for (index, (path, text)) in files.into_iter().enumerate() {
            let id = if index == 0 { crate_root } else { self.number() };
            set.insert(id, VfsPath::new_virtual_path(path.clone()));
            texts.push((id, text.clone()));
            self.live.push(LiveFile { id, path, text });
        }
        for (id, _) in &texts {
            self.set_file_source_root_with_durability(*id, root, Durability::LOW);
        }
        let set = Arc::new(SourceRoot::new_local(set));
        self.set_source_root_with_durability(root, set, Durability::LOW);
        for (id, text) in texts {
            self.set_file_text_with_durability(id, &text, Durability::LOW);
        }
    }

    /// A number for a file.
    fn number(&mut self) -> FileId {
        let id = FileId::from_raw(self.next_file);
        self.next_file += 1;
        id
    }
}

fn core_file(index: usize) -> FileId {
    FileId::from_raw(CORE_ROOT + u32::try_from(index).expect("few files"))
}

fn std_file(index: usize) -> FileId {
    core_file(library::FILES.len() + index)
}

impl Beside {
    /// The number after those of its files.
    fn end(&self) -> u32 {
        self.first + u32::try_from(self.read.files.len()).expect("few files")
    }

    /// Each of its files, the root first.
    fn files(&self) -> impl Iterator<Item = (FileId, &(String, String))> {
        (self.first..).map(FileId::from_raw).zip(&self.read.files)
    }

    /// Path and text of one of them.
    fn file(&self, id: FileId) -> Option<&(String, String)> {
        self.read.files.get(id.index().checked_sub(self.first)? as usize)
    }
}

/// Numbers for the files of crates.
fn beside(crates: &[std::sync::Arc<Read>]) -> Vec<Beside> {
    let mut first = std_file(library::STD.len()).index();
    let number = |read: &std::sync::Arc<Read>| {
        let it = Beside { read: read.clone(), first };
        first = it.end();
        it
    };
    crates.iter().map(number).collect()
}

type CrateId = ra_ap_base_db::CrateBuilderId;

/// The crates; `core` and the live ones are given.
fn graph(beside: &[Beside], first_live: u32) -> (CrateGraphBuilder, CrateId, Vec<CrateId>) {
    let mut graph = CrateGraphBuilder::default();
    let arch = Arch::Other;
    let workspace = Arc::new(CrateWorkspaceData {
        target: Ok(TargetData { data_layout: DATA_LAYOUT.into(), arch }),
        toolchain: None,
    });
    let directory = Arc::new(AbsPathBuf::assert_utf8(PathBuf::from("/")));
    let mut add = |file: u32, name: CrateName, edition, options: CfgOptions, origin| {
        graph.add_crate_root(
            FileId::from_raw(file),
            edition,
            Some(name.into()),
            None,
            options,
            None,
            Env::default(),
            origin,
            Vec::new(),
            false,
            directory.clone(),
            workspace.clone(),
        )
    };
    let name = |text: &str| CrateName::new(text).expect("it has no dash");
    let latest = Edition::Edition2024;
    let lang = CrateOrigin::Lang(LangCrateOrigin::Core);
    let core = add(CORE_ROOT, name("core"), latest, options(), lang);
    let lang = CrateOrigin::Lang(LangCrateOrigin::Std);
    let std = add(std_file(0).index(), name("std"), latest, options(), lang);
    let local = CrateOrigin::Local { repo: None, name: None };
    let live: Vec<CrateId> = (first_live..first_live + LIVE_CRATES)
        .map(|root| add(root, name("live"), latest, options(), local.clone()))
        .collect();
    let mut others = Vec::new();
    for Beside { read, first } in beside {
        let origin = CrateOrigin::Library { repo: None, name: read.name.symbol().clone() };
        let mut options = options();
        for (key, value) in &read.options {
            match value {
                Some(value) => {
                    options.insert_key_value(Symbol::intern(key), Symbol::intern(value));
                }
                None => options.insert_atom(Symbol::intern(key)),
            }
        }
        others.push(add(*first, read.name.clone(), edition(read.edition), options, origin));
    }
    let mut depend = |from, to, name: CrateName| {
        let is_library = to == core || to == std;
        let dependency = DependencyBuilder::with_prelude(name, to, true, is_library);
        graph.add_dep(from, dependency).expect("each names only what stands before it");
    };
    depend(std, core, name("core"));
    let seen = beside.iter().map(|it| it.read.has_std);
    let users = others.iter().zip(seen).chain(live.iter().map(|it| (it, true)));
    for (from, has_std) in users {
        depend(*from, core, name("core"));
        depend(*from, if has_std { std } else { core }, name("std"));
        depend(*from, core, name("alloc"));
    }
    for (Beside { read, .. }, own) in beside.iter().zip(&others) {
        live.iter().for_each(|live| depend(*live, *own, read.name.clone()));
        for (name, number) in &read.dependencies {
            depend(*own, others[*number], name.clone());
        }
    }
    (graph, core, live)
}

fn edition(of: crates::Edition) -> Edition {
    match of {
        crates::Edition::Rust2015 => Edition::Edition2015,
        crates::Edition::Rust2018 => Edition::Edition2018,
        crates::Edition::Rust2021 => Edition::Edition2021,
        crates::Edition::Rust2024 => Edition::Edition2024,
    }
}

#[salsa::db]
impl salsa::Database for Database {}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths: Vec<&str> = self.live.iter().map(|file| file.path.as_str()).collect();
        f.debug_struct("Database").field("live", &paths).finish_non_exhaustive()
    }
}

/// A query that panicked leaves nothing half done behind: salsa discards it.
impl RefUnwindSafe for Database {}

#[salsa::db]
impl SourceDatabase for Database {
    fn file_text(&self, file: FileId) -> FileText {
        self.files.file_text(file)
    }

    fn set_file_text(&mut self, file: FileId, text: &str) {
        let files = Arc::clone(&self.files);
        files.set_file_text(self, file, text);
    }

    fn set_file_text_with_durability(&mut self, file: FileId, text: &str, of: Durability) {
        let files = Arc::clone(&self.files);
        files.set_file_text_with_durability(self, file, text, of);
    }

    fn source_root(&self, root: SourceRootId) -> SourceRootInput {
        self.files.source_root(root)
    }

    fn file_source_root(&self, file: FileId) -> FileSourceRootInput {
        self.files.file_source_root(self, file)
    }

    fn set_file_source_root_with_durability(
        &mut self,
        file: FileId,
        root: SourceRootId,
        of: Durability,
    ) {
        let files = Arc::clone(&self.files);
        files.set_file_source_root_with_durability(self, file, root, of);
    }

    fn set_source_root_with_durability(
        &mut self,
        id: SourceRootId,
        root: Arc<SourceRoot>,
        of: Durability,
    ) {
        let files = Arc::clone(&self.files);
        files.set_source_root_with_durability(self, id, root, of);
    }

    fn crates_map(&self) -> Arc<CratesMap> {
        self.crates_map.clone()
    }

    fn nonce_and_revision(&self) -> (Nonce, salsa::Revision) {
        (self.nonce, salsa::plumbing::ZalsaDatabase::zalsa(self).current_revision())
    }

    fn line_column(&self, _: FileId, _: TextSize) -> Result<(u32, u32), ()> {
        Err(())
    }
}

#[cfg(test)]
mod tests;
