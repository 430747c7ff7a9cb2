//! `VecDeque`: at both ends, around its end, in its middle; made, compared, printed; what is dropped, and when.
//# inputs: 0 1 2 3 4 9 17 40

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    *state >> 33
}

fn mixed(sum: u64, text: &str) -> u64 {
    text.bytes().fold(sum, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
}

fn operations(seed: u64) -> u64 {
    let mut state = seed;
    let mut queue: VecDeque<u32> = VecDeque::new();
    let mut sum = 0;
    for step in 0..300u32 {
        let length = queue.len();
        let at = random(&mut state) as usize % (length + 1);
        match random(&mut state) % 16 {
            0..=2 => queue.push_back(step),
            3..=5 => queue.push_front(step),
            6 => sum += u64::from(queue.pop_back().unwrap_or(7)),
            7 => sum += u64::from(queue.pop_front().unwrap_or(9)) * 3,
            8 => queue.insert(at, step * 10),
            9 => sum += u64::from(queue.remove(at).unwrap_or(1)),
            10 => queue.rotate_left(at),
            11 => queue.rotate_right(at),
            12 if length > 1 => queue.swap(at % length, 0),
            13 => sum += queue.drain(at / 2..at).map(u64::from).sum::<u64>() * 5,
            14 => {
                let mut rest = queue.split_off(at);
                rest.push_front(step);
                queue.append(&mut rest);
            }
            15 => queue.retain(|value| value % 7 != step % 7),
            _ => queue.extend([step, step + 1]),
        }
        let (first, second) = queue.as_slices();
        let ends = (queue.front().copied(), queue.back().copied(), queue.get(at).copied());
        sum = mixed(sum, &format!("{ends:?} {} {}", first.len() + second.len(), queue.contains(&step)));
    }
    queue.iter_mut().for_each(|value| *value ^= 1);
    let part: Vec<u32> = queue.range(queue.len() / 3..).rev().copied().collect();
    queue.make_contiguous().sort_unstable();
    let found = queue.binary_search(&100).unwrap_or_else(|at| at + 1000);
    mixed(sum, &format!("{queue:?} {part:?} {found} {}", queue.partition_point(|value| *value < 50)))
}

fn made(input: u64) -> u64 {
    let queue: VecDeque<_> = (0..input % 9).collect();
    let mut other = VecDeque::from(vec![3, 1, 2]);
    other.extend(&queue);
    other.truncate(7);
    other.resize(8, 44);
    let order = queue.cmp(&other) as i8;
    let same = queue == [0, 1, 2] || other == vec![3, 1, 2, 44, 44, 44, 44, 44];
    let pairs: Vec<(u64, u64)> = queue.iter().copied().zip(other.iter().rev().copied()).collect();
    let list: Vec<u64> = other.clone().into();
    let third = other.iter().nth(3).copied();
    let back: Vec<u64> = other.into_iter().rev().skip(1).collect();
    mixed(0, &format!("{order} {same} {pairs:?} {list:?} {back:?} {third:?} {:#?}", queue))
}

struct Told(u32, Rc<RefCell<Vec<u32>>>);

impl Drop for Told {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

fn dropped(input: u64) -> u64 {
    let said = Rc::new(RefCell::new(Vec::new()));
    let mut queue = VecDeque::with_capacity(4);
    for number in 0..6 {
        queue.push_back(Told(number, said.clone()));
        queue.push_front(Told(number + 10, said.clone()));
    }
    drop(queue.drain(2..5));
    queue.truncate(7);
    let mut values = queue.into_iter();
    if input % 2 == 0 {
        drop(values.next_back());
    }
    drop(values);
    let told = format!("{said:?}");
    let said = said.borrow_mut();
    mixed(0, &format!("{said:?} {told}"))
}

fn without_size(input: u64) -> u64 {
    let mut queue: VecDeque<()> = VecDeque::new();
    for _ in 0..input {
        queue.push_front(());
        queue.push_back(());
    }
    queue.rotate_left(queue.len() / 2);
    let _ = queue.pop_back();
    (queue.len() + queue.iter().count()) as u64
}

pub fn run(input: u64) -> u64 {
    let sum = operations(input).wrapping_add(made(input)).wrapping_add(dropped(input)) + without_size(input);
    if input == 40 {
        let queue = VecDeque::from([1, 2]);
        return queue[input as usize];
    }
    if input == 17 {
        VecDeque::from([1]).insert(3, input);
    }
    sum
}
