//! The database in which rust-analyzer's queries live: two crates, `core` and the live one.
//!
//! `core` comes from `compiler/core/`; the live crate sees the same crate as `std` and `alloc`, so that the
//! paths people write lead there. A text is set only where it differs from the one before: everything that
//! does not depend on it is known already, which makes an edit of one body a matter of a millisecond or two.
//!
//! Whoever asks queries does so inside of [`Database::attach`].

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

use super::library;

/// What data looks like in memory, as LLVM writes it: layouts are computed from it.
const DATA_LAYOUT: &str = if cfg!(target_arch = "aarch64") {
    "e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32"
} else {
    "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
};

/// The live crate's root file; those of `core` follow in the order of [`library::FILES`], and the live
/// crate's other files after them.
const ROOT: u32 = 0;
const CORE_ROOT: u32 = 1;

/// Both crates, their texts, and what is known of them.
#[salsa::db]
pub(crate) struct Database {
    storage: salsa::Storage<Self>,
    files: Arc<Files>,
    crates_map: Arc<CratesMap>,
    nonce: Nonce,
    /// The crates, once there is a text.
    crates: Option<(Crate, Crate)>,
    /// The live crate's files, the root first. Numbers are never given to another path but the root's.
    live: Vec<LiveFile>,
    known: Vec<(String, FileId)>,
}

/// A file of the live crate.
struct LiveFile {
    id: FileId,
    path: String,
    text: String,
}

impl Database {
    /// A database with `core` and an empty live crate.
    pub(crate) fn new() -> Database {
        let mut db = Database {
            storage: salsa::Storage::default(),
            files: Arc::default(),
            crates_map: Arc::default(),
            nonce: Nonce::new(),
            crates: None,
            live: Vec::new(),
            known: Vec::new(),
        };
        db.set_expand_proc_attr_macros_with_durability(true, Durability::HIGH);
        db.set_proc_macros_with_durability(Arc::default(), Durability::HIGH);
        set_all_crates_with_durability(&mut db, std::iter::empty(), Durability::HIGH);
        let _ = LibraryRoots::builder(Default::default()).durability(Durability::MEDIUM).new(&db);
        let _ = LocalRoots::builder(Default::default()).durability(Durability::MEDIUM).new(&db);
        let mut change = FileChange::default();
        for (index, (_, text)) in library::FILES.iter().enumerate() {
            change.change_file(core_file(index), Some((*text).to_owned()));
        }
        db.set_roots(change, vec![("/live.rs".to_owned(), String::new())]);
        db
    }

    /// The live crate consists of these files from now on: their paths (absolute, normal) and texts, the
    /// root first.
    pub(crate) fn apply(&mut self, files: Vec<(String, String)>) {
        let same_paths = files.len() == self.live.len()
            && files.iter().zip(&self.live).all(|((path, _), own)| *path == own.path);
        if !same_paths {
            self.set_roots(FileChange::default(), files);
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

    /// Asks queries. Within, types may be compared, printed and normalised.
    pub(crate) fn attach<R>(&self, ask: impl FnOnce(&Database) -> R) -> R {
        ra_ap_hir_ty::attach_db(self, || ask(self))
    }

    /// The crate of the live file.
    pub(crate) fn live_crate(&self) -> Crate {
        self.crates.expect("`new` sets both crates").1
    }

    /// The crate that programs know as `core`, `std` and `alloc`.
    #[cfg(test)]
    pub(crate) fn core_crate(&self) -> Crate {
        self.crates.expect("`new` sets both crates").0
    }

    /// The files of the live crate, the root first.
    pub(crate) fn live_files(&self) -> impl Iterator<Item = FileId> + '_ {
        self.live.iter().map(|file| file.id)
    }

    /// The files of `core`.
    #[cfg(test)]
    pub(crate) fn core_files(&self) -> impl Iterator<Item = FileId> + '_ {
        (0..library::FILES.len()).map(core_file)
    }

    /// Path and text of a file: of the live crate as it was given, of `core` below `/core/`.
    pub(crate) fn file(&self, id: FileId) -> Option<(String, &str)> {
        if let Some(file) = self.live.iter().find(|file| file.id == id) {
            return Some((file.path.clone(), &file.text));
        }
        let index = id.index().checked_sub(CORE_ROOT)?;
        let (name, text) = library::FILES.get(index as usize)?;
        Some((format!("/core/{name}"), text))
    }

