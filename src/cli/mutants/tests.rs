//! The options mean what they mean to cargo-mutants, and errors have its exit codes.

use clap::{CommandFactory as _, Parser as _};
use segue_mutants::{Error, Operator};

use super::*;
use crate::cli::{Arguments, Command};

fn parse(line: &str) -> Result<Mutants, clap::Error> {
    match Arguments::try_parse_from(line.split_whitespace())?.command {
        Command::Mutants(mutants) => Ok(*mutants),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_lines_of_the_documentation_parse() {
    for line in [
        "segue mutants",
        "segue mutants -p a -p b -f src/*.rs -e gen -F replace -E delete -D x.diff -j 2 -vV",
        "segue mutants --workspace --features a,b --no-default-features --profile fast -C --offline",
        "segue mutants --shard 0/3 --sharding round-robin -o part0 --annotations github --baseline skip",
        "segue mutants --operators standard,argument-swap,call-deletion --test-workspace --iterate",
        "segue mutants --list --json -d there",
        "segue mutants --archive image.tar.gz",
        "segue mutants run image.tar.gz --shard 1/2 --timeout-multiplier 3",
        "segue mutants merge part0 part1 -o all --compare theirs",
        "segue mutants c src/a.c src/b.c --test tests/a.c --test tests/b.c -I include -lm -O1",
        "segue mutants c a.c --program build/a --command tests/run.sh --command true",
        "segue mutants c a.c -t test.c --cc clang -D NAME=1 -j 2 -o there -- -std=c99 unity.c libother.a",
    ] {
        assert!(parse(line).is_ok(), "{line}: {:?}", parse(line).err());
    }
    for line in [
        "segue mutants --archive x --list",
        "segue mutants --workspace -p a",
        "segue mutants merge",
        "segue mutants run",
        "segue mutants --list merge a",
        "segue mutants -d a --manifest-path b",
    ] {
        assert!(parse(line).is_err(), "{line}");
    }
}

#[test]
fn the_help_documents_every_exit_code() {
    let mut command = Arguments::command();
    let mutants = command.find_subcommand_mut("mutants").expect("it is there");
    let help = mutants.render_long_help().to_string();
    for code in ["0 ", "1 ", "2 ", "3 ", "4 ", "5 ", "6 ", "70 ", "130 "] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(code)), "{code}");
    }
}

#[test]
fn options_come_before_settings_of_a_file_and_lists_are_joined() {
    let workspace = Workspace::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("this one");
    let config = Config {
        examine_globs: vec!["b.rs".to_owned()],
        timeout_multiplier: Some(7.0),
        minimum_test_timeout: Some(2.0),
        test_package: vec!["theirs".to_owned()],
        output: Some("out".into()),
        ..Config::default()
    };
    let given =
        parse("segue mutants -f a.rs --timeout-multiplier 3 --operators call-deletion,boundary --test-package mine")
            .expect("parsed");
    let selection = given.selection(&workspace, &config).expect("a selection");
    assert_eq!(selection.files, ["a.rs", "b.rs"]);
    assert_eq!(selection.operators, [Operator::CallDeletion, Operator::Boundary]);
    let run = given.judging.run_options(&config, Arc::default()).expect("options");
    assert!((run.timeout_multiplier - 3.0).abs() < 1e-9);
    assert_eq!(run.minimum_timeout, Some(Duration::from_secs(2)));
    assert_eq!(given.build_options(&workspace, &config, &selection).packages, ["mine"]);
    assert_eq!(given.output(workspace.root(), &config), workspace.root().join("out"));
}

#[test]
fn errors_have_the_exit_codes_of_cargo_mutants() {
    let codes = [
        (ErrorKind::Usage, 1),
        (ErrorKind::File, 1),
        (ErrorKind::Machine, 1),
        (ErrorKind::Baseline, 4),
        (ErrorKind::DiffMismatch, 5),
        (ErrorKind::DiffInvalid, 6),
        (ErrorKind::Internal, 70),
        (ErrorKind::Interrupted, 130),
    ];
    for (kind, code) in codes {
        let failure = Failure::from(Error::new(kind, "why"));
        assert_eq!(failure.exit(), Exit::Mutants(code));
        assert_eq!(failure.message(), "why");
    }
}
