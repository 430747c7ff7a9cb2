//! What typed lines mean.

use super::*;

#[test]
fn letters_and_words_mean_the_same() {
    assert_eq!(meaning("u\n"), Key::Undo);
    assert_eq!(meaning(" Undo \r\n"), Key::Undo);
    assert_eq!(meaning("r\n"), Key::Redo);
    assert_eq!(meaning("quit\n"), Key::End);
    assert_eq!(meaning("\n"), Key::Other);
    assert_eq!(meaning("hello\n"), Key::Other);
}
