//! A queue with two ends.

use heapless::Deque;

pub fn run(input: u64) -> u64 {
    let mut queue: Deque<u64, 5> = Deque::new();
    let mut sum = 0u64;
    for number in 0..12 + input {
        let put =
            if number % 3 == 0 { queue.push_front(number) } else { queue.push_back(number * 2) };
        if let Err(back) = put {
            sum = sum.rotate_left(3) ^ back;
            sum ^= queue.pop_front().unwrap_or(9);
            sum ^= queue.pop_back().unwrap_or(9) << 8;
        }
    }
    let ends = queue.front().copied().unwrap_or(1) ^ queue.back().copied().unwrap_or(2) << 4;
    queue.iter().fold(sum ^ ends, |sum, it| sum.rotate_left(7) ^ it)
}
