//! What a static has held since before the edit: functions, and methods of plain and generic types, mean the newest.
//# inputs: 0 1 2 3
//# held: 0
//# alone: { x + 1 } => { x * 3 + 2 }
//# optimised
//# alone: { x * 3 + 2 } => { x ^ 21 }
//# alone: leaf(x) * self.0 => leaf(x) * 5 + self.0
use std::sync::Mutex;
fn leaf(x: u64) -> u64 { x + 1 }
fn other(x: u64) -> u64 { leaf(x) * 2 }
fn generic<T: Copy + Into<u64>>(x: u64) -> u64 where T: Default { leaf(x) + T::default().into() }
trait Voice: Send { fn play(&self, x: u64) -> u64; }
struct Plain(u64);
impl Voice for Plain { fn play(&self, x: u64) -> u64 { leaf(x) * self.0 } }
struct Wide<T>(T);
impl<T: Copy + Into<u64> + Send> Voice for Wide<T> { fn play(&self, x: u64) -> u64 { leaf(x) + self.0.into() } }
static HOOKS: Mutex<Vec<fn(u64) -> u64>> = Mutex::new(Vec::new());
static VOICES: Mutex<Vec<Box<dyn Voice>>> = Mutex::new(Vec::new());
pub fn run(input: u64) -> u64 {
    match input {
        0 => {
            *HOOKS.lock().unwrap() = vec![leaf, other, generic::<u8>];
            *VOICES.lock().unwrap() = vec![Box::new(Plain(3)), Box::new(Wide(4u8))];
            0
        }
        1 => HOOKS.lock().unwrap().iter().fold(0, |sum, hook| sum * 100 + hook(input)),
        2 => VOICES.lock().unwrap()[0].play(input),
        _ => VOICES.lock().unwrap()[1].play(input),
    }
}
