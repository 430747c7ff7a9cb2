//! Shards joined are the whole, whatever their order; what does not belong together is refused.

use super::*;
use crate::report::sample;

/// The results with the mutants of these numbers only.
fn part(of: &Results, numbers: &[u32]) -> Results {
    let mut part = of.clone();
    part.mutants.retain(|it| numbers.contains(&it.mutant.id.0));
    part.outcomes.retain(|it| numbers.contains(&it.mutant.0));
    part
}

fn json(results: &Results) -> serde_json::Value {
    serde_json::to_value(results).expect("JSON")
}

#[test]
fn the_union_of_all_shards_is_the_whole_run() {
    let whole = sample::results();
    let shards = || vec![part(&whole, &[0, 1, 2]), part(&whole, &[3, 4]), part(&whole, &[5, 6, 7])];
    assert_eq!(json(&merge(shards()).expect("joined")), json(&whole));
    let mut turned = shards();
    turned.reverse();
    assert_eq!(json(&merge(turned).expect("joined")), json(&whole));
    let two = merge(shards().split_off(1)).expect("joined");
    assert_eq!(two.mutants.len(), 5);
}

#[test]
fn a_mutant_that_is_caught_here_and_missed_there_is_missed_and_noted() {
    let one = sample::results();
    let mut other = sample::results();
    other.outcomes.iter_mut().find(|it| it.mutant == MutantId(1)).expect("it is there").verdict =
        Verdict::Missed;
    for parts in [vec![one.clone(), other.clone()], vec![other, one]] {
        let joined = merge(parts).expect("joined");
        assert_eq!(joined.counts().missed, 3);
        assert_eq!(joined.notes.len(), 1);
        assert!(joined.notes[0].starts_with("`replace + with * in f` is "), "{}", joined.notes[0]);
    }
}

#[test]
fn an_interrupted_shard_leaves_the_whole_interrupted() {
    let mut cut = part(&sample::results(), &[0]);
    cut.ending = Ending::Interrupted;
    let joined = merge(vec![part(&sample::results(), &[1]), cut]).expect("joined");
    assert_eq!(joined.ending, Ending::Interrupted);
}

#[test]
fn runs_that_do_not_belong_together_are_refused() {
    assert_eq!(merge(Vec::new()).expect_err("nothing").kind(), ErrorKind::Usage);
    let one = sample::results();
    let mut other = one.clone();
    other.sources.values_mut().for_each(|it| it.push('\n'));
    let error = merge(vec![one.clone(), other]).expect_err("other texts");
    assert!(error.to_string().contains(sample::FILE), "{error}");
    let mut other = one.clone();
    other.mutants[2].mutant.name = "another".to_owned();
    let error = merge(vec![one, other]).expect_err("other mutants");
    assert!(error.to_string().contains("mutant 2"), "{error}");
}

#[test]
fn a_shard_that_is_missing_is_named() {
    let of_shard = |of: &str, mut results: Results| {
        results.shard = Some(of.parse().expect("a shard"));
        results
    };
    let shard = |of: &str| of_shard(of, Results::empty(std::path::Path::new("there")));
    let said = |of: &[&str]| {
        let error = merge(of.iter().map(|it| shard(it)).collect()).expect_err("it is no whole");
        error.to_string()
    };
    assert_eq!(said(&["0/4", "2/4"]), "shard 1/4, 3/4 is missing: name its folder as well");
    assert!(said(&["0/2", "1/3"]).starts_with("0/2, 1/3 are not shards of one run"));
    merge(vec![shard("0/4"), sample::results()]).expect("what is no shard may be all");
    // An empty one counts as the others.
    let parts = vec![of_shard("1/2", sample::results()), shard("0/2")];
    let joined = merge(parts).expect("both are there");
    assert_eq!((joined.mutants.len(), joined.shard), (8, None));
}
