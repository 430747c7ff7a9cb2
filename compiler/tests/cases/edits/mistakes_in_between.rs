trait Shape { type Out; fn make(&self) -> Self::Out; }
struct Round(u32);
impl Shape for Round { type Out = u32; fn make(&self) -> Self::Out { self.0 } }
fn doubled() -> u64 { u64::from(Round(4).make()) * 2 }
pub fn answer() -> u64 { doubled() + size_of_val(&Round(1).make()) as u64 }
//# gives: 12
//# edit: type Out = u32; => type Out = u16;
//# rejected
//# edit: { self.0 } => { self.0 as u16 }
//# gives: 10
//# edit: self.0 as u16 } => self.0 as 
//# rejected
//# edit: self.0 as  => self.0 as u16 + 1 }
//# gives: 12
//# edit: Round(4) => Square(4)
//# rejected
//# edit: Square(4) => Round(5)
//# gives: 14
