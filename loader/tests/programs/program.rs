//! A program and what is done with it: compiled, linked by the system's linker and run, linked behind
//! slots and run while its functions are swapped, looked through, given back.

use std::path::{Path, PathBuf};

use crate::compile::{self, Variant};
use crate::live::Live;
use crate::workload::Workload;
use crate::{bypass, counting, swapping};

/// A C program with its driver.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    /// Its own files and the driver.
    pub(crate) files: Vec<PathBuf>,
    /// Where its headers are.
    pub(crate) include: PathBuf,
    pub(crate) defines: &'static [&'static str],
    /// Files that the driver finds in its folder.
    pub(crate) inputs: &'static [(&'static str, &'static str)],
    /// How large the workload is; what that means is the driver's business.
    pub(crate) scale: u32,
    /// How often every function is swapped at least, while the workload runs.
    pub(crate) rounds: usize,
}

/// How many times larger than usual: `SEGUE_PROGRAMS=10 cargo test -p segue-loader --test programs --
/// --nocapture` runs workloads of ten times the size and ten times the swaps, with every compiler.
pub(crate) fn size() -> u32 {
    let size = std::env::var("SEGUE_PROGRAMS").ok();
    size.map_or(1, |size| size.parse().expect("SEGUE_PROGRAMS is a number")).max(1)
}

impl Program {
    /// A new folder with the inputs in it.
    pub(crate) fn folder(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in self.inputs {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        folder
    }

    /// Runs the program swapped and unswapped, and compares what it says.
    pub(crate) fn check(&self, variant: Variant) {
        let mut objects = compile::objects(self, variant);
        let (scale, rounds) = (self.scale * size(), self.rounds * size() as usize);
        let folder = self.folder();
        let expected = compile::ordinary(&objects, folder.path(), scale);
        if variant == Variant::Default {
            objects.push(compile::object(&compile::drivers().join("copies.c"), self, variant));
        }
        let mut live = Live::load(&objects);
        let workload = Workload::new(&live, self, scale, &expected);
        let counts = counting::count(&live, || workload.pass(|| {}));
        let before = bypass::check(&live);
        let figures = swapping::run(&mut live, &workload, rounds);
        let after = bypass::check(&live);
        assert_eq!(before.through_slots, after.through_slots, "copies are identical");
        assert!(figures.fewest >= rounds && figures.reclaimed > 0, "{figures}");
        println!("{} ({variant:?}): {figures}; a pass has {counts}; {before}", self.name);
        live.reclaim_all();
    }
}

/// The `.c` files of a folder.
pub(crate) fn c_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "c"))
        .collect();
    files.sort();
    files
}
