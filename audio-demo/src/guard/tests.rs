//! Clean sound passes bit for bit; everything else leaves finite, in range and without a click.

use super::*;

const RATE: u32 = 48_000;

fn sine(hz: f32, gain: f32, from: usize, frames: usize) -> Vec<f32> {
    (from..from + frames)
        .map(|n| gain * (std::f32::consts::TAU * hz * n as f32 / RATE as f32).sin())
        .collect()
}

fn largest_step(samples: &[f32]) -> f32 {
    samples.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

/// Passes `before` without and `after` with a possible seam, in blocks of 128; what left.
fn across_seam(before: &[f32], after: &[f32]) -> Vec<f32> {
    let mut guard = Guard::new(1, RATE);
    let mut left = Vec::new();
    for (sound, first) in [(before, Seam::None), (after, Seam::Possible)] {
        let mut seam = first;
        for block in sound.chunks(128) {
            let mut block = block.to_vec();
            guard.process(&mut block, seam);
            left.extend(block);
            seam = Seam::None;
        }
    }
    left
}

#[test]
fn a_swap_that_continues_the_sound_changes_no_bit() {
    let whole = sine(440.0, 0.7, 0, 2048);
    assert_eq!(across_seam(&whole[..1024], &whole[1024..]), whole);
}

#[test]
fn a_saw_that_falls_exactly_on_the_seam_is_left_alone() {
    let saw: Vec<f32> = (0..4096).map(|n| (n % 512) as f32 / 256.0 - 1.0).collect();
    assert_eq!(across_seam(&saw[..2048], &saw[2048..]), saw);
}

#[test]
fn noise_that_begins_on_the_seam_is_left_alone() {
    let mut seed = 1_u32;
    let mut after = Vec::new();
    for _ in 0..1024 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        after.push(0.4 * (seed as f32 / u32::MAX as f32 - 0.5));
    }
    let silence = vec![0.0; 1024];
    assert_eq!(across_seam(&silence, &after)[1024..], after);
}

#[test]
fn a_louder_sound_begins_without_a_step_larger_than_its_own() {
    // The seam lies on a crest, where the jump is largest and the slope smallest.
    let before = sine(187.5, 0.3, 0, 1024 + 64);
    let after = sine(187.5, 0.6, 1024 + 64, 1024);
    let unguarded: Vec<f32> = before.iter().chain(&after).copied().collect();
    let left = across_seam(&before, &after);
    assert!(largest_step(&unguarded) > 0.25);
    assert!(largest_step(&left) <= largest_step(&after) * 1.1, "{}", largest_step(&left));
}

#[test]
fn the_offset_is_gone_after_its_decay_to_the_last_bit() {
    let before = vec![0.5; 1024];
    let after = vec![-0.25; 1024];
    let left = across_seam(&before, &after);
    let decay = (DECAY.as_secs_f64() * f64::from(RATE)) as usize;
    assert_eq!(left[1024], 0.5);
    assert!(left[1024..1024 + decay].windows(2).all(|pair| pair[1] <= pair[0]));
    assert_eq!(left[1024 + decay..], after[decay..]);
}

#[test]
fn without_a_seam_a_jump_is_the_songs_own() {
    let mut guard = Guard::new(1, RATE);
    let mut block = vec![0.0, 0.0, 1.0, -1.0, 0.0];
    guard.process(&mut block, Seam::None);
    assert_eq!(block, [0.0, 0.0, 1.0, -1.0, 0.0]);
}

#[test]
fn what_is_not_finite_fades_to_silence_and_is_counted() {
    let mut guard = Guard::new(2, RATE);
    let mut sound = vec![0.5; 256];
    guard.process(&mut sound, Seam::None);
    let mut broken: Vec<f32> = [f32::NAN, 0.5].repeat(512);
    broken[2] = f32::INFINITY;
    broken[4] = f32::NEG_INFINITY;
    let counts = guard.process(&mut broken, Seam::None);
    assert_eq!(counts, Counts { silenced: 512, clipped: 0 });
    let left: Vec<f32> = broken.iter().step_by(2).copied().collect();
    assert_eq!(left[0], 0.5, "the fade begins where the sound was");
    assert!(largest_step(&left) < 0.02);
    assert_eq!(left[511], 0.0);
    assert!(
        broken.iter().skip(1).step_by(2).all(|&sample| sample == 0.5),
        "the other channel plays on"
    );
}

#[test]
fn a_burst_is_clipped_and_counted() {
    let mut guard = Guard::new(1, RATE);
    let mut block = vec![0.5, 1e30, -3.0, 1.0, -1.0];
    let counts = guard.process(&mut block, Seam::None);
    assert_eq!(block, [0.5, 1.0, -1.0, 1.0, -1.0]);
    assert_eq!(counts, Counts { silenced: 0, clipped: 2 });
}

#[test]
fn a_second_seam_during_the_decay_starts_from_what_is_heard() {
    let mut guard = Guard::new(1, RATE);
    let mut first = vec![0.8; 128];
    let mut second = vec![-0.8; 128];
    let mut third = vec![0.4; 512];
    guard.process(&mut first, Seam::None);
    // The very first sample stepped from silence to 0.8: let the window forget it.
    for _ in 0..100 {
        guard.process(&mut first.clone(), Seam::None);
    }
    guard.process(&mut second, Seam::Possible);
    guard.process(&mut third, Seam::Possible);
    let left: Vec<f32> = first.iter().chain(&second).chain(&third).copied().collect();
    assert!(largest_step(&left) < 0.03, "{}", largest_step(&left));
    assert_eq!(left[left.len() - 1], 0.4);
}
