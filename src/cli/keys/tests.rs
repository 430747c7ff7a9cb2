//! What typed lines mean.

use super::*;

#[test]
fn letters_and_words_mean_the_same() {
    assert_eq!(meaning("u\n"), Key::Undo);
    assert_eq!(meaning(" Undo \r\n"), Key::Undo);
    assert_eq!(meaning("r\n"), Key::Redo);
    assert_eq!(meaning("quit\n"), Key::End);
    assert_eq!(meaning("h\n"), Key::History);
    assert_eq!(meaning("status\n"), Key::Status);
    assert_eq!(meaning(" 12 \n"), Key::GoTo(12));
    assert_eq!(meaning("keep 3\n"), Key::Keep(3));
    assert_eq!(meaning("release 3\n"), Key::LetGo(3));
    assert_eq!(meaning("keep\n"), Key::Other);
    assert_eq!(meaning("-1\n"), Key::Other);
    assert_eq!(meaning("\n"), Key::Other);
    assert_eq!(meaning("hello\n"), Key::Other);
}
