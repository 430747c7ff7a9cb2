//! The formatter without its lifetime, as it is mostly written: in own impls, in functions beside them, in a macro.
use std::fmt;
struct Note { name: char, octave: i8 }
struct Chord(Vec<Note>);
macro_rules! lower_hex { ($($name:ident => $text:expr),*) => { $(impl fmt::LowerHex for $name { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { let text: &str = $text; f.pad(text) } })* } }
lower_hex! { Note => "n", Chord => "ch" }
fn separated(f: &mut fmt::Formatter, notes: &[Note]) -> fmt::Result {
    for (i, note) in notes.iter().enumerate() {
        if i > 0 { f.write_str(if f.alternate() { ", " } else { " " })?; }
        fmt::Display::fmt(note, f)?;
    }
    Ok(())
}
impl fmt::Display for Note { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { write!(f, "{}{:+}", self.name, self.octave) } }
impl fmt::Display for Chord { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { separated(f, &self.0) } }
trait Named { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result; }
impl Named for Note { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { <Self as fmt::Display>::fmt(self, f) } }
pub fn run(input: u64) -> u64 {
    let chord = Chord((0..input + 1).map(|i| Note { name: (b'a' + i as u8) as char, octave: i as i8 - 1 }).collect());
    let text = format!("{chord}|{chord:#}|{chord:4x}|{:x}", chord.0[0]);
    text.bytes().fold(text.len() as u64, |sum, byte| sum.rotate_left(7) ^ byte as u64)
}
