//! Statics that name functions alone: those are reached by their slots.
//# inputs: 0 1 2
//# alone: { x + 1 } => { x * 3 + 2 }
//# optimised
//# alone: { x * 3 + 2 } => { x ^ 21 }
use std::sync::atomic::{AtomicPtr, Ordering};
fn leaf(x: u64) -> u64 { x + 1 }
fn other(x: u64) -> u64 { leaf(x) * 2 }
static TABLE: [fn(u64) -> u64; 2] = [leaf, other];
static HOOK: AtomicPtr<()> = AtomicPtr::new(other as *mut ());
trait Voice: Sync { fn play(&self, x: u64) -> u64; fn twice(&self, x: u64) -> u64 { self.play(x) + leaf(x) } }
struct Plain;
impl Voice for Plain { fn play(&self, x: u64) -> u64 { leaf(x) + 50 } fn twice(&self, x: u64) -> u64 { leaf(leaf(x)) } }
static VOICE: &dyn Voice = &Plain;
pub fn run(input: u64) -> u64 {
    match input {
        0 => TABLE.iter().map(|f| f(6)).sum(),
        1 => { let hook: fn(u64) -> u64 = unsafe { std::mem::transmute(HOOK.load(Ordering::Relaxed)) }; hook(4) }
        _ => VOICE.play(input) + VOICE.twice(input),
    }
}
