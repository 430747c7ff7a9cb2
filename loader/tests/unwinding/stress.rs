//! Threads that throw and panic through live frames while another links, swaps and reclaims.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use segue_loader::{Linked, Memory, SlotIndex};

use crate::common::{Program, compile, rust};
use crate::cpp::{Function, folder, host};

const GENERATIONS: u64 = 3;
const SWAPS: usize = 100;
const THROWERS: usize = 3;

/// A live function that calls a private one that calls the leaf through its slot, which panics with
/// the argument if that is odd, and with its generation.
fn panicking(generation: u64) -> Vec<u8> {
    rust(&format!(
        r#"
        struct Note<'a>(&'a mut u64);
        impl Drop for Note<'_> {{ fn drop(&mut self) {{ *self.0 += 1; }} }}
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_leaf(x: u64) -> u64 {{
            let kept = vec![x; {generation}];
            if x % 2 == 1 {{ std::panic::resume_unwind(Box::new((x, kept.len() as u64))) }}
            x
        }}
        #[inline(never)] fn private(x: u64, drops: &mut u64) -> u64 {{
            let note = Note(drops);
            let y = live_leaf(std::hint::black_box(x));
            *note.0 += y * 0 * {generation};
            y
        }}
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_root(x: u64, drops: &mut u64) -> u64 {{
            let note = Note(drops);
            private(x, note.0) + {generation}
        }}
        "#
    ))
}

/// The same in C++, which throws 10 times the argument and the generation.
fn throwing(generation: u64) -> Vec<u8> {
    let source = format!(
        r#"
        #include "exceptions.hpp"
        extern "C" int live_thrower(int x, long *trace) {{
            Note note{{trace, {generation}}};
            if (x % 2) throw Derived(10 * x + {generation});
            return 10 * x + {generation};
        }}
        __attribute__((noinline)) static int pass(int x, long *trace) {{
            Note note{{trace, 1}};
            return live_thrower(x, trace) + 0 * {generation};
        }}
        extern "C" int live_passer(int x, long *trace) {{
            try {{ return pass(x, trace); }} catch (Base &base) {{ base.value += {generation}00; throw; }}
        }}
        "#
    );
    compile("g++", "cpp", &source, &[&format!("-I{}", folder().display())])
}

/// What the throwers and the swapper share.
struct Shared {
    /// Keeps the slots.
    memory: Arc<Memory>,
    root: SlotIndex,
    passer: SlotIndex,
    /// Per thrower: odd while it may be in live code.
    inside: [AtomicU64; THROWERS],
    stop: AtomicBool,
}

impl Shared {
    fn slot(&self, index: SlotIndex) -> &AtomicUsize {
        let words = self.memory.slot_words();
        // SAFETY: the table has this slot, is kept by `memory` and used as atomics only.
        unsafe { AtomicUsize::from_ptr(words.cast::<usize>().add(index.0 as usize).as_ptr()) }
    }

    /// Runs `call` with the entry in a slot, which stays until it returns.
    fn enter<T>(&self, own: usize, slot: SlotIndex, call: impl FnOnce(usize) -> T) -> T {
        // Sequentially consistent, as is the swapper's side: either it sees this thread inside, or
        // this thread sees the new entry.
        self.inside[own].fetch_add(1, Ordering::SeqCst);
        let result = call(self.slot(slot).load(Ordering::SeqCst));
        self.inside[own].fetch_add(1, Ordering::SeqCst);
        result
    }

    /// Panics through live code until told to stop; how many were caught.
    fn panic(&self, own: usize) -> u64 {
        let (mut caught, mut x) = (0, own as u64);
        while !self.stop.load(Ordering::Relaxed) || caught == 0 {
            x += 1;
            let mut drops = 0;
            let result = self.enter(own, self.root, |entry| {
                // SAFETY: the source's signature; the swapper waits for this thread.
                let root: extern "C-unwind" fn(u64, &mut u64) -> u64 =
                    unsafe { std::mem::transmute::<usize, _>(entry) };
                catch_unwind(AssertUnwindSafe(|| root(x, &mut drops)))
            });
            assert_eq!(drops, 2, "both frames were left");
            match result {
                Ok(sum) => assert!(x % 2 == 0 && (x + 1..=x + GENERATIONS).contains(&sum)),
                Err(payload) => {
                    let (thrown, length) = *payload.downcast::<(u64, u64)>().unwrap();
                    assert!(x % 2 == 1 && thrown == x, "{thrown} of {x}");
                    assert!((1..=GENERATIONS).contains(&length));
                    caught += 1;
                }
            }
        }
        caught
    }

