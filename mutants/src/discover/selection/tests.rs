//! Shards are parts of a whole, and values that mean nothing are refused.

use super::{Selection, Shard, Sharding};

#[test]
fn all_shards_together_are_the_whole() {
    for size in [0, 1, 7, 20] {
        for of in 1..9 {
            for how in [Sharding::Slice, Sharding::RoundRobin] {
                let part = |index| {
                    Shard::new(index, of)
                        .expect("it is one")
                        .take((0..size).collect::<Vec<_>>(), how)
                };
                let mut all: Vec<_> = (0..of).flat_map(part).collect();
                all.sort_unstable();
                assert_eq!(all, (0..size).collect::<Vec<_>>(), "{size} in {of}, {how:?}");
            }
        }
    }
}

#[test]
fn shards_are_cut_as_cargo_mutants_cuts_them() {
    let take = |index, how| {
        Shard::new(index, 4).expect("it is one").take((0..10).collect::<Vec<_>>(), how)
    };
    assert_eq!(take(0, Sharding::Slice), [0, 1, 2]);
    assert_eq!(take(3, Sharding::Slice), [9]);
    assert_eq!(take(1, Sharding::RoundRobin), [1, 5, 9]);
    assert_eq!(take(3, Sharding::RoundRobin), [3, 7]);
}

#[test]
fn what_is_no_shard_is_refused() {
    assert_eq!("1/4".parse::<Shard>().expect("it is one"), Shard::new(1, 4).expect("it is one"));
    for text in ["", "1", "4/4", "0/0", "-1/4", "a/4", "1/4/2"] {
        let said = text.parse::<Shard>().expect_err(text).to_string();
        assert!(said.contains("0/4"), "{said}");
    }
    assert!("half".parse::<Sharding>().is_err());
}

#[test]
fn usual_calls_are_skipped_unless_one_says_no() {
    let names = vec!["a,b".to_owned(), "c".to_owned()];
    let selection = Selection { skipped_calls: names, ..Selection::default() };
    assert_eq!(selection.all_skipped_calls(), ["a", "b", "c", "with_capacity"]);
    let without = Selection { skip_usual_calls: Some(false), ..selection };
    assert_eq!(without.all_skipped_calls(), ["a", "b", "c"]);
}
