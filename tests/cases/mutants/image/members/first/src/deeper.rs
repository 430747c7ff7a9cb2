/// ```
/// # #[cfg(not(told))]
/// # compile_error!("flags of .cargo/config.toml reach examples");
/// assert_eq!(first::narrow(9), 4);
/// ```
///
/// ```should_panic
/// assert_eq!(first::narrow(9), 5);
/// ```
///
/// ```no_run
/// loop {}
/// ```
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
