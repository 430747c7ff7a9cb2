//! A number of one primitive type as one of another that holds them all.

/// Conversions that lose nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Widening {
    Unsigned { from: usize, to: usize },
    Signed { from: usize, to: usize },
    UnsignedToFloat { from: usize, to: usize },
    SignedToFloat { from: usize, to: usize },
    FloatToDouble,
}

impl Widening {
    /// How a number of the primitive type `from` becomes one of `to`, if every one can.
    pub(crate) fn between(from: &str, to: &str) -> Option<Widening> {
        let parse = |name: &str| -> Option<(char, usize)> {
            let name = name.replace("size", "64");
            let kind = name.chars().next().filter(|kind| "uif".contains(*kind))?;
            Some((kind, name[1..].parse::<usize>().ok()? / 8))
        };
        let ((a, from), (b, to)) = (parse(from)?, parse(to)?);
        // A float holds every integer that is shorter than its mantissa: 24 and 53 bits.
        let exact = (to == 4 && from <= 2) || (to == 8 && from <= 4);
        match (a, b) {
            ('u', 'u') if from <= to => Some(Widening::Unsigned { from, to }),
            ('u', 'i') if from < to => Some(Widening::Unsigned { from, to }),
            ('i', 'i') if from <= to => Some(Widening::Signed { from, to }),
            ('u', 'f') if exact => Some(Widening::UnsignedToFloat { from, to }),
            ('i', 'f') if exact => Some(Widening::SignedToFloat { from, to }),
            ('f', 'f') if from < to => Some(Widening::FloatToDouble),
            _ => None,
        }
    }

    /// # Safety
    ///
    /// `from` and `to` hold numbers of the types that this was made for, aligned or not.
    pub(super) unsafe fn write(self, from: *const u8, to: *mut u8) {
        let unsigned = |size| {
            let mut bytes = [0; 16];
            // SAFETY: the caller's promise; no number is longer than 16 bytes.
            unsafe { std::ptr::copy_nonoverlapping(from, bytes.as_mut_ptr(), size) };
            u128::from_le_bytes(bytes)
        };
        let signed = |size: usize| {
            let unused = 128 - 8 * u32::try_from(size).unwrap_or(16);
            (unsigned(size) << unused).cast_signed() >> unused
        };
        let put = |bytes: &[u8]| {
            // SAFETY: the caller's promise: `to` has room for a number of this size.
            unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len()) };
        };
        let float = |number: f64, size| match size {
            // Exact: `between` lets no number through that a float cannot hold.
            4 => put(&(number as f32).to_le_bytes()),
            _ => put(&number.to_le_bytes()),
        };
        match self {
            Widening::Unsigned { from, to } => put(&unsigned(from).to_le_bytes()[..to]),
            Widening::Signed { from, to } => put(&signed(from).to_le_bytes()[..to]),
            Widening::UnsignedToFloat { from, to } => float(unsigned(from) as f64, to),
            Widening::SignedToFloat { from, to } => float(signed(from) as f64, to),
            Widening::FloatToDouble => {
                // SAFETY: the caller's promise: an f32.
                let number = unsafe { from.cast::<f32>().read_unaligned() };
                put(&f64::from(number).to_le_bytes());
            }
        }
    }
}
