//! Adapters do nothing until they are asked, ask no more than needed, and in order.
pub fn run(input: u64) -> u64 {
    let mut log = 0u64;
    let mut say = |mark: u64| log = log.wrapping_mul(13) + mark;
    let source = std::cell::Cell::new(0u64);
    let asked = std::iter::from_fn(|| { source.set(source.get() + 1); Some(source.get()) });
    let mut chain = asked.map(|x| x * 2).filter(|x| x % 3 != 0).enumerate();
    say(source.get());
    let first = chain.next().map_or(0, |(i, x)| i as u64 + x);
    say(source.get());
    let found = chain.by_ref().find(|(_, x)| *x > input * 5);
    say(source.get());
    let any = chain.any(|(i, _)| i > 6);
    say(source.get());
    let order = std::cell::Cell::new(0u64);
    let zipped = (1..4).map(|x| { order.set(order.get() * 10 + x); x }).zip((5..8).map(|x| { order.set(order.get() * 10 + x); x }));
    let pairs: u64 = zipped.map(|(x, y)| x * y).sum();
    say(order.get());
    drop(chain.map(|_| unreachable!("nobody asks")));
    log ^ first << 40 ^ found.map_or(0, |(i, x)| i as u64 + x) << 44 ^ any as u64 ^ pairs << 55
}
