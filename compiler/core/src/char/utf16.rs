//! Text in units of 16 bits.

use crate::error::Error;
use crate::fmt;

#[derive(Clone, Debug)]
pub struct DecodeUtf16<I>
where
    I: Iterator<Item = u16>,
{
    units: I,
    next: Option<u16>,
}

#[derive(Debug, Clone, Eq, PartialEq)]
pub struct DecodeUtf16Error {
    code: u16,
}

impl DecodeUtf16Error {
    pub fn unpaired_surrogate(&self) -> u16 {
        self.code
    }
}

impl fmt::Display for DecodeUtf16Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unpaired surrogate found: ")?;
        fmt::LowerHex::fmt(&self.code, f)
    }
}

impl Error for DecodeUtf16Error {}

pub fn decode_utf16<I: IntoIterator<Item = u16>>(iter: I) -> DecodeUtf16<I::IntoIter> {
    DecodeUtf16 { units: iter.into_iter(), next: None }
}

impl<I: Iterator<Item = u16>> Iterator for DecodeUtf16<I> {
    type Item = Result<char, DecodeUtf16Error>;

    fn next(&mut self) -> Option<Result<char, DecodeUtf16Error>> {
        let code = match self.next.take() {
            Some(code) => code,
            None => self.units.next()?,
        };
        if code & 0xf800 != 0xd800 {
            return Some(Ok(unsafe { char::from_u32_unchecked(code as u32) }));
        }
        if code >= 0xdc00 {
            return Some(Err(DecodeUtf16Error { code }));
        }
        let second = match self.units.next() {
            Some(second) => second,
            None => return Some(Err(DecodeUtf16Error { code })),
        };
        if second & 0xfc00 != 0xdc00 {
            self.next = Some(second);
            return Some(Err(DecodeUtf16Error { code }));
        }
        let bits = ((code & 0x3ff) as u32) << 10 | (second & 0x3ff) as u32;
        Some(Ok(unsafe { char::from_u32_unchecked(bits + 0x1_0000) }))
    }
}
