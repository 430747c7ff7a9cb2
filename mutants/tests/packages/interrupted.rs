//! Ctrl-C in a terminal reaches the compilers, too: what fails by it is no error of theirs.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use segue_mutants::run::RunOptions;
use segue_mutants::{BuildOptions, ErrorKind, Selection, Workspace, discover, session};

use crate::case;

#[test]
fn what_fails_after_ctrl_c_is_an_interruption() {
    let (_folder, root) = case("narrow/package");
    let workspace = Workspace::open(&root).unwrap();
    let mutants = discover(&workspace, &Selection::default()).unwrap();
    // The first step of a build, the server, cannot be made.
    fs::write(workspace.target_directory(), "no folder").unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let options = RunOptions { stop: Arc::clone(&stop), ..RunOptions::default() };
    let kind = || {
        let build = BuildOptions::default();
        let built = session::build_image(&workspace, mutants.clone(), build, &options, &mut |_| {});
        built.unwrap_err().kind()
    };
    assert_eq!(kind(), ErrorKind::File);
    stop.store(true, Ordering::Relaxed);
    assert_eq!(kind(), ErrorKind::Interrupted);
}
