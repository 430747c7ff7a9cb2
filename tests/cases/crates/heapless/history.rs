//! The last items of a stream, and a sorted list.
//# jit-with-crates refuses: `SortedLinkedListInner<u32, u8, Max, SortedLinkedListStorageInner<[Node<u32, u8>; 8]>>` behind a pointer to the same struct without a size (`#[repr(C)]` helps)

use heapless::{
    HistoryBuf,
    sorted_linked_list::{Max, SortedLinkedList},
};

pub fn run(input: u64) -> u64 {
    let mut last: HistoryBuf<f32, 5> = HistoryBuf::new();
    let mut sorted: SortedLinkedList<u32, Max, 8, u8> = SortedLinkedList::new_u8();
    for number in 0..4 + input * 2 {
        last.write(number as f32 * 0.5 - 1.0);
        sorted.push((number * 5 % 7) as u32).ok();
    }
    let mut sum = last.recent().map_or(7, |it| it.to_bits() as u64);
    for value in last.oldest_ordered() {
        sum = sum.rotate_left(11) ^ value.to_bits() as u64;
    }
    sorted.iter().fold(sum, |sum, it| sum.rotate_left(4) ^ *it as u64)
}
