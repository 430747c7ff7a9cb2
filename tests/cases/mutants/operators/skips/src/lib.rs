//! What people, tests and conditions leave out.

#[mutants::skip]
pub fn skipped() -> u8 { 1 + 1 }

#[cfg_attr(test, mutants::skip)]
pub fn skipped_in_a_condition() -> u8 { 1 + 1 }

#[mutants::skip]
impl std::fmt::Debug for Left {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("Left") }
}

pub struct Left;

impl Left {
    #[mutants::skip]
    pub fn skipped(&self) -> u8 { 1 + 1 }

    pub fn kept(&self) -> u8 { 1 + 2 }
}

#[mutants::skip]
mod skipped_module {
    pub fn inside() -> u8 { 1 + 1 }
}

#[mutants::skip]
pub trait Skipped {
    fn inside(&self) -> u8 { 1 + 1 }
}

#[cfg(test)]
mod tests {
    fn inside() -> u8 { 1 + 1 }

    #[test]
    fn test() { assert_eq!(inside(), 2); }
}

#[test]
fn test() { drop(1 + 1); }

#[tokio::test]
async fn test_of_others() { drop(1 + 1); }

pub fn in_part(a: u8) -> u8 {
    let b = #[mutants::skip] (a.min(1 + 1));
    #[mutants::skip]
    match a { 1 => 1 + 1, _ => 2 };
    #[mutants::skip]
    drop(!true);
    b + 1
}

mod in_a_file;

#[cfg(feature = "usual")]
pub fn usual() -> u8 { 1 + 3 }

#[cfg(feature = "chosen")]
pub fn chosen() -> u8 { 1 + 4 }

#[cfg(all(unix, not(windows), feature = "usual"))]
pub fn here() -> u8 { 1 + 5 }

#[cfg(any(windows, target_os = "macos", feature = "chosen"))]
pub fn elsewhere() -> u8 { 1 + 6 }

#[cfg(not(test))]
pub fn in_use() -> u8 { 1 + 7 }

#[cfg(all(test, unix))]
pub fn in_tests() -> u8 { 1 + 8 }

#[cfg(any(test, feature = "usual"))]
pub fn in_both() -> u8 { 1 + 9 }

#[cfg_attr(unix, cfg(windows))]
pub fn in_a_condition() -> u8 { 1 + 10 }

pub fn statements(a: u8) -> u8 {
    #[cfg(windows)]
    let b = a + 11;
    #[cfg(unix)]
    let b = a + 12;
    #[cfg(windows)]
    {
        return b * 2;
    }
    #[cfg(unix)]
    match b {
        #[cfg(windows)]
        1 => 1 + 13,
        2 => 1 + 14,
        #[cfg(windows)]
        _ if a > 1 => 2,
        #[cfg(windows)]
        _ => 3,
        #[cfg(unix)]
        b => b,
    }
}

pub struct Fields {
    #[cfg(windows)]
    a: [u8; 1 + 15],
    b: [u8; 1 + 16],
}

impl Fields {
    #[cfg(windows)]
    pub fn of_windows(&self) -> u8 { 1 + 17 }

    pub fn with(&self) -> Fields {
        Fields {
            #[cfg(windows)]
            a: [0; 16],
            b: [0; 1 + 16],
            ..Default::default()
        }
    }
}

#[cfg(windows)]
mod of_windows;

#[cfg_attr(windows, path = "of_windows.rs")]
#[cfg_attr(unix, path = "of_unix.rs")]
mod of_the_system;

#[cfg(false)]
pub fn off() -> u8 { 1 + 20 }

#[cfg(not(any(false, all(true, windows))))]
pub fn on() -> u8 { 1 + 21 }
