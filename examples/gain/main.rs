//! A host in twenty lines: calls a live function once a second, and prints what each save does.
//!
//! `cargo run --example gain`, then edit and save `examples/gain/live.rs`.

use std::time::Duration;

use segue::Program;

fn main() -> Result<(), segue::Error> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/gain/live.rs");
    let program = Program::open(file)?;
    let gain = program.bind::<fn(f32) -> f32>("gain")?;
    let me = program.participant();
    println!("Edit and save {file}; Ctrl-C ends.");
    loop {
        println!("gain(1.0) = {}", gain.pin(&me).call(1.0));
        while let Ok(event) = program.events().recv_timeout(Duration::from_secs(1)) {
            println!("{event}");
        }
    }
}
