//! Live functions by symbol, in rows that neighbouring generations share.
//!
//! Most edits are of one function in a file of many. The functions stand in the order of their symbols, cut into
//! rows; the generation after an edit has rows of its own where a function differs, and the same ones elsewhere.
//! So making it, comparing it with the one before and dropping it cost what differs, and a pointer for each row.
//!
//! **No row is kept for longer than a generation that has it**, so what is not in any generation is let go.

use std::{collections::HashSet, ops::Index, sync::Arc};

use crate::generation::LiveFunction;

/// Functions in a row. Few, since an edit copies one row; and not so few that the rows are many.
const ROW: usize = 32;

/// A function by its symbol.
pub(crate) type Entry = (Arc<str>, Arc<LiveFunction>);
type Row = Arc<[Entry]>;

/// See the module.
#[derive(Clone, Default)]
pub(crate) struct Functions {
    /// None of them is empty.
    rows: Arc<[Row]>,
    len: usize,
}

impl Functions {
    /// Those of `all`, which have different symbols.
    pub(crate) fn new(mut all: Vec<Entry>) -> Functions {
        all.sort_by(|a, b| a.0.cmp(&b.0));
        debug_assert!(all.windows(2).all(|pair| pair[0].0 != pair[1].0), "a symbol twice");
        Functions { rows: all.chunks(ROW).map(Row::from).collect(), len: all.len() }
    }

    /// With other functions in place of those with the symbols of `changed`, which are all here.
    pub(crate) fn with(&self, changed: Vec<Entry>) -> Functions {
        if changed.is_empty() {
            return self.clone();
        }
        let mut rows = self.rows.to_vec();
        for (symbol, live) in changed {
            let Some((row, at)) = self.place(&symbol) else {
                debug_assert!(false, "{symbol} is not among the functions");
                continue;
            };
            // The first change of a row copies it, the next one finds the copy.
            Arc::make_mut(&mut rows[row])[at].1 = live;
        }
        Functions { rows: rows.into(), len: self.len }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn get(&self, symbol: &str) -> Option<&Arc<LiveFunction>> {
        self.get_key_value(symbol).map(|(_, live)| live)
    }

    pub(crate) fn get_key_value(&self, symbol: &str) -> Option<(&Arc<str>, &Arc<LiveFunction>)> {
        let (row, at) = self.place(symbol)?;
        let (symbol, live) = &self.rows[row][at];
        Some((symbol, live))
    }

    /// The row of a symbol, and its place in there.
    fn place(&self, symbol: &str) -> Option<(usize, usize)> {
        let row = self.rows.partition_point(|row| &*row[0].0 <= symbol).checked_sub(1)?;
        let at = self.rows[row].binary_search_by(|(own, _)| (**own).cmp(symbol)).ok()?;
        Some((row, at))
    }

    /// In the order of the symbols.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<LiveFunction>)> {
        self.rows.iter().flat_map(|row| row.iter()).map(|(symbol, live)| (symbol, live))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &Arc<str>> {
        self.iter().map(|(symbol, _)| symbol)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Arc<LiveFunction>> {
        self.iter().map(|(_, live)| live)
    }

    /// Those that are not in `other` as they are here: rows that both have are not looked at.
    pub(crate) fn apart_from(
        &self,
        other: &Functions,
    ) -> impl Iterator<Item = (&Arc<str>, &Arc<LiveFunction>)> {
        // Rows of one ancestor stand at the same places; elsewhere nothing is saved.
        let rows =
            self.rows.iter().enumerate().filter(|(at, row)| {
                !other.rows.get(*at).is_some_and(|other| Arc::ptr_eq(row, other))
            });
        let own = rows.flat_map(|(_, row)| row.iter()).map(|(symbol, live)| (symbol, live));
        own.filter(|(symbol, live)| !other.get(symbol).is_some_and(|now| Arc::ptr_eq(now, live)))
    }

    /// The functions of all of these, each row once.
    pub(crate) fn of_all<'a>(
        all: impl Iterator<Item = &'a Functions>,
    ) -> impl Iterator<Item = &'a Arc<LiveFunction>> {
        let mut seen = HashSet::new();
        let rows = all.flat_map(|functions| functions.rows.iter());
        let rows = rows.filter(move |row| seen.insert(row.as_ptr()));
        rows.flat_map(|row| row.iter()).map(|(_, live)| live)
    }
}

impl Index<&str> for Functions {
    type Output = Arc<LiveFunction>;

    /// # Panics
    ///
    /// When there is no such function.
    fn index(&self, symbol: &str) -> &Arc<LiveFunction> {
        self.get(symbol).expect("a symbol of these functions")
    }
}
