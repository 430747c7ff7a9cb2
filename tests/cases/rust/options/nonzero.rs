//! `NonZero`: what it cannot be stands for `None`; its arithmetic, conversions and texts.
//# inputs: 0 1 2 3 4 7 200 255

use std::mem::size_of;
use std::num::{NonZero, NonZeroI8, NonZeroI32, NonZeroI64, NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128, NonZeroUsize};
use std::ptr::NonNull;
use std::rc::{Rc, Weak};

const FIVE: NonZeroU32 = NonZeroU32::new(5).unwrap();
const NOTHING: Option<NonZeroU8> = NonZeroU8::new(0);

struct Node {
    value: u64,
    next: Option<Box<Node>>,
}

fn sizes() -> u64 {
    let list = [
        size_of::<Option<NonZeroU8>>(),
        size_of::<Option<NonZeroU128>>(),
        size_of::<Option<NonZeroI64>>(),
        size_of::<Option<NonZero<usize>>>(),
        size_of::<Option<NonNull<u8>>>(),
        size_of::<Option<NonNull<[u8]>>>(),
        size_of::<Option<Box<u8>>>(),
        size_of::<Option<Box<str>>>(),
        size_of::<Option<Box<dyn Fn()>>>(),
        size_of::<Option<Vec<u8>>>(),
        size_of::<Option<String>>(),
        size_of::<Option<Rc<u64>>>(),
        size_of::<Option<Weak<u64>>>(),
        size_of::<Option<std::slice::Iter<'static, u8>>>(),
        size_of::<Result<NonZeroU16, ()>>(),
        size_of::<(Option<NonZeroU8>, u8)>(),
        size_of::<Node>(),
    ];
    list.iter().fold(0u64, |sum, size| sum.wrapping_mul(31).wrapping_add(*size as u64))
}

fn list(length: u64) -> u64 {
    let mut first: Option<Box<Node>> = None;
    for value in 0..length {
        first = Some(Box::new(Node { value, next: first.take() }));
    }
    let mut sum = 0;
    let mut at = &mut first;
    while let Some(node) = at {
        node.value += 1;
        sum = sum * 3 + node.value;
        if node.value == 3 {
            node.next = None;
        }
        at = &mut node.next;
    }
    let held = first.as_deref().map(|node| node.value).unwrap_or(77);
    sum.wrapping_add(held)
}

fn arithmetic(input: u64) -> Option<u64> {
    let one = NonZeroU8::new(input as u8)?;
    let sum = one.checked_add(100).map_or(0, NonZeroU8::get);
    let product = one.saturating_mul(FIVE.try_into().ok()?).get();
    let other = NonZeroU64::from(one) | 0x1000;
    let rest = 12345 % other + 54321 / NonZeroU64::from(one);
    let bits = one.leading_zeros() + one.trailing_zeros() * 10 + one.ilog2() * 100;
    let next = one.checked_next_power_of_two().map_or(0, |it| it.get());
    Some(u64::from(sum) + u64::from(product) * 1000 + rest * 7 + u64::from(bits) + u64::from(next) * 100_000)
}

fn signed(input: u64) -> u64 {
    let value = input as i8;
    let Some(value) = NonZeroI8::new(value) else { return 1 };
    let wide = NonZeroI32::from(value);
    let size = value.unsigned_abs().get() as u64;
    let text = format!("{value} {:?} {:04x} {}", -wide, value, value.is_negative());
    let order = (NonZeroI8::MIN < value) as u64 + (value.max(NonZeroI8::MAX).get() as u64) * 2;
    text.bytes().fold(size * 1000 + order, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
}

fn parsed(input: u64) -> u64 {
    let text = if input < 3 { "0".to_owned() } else { (input * 3).to_string() };
    match text.parse::<NonZeroU8>() {
        Ok(value) => value.get().into(),
        Err(error) => error.to_string().len() as u64 * 1000,
    }
}

fn narrowed(input: u64) -> u64 {
    let Some(wide) = NonZeroUsize::new(input as usize * 3) else { return 5 };
    match NonZeroU8::try_from(wide) {
        Ok(small) => small.get().into(),
        Err(error) => error.to_string().len() as u64 * 100,
    }
}

enum Slot {
    Free,
    Taken(NonZeroU32),
    Gone,
}

fn slots(input: u64) -> u64 {
    let slots = [Slot::Free, NonZeroU32::new(input as u32).map_or(Slot::Gone, Slot::Taken), Slot::Taken(FIVE)];
    slots.iter().map(|slot| match slot {
        Slot::Free => 1,
        Slot::Taken(number) if number.get() > 100 => 2,
        Slot::Taken(number) => u64::from(number.get()) * 10,
        Slot::Gone => 3,
    }).sum()
}

pub fn run(input: u64) -> u64 {
    let none = NOTHING.is_none() as u64;
    let sum = sizes() + none + list(input % 8) + signed(input) * 3 + parsed(input) + narrowed(input) + slots(input);
    let value = NonZeroU16::new(input as u16).expect("it is not zero");
    sum.wrapping_add(arithmetic(value.get().into()).unwrap_or(9))
}
