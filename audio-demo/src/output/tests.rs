//! Outputs on fake cards: a card that fails gives the engine back, and the song goes on.

use super::*;
use crate::block::Block;
use segue_runtime::{Call, Outcome};

/// Counts frames into the sound, so that a gap or a repetition would show.
struct Counting;

impl Source for Counting {
    fn fill(&mut self, block: &mut Block) -> Call {
        let position = block.position();
        for (frame, samples) in block.frames_mut().enumerate() {
            samples.fill(((position + frame as u64) % 1000) as f32 / 1000.0);
        }
        Call { generation: 1, swapped: false, outcome: Outcome::Done }
    }
}

fn engine() -> Engine<Counting> {
    // A high rate makes the paced device quick.
    Engine::new(Counting, Format::new(384_000, 2, 128).unwrap())
}

struct FakeStream {
    thread: Option<JoinHandle<()>>,
}

impl Stream for FakeStream {
    fn latency(&self) -> Duration {
        Duration::ZERO
    }
}

impl Drop for FakeStream {
    fn drop(&mut self) {
        self.thread.take().unwrap().join().unwrap();
    }
}

/// A card that plays some buffers and is then unplugged.
fn unplugged_after(buffers: usize) -> Start<Counting> {
    Box::new(move |mut lease, failures| {
        let thread = thread::spawn(move || {
            for _ in 0..buffers {
                lease.engine().callback(&mut [0.0; 2 * 300]);
            }
            failures.send("unplugged".to_owned()).unwrap();
        });
        Ok(Box::new(FakeStream { thread: Some(thread) }))
    })
}

fn wait_for(playing: &Playing, position: u64) {
    while playing.meter().position() < position {
        thread::yield_now();
    }
}

#[test]
fn a_card_that_disappears_is_reported_and_the_song_goes_on() {
    let playing = play_on(Some(unplugged_after(10)), engine()).unwrap();
    assert_eq!(playing.notices().recv(), Ok(Notice::Lost("unplugged".to_owned())));
    wait_for(&playing, 10 * 300 + 10_000);
    assert!(playing.finish(Duration::from_secs(60)));
}

#[test]
fn a_card_that_does_not_start_leaves_the_song_to_the_silent_device() {
    let start: Start<Counting> =
        Box::new(|_, _| Err(Error::new(ErrorKind::Device, "speaker: busy")));
    let playing = play_on(Some(start), engine()).unwrap();
    assert_eq!(playing.notices().recv(), Ok(Notice::Lost("speaker: busy".to_owned())));
    wait_for(&playing, 1000);
    assert!(playing.finish(Duration::from_secs(60)));
}

#[test]
fn the_silent_device_plays_until_it_is_finished() {
    let output = open(&Wanted { choice: Choice::Silent, ..Wanted::default() }).unwrap();
    assert_eq!((output.card(), output.silent_because()), (None, None));
    assert_eq!(output.format().sample_rate(), SAMPLE_RATE);
    let playing = output.play(engine()).unwrap();
    wait_for(&playing, 5000);
    assert!(playing.finish(Duration::from_secs(60)));
}

#[test]
fn dropping_ends_the_thread() {
    let playing = play_on(None, engine()).unwrap();
    wait_for(&playing, 1000);
    drop(playing);
}

#[test]
fn numbers_out_of_range_are_refused_before_anything_plays() {
    let wanted = Wanted { choice: Choice::Silent, block: 0, ..Wanted::default() };
    assert_eq!(open(&wanted).unwrap_err().kind(), ErrorKind::OutOfRange);
}
