//! rustc says more about a syntax error than syn; what the prelude defines is known.
//# error: 7:32 expected `;`
use prelude::*;

pub fn process(block: &mut Block) {
    let sine: Option<Sine> = None;
    let x = sine.iter().count()
    block.samples[x] = 1.0;
}
