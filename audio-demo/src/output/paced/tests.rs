//! A card that runs out stops, one that is asked to ends, and a period takes a period.

use super::*;
use crate::block::Block;
use crate::engine::Format;
use segue_runtime::{Call, Outcome};
use std::time::Duration;

struct Silence;

impl Source for Silence {
    fn fill(&mut self, _: &mut Block) -> Call {
        Call { generation: 1, swapped: false, outcome: Outcome::Done }
    }
}

fn engine() -> Engine<Silence> {
    Engine::new(Silence, Format::new(48_000, 1, 128).unwrap())
}

#[test]
fn a_card_whose_time_has_passed_runs_out_at_the_first_period() {
    let mut engine = engine();
    let long_ago = Instant::now() - Duration::from_secs(10);
    assert_eq!(play(&mut engine, &mut [0.0; PERIOD], long_ago), Ran::Out);
    assert_eq!(engine.position(), PERIOD as u64);
}

#[test]
fn a_card_that_is_silent_asks_for_nothing() {
    let mut engine = engine();
    engine.stop().silence();
    assert_eq!(play(&mut engine, &mut [0.0; PERIOD], Instant::now()), Ran::ToItsEnd);
    run(&mut engine);
    assert_eq!(engine.position(), 0);
}

#[test]
fn no_period_is_asked_for_before_its_room_is_free() {
    let mut engine = engine();
    let start = Instant::now() + Duration::from_millis(50);
    engine.stop().request();
    // The fade takes 60 ms, which is 12 periods, the first of which is free one period after the
    // start.
    play(&mut engine, &mut [0.0; PERIOD], start);
    assert!(Instant::now() >= start + engine.format().duration(engine.position()));
}
