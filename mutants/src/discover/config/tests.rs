//! What a configuration file may say, and what is said of one that is wrong.

use crate::Sharding;
use crate::discover::config::Config;
use crate::discover::selection::Selection;

fn parse(text: &str) -> Result<Config, String> {
    Config::parse(text)
}

#[test]
fn every_kind_of_setting_is_read() {
    let config = parse(
        "exclude_re = ['a', \"b\"]\nfeatures=[]\nall_features = true\ntimeout_multiplier = 2\n\
         minimum_test_timeout = 0.5\nsharding = 'round-robin'\noutput = 'x/y'\n",
    )
    .expect("it is right");
    assert_eq!(config.exclude_re, ["a", "b"]);
    assert_eq!((config.all_features, config.timeout_multiplier), (Some(true), Some(2.0)));
    assert_eq!(
        (config.minimum_test_timeout, config.sharding),
        (Some(0.5), Some(Sharding::RoundRobin))
    );
    assert_eq!(config.output.as_deref(), Some(std::path::Path::new("x/y")));
    assert_eq!(parse(""), Ok(Config::default()));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let said = |text: &str| parse(text).expect_err("it is wrong");
    assert_eq!(said("a_re = []"), "1:1: `a_re` is no setting of cargo-mutants 27");
    assert_eq!(said("\nexclude_re = 'a'"), "2:14: `exclude_re` must be a list of texts");
    assert_eq!(said("exclude_re = [1]"), "1:14: `exclude_re` must be a list of texts");
    assert_eq!(said("cap_lints = 1"), "1:13: `cap_lints` must be true or false");
    assert_eq!(said("timeout_multiplier = '1'"), "1:22: `timeout_multiplier` must be a number");
    assert_eq!(
        said("timeout_multiplier = 0x1f"),
        "1:22: `timeout_multiplier` must be a decimal number"
    );
    assert_eq!(said("sharding = 'half'"), "1:12: `sharding` must be \"slice\" or \"round-robin\"");
    assert!(said("é = ]").starts_with("1:"), "{}", said("é = ]"));
}

#[test]
fn lists_are_joined_and_options_come_first() {
    let options = Selection {
        names: vec!["option".into()],
        skip_usual_calls: Some(true),
        profile: Some("option".into()),
        ..Selection::default()
    };
    let file = "examine_re = ['file']\nskip_calls_defaults = false\nprofile = 'file'\nsharding = 'slice'\n\
                no_default_features = true";
    let both = options.with(&parse(file).expect("it is right"));
    assert_eq!(both.names, ["option", "file"]);
    assert_eq!((both.skip_usual_calls, both.profile.as_deref()), (Some(true), Some("option")));
    assert_eq!((both.sharding, both.features.no_default), (Some(Sharding::Slice), true));
}

#[test]
fn settings_that_mean_nothing_are_named_unless_they_ask_for_what_is_done() {
    let warned = |text: &str| parse(text).expect("it is right").warnings.join("\n");
    assert_eq!(
        warned("profile = 'x'\ntest_tool = 'nextest'"),
        "2:1: `test_tool` is not used: tests are not run by a tool, but by their own binaries"
    );
    for key in ["additional_cargo_test_args = []", "build_timeout_multiplier = 2"] {
        assert!(warned(key).starts_with("1:1: `"), "{key}");
    }
    for key in ["copy_vcs", "copy_target", "gitignore"] {
        assert!(warned(&format!("{key} = true")).contains("the copy has"), "{key}");
        assert_eq!(warned(&format!("{key} = false")), "");
    }
    assert!(warned("cap_lints = false").contains("always capped"));
    assert_eq!(warned("cap_lints = true\ntest_tool = 'cargo'"), "");
}

#[test]
fn an_expression_that_is_none_is_said_with_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mutants.toml");
    for text in ["exclude_re = ['(']", "examine_globs = ['[']", "error_values = ['a b']"] {
        std::fs::write(&path, text).expect("a file");
        let error = Config::read(&path).expect_err(text).to_string();
        assert!(error.starts_with(&path.display().to_string()), "{error}");
    }
}
