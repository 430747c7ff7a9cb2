//! Messages of gcc and clang, as they write them.

use super::{Diagnostic, errors};

#[test]
fn an_error_inside_of_a_macro_names_the_places_around_it() {
    let gcc = "\
src/a.c: In function 'f':
src/a.h:1:19: error: invalid operands to binary * (have 'char *' and 'int')
    1 | #define TIMES(a) (a * 2)
      |                   ^
segue-mutant-7:3:12: note: in expansion of macro 'TIMES'
src/a.c:9:1: warning: something else
src/a.c:1:1: note: that belongs to the warning
segue-mutant-8:4: fatal error: too much
";
    let expected = [
        Diagnostic {
            files: vec!["src/a.h".into(), "segue-mutant-7".into()],
            message: "invalid operands to binary * (have 'char *' and 'int')".into(),
        },
        Diagnostic { files: vec!["segue-mutant-8".into()], message: "too much".into() },
    ];
    assert_eq!(errors(gcc), expected);
}

#[test]
fn messages_without_a_place_are_errors_of_no_file() {
    let found = errors("cc1: error: unrecognized command-line option '-fwhat'\n");
    assert_eq!(found.len(), 1);
    assert!(found[0].files.is_empty(), "{found:?}");
}
