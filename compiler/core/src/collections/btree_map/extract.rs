//! Pairs of a sorted table that a predicate chooses, taken out one by one.

use super::BTreeMap;
use crate::ops::RangeBounds;

/// The pairs that were not looked at yet are those from `at` to `end`.
pub(crate) struct Chosen<'a, K, V> {
    map: &'a mut BTreeMap<K, V>,
    at: usize,
    end: usize,
}

impl<K, V> Chosen<'_, K, V> {
    pub(crate) fn next(&mut self, mut pred: impl FnMut(&K, &mut V) -> bool) -> Option<(K, V)> {
        while self.at < self.end {
            let pair = &mut self.map.pairs[self.at];
            if pred(&pair.0, &mut pair.1) {
                self.end -= 1;
                return self.map.pairs.remove(self.at);
            }
            self.at += 1;
        }
        None
    }
}

pub struct ExtractIf<'a, K, V, F> {
    pairs: Chosen<'a, K, V>,
    pred: F,
}

impl<K, V, F: FnMut(&K, &mut V) -> bool> Iterator for ExtractIf<'_, K, V, F> {
    type Item = (K, V);
    fn next(&mut self) -> Option<(K, V)> {
        self.pairs.next(&mut self.pred)
    }
}

impl<K: Ord, V> BTreeMap<K, V> {
    #[track_caller]
    pub(crate) fn chosen<R: RangeBounds<K>>(&mut self, range: R, name: &str) -> Chosen<'_, K, V> {
        let (at, end) = self.places(&range, name);
        Chosen { map: self, at, end }
    }

    #[track_caller]
    pub fn extract_if<F, R>(&mut self, range: R, pred: F) -> ExtractIf<'_, K, V, F>
    where
        F: FnMut(&K, &mut V) -> bool,
        R: RangeBounds<K>,
    {
        ExtractIf { pairs: self.chosen(range, "BTreeMap"), pred }
    }
}
