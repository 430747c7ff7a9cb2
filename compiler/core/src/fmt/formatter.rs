//! Where text goes, and the options it is written with.

use super::arguments::Arguments;
use super::{DebugList, DebugMap, DebugSet, DebugStruct, DebugTuple, Result, Write};
use crate::marker::PhantomData;

/// The lowest 21 bits of the flags are the fill; the others, as `format_args!` writes them:
const PLUS: u32 = 1 << 21;
const MINUS: u32 = 1 << 22;
const ALTERNATE: u32 = 1 << 23;
const ZERO_PAD: u32 = 1 << 24;
const DEBUG_LOWER_HEX: u32 = 1 << 25;
const DEBUG_UPPER_HEX: u32 = 1 << 26;
const HAS_WIDTH: u32 = 1 << 27;
const HAS_PRECISION: u32 = 1 << 28;
/// Two bits: left, right, center, not said.
const ALIGN: u32 = 29;
const DEFAULT: u32 = 0x6000_0020;

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Alignment {
    Left,
    Right,
    Center,
}

pub struct Formatter<'a> {
    flags: u32,
    width: u16,
    precision: u16,
    to: *mut (),
    write: unsafe fn(*mut (), &str) -> Result,
    lifetime: PhantomData<&'a mut ()>,
}

unsafe fn write_to<W: Write + ?Sized>(to: *mut (), text: &str) -> Result {
    unsafe { (**(to as *mut &mut W)).write_str(text) }
}

impl<'a> Formatter<'a> {
    #[inline]
    pub(crate) fn into<W: Write + ?Sized>(to: &'a mut &mut W) -> Formatter<'a> {
        Formatter {
            flags: DEFAULT,
            width: 0,
            precision: 0,
            to: to as *mut &mut W as *mut (),
            write: write_to::<W>,
            lifetime: PhantomData,
        }
    }

    #[inline]
    pub(super) fn with_default_options(&mut self) -> Formatter<'_> {
        Formatter { flags: DEFAULT, width: 0, precision: 0, to: self.to, write: self.write, lifetime: PhantomData }
    }

    pub(super) fn options(&self) -> (u32, u16, u16) {
        (self.flags, self.width, self.precision)
    }

