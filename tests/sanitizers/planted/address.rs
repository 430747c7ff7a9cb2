//! A defect that AddressSanitizer has to report: memory is read after it was given back.

fn main() {
    let kept: *const u64 = {
        let freed = Box::new(std::hint::black_box(7_u64));
        &raw const *freed
    };
    // SAFETY: none, that is the point: the box is gone.
    println!("{}", unsafe { std::hint::black_box(kept).read_volatile() });
}
