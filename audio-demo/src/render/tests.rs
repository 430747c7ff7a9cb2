//! Edits land before the block that contains them; a render has no clock.

use super::*;
use segue_runtime::Call;
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Plays the number it is told, as an edit would.
struct Told(Arc<AtomicU32>);

impl Source for Told {
    fn fill(&mut self, block: &mut Block) -> Call {
        let value = self.0.load(Ordering::Relaxed) as f32 / 1000.0;
        block.samples().fill(value);
        Call { generation: 1, swapped: false, outcome: Outcome::Done }
    }
}

fn format() -> Format {
    Format::new(48_000, 2, 128).unwrap()
}

fn edit(nanos: u64, file: &str) -> Edit {
    Edit { at: Duration::from_nanos(nanos), file: file.into() }
}

/// Renders `length` with each edit setting the number that its file name is; the left channel.
fn rendered(length: Duration, edits: Vec<Edit>) -> Vec<f32> {
    let told = Arc::new(AtomicU32::new(0));
    let mut engine = Engine::new(Told(Arc::clone(&told)), format());
    let mut sound = Vec::new();
    Render::new(format(), length, edits)
        .unwrap()
        .drive(
            &mut engine,
            |edit| told.store(edit.file.to_str().unwrap().parse().unwrap(), Ordering::Relaxed),
            |samples| {
                sound.extend(samples.iter().step_by(2));
                Ok(())
            },
        )
        .unwrap();
    sound
}

#[test]
fn an_edit_is_heard_from_the_block_that_contains_its_time() {
    // Frame 1,000 lies in the block that begins at frame 896.
    let sound = rendered(Duration::from_millis(100), vec![edit(20_833_334, "5")]);
    assert_eq!(sound.len(), 4800);
    assert!(sound[..896].iter().all(|&sample| sample == 0.0));
    assert!(sound[896..].iter().all(|&sample| sample == 0.005));
}

#[test]
fn an_edit_on_the_first_frame_of_a_block_belongs_to_that_block() {
    // 1,024 frames are exactly 8 blocks: 21.333... ms, rounded up to the nanosecond.
    let sound = rendered(Duration::from_millis(100), vec![edit(21_333_334, "5")]);
    assert_eq!(sound.iter().position(|&sample| sample != 0.0), Some(1024));
}

#[test]
fn edits_apply_in_the_order_of_their_times_and_all_at_the_start() {
    let edits = vec![edit(50_000_000, "3"), edit(0, "1"), edit(0, "2")];
    let sound = rendered(Duration::from_millis(100), edits);
    assert_eq!(sound[0], 0.002);
    assert_eq!(sound[4799], 0.003);
}

#[test]
fn the_last_block_is_as_short_as_it_must_be() {
    assert_eq!(rendered(Duration::from_millis(1), Vec::new()).len(), 48);
    assert_eq!(rendered(Duration::ZERO, Vec::new()).len(), 0);
}

#[test]
fn an_edit_beyond_the_end_is_refused_with_its_file() {
    let error = Render::new(format(), Duration::from_secs(1), vec![edit(1_000_000_000, "late.rs")])
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OutOfRange);
    assert!(error.to_string().contains("late.rs"), "{error}");
}

#[test]
fn a_sink_that_fails_ends_the_render() {
    let calls = Cell::new(0);
    let mut engine = Engine::new(Told(Arc::default()), format());
    let full = Error::new(ErrorKind::Wav, "disk full");
    let result = Render::new(format(), Duration::from_secs(1), Vec::new()).unwrap().drive(
        &mut engine,
        |_| {},
        |_| {
            calls.set(calls.get() + 1);
            Err(full.clone())
        },
    );
    assert_eq!(result.unwrap_err(), full);
    assert_eq!(calls.get(), 1);
}
