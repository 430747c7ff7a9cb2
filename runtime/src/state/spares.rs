//! Spares: values of one variant of an enum, made beforehand on the program's thread.
//!
//! Which variant a value of the live state will have is known only when it is carried, on the calling thread,
//! where nothing may be made. So of each variant there is one for each instance; or one for all of them, whose
//! bytes are copied, where nothing of the user's code could tell the difference: see
//! [`Shapes::is_constant`](super::shape::Shapes::is_constant).

use std::{alloc, ptr::NonNull};

use super::carry::{Calls, FIELDS};
use crate::fault::{self, Caught};

/// Values in an allocation of their own.
#[derive(Debug)]
pub(crate) struct Spares {
    at: NonNull<u8>,
    layout: alloc::Layout,
    /// How many there are.
    count: usize,
    calls: Calls,
}

/// Which values to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fill {
    /// So many, each by the `Default`s of its fields.
    Each(usize),
    /// One, and its bytes so many times in all.
    Copies(usize),
}

/// Where spares are, and how to ask about one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made {
    pub(crate) at: NonNull<u8>,
    pub(crate) count: usize,
    calls: Calls,
}

// SAFETY: they are parts of a state, whose type is checked to be Send.
unsafe impl Send for Spares {}

impl Spares {
    /// Makes values of `variant`; `None` when a field of it has no default, or there is no memory for them.
    ///
    /// # Safety
    ///
    /// `calls` belong to a type of this layout, and their code outlives what is returned. Of what is to be
    /// copied, one value is as good as another, and owns nothing.
    pub(crate) unsafe fn make(
        calls: Calls,
        variant: usize,
        (size, align): (usize, usize),
        fill: Fill,
    ) -> Result<Option<Spares>, Caught> {
        let (Fill::Each(count) | Fill::Copies(count)) = fill;
        let bytes = size.checked_mul(count).filter(|bytes| *bytes <= LIMIT);
        let layout = bytes.and_then(|bytes| alloc::Layout::from_size_align(bytes, align).ok());
        let Some(layout) = layout else { return Ok(None) };
        let at = match layout.size() {
            0 => NonNull::new(std::ptr::without_provenance_mut(align)),
            // SAFETY: the size is not zero.
            _ => NonNull::new(unsafe { alloc::alloc(layout) }),
        };
        let Some(at) = at else { return Ok(None) };
        let mut spares = Spares { at, layout, count: 0, calls };
        let by_calls = if let Fill::Copies(_) = fill { count.min(1) } else { count };
        // The last word is what a shim has made when it panics.
        let mut words = [variant, by_calls, 0];
        // SAFETY: within the allocation; the caller's promise about `calls`.
        let filled = fault::catch(|| unsafe {
            (calls.shim)(2, calls.place, at.as_ptr(), words.as_mut_ptr())
        });
        spares.count = words[2];
        filled?;
        if spares.count != by_calls {
            return Ok(None);
        }
        while spares.count < count {
            let more = spares.count.min(count - spares.count);
            // SAFETY: within the allocation, after what is there; the caller's promise about copies.
            unsafe { at.add(spares.count * size).copy_from_nonoverlapping(at, more * size) };
            spares.count += more;
        }
        Ok(Some(spares))
    }

    pub(crate) fn made(&self) -> Made {
        Made { at: self.at, count: self.count, calls: self.calls }
    }

    /// Drops the values. A drop that faults leaks what it had left; the first fault is given back.
    pub(crate) fn drop_values(&mut self) -> Result<(), Caught> {
        let count = std::mem::take(&mut self.count);
        let mut all = Ok(());
        if !self.calls.drops() {
            return all;
        }
        let mut range = [0, count];
        while range[0] < count {
            let first = range[0];
            // SAFETY: whole values of the type, made by `make` or exchanged for others since;
            // whoever made the spares keeps the code.
            let dropped = fault::catch(|| unsafe {
                (self.calls.shim)(3, self.calls.place, self.at.as_ptr(), range.as_mut_ptr());
            });
            // The one that faulted is not tried again.
            range[0] = range[0].max(first + 1);
            all = all.and(dropped);
        }
        all
    }
}

impl Made {
    /// The offsets of the fields of the variant that was made, which has at most [`FIELDS`].
    pub(crate) fn offsets(&self) -> [usize; FIELDS] {
        match self.count {
            // Nothing will be put there.
            0 => [0; FIELDS],
            // SAFETY: a whole value of the variant, as its shim made it; the planner leaves out larger variants.
            _ => unsafe { self.calls.offsets(self.at.as_ptr()) },
        }
    }
}

/// Bytes of spares of one variant.
const LIMIT: usize = 1 << 30;

impl Drop for Spares {
    fn drop(&mut self) {
        let _ = self.drop_values();
        if self.layout.size() > 0 {
            // SAFETY: allocated in `make` with this layout.
            unsafe { alloc::dealloc(self.at.as_ptr(), self.layout) };
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
