//! The error stands where the user wrote it, once, though the shim repeats the signature.
//# error: 7:5 mismatched types
//# error: 10:24 cannot find type `Missing`
//# error: 15:30 no field `samplse`

pub fn gain(x: f32) -> f32 {
    "loud"
}

pub fn process(x: &mut Missing) {
    let _ = x;
}

fn other(block: &mut prelude::Block) {
    for sample in &mut block.samplse {
        *sample = 0.0;
    }
}
