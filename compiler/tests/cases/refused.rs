//! Functions that a slot cannot hold are listed with the reason.
//# refused: generic it is generic
//# refused: sized it is generic
//# refused: borrowed it is generic
//# refused: opaque it returns `impl Trait`
//# refused: nested it returns `impl Trait`
//# refused: later it is async
//# function: plain fn() -> u32
//# absent: tested

pub fn generic<T: Into<f32>>(x: T) -> f32 {
    x.into()
}

pub fn sized<const N: usize>(x: [f32; N]) -> f32 {
    x[0]
}

pub fn borrowed(x: &mut impl Iterator<Item = f32>) -> f32 {
    x.next().unwrap_or_default()
}

pub fn opaque() -> impl Iterator<Item = f32> {
    std::iter::once(1.0)
}

pub fn nested() -> Option<Box<impl Fn() -> f32>> {
    Some(Box::new(|| 1.0))
}

pub async fn later() {}

pub fn plain() -> u32 {
    1
}

#[cfg(test)]
fn tested() {}
