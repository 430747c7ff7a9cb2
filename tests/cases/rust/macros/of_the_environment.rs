//! What the environment of the compiler says, where there may be nothing.
//# jit refuses: `option_env!` is not supported by the compiler in the process

pub fn run(input: u64) -> u64 {
    let path: Option<&str> = option_env!("PATH");
    let nothing: Option<&str> = option_env!("SEGUE_HAS_NO_SUCH_VARIABLE");
    input + u64::from(path == Some(env!("PATH"))) + 10 * u64::from(nothing.is_some())
}