    /// The same with C++ exceptions, which the host catches.
    fn throw(&self, own: usize) -> u64 {
        let catch = host();
        let (mut caught, mut x) = (0, 0);
        while !self.stop.load(Ordering::Relaxed) || caught == 0 {
            x = (x + 1) % 10;
            let mut trace = 0;
            let result = self.enter(own, self.passer, |entry| {
                // SAFETY: the source's signature; the swapper waits for this thread.
                let passer = unsafe { std::mem::transmute::<usize, Function>(entry) };
                catch(passer, x, &mut trace)
            });
            let (leaf, outer) = (trace / 10, trace % 10);
            assert!((1..=GENERATIONS as i64).contains(&leaf) && outer == 1, "{trace}");
            if x % 2 == 0 {
                assert_eq!(i64::from(result), i64::from(10 * x) + leaf);
                continue;
            }
            let thrown = result - 1000;
            assert_eq!((i64::from(thrown % 10), thrown % 100 / 10), (leaf, x), "{result}");
            assert!((1..=GENERATIONS as i32).contains(&(thrown / 100)), "{result}");
            caught += 1;
        }
        caught
    }

    /// Waits until every thread that may have been in older code has left it.
    fn grace(&self) {
        for inside in &self.inside {
            let before = inside.load(Ordering::SeqCst);
            while before % 2 == 1 && inside.load(Ordering::SeqCst) == before {
                std::thread::yield_now();
            }
        }
    }
}

#[test]
fn what_is_thrown_is_caught_while_another_thread_swaps_and_reclaims() {
    host();
    let objects: Vec<_> = (1..=GENERATIONS).map(|it| [panicking(it), throwing(it)]).collect();
    let mut program = Program::with_std();
    objects[0].iter().for_each(|object| program.swap(object.clone()));
    let shared = Shared {
        memory: Arc::clone(&program.memory),
        root: program.table.index("live_root"),
        passer: program.table.index("live_passer"),
        inside: Default::default(),
        stop: AtomicBool::new(false),
    };
    let caught: Vec<u64> = std::thread::scope(|scope| {
        let throwers = [0, 1].map(|own| {
            let shared = &shared;
            scope.spawn(move || shared.panic(own))
        });
        let cpp = scope.spawn(|| shared.throw(THROWERS - 1));
        let mut settled = None;
        for round in 0..SWAPS {
            for object in &objects[round % objects.len()] {
                swap(&mut program, &shared, object.clone());
            }
            if round % objects.len() == 0 && round > objects.len() {
                let now = program.memory.usage().described;
                assert_eq!(*settled.get_or_insert(now), now, "units known in round {round}");
            }
        }
        shared.stop.store(true, Ordering::Relaxed);
        throwers.into_iter().chain([cpp]).map(|it| it.join().unwrap()).collect()
    });
    assert!(caught.iter().all(|caught| *caught > 0), "{caught:?}");
    let memory = Arc::clone(&program.memory);
    drop(program);
    assert_eq!(memory.usage().described, 0, "nothing stays known to the unwinder");
}

/// Links and publishes all functions of the object, and reclaims the replaced ones.
fn swap(program: &mut Program, shared: &Shared, object: Vec<u8>) {
    let linked = program.link(object).unwrap();
    for linked in &linked {
        let slot = program.table.index(linked.name());
        shared.slot(slot).store(linked.entry(), Ordering::SeqCst);
    }
    shared.grace();
    let old: Vec<Option<Linked>> =
        linked.into_iter().map(|it| program.live.insert(it.name().to_owned(), it)).collect();
    assert_eq!(old.iter().flatten().count(), 2);
}
