//! One number is found without reading what is around it. What edits of numbers become is seen in `jit/tests/numbers.rs`.

use super::{Database, Overlay};

const BLOCK: &str = "{ x + 0.5 - 2.0.min(3.5) + [1, 2][0] as f32 }";

/// What takes the place of what, where that is one number of the block and needs no reading of the rest.
fn one(db: &Database, numbers: &Overlay, block: &str) -> Option<(String, String)> {
    let (file, text, range) = place(db);
    let range = range.start as u32..range.end as u32;
    let changed = numbers.one_changed(db, (file, text), range, block)?;
    Some((changed.old.to_string(), changed.new.to_string()))
}

fn place(db: &Database) -> (ra_ap_base_db::FileId, &str, std::ops::Range<usize>) {
    let file = db.live_files().next().expect("the file");
    let (_, text) = db.file(file).expect("its text");
    let start = text.find('{').expect("the block");
    (file, text, start..start + BLOCK.len())
}

#[test]
fn one_number_is_found_by_itself() {
    let mut db = Database::new();
    let text = format!("pub fn f(x: f32) -> f32 {BLOCK}\n");
    db.apply(vec![("/song.rs".to_owned(), text)]);
    db.attach(|db| {
        let mut numbers = Overlay::default();
        for (old, new, is_found) in [
            ("0.5", "0.75", true),
            // More of it, at its end and at its begin.
            ("0.5", "0.512", true),
            ("0.5", "10.5", true),
            ("0", "1", true),
            ("1", "1_000", true),
            // What follows may be read as a part of it.
            ("2.0", "2.5", false),
            // No number, another kind of number, and what is more than a number.
            ("0.5", "0.5e", false),
            ("3.5", "3", false),
            ("3.5", "-3.5", false),
            ("+ [", "- [", false),
            ("x + 0.5", "x + 1.5 + 0.5", false),
        ] {
            let (before, after) = BLOCK.split_once(old).expect(old);
            // Only the zero in brackets is one by itself.
            let (before, after) = match old {
                "0" => BLOCK.rsplit_once(old).expect(old),
                _ => (before, after),
            };
            let expected = is_found.then(|| (old.to_owned(), new.to_owned()));
            let found = one(db, &numbers, &format!("{before}{new}{after}"));
            assert_eq!(found, expected, "{old} => {new}");
        }
        let two = BLOCK.replace("0.5", "0.75").replace("3.5", "4.5");
        assert_eq!(one(db, &numbers, &two), None);

        // Numbers that were replaced before have other places, and other lengths.
        let (file, _, range) = place(db);
        let longer = BLOCK.replace("0.5", "0.0625");
        assert!(numbers.take(db, &[], (file, range.clone()), &longer));
        let pair = |old: &str, new: &str| Some((old.to_owned(), new.to_owned()));
        assert_eq!(one(db, &numbers, &longer.replace("3.5", "4.5")), pair("3.5", "4.5"));
        assert_eq!(one(db, &numbers, &longer.replace("0.0625", "0.1")), pair("0.5", "0.1"));
        assert_eq!(one(db, &numbers, &longer.replace("0.0625", "0.06251")), pair("0.5", "0.06251"));
        assert!(numbers.take(db, &[], (file, range), BLOCK));
        assert!(numbers.place(file, 0).is_none(), "nothing differs any more");
    });
}
