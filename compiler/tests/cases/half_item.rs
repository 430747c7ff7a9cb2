//! What comes below does not continue the text.
//# error: 5:1 expected identifier, found
pub fn process() {}

fn