    /// Sets which files there are, and the crates above them.
    fn set_roots(&mut self, mut change: FileChange, files: Vec<(String, String)>) {
        self.live.clear();
        let mut live_set = FileSet::default();
        for (index, (path, text)) in files.into_iter().enumerate() {
            let id = if index == 0 { FileId::from_raw(ROOT) } else { self.number(&path) };
            live_set.insert(id, VfsPath::new_virtual_path(path.clone()));
            change.change_file(id, Some(text.clone()));
            self.live.push(LiveFile { id, path, text });
        }
        let mut core_set = FileSet::default();
        for (index, (name, _)) in library::FILES.iter().enumerate() {
            let path = VfsPath::new_virtual_path(format!("/core/{name}"));
            core_set.insert(core_file(index), path);
        }
        change.set_roots(vec![SourceRoot::new_library(core_set), SourceRoot::new_local(live_set)]);
        let (graph, core, live) = graph();
        change.set_crate_graph(graph);
        let crates = change.apply(self).expect("a graph was set");
        self.crates = Some((crates[&core], crates[&live]));
    }

    /// The number of a file that is not the root.
    fn number(&mut self, path: &str) -> FileId {
        if let Some((_, id)) = self.known.iter().find(|(known, _)| known == path) {
            return *id;
        }
        let taken = library::FILES.len() + self.known.len();
        let id = FileId::from_raw(CORE_ROOT + u32::try_from(taken).expect("few files"));
        self.known.push((path.to_owned(), id));
        id
    }
}

fn core_file(index: usize) -> FileId {
    FileId::from_raw(CORE_ROOT + u32::try_from(index).expect("few files"))
}

type CrateId = ra_ap_base_db::CrateBuilderId;

/// The two crates.
fn graph() -> (CrateGraphBuilder, CrateId, CrateId) {
    let mut graph = CrateGraphBuilder::default();
    let arch = Arch::Other;
    let workspace = Arc::new(CrateWorkspaceData {
        target: Ok(TargetData { data_layout: DATA_LAYOUT.into(), arch }),
        toolchain: None,
    });
    let directory = Arc::new(AbsPathBuf::assert_utf8(PathBuf::from("/")));
    let mut add = |file: u32, name: &str, origin: CrateOrigin| {
        graph.add_crate_root(
            FileId::from_raw(file),
            Edition::Edition2024,
            CrateName::new(name).ok().map(Into::into),
            None,
            options(),
            None,
            Env::default(),
            origin,
            Vec::new(),
            false,
            directory.clone(),
            workspace.clone(),
        )
    };
    let core = add(CORE_ROOT, "core", CrateOrigin::Lang(LangCrateOrigin::Core));
    let live = add(ROOT, "live", CrateOrigin::Local { repo: None, name: None });
    for name in ["core", "std", "alloc"] {
        let name = CrateName::new(name).expect("it has no dash");
        let dependency = DependencyBuilder::with_prelude(name, core, true, true);
        graph.add_dep(live, dependency).expect("`core` depends on nobody");
    }
    (graph, core, live)
}

/// What `#[cfg(..)]` sees: as [`crate::cfg`] answers, and rustc for this target.
fn options() -> CfgOptions {
    let mut options = CfgOptions::default();
    options.insert_atom(Symbol::intern("unix"));
    options.insert_atom(Symbol::intern("target_thread_local"));
    let valued = [
        ("target_os", std::env::consts::OS),
        ("target_arch", std::env::consts::ARCH),
        ("target_family", std::env::consts::FAMILY),
        ("target_env", "gnu"),
        ("target_vendor", "unknown"),
        ("target_pointer_width", "64"),
        ("target_endian", "little"),
        ("panic", "unwind"),
        ("target_has_atomic", "8"),
        ("target_has_atomic", "16"),
        ("target_has_atomic", "32"),
        ("target_has_atomic", "64"),
        ("target_has_atomic", "ptr"),
    ];
    for (key, value) in valued {
        options.insert_key_value(Symbol::intern(key), Symbol::intern(value));
    }
    options
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
