//! Slices between the items that a predicate picks.

pub struct Split<'a, T: 'a, P>
where
    P: FnMut(&T) -> bool,
{
    v: Option<&'a [T]>,
    pred: P,
}

impl<'a, T: 'a, P: FnMut(&T) -> bool> Split<'a, T, P> {
    #[inline]
    pub(super) fn new(slice: &'a [T], pred: P) -> Self {
        Split { v: Some(slice), pred }
    }
}

impl<'a, T, P> Iterator for Split<'a, T, P>
where
    P: FnMut(&T) -> bool,
{
    type Item = &'a [T];

    fn next(&mut self) -> Option<&'a [T]> {
        let v = self.v?;
        let mut at = 0;
        while at < v.len() {
            if (self.pred)(&v[at]) {
                self.v = Some(&v[at + 1..]);
                return Some(&v[..at]);
            }
            at += 1;
        }
        self.v = None;
        Some(v)
    }
}
