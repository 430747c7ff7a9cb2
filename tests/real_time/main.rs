//! The promise of the call path: what runs on a calling thread allocates nothing, makes no system
//! call and executes no locked instruction, whatever is swapped meanwhile.
//!
//! Three witnesses watch a calling thread: an allocator that counts, a switch in the kernel that turns
//! system calls into signals (`kernel`), and the processor's single-step flag, which shows every
//! instruction that was executed (`processor`). Each has a test that it would notice. A lock shows
//! as a locked instruction before anything else: without contention it makes no system call.

mod allocator;
mod audio;
mod call_path;
mod instructions;
mod kernel;
mod optimised;
mod processor;
#[path = "../end_to_end/song.rs"]
#[allow(dead_code, reason = "shared with end_to_end, which uses all of it")]
mod song;
