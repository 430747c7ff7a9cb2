//! The engine on a source made of plain Rust: blocks, positions, outcomes, fade.

use super::*;

/// A source that runs a closure on each block and gives what it returns.
struct Fake<F>(F);

impl<F: FnMut(&mut Block) -> Call + Send> Source for Fake<F> {
    fn fill(&mut self, block: &mut Block) -> Call {
        (self.0)(block)
    }
}

fn call(swapped: bool, outcome: Outcome) -> Call {
    Call { generation: 7, swapped, outcome }
}

fn stereo() -> Format {
    Format::new(48_000, 2, 128).unwrap()
}

/// Every sample of a constant.
fn constant(value: f32) -> impl FnMut(&mut Block) -> Call + Send {
    move |block| {
        block.samples().fill(value);
        call(false, Outcome::Done)
    }
}

#[test]
fn a_buffer_is_cut_into_blocks_that_know_their_position() {
    let (seen, blocks) = std::sync::mpsc::channel();
    let mut engine = Engine::new(
        Fake(move |block: &mut Block| {
            seen.send((block.position(), block.frames(), block.channels())).unwrap();
            call(false, Outcome::Done)
        }),
        stereo(),
    );
    engine.fill(&mut [0.0; 300 * 2]);
    engine.fill(&mut [0.0; 100 * 2]);
    assert_eq!(
        blocks.try_iter().collect::<Vec<_>>(),
        [(0, 128, 2), (128, 128, 2), (256, 44, 2), (300, 100, 2)]
    );
    assert_eq!(engine.position(), 400);
    let reading = engine.meter().read();
    assert_eq!((reading.position, reading.generation), (400, 7));
}

#[test]
fn the_block_is_silent_before_live_code_sees_it() {
    let mut engine = Engine::new(
        Fake(|block: &mut Block| {
            assert!(block.samples().iter().all(|&sample| sample == 0.0));
            block.samples().fill(0.5);
            call(false, Outcome::Done)
        }),
        stereo(),
    );
    let mut buffer = [9.0; 512];
    engine.fill(&mut buffer);
    assert!(buffer.iter().all(|&sample| sample == 0.5));
}

#[test]
fn a_block_nobody_filled_is_silent_and_the_sound_fades_into_it() {
    let mut count = 0;
    let mut engine = Engine::new(
        Fake(move |block: &mut Block| {
            count += 1;
            block.samples().fill(0.5);
            // Half written, then panicked, with nothing to go back to.
            call(false, if count > 100 { Outcome::Silent } else { Outcome::Done })
        }),
        stereo(),
    );
    let mut buffer = vec![0.0; 128 * 2 * 108];
    engine.fill(&mut buffer);
    let left: Vec<f32> = buffer.iter().step_by(2).copied().collect();
    assert_eq!(left[12_799], 0.5);
    assert_eq!(left[12_800], 0.5, "the offset begins where the sound was");
    assert!(left[12_799..].windows(2).all(|pair| (pair[1] - pair[0]).abs() < 0.02));
    assert_eq!(left[left.len() - 1], 0.0);
    assert_eq!(engine.meter().read().rolled_back, 8);
    assert_eq!(engine.last_outcome(), Outcome::Silent);
}

#[test]
fn a_swap_that_jumps_leaves_without_a_click() {
    let mut count = 0;
    let mut engine = Engine::new(
        Fake(move |block: &mut Block| {
            count += 1;
            block.samples().fill(if count > 100 { -0.5 } else { 0.5 });
            call(count == 101, Outcome::Done)
        }),
        stereo(),
    );
    let mut buffer = vec![0.0; 128 * 2 * 110];
    engine.fill(&mut buffer);
    let left: Vec<f32> = buffer.iter().step_by(2).copied().collect();
    assert!(left[1..].windows(2).all(|pair| (pair[1] - pair[0]).abs() < 0.02));
    assert_eq!(left[left.len() - 1], -0.5);
}

#[test]
fn stop_fades_to_silence_and_then_calls_nothing() {
    let mut engine = Engine::new(Fake(constant(0.8)), stereo());
    let stop = engine.stop();
    let mut buffer = vec![0.0; 128 * 2];
    engine.fill(&mut buffer);
    stop.request();
    assert!(!stop.is_silent());
    let mut faded = Vec::new();
    while !stop.is_silent() {
        engine.fill(&mut buffer);
        faded.extend(buffer.iter().step_by(2).copied());
    }
    let fade = (FADE.as_secs_f64() * 48_000.0) as usize;
    assert!((fade..fade + 128).contains(&faded.len()));
    assert_eq!(faded[0], 0.8);
    assert!(faded.windows(2).all(|pair| pair[1] <= pair[0] && pair[0] - pair[1] < 0.001));
    let position = engine.position();
    engine.fill(&mut buffer);
    assert!(buffer.iter().all(|&sample| sample == 0.0));
    assert_eq!(engine.position(), position);
}

#[test]
fn numbers_out_of_range_are_refused_in_words() {
    for (rate, channels, block, expected) in
        [(100, 2, 128, "100 Hz"), (48_000, 0, 128, "0 channels"), (48_000, 2, 0, "block of 0")]
    {
        let error = Format::new(rate, channels, block).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OutOfRange);
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[test]
fn a_callback_is_measured() {
    let mut engine = Engine::new(Fake(constant(0.1)), stereo());
    engine.callback(&mut [0.0; 1024]);
    let reading = engine.meter().read();
    assert!(reading.load_peak > 0.0);
    assert_eq!(reading.position, 512);
}
