pub fn narrow(number: u8) -> u8 {
    number / 2
}

pub struct Wide;

#[cfg(feature = "wide")]
impl Wide {
    pub fn width(&self) -> u8 {
        7 + 1
    }
}
