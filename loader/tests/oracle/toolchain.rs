//! Every object of every rlib in the toolchain's own library folder.

use std::path::Path;

use crate::check::compare_all;
use crate::common::std_archives;
use crate::ours::Layout;
use crate::report::Class;
use crate::subject::Subject;

/// The members of an archive that are objects.
fn members(path: &Path) -> Vec<(String, Vec<u8>)> {
    let bytes = std::fs::read(path).unwrap();
    let archive = object::read::archive::ArchiveFile::parse(&*bytes).unwrap();
    let members = archive.members().map(Result::unwrap);
    let named = members.map(|it| {
        let name = String::from_utf8_lossy(it.name()).into_owned();
        (name, it.data(&*bytes).unwrap().to_vec())
    });
    named.filter(|(_, data)| data.starts_with(b"\x7fELF")).collect()
}

#[test]
fn rlibs_of_the_toolchain_are_the_same_bytes() {
    let objects: Vec<_> = std_archives().iter().flat_map(|path| members(path)).collect();
    let outcome = compare_all(objects.len(), &|index| {
        let (name, bytes) = &objects[index];
        (Subject::read(name, bytes.clone()), Layout::LARGE)
    });
    println!("{} links of {} objects\n{}", outcome.links, objects.len(), outcome.counts.table());
    outcome.assert_equal();
    assert_eq!(outcome.refused, [""; 0], "every object of every rlib links");
    assert_eq!(outcome.links, 2 * objects.len() as u64);
    // Measured with Rust 1.95: a tenth less, so that another toolchain passes too.
    let counts = &outcome.counts;
    let at_least = [
        (counts.class(Class::Exact), 31_200, "fields with the same bits"),
        (counts.class(Class::Got), 20_400, "GOT entries by content"),
        (counts.class(Class::Elsewhere), 5_000, "copies and pieces"),
        (counts.class(Class::Slot), 4_100, "live functions through slots"),
        (counts.class(Class::ThreadLocal), 370, "thread-locals"),
        (counts.frames, 6_400, "unwind records"),
        (counts.bytes, 2_570_000, "bytes"),
    ];
    for (found, least, what) in at_least {
        assert!(found >= least, "only {found} {what} compared, of {least} or more");
    }
}
