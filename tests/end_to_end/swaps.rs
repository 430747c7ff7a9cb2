//! Swaps: the sound changes at the block, and nothing else does.

use crate::song::{Song, assert_same, render};

const SINE: &str = "use prelude::*;
#[derive(Default)]
pub struct State { phase: f32, frames: u64 }
pub fn process(state: &mut State, block: &mut Block) {
    for frame in 0..block.frames() {
        state.phase = (state.phase + 440.0 / block.sample_rate()).fract();
        state.frames += 1;
        let sample = tone(state.phase) * 0.5;
        block.set(frame, sample, sample);
    }
}
#[inline(never)]
fn tone(phase: f32) -> f32 { (phase * std::f32::consts::TAU).sin() }
";

fn quieter() -> String {
    SINE.replace("* 0.5;", "* 0.25;")
}

#[test]
fn a_parameter_edit_keeps_the_phase() {
    let song = Song::new(SINE);
    let plain = render(&song, 1.0, &[]);
    let edited = render(&song, 1.0, &[(0.5, &quieter())]);
    let half: Vec<f32> = plain.from(0.6).iter().map(|sample| sample * 0.5).collect();
    assert_same(edited.until(0.49), plain.until(0.49), "nothing changes before the edit");
    assert_same(edited.from(0.6), &half, "half the level and the same phase");
    assert!(edited.news[0].contains("\"process\""), "{:?}", edited.news);
}

#[test]
fn a_called_function_is_swapped_alone() {
    let song = Song::new(SINE);
    let square = SINE.replace("(phase * std::f32::consts::TAU).sin()", "(phase - 0.5).signum()");
    let edited = render(&song, 1.0, &[(0.5, &square)]);
    assert!(edited.news[0].contains("changed: [\"tone\"]"), "{:?}", edited.news);
    assert!(edited.from(0.6).iter().all(|sample| sample.abs() == 0.5), "a square wave by now");
}

#[test]
fn a_swap_does_not_click() {
    let song = Song::new(SINE);
    let edited = render(&song, 1.0, &[(0.5, &quieter())]);
    // 440 Hz at half of full scale moves by at most 0.029 from one frame to the next.
    let left: Vec<f32> = edited.samples.iter().step_by(2).copied().collect();
    let largest = left.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
    assert!(largest < 0.04, "a step of {largest} is a click");
}

#[test]
fn a_failed_compile_leaves_the_output_bit_equal() {
    let song = Song::new(SINE);
    let plain = render(&song, 0.5, &[]);
    let typo = SINE.replace("tone(state.phase)", "tune(state.phase)");
    let edited = render(&song, 0.5, &[(0.2, &typo)]);
    assert!(edited.news[0].contains("cannot find function `tune`"), "{:?}", edited.news);
    assert!(edited.news[0].contains("song.rs:8:22"), "true place: {:?}", edited.news);
    assert_same(&plain.samples, &edited.samples, "the refused edit changes nothing");
}

#[test]
fn identity_edits_times_200_leave_the_render_bit_equal() {
    let song = Song::new(SINE);
    let plain = render(&song, 1.0, &[]);
    let texts: Vec<String> = (0..200).map(|n| format!("// edit {n}\n{SINE}\n// {n}\n")).collect();
    let edits: Vec<(f64, &str)> =
        texts.iter().enumerate().map(|(n, text)| (n as f64 * 0.005, text.as_str())).collect();
    let edited = render(&song, 1.0, &edits);
    let applied = edited.applied();
    assert_eq!(applied.len(), 200);
    assert!(applied.iter().all(|news| news.contains("changed: []")), "{:?}", applied[0]);
    assert_same(&plain.samples, &edited.samples, "the same code is the same sound");
}

#[test]
fn other_code_for_the_same_sound_times_200_leaves_the_render_bit_equal() {
    let song = Song::new(SINE);
    let plain = render(&song, 1.0, &[]);
    // Another instruction in the loop, the same arithmetic.
    let other = SINE.replace("state.frames += 1;", "state.frames += std::hint::black_box(1);");
    let edits: Vec<(f64, &str)> = (0..200)
        .map(|n| (0.002 + f64::from(n) * 0.0049, if n % 2 == 0 { other.as_str() } else { SINE }))
        .collect();
    let edited = render(&song, 1.0, &edits);
    let applied = edited.applied();
    assert_eq!(applied.len(), 200);
    assert!(applied.iter().all(|news| news.contains("changed: [\"process\"]")), "{}", applied[0]);
    assert_same(&plain.samples, &edited.samples, "two hundred real swaps change not one bit");
}

#[test]
fn a_render_is_the_same_to_the_bit_every_time() {
    let song = Song::new(SINE);
    let once = render(&song, 0.5, &[(0.25, &quieter())]);
    let twice = render(&song, 0.5, &[(0.25, &quieter())]);
    assert_same(&once.samples, &twice.samples, "deterministic");
}
