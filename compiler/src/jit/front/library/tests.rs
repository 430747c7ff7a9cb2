//! Nothing of the folder is left out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::FILES;

#[test]
fn every_file_of_the_folder_is_in_the_executable() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("core/src");
    let (mut folders, mut found) = (vec![root.clone()], BTreeMap::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder is there") {
            let path: PathBuf = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).expect("it stands below").to_string_lossy();
            found.insert(name.into_owned(), std::fs::read_to_string(&path).expect("it is text"));
        }
    }
    let own: BTreeMap<String, String> =
        FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let names = |of: &BTreeMap<String, String>| of.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&own), names(&found), "library.rs lists other files than the folder holds");
    assert_eq!(own, found);
    assert_eq!(FILES[0].0, "lib.rs");
}
