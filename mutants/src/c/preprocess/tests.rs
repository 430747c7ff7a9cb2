//! What gcc and clang write for `-E -dD`, and what is made of it.

use super::Preprocessed;

const OUTPUT: &str = r##"# 1 "src/a.c"
# 1 "<built-in>" 1
#define __GNUC__ 12
# 1 "src/a.c" 2
# 1 "include/a.h" 1
#define LIMIT 1 + 2
#define TWICE(x) ((x) * 2)
int in_header;
# 2 "src/a.c" 2

int f(void)
{
# 8 "src/a.c"
    return 1;
}
"##;

#[test]
fn lines_are_those_of_the_source_that_are_compiled() {
    let read = Preprocessed::read(OUTPUT, "src/a.c");
    assert_eq!(read.lines.into_iter().collect::<Vec<_>>(), [3, 4, 8, 9]);
    assert!(read.text.contains("in_header"), "{}", read.text);
    assert!(!read.text.contains("LIMIT"), "{}", read.text);
}

#[test]
fn macros_are_known_with_what_they_stand_for() {
    let macros = Preprocessed::read(OUTPUT, "src/a.c").macros;
    assert!(macros.has("LIMIT") && !macros.has("limit"));
    assert!(macros.stays_together("TWICE") && !macros.stays_together("LIMIT"));
}

#[test]
fn a_word_is_found_through_macros() {
    let text = "#define A B\n#define B(x) static int x\n#define LOOP LOOP\n";
    let macros = Preprocessed::read(text, "a.c").macros;
    assert!(macros.reaches("A(x);", &["static"]));
    assert!(!macros.reaches("LOOP; C;", &["static"]));
}

#[test]
fn macros_that_only_declare_are_told_from_others() {
    let text = "#define API __attribute__((visibility(\"default\"))) extern\n#define NOTHING\n#define local static\n\
                #define BOTH local API\n#define COUNT 3\n#define CALL() static\n";
    let macros = Preprocessed::read(text, "a.c").macros;
    let only: Vec<_> = ["API", "NOTHING", "local", "BOTH", "COUNT", "CALL", "unknown"]
        .into_iter()
        .filter(|it| macros.only_declares(it))
        .collect();
    assert_eq!(only, ["API", "NOTHING", "local", "BOTH"]);
}

#[test]
fn macros_that_name_each_other_have_an_end() {
    let macros = Preprocessed::read("#define A B\n#define B A\n", "a.c").macros;
    assert!(!macros.only_declares("A") && !macros.stays_together("A"));
    assert!(!macros.reaches("A", &["static"]));
}
