//! A queue with two ends, filled over its end, and one that takes turns.
//# jit-with-crates refuses: `QueueInner<u32, OwnedStorage<8>>` behind a pointer to the same struct without a size (`#[repr(C)]` helps)

use heapless::spsc::Queue;

pub fn run(input: u64) -> u64 {
    let mut queue: Queue<u32, 8> = Queue::new();
    let (mut producer, mut consumer) = queue.split();
    let mut sum = 0u64;
    for number in 0..10 + input as u32 {
        if let Err(refused) = producer.enqueue(number * 3) {
            sum = sum.rotate_left(7) ^ refused as u64;
        }
        if number % 3 == 2 {
            sum = sum.rotate_left(5) ^ consumer.dequeue().map_or(99, u64::from);
        }
        sum = sum.rotate_left(1)
            ^ consumer.peek().map_or(7, |it| *it as u64)
            ^ producer.ready() as u64;
    }
    sum = sum.rotate_left(3) ^ consumer.len() as u64 ^ (producer.capacity() as u64) << 8;
    for value in queue.iter() {
        sum = sum.rotate_left(11) ^ *value as u64;
    }
    sum ^ queue.is_full() as u64
}
