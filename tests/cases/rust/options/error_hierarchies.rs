//! Errors of several levels that are converted on the way up, with data kept, matched at the top.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10 11 12
#[derive(Clone, Copy)]
enum ReadError { End { at: usize }, Bad(u8) }
#[derive(Clone, Copy)]
enum HeaderError { Read(ReadError), Magic(u16), Length { wanted: u8, got: usize } }
enum FileError { Header(HeaderError), Sum { expected: u8, found: u8 } }
impl From<ReadError> for HeaderError { fn from(e: ReadError) -> Self { HeaderError::Read(e) } }
impl From<HeaderError> for FileError { fn from(e: HeaderError) -> Self { FileError::Header(e) } }
impl From<ReadError> for FileError { fn from(e: ReadError) -> Self { HeaderError::from(e).into() } }
struct Reader<'a> { data: &'a [u8], at: usize }
impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8, ReadError> { let b = *self.data.get(self.at).ok_or(ReadError::End { at: self.at })?; self.at += 1; if b == 0xee { Err(ReadError::Bad(b)) } else { Ok(b) } }
    fn word(&mut self) -> Result<u16, ReadError> { Ok(u16::from_be_bytes([self.byte()?, self.byte()?])) }
    fn header(&mut self) -> Result<&'a [u8], HeaderError> {
        let magic @ 0x5345 = self.word()? else { return Err(HeaderError::Magic(self.data[0] as u16)) };
        let wanted = self.byte()?;
        let _ = magic;
        let rest = &self.data[self.at..];
        rest.get(..wanted as usize).ok_or(HeaderError::Length { wanted, got: rest.len() })
    }
}
fn read(data: &[u8]) -> Result<u64, FileError> {
    let mut reader = Reader { data, at: 0 };
    let body = reader.header()?;
    reader.at += body.len();
    let expected = reader.byte()?;
    let found = body.iter().fold(0u8, |s, b| s.wrapping_mul(3) ^ b);
    if expected == found { Ok(body.len() as u64) } else { Err(FileError::Sum { expected, found }) }
}
pub fn run(input: u64) -> u64 {
    let mut data = [0x53, 0x45, 3, 10, 20, 30, 0x7c];
    let n = input as usize;
    if n > 7 { data[n - 8] = [0xee, 0x99, 9, 11, 0xee][n - 8]; }
    match read(&data[..n.min(7)]) {
        Ok(n) => n,
        Err(FileError::Header(HeaderError::Read(ReadError::End { at }))) => 100 + at as u64,
        Err(FileError::Header(HeaderError::Read(ReadError::Bad(b)))) => 200 + b as u64,
        Err(FileError::Header(HeaderError::Magic(m))) => 1000 + m as u64,
        Err(FileError::Header(HeaderError::Length { wanted, got })) => 10_000 + wanted as u64 * 100 + got as u64,
        Err(FileError::Sum { expected, found }) => 1_000_000 + expected as u64 * 256 + found as u64,
    }
}