    #[inline]
    pub(super) fn with_options<W: Write + ?Sized>(
        options: (u32, u16, u16),
        to: &'a mut &mut W,
    ) -> Formatter<'a> {
        let mut formatter = Formatter::into(to);
        formatter.flags = options.0;
        formatter.width = options.1;
        formatter.precision = options.2;
        formatter
    }

    pub(super) fn set_flags(&mut self, flags: u32) {
        self.flags = flags;
    }

    pub(super) fn set_width(&mut self, width: u16) {
        self.width = width;
    }

    pub(super) fn set_precision(&mut self, precision: u16) {
        self.precision = precision;
    }

    #[inline]
    pub fn write_str(&mut self, data: &str) -> Result {
        unsafe { (self.write)(self.to, data) }
    }

    #[inline]
    pub fn write_fmt(&mut self, fmt: Arguments<'_>) -> Result {
        super::arguments::write_all(self, fmt)
    }

    pub fn fill(&self) -> char {
        unsafe { char::from_u32_unchecked(self.flags & 0x1f_ffff) }
    }

    pub fn align(&self) -> Option<Alignment> {
        match self.flags >> ALIGN & 3 {
            0 => Some(Alignment::Left),
            1 => Some(Alignment::Right),
            2 => Some(Alignment::Center),
            _ => None,
        }
    }

    pub fn width(&self) -> Option<usize> {
        if self.flags & HAS_WIDTH != 0 { Some(self.width as usize) } else { None }
    }

    pub fn precision(&self) -> Option<usize> {
        if self.flags & HAS_PRECISION != 0 { Some(self.precision as usize) } else { None }
    }

    pub fn sign_plus(&self) -> bool {
        self.flags & PLUS != 0
    }

    pub fn sign_minus(&self) -> bool {
        self.flags & MINUS != 0
    }

    pub fn alternate(&self) -> bool {
        self.flags & ALTERNATE != 0
    }

    pub fn sign_aware_zero_pad(&self) -> bool {
        self.flags & ZERO_PAD != 0
    }

    pub(super) fn debug_lower_hex(&self) -> bool {
        self.flags & DEBUG_LOWER_HEX != 0
    }

    pub(super) fn debug_upper_hex(&self) -> bool {
        self.flags & DEBUG_UPPER_HEX != 0
    }

    fn fill_times(&mut self, count: usize) -> Result {
        let fill = self.fill();
        let mut left = count;
        while left > 0 {
            self.write_char(fill)?;
            left -= 1;
        }
        Ok(())
    }

    /// Writes fill before; gives how much comes after.
    fn pad_before(&mut self, padding: usize, default: Alignment) -> crate::result::Result<usize, super::Error> {
        let before = match self.align().unwrap_or(default) {
            Alignment::Left => 0,
            Alignment::Right => padding,
            Alignment::Center => padding / 2,
        };
        self.fill_times(before)?;
        Ok(padding - before)
    }

    pub fn pad(&mut self, s: &str) -> Result {
        let mut text = s;
        if let Some(most) = self.precision() {
            if let Some((end, _)) = s.char_indices().nth(most) {
                text = &s[..end];
            }
        }
        let length = match self.width() {
            Some(_) => text.chars().count(),
            None => return self.write_str(text),
        };
        let padding = (self.width as usize).saturating_sub(length);
        let after = self.pad_before(padding, Alignment::Left)?;
        self.write_str(text)?;
        self.fill_times(after)
    }

    /// A number of which the sign is known: padded on the left, with zeros after the sign where that is asked for.
    pub(super) fn pad_number(&mut self, sign: &str, digits: &str) -> Result {
        let padding = (self.width as usize).saturating_sub(sign.len() + digits.len());
        if self.sign_aware_zero_pad() {
            self.write_str(sign)?;
            let mut left = padding;
            while left > 0 {
                self.write_str("0")?;
                left -= 1;
            }
            return self.write_str(digits);
        }
        let after = self.pad_before(padding, Alignment::Right)?;
        self.write_str(sign)?;
        self.write_str(digits)?;
        self.fill_times(after)
    }

    /// Digits after `0x`; with `#`, as many as an address can have.
    pub(super) fn pad_address(&mut self, digits: &str) -> Result {
        let (flags, width) = (self.flags, self.width);
        if self.alternate() {
            self.flags |= ZERO_PAD;
            if self.flags & HAS_WIDTH == 0 {
                self.width = 18;
            }
        }
        self.flags |= ALTERNATE;
        let result = self.pad_integral(true, "0x", digits);
        (self.flags, self.width) = (flags, width);
        result
    }

    pub fn pad_integral(&mut self, is_nonnegative: bool, prefix: &str, buf: &str) -> Result {
        let mut length = buf.len();
        let sign = if !is_nonnegative {
            "-"
        } else if self.sign_plus() {
            "+"
        } else {
            ""
        };
        length += sign.len();
        let prefix = if self.alternate() { prefix } else { "" };
        length += prefix.len();
        let padding = (self.width as usize).saturating_sub(length);
        if padding == 0 {
            self.write_str(sign)?;
            self.write_str(prefix)?;
            return self.write_str(buf);
        }
        if self.sign_aware_zero_pad() {
            self.write_str(sign)?;
            self.write_str(prefix)?;
            let mut left = padding;
            while left > 0 {
                self.write_str("0")?;
                left -= 1;
            }
            return self.write_str(buf);
        }
        let after = self.pad_before(padding, Alignment::Right)?;
        self.write_str(sign)?;
        self.write_str(prefix)?;
        self.write_str(buf)?;
        self.fill_times(after)
    }

    /// A number of this length, which `write` writes.
    pub(super) fn pad_number(
        &mut self,
        sign: &str,
        length: usize,
        write: impl FnOnce(&mut Formatter<'a>) -> Result,
    ) -> Result {
        let padding = (self.width as usize).saturating_sub(length + sign.len());
        if self.sign_aware_zero_pad() {
            self.write_str(sign)?;
            let mut left = padding;
            while left > 0 {
                self.write_str("0")?;
                left -= 1;
            }
            return write(self);
        }
        let after = self.pad_before(padding, Alignment::Right)?;
        self.write_str(sign)?;
        write(self)?;
        self.fill_times(after)
    }

    pub fn debug_struct<'b>(&'b mut self, name: &str) -> DebugStruct<'b, 'a> {
        DebugStruct::new(self, name)
    }

    pub fn debug_tuple<'b>(&'b mut self, name: &str) -> DebugTuple<'b, 'a> {
        DebugTuple::new(self, name)
    }

    pub fn debug_list<'b>(&'b mut self) -> DebugList<'b, 'a> {
        DebugList::new(self)
    }

    pub fn debug_set<'b>(&'b mut self) -> DebugSet<'b, 'a> {
        DebugSet::new(self)
    }

    pub fn debug_map<'b>(&'b mut self) -> DebugMap<'b, 'a> {
        DebugMap::new(self)
    }
}

impl Write for Formatter<'_> {
    fn write_str(&mut self, s: &str) -> Result {
        unsafe { (self.write)(self.to, s) }
    }
}
