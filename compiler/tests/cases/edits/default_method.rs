trait Voice {
    type Level;
    fn level(&self) -> Self::Level;
    fn louder(&self) -> u64 { 2 }
}
struct Kick;
impl Voice for Kick { type Level = u8; fn level(&self) -> u8 { 1 } }
fn all<V: Voice>(voice: &V) -> u64 { voice.louder() + size_of_val(&voice.level()) as u64 }
pub fn answer() -> u64 { all(&Kick) * 10 + Kick.louder() }
//# gives: 32
//# edit: u64 { 2 } => u64 { 5 }
//# gives: 65
//# edit: type Level = u8; fn level(&self) -> u8 { 1 } => type Level = u16; fn level(&self) -> u16 { 1 }
//# gives: 75
//# edit: fn level(&self) -> u16 { 1 } => fn level(&self) -> u16 { 1 } fn louder(&self) -> u64 { 7 }
//# gives: 97
