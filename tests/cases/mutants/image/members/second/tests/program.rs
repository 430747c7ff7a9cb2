//! Starts the package's program.

#[test]
fn prints() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_second")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "42\n");
}

#[test]
fn environment() {
    assert_eq!(std::env::var("CARGO_PKG_NAME").as_deref(), Ok("second"));
    assert!(std::path::Path::new("src/main.rs").exists(), "the working directory is the package's");
    assert_eq!(first::Wide.width(), 8);
}

#[test]
fn a_name_that_no_shell_could_write() {
    assert!(std::path::Path::new(env!("CARGO_BIN_EXE_with-hyphen")).exists());
}
