//! Names that lead nowhere are found, and words that are no names are left alone.

use super::*;
use crate::finding::lines;

#[track_caller]
fn check(text: &str, expected: &[usize]) {
    let functions = functions(&RustText::new("fn a_call_is_one_load() {}\nfn loom_short() {}"));
    let files = ["tests/end_to_end/swaps.rs", "runtime/src/slot.rs"];
    assert_eq!(lines(&names_what_exists("page.md", text, &functions, &files)), expected, "{text}");
}

#[test]
fn tests_that_exist_are_found() {
    check("`a_call_is_one_load`, `calls::a_call_is_one_load`, `loom_short`", &[]);
    check("`a_call_is_…`, `…_is_one_load`, `a_call…is_one_load`", &[]);
    check("`tests/end_to_end/swaps.rs::a_call_is_one_load`", &[]);
}

#[test]
fn tests_that_are_gone_are_reported() {
    check("fine\n`a_call_is_two_loads`", &[2]);
    check("`calls::a_call_is_two_loads` and `loom_long`", &[1, 1]);
    check("`a_call_is_two…`", &[1]);
    check("`tests/end_to_end/swaps.rs::a_call_is_two_loads`", &[1]);
}

#[test]
fn files_are_looked_for() {
    check("`tests/end_to_end/swaps.rs`, `swaps.rs`, `../end_to_end/`, `runtime/src/`", &[]);
    check("`tests/end_to_end/naps.rs`\n\n`ends/swaps.rs` and `end/`", &[1, 3, 3]);
}

#[test]
fn other_words_are_left_alone() {
    check(
        "`catch_unwind`, `/proc/self/maps.rs`, `fn a(b_c_d_e: u8)`, `SIX_WORDS_ARE_NO_TEST`",
        &[],
    );
    check("a_call_is_two_loads without quotes", &[]);
}

#[test]
fn every_page_stands_in_the_index() {
    let pages = [INDEX, "docs/guarantees/state.md", "docs/guarantees/faults.md"];
    let found = lists_every_page("| [State](state.md) |", &pages);
    assert_eq!(found.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), [pages[2]]);
}
