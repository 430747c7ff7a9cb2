//! Raw pointers: made from references, read, written, offset, compared, cast, through structs and slices.
#[repr(C)]
struct Node { value: u64, next: *const Node }
unsafe fn length(mut node: *const Node) -> u64 {
    let mut n = 0;
    while !node.is_null() {
        // SAFETY: the list is made below, and ends with null.
        unsafe { n = n * 10 + (*node).value; node = (*node).next; }
    }
    n
}
pub fn run(input: u64) -> u64 {
    let mut a = [1u32, 2, 3, 4, 5, input as u32];
    let p = a.as_mut_ptr();
    let third = Node { value: input, next: std::ptr::null() };
    let second = Node { value: 2, next: &third };
    let first = Node { value: 3, next: &raw const second };
    // SAFETY: everything stays within the array and the list.
    unsafe {
        *p.add(1) = 20;
        *p.offset(2) += *p.add(5);
        p.add(3).write(p.read() + 40);
        std::ptr::swap(p, p.add(4));
        let end = p.add(6);
        let mut q = p.cast_const();
        let mut sum = 0u64;
        while q < end { sum = sum * 31 + *q as u64; q = q.add(1); }
        let bytes = std::slice::from_raw_parts(p.cast::<u8>(), 8);
        let distance = end.offset_from(p) as u64;
        sum + bytes[4] as u64 * 7 + distance + length(&first) * 1000
    }
}
