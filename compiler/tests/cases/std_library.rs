//! The whole standard library compiles.
//# function: process fn(&mut State)
//# state: State map: HashMap<u32, f32>, worker: Option<JoinHandle<()>>, count: AtomicU32
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

thread_local! {
    static LOCAL: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

#[derive(Default)]
pub struct State {
    map: HashMap<u32, f32>,
    worker: Option<std::thread::JoinHandle<()>>,
    count: AtomicU32,
}

pub fn process(state: &mut State) {
    LOCAL.set(LOCAL.get() + 1);
    println!("{}", LOCAL.get());
    state.map.insert(LOCAL.get(), 1.0);
    state.count.fetch_add(1, Ordering::Relaxed);
    state.worker = Some(std::thread::spawn(|| {}));
}
