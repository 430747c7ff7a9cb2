//! The arguments parse as the help says.

use super::*;
use clap::CommandFactory as _;

fn parse(line: &str) -> Result<Arguments, clap::Error> {
    Arguments::try_parse_from(line.split_whitespace())
}

#[test]
fn the_definition_is_consistent() {
    Arguments::command().debug_assert();
}

#[test]
fn the_help_documents_every_exit_code() {
    let help = Arguments::command().render_long_help().to_string();
    for code in ["0 ", "1 ", "2 ", "3 "] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(code)), "{code}");
    }
}

#[test]
fn the_commands_of_the_readme_parse() {
    for line in [
        "segue play song.rs",
        "segue play song.rs --device USB --wav x.wav --quiet --no-color --block 64",
        "segue --quiet play song.rs --no-device --seconds 2.5 --sample-rate 44100",
        "segue render song.rs --seconds 10 -o x.wav --edit 1=a.rs --edit 2.5=b.rs",
        "segue check song.rs --prelude here",
        "segue new tune",
    ] {
        assert!(parse(line).is_ok(), "{line}");
    }
}

#[test]
fn contradictions_and_missing_arguments_are_refused() {
    for line in [
        "segue",
        "segue play",
        "segue play song.rs --device x --no-device",
        "segue render song.rs -o x.wav",
        "segue render song.rs --seconds 0 -o x.wav",
        "segue render song.rs --seconds 1 -o x.wav --edit x.rs",
    ] {
        assert!(parse(line).is_err(), "{line}");
    }
}
