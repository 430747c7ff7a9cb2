//! Combinations of flags: few rows in which every two values of different dimensions meet, or every three.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A value: the index of its dimension, and its own in it.
type Value = (usize, usize);

/// How many values meet in some row.
pub(crate) fn strength() -> usize {
    std::env::var("SEGUE_COMPILERS").map_or(2, |said| said.parse().unwrap())
}

/// Rows, an index per dimension, in which every `strength` values of different dimensions meet.
pub(crate) fn cover(sizes: &[usize], strength: usize) -> Vec<Vec<usize>> {
    let strength = strength.min(sizes.len());
    let mut open = tuples(sizes, strength);
    let mut rows = Vec::new();
    while let Some(first) = open.first().cloned() {
        let mut row: Vec<Option<usize>> = vec![None; sizes.len()];
        first.iter().for_each(|&(dimension, value)| row[dimension] = Some(value));
        for dimension in 0..sizes.len() {
            if row[dimension].is_none() {
                row[dimension] = Some(best(&open, &row, dimension, sizes[dimension], rows.len()));
            }
        }
        let row: Vec<usize> = row.into_iter().flatten().collect();
        open.retain(|tuple| !tuple.iter().all(|&(dimension, value)| row[dimension] == value));
        rows.push(row);
    }
    rows
}

/// All sets of `strength` values of different dimensions.
fn tuples(sizes: &[usize], strength: usize) -> BTreeSet<Vec<Value>> {
    let mut all: Vec<Vec<Value>> = vec![Vec::new()];
    for (dimension, size) in sizes.iter().enumerate() {
        let longer = all.iter().filter(|tuple| tuple.len() < strength);
        let longer: Vec<_> = longer
            .flat_map(|tuple| {
                (0..*size).map(move |value| {
                    let mut longer = tuple.clone();
                    longer.push((dimension, value));
                    longer
                })
            })
            .collect();
        all.extend(longer);
    }
    all.into_iter().filter(|tuple| tuple.len() == strength).collect()
}

/// The value of a dimension that completes most of what is open.
fn best(
    open: &BTreeSet<Vec<Value>>,
    row: &[Option<usize>],
    dimension: usize,
    size: usize,
    turn: usize,
) -> usize {
    let mut counts = vec![0; size];
    for tuple in open {
        let Some(&(_, value)) = tuple.iter().find(|it| it.0 == dimension) else { continue };
        let fits = tuple.iter().all(|it| it.0 == dimension || row[it.0] == Some(it.1));
        counts[value] += usize::from(fits);
    }
    // Among equals another one each time.
    (0..size).map(|at| (at + turn) % size).max_by_key(|value| counts[*value]).unwrap()
}

/// Runs `work` on every index, two at a time.
pub(crate) fn in_parallel<T: Send>(count: usize, work: &(dyn Fn(usize) -> T + Sync)) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let one = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return done;
            }
            done.push((index, work(index)));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let second = scope.spawn(one);
        let mut done = one();
        done.extend(second.join().unwrap());
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[test]
fn every_two_values_meet() {
    let sizes = [3, 2, 5, 4, 6];
    let rows = cover(&sizes, 2);
    assert!(rows.len() >= 30 && rows.len() < 40, "{} rows", rows.len());
    for tuple in tuples(&sizes, 2) {
        assert!(rows.iter().any(|row| tuple.iter().all(|&(at, value)| row[at] == value)));
    }
    assert_eq!(cover(&sizes, 5).len(), 3 * 2 * 5 * 4 * 6);
}
