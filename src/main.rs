//! The `segue` command. Everything is in [`cli`], one file a command.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
