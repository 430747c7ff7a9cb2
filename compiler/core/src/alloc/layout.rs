//! Size and alignment of memory that is asked for by hand.

use crate::fmt;

#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    size: usize,
    align: usize,
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

    pub const fn size(&self) -> usize {
        self.size
    }

    pub const fn align(&self) -> usize {
        self.align
    }
}
