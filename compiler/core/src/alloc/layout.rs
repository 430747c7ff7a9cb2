//! Size and alignment of memory that is asked for by hand.

use crate::fmt;

#[derive(Copy, Clone, PartialEq, Eq, Hash)]
pub struct Layout {
    size: usize,
    align: usize,
}

impl fmt::Debug for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let align = format_args!("{} (1 << {})", self.align, self.align.trailing_zeros());
        f.debug_struct("Layout").field("size", &self.size).field("align", &align).finish()
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct LayoutError;

/// Kept for old programs: the error's first name.
pub type LayoutErr = LayoutError;

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid parameters to Layout::from_size_align")
    }
}

impl crate::error::Error for LayoutError {}

/// The size up to which all of it, rounded up to its alignment, fits the address space's half.
const fn largest(align: usize) -> usize {
    (isize::MAX as usize + 1).wrapping_sub(align)
}

impl Layout {
    pub const fn from_size_align(size: usize, align: usize) -> Result<Layout, LayoutError> {
        if align.is_power_of_two() && align <= isize::MAX as usize + 1 && size <= largest(align) {
            Ok(Layout { size, align })
        } else {
            Err(LayoutError)
        }
    }

    pub const unsafe fn from_size_align_unchecked(size: usize, align: usize) -> Layout {
        Layout { size, align }
    }

    pub const fn new<T>() -> Layout {
        Layout { size: size_of::<T>(), align: align_of::<T>() }
    }

    pub fn for_value<T: ?Sized>(value: &T) -> Layout {
        Layout { size: size_of_val(value), align: align_of_val(value) }
    }

    pub const fn array<T>(count: usize) -> Result<Layout, LayoutError> {
        match size_of::<T>().checked_mul(count) {
            Some(size) => Layout::from_size_align(size, align_of::<T>()),
            None => Err(LayoutError),
        }
    }

    /// This one, and after it the next; and where that begins.
    pub const fn extend(&self, next: Layout) -> Result<(Layout, usize), LayoutError> {
        let align = if self.align > next.align { self.align } else { next.align };
        let offset = (self.size + next.align - 1) & !(next.align - 1);
        match offset.checked_add(next.size) {
            Some(size) => match Layout::from_size_align(size, align) {
                Ok(layout) => Ok((layout, offset)),
                Err(error) => Err(error),
            },
            None => Err(LayoutError),
        }
    }

    /// So many of it, without what would pad the last, and how far they are from each other.
    pub const fn repeat(&self, n: usize) -> Result<(Layout, usize), LayoutError> {
        let padded = self.pad_to_align();
        match padded.size.checked_mul(n) {
            Some(size) => match Layout::from_size_align(size.saturating_sub(padded.size - self.size), self.align) {
                Ok(layout) => Ok((layout, padded.size)),
                Err(error) => Err(error),
            },
            None => Err(LayoutError),
        }
    }

    pub const fn pad_to_align(&self) -> Layout {
        Layout { size: (self.size + self.align - 1) & !(self.align - 1), align: self.align }
    }

    pub const fn align_to(&self, align: usize) -> Result<Layout, LayoutError> {
        Layout::from_size_align(self.size, if align > self.align { align } else { self.align })
    }

    pub const fn size(&self) -> usize {
        self.size
    }

    pub const fn align(&self) -> usize {
        self.align
    }
}
