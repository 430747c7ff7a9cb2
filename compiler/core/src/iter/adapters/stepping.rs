//! `step_by`.

#[derive(Clone, Debug)]
pub struct StepBy<I> {
    iter: I,
    /// One less than the step.
    step: usize,
    first_take: bool,
}

impl<I> StepBy<I> {
    #[inline]
    #[track_caller]
    pub(in crate::iter) fn new(iter: I, step: usize) -> StepBy<I> {
        if step == 0 {
            crate::panicking::panic("assertion failed: step != 0")
        }
        StepBy { iter, step: step - 1, first_take: true }
    }
}

impl<I> Iterator for StepBy<I>
where
    I: Iterator,
{
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.first_take {
            self.first_take = false;
            self.iter.next()
        } else {
            self.iter.nth(self.step)
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (low, high) = self.iter.size_hint();
        let high = match high {
            Some(n) => Some(self.steps(n)),
            None => None,
        };
        (self.steps(low), high)
    }
}

impl<I> StepBy<I> {
    /// How many of so many items are left after stepping. The step may be `usize::MAX + 1`.
    #[inline]
    fn steps(&self, n: usize) -> usize {
        if self.first_take {
            if n == 0 {
                0
            } else {
                let rest = n - 1;
                1 + if self.step == usize::MAX { 0 } else { rest / (self.step + 1) }
            }
        } else if self.step == usize::MAX {
            0
        } else {
            n / (self.step + 1)
        }
    }
}

impl<I> DoubleEndedIterator for StepBy<I>
where
    I: DoubleEndedIterator + ExactSizeIterator,
{
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        let len = self.iter.len();
        let beyond = if self.step == usize::MAX { len } else { len % (self.step + 1) };
        let skip = if self.first_take {
            if beyond == 0 { self.step } else { beyond - 1 }
        } else {
            beyond
        };
        self.iter.nth_back(skip)
    }
}

impl<I> ExactSizeIterator for StepBy<I> where I: ExactSizeIterator {}
