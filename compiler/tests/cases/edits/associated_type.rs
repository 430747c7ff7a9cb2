trait Shape {
    type Out: From<u8>;
    fn make() -> Self::Out;
}
struct Square;
impl Shape for Square {
    type Out = u8;
    fn make() -> Self::Out { From::from(3_u8) }
}
fn direct() -> usize { size_of::<<Square as Shape>::Out>() }
fn inferred() -> usize { let made = Square::make(); size_of_val(&made) }
fn generic<S: Shape>() -> usize { let made = S::make(); size_of_val(&made) }
pub fn answer() -> u64 { (direct() * 100 + inferred() * 10 + generic::<Square>()) as u64 }
//# gives: 111
//# edit: type Out = u8; => type Out = u32;
//# gives: 444
//# edit: type Out = u32; => type Out = f64;
//# gives: 888
