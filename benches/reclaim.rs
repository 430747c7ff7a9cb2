//! How long replaced code stays once the last thread has left it: from the moment at which the last
//! participant unpins until nothing waits any more. The promise is 100 ms.
//!
//! A participant pins, an edit replaces the function and drops the generation that it may be in, the
//! participant unpins, each time after another pause. In `reclaim.callers.C` so many other threads call
//! meanwhile, each under pins of its own: where they are more than the cores, one that was interrupted under
//! its pin is waited for as well. `reclaim.parked` is code that a thread is *not* in which blocks in a system call under its pin:
//! from the edit until nothing waits but what it is in.

mod measure;

use std::{
    error::Error,
    hint::black_box,
    io::Write,
    os::fd::AsRawFd,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use measure::{Outcome, figure, live::LiveFile};
use segue::Program;

const ROUNDS: usize = 200;
const CALLERS: [usize; 3] = [0, 1, 8];
/// More than any round should take.
const PATIENCE: Duration = Duration::from_secs(30);

fn text(edition: usize) -> String {
    format!(
        "unsafe extern \"C\" {{ fn read(fd: i32, at: *mut u8, count: usize) -> isize; }}
#[inline(never)] pub fn gain(x: u64) -> u64 {{ black_box(x) * 10 + {edition} }}
pub fn wait(fd: i32) -> isize {{ let mut byte = 0; unsafe {{ read(fd, &raw mut byte, 1) }} }}
use std::hint::black_box;
"
    )
}

fn main() -> Outcome {
    for callers in CALLERS {
        beside(callers)?;
    }
    parked()
}

fn open(file: &LiveFile) -> Result<Program, Box<dyn Error>> {
    Ok(file.remembering()?.history(1).open()?)
}

fn beside(callers: usize) -> Outcome {
    let file = LiveFile::new(&text(0))?;
    let program = open(&file)?;
    let gain = program.bind::<fn(u64) -> u64>("gain")?;
    let stop = AtomicBool::new(false);
    let millis = thread::scope(|scope| {
        for _ in 0..callers {
            let (gain, me, stop) = (&gain, program.participant(), &stop);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    black_box(gain.pin(&me).call(1));
                }
            });
        }
        let millis = unpin(&program);
        stop.store(true, Ordering::Relaxed);
        millis
    })?;
    figure(&format!("reclaim.callers.{callers}"), "ms", &millis);
    Ok(())
}

fn unpin(program: &Program) -> Result<Vec<f64>, Box<dyn Error>> {
    let me = program.participant();
    let mut millis = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS + 4 {
        wait_for(program, 0)?;
        let guard = me.pin();
        program.apply(&text((round + 1) % 4))?;
        if round < 4 {
            continue; // They wait for rustc, and fill the history.
        }
        let waiting = program.reclaimed().waiting;
        assert!(waiting > 0, "what was replaced is held by the pin");
        // The thread that reclaims may be anywhere in its pauses.
        thread::sleep(Duration::from_micros(round as u64 % 50 * 500));
        let started = Instant::now();
        drop(guard);
        wait_for(program, 0)?;
        millis.push(started.elapsed().as_secs_f64() * 1e3);
    }
    Ok(millis)
}

fn parked() -> Outcome {
    let file = LiveFile::new(&text(0))?;
    let program = open(&file)?;
    let wait = program.bind::<fn(i32) -> isize>("wait")?;
    let (reader, mut writer) = std::io::pipe()?;
    let millis = thread::scope(|scope| {
        let wait = &wait;
        let me = program.participant();
        scope.spawn(move || wait.pin(&me).call(reader.as_raw_fd()));
        let mut millis = Vec::with_capacity(ROUNDS);
        for round in 0..ROUNDS + 4 {
            program.apply(&text((round + 1) % 4))?;
            let started = Instant::now();
            wait_for(&program, 0)?;
            if round >= 4 {
                millis.push(started.elapsed().as_secs_f64() * 1e3);
            }
        }
        writer.write_all(&[0])?;
        Ok::<_, Box<dyn Error>>(millis)
    })?;
    assert!(program.reclaimed().ruled_out as usize >= ROUNDS, "the stacks told");
    figure("reclaim.parked", "ms", &millis);
    Ok(())
}

/// Until no more than so much waits.
fn wait_for(program: &Program, waiting: usize) -> Outcome {
    let started = Instant::now();
    while program.reclaimed().waiting > waiting {
        if started.elapsed() > PATIENCE {
            return Err(format!("still waiting: {:?}", program.reclaimed()).into());
        }
        thread::sleep(Duration::from_micros(50));
    }
    Ok(())
}
