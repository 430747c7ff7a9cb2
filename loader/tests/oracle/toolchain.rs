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

/// Objects that Segue refuses, by a part of the message, each with the reason.
const REFUSED: &[(&str, &str)] =
    &[("TLSGD", "thread-locals of live code"), ("TLSLD", "thread-locals of live code")];

#[test]
fn rlibs_of_the_toolchain_are_the_same_bytes() {
    let objects: Vec<_> = std_archives().iter().flat_map(|path| members(path)).collect();
    let outcome = compare_all(objects.len(), &|index| {
        let (name, bytes) = &objects[index];
        (Subject::read(name, bytes.clone()), Layout::LARGE)
    });
    println!("{} links of {} objects\n{}", outcome.links, objects.len(), outcome.counts.table());
    outcome.assert_equal();
    for refused in &outcome.refused {
        let known = REFUSED.iter().any(|(part, _)| refused.contains(part));
        assert!(known, "refused for an unknown reason: {refused}");
    }
    // Measured with Rust 1.95: a tenth less, so that another toolchain passes too.
    let counts = &outcome.counts;
    let at_least = [
        (counts.class(Class::Exact), 10_900, "fields with the same bits"),
        (counts.class(Class::Got), 4_100, "GOT entries by content"),
        (counts.class(Class::Elsewhere), 2_300, "copies and pieces"),
        (counts.class(Class::Slot), 590, "live functions through slots"),
        (counts.frames, 3_000, "unwind records"),
        (counts.bytes, 940_000, "bytes"),
    ];
    for (found, least, what) in at_least {
        assert!(found >= least, "only {found} {what} compared, of {least} or more");
    }
}
