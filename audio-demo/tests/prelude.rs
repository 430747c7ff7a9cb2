//! The prelude as songs use it: blocks of any channel count, pitches, levels and times that are what they
//! say, memories that forget bad input, and a clock that a new tempo does not make jump.

#[path = "../prelude/mod.rs"]
pub mod prelude;

use prelude::*;

const RATE: f32 = 48_000.0;

fn with_block(channels: usize, frames: usize, fill: impl FnOnce(&mut Block)) -> Vec<f32> {
    let mut samples = vec![0.0; channels * frames];
    // SAFETY: the vector holds that many samples and is not used again before the block is gone.
    let mut block =
        unsafe { Block::from_raw(samples.as_mut_ptr(), frames, channels, RATE, 96_000) };
    fill(&mut block);
    samples
}

#[test]
fn a_stereo_pair_fits_any_channel_count() {
    let fill = |block: &mut Block| {
        block.set(0, 1.0, 1.0);
        block.set(0, 0.5, -0.25);
        block.add(0, 0.25, 0.25);
    };
    assert_eq!(with_block(0, 1, fill), []);
    assert_eq!(with_block(1, 1, fill), [0.375]);
    assert_eq!(with_block(2, 1, fill), [0.75, 0.0]);
    assert_eq!(with_block(4, 1, fill), [0.75, 0.0, 0.0, 0.0]);
}

#[test]
fn a_block_knows_its_shape() {
    with_block(2, 3, |block| {
        assert_eq!((block.frames(), block.channels(), block.position()), (3, 2, 96_000));
        assert_eq!((block.sample_rate(), block.time()), (RATE, 2.0));
        assert_eq!(block.samples().len(), 6);
        assert_eq!(block.frames_mut().map(|frame| frame.len()).collect::<Vec<_>>(), [2, 2, 2]);
    });
    with_block(2, 0, |block| assert_eq!(block.frames_mut().count(), 0));
    with_block(0, 4, |block| assert_eq!(block.frames_mut().count(), 0));
}

#[test]
#[should_panic(expected = "frame 2 of a block of 2 frames")]
fn a_frame_beyond_the_block_is_refused() {
    with_block(2, 2, |block| block.set(2, 0.0, 0.0));
}

#[test]
fn waves_are_centred_bounded_and_keep_the_phase() {
    type Wave = fn(&mut Oscillator, f32) -> f32;
    let waves: [Wave; 5] = [
        |o, hz| o.sine(hz, RATE),
        |o, hz| o.saw(hz, RATE),
        |o, hz| o.square(hz, RATE),
        |o, hz| o.triangle(hz, RATE),
        |o, hz| o.pulse(hz, 0.5, RATE),
    ];
    for hz in [48.0, 480.0, 4_800.0, 9_600.0] {
        let mut phases = Vec::new();
        for wave in waves {
            let mut oscillator = Oscillator::default();
            let sound: Vec<f32> = (0..48_000).map(|_| wave(&mut oscillator, hz)).collect();
            assert!(sound.iter().all(|x| x.abs() <= 1.02), "{hz} Hz");
            let mean = sound.iter().sum::<f32>() / 48_000.0;
            assert!(mean.abs() < 0.003, "{hz} Hz: mean {mean}");
            phases.push(oscillator.advance(0.0, RATE));
        }
        assert!(phases.iter().all(|phase| *phase == phases[0]), "{phases:?}");
    }
}

#[test]
fn a_saw_is_cleaner_than_a_naive_one() {
    // Energy at a frequency that only aliases can have: 5 kHz has harmonics at multiples of 5 kHz only.
    let alias = |sound: &[f32]| {
        let (mut re, mut im) = (0.0f64, 0.0f64);
        for (index, x) in sound.iter().enumerate() {
            let angle = index as f64 * 3_000.0 / 48_000.0 * std::f64::consts::TAU;
            re += f64::from(*x) * angle.cos();
            im += f64::from(*x) * angle.sin();
        }
        re.hypot(im) / sound.len() as f64
    };
    let mut oscillator = Oscillator::default();
    let clean: Vec<f32> = (0..48_000).map(|_| oscillator.saw(5_000.0, RATE)).collect();
    let naive: Vec<f32> =
        (0..48_000).map(|_| 2.0 * oscillator.advance(5_000.0, RATE) - 1.0).collect();
    assert!(alias(&clean) < alias(&naive) * 0.3, "{} {}", alias(&clean), alias(&naive));
}

#[test]
fn bad_pitches_leave_the_phase_alone() {
    let mut oscillator = Oscillator::at(0.25);
    oscillator.sine(f32::NAN, RATE);
    oscillator.saw(f32::INFINITY, RATE);
    oscillator.triangle(f32::NEG_INFINITY, RATE);
    assert!(oscillator.pulse(f32::NAN, f32::NAN, RATE).abs() <= 1.02);
    assert_eq!(oscillator.advance(0.0, RATE), 0.25);
}

#[test]
fn noise_is_the_same_every_time_and_differs_by_seed() {
    let take = |seed| {
        let mut noise = Noise::seeded(seed);
        (0..10_000).map(|_| (noise.white(), noise.pink())).collect::<Vec<_>>()
    };
    assert_eq!(take(1), take(1));
    assert_ne!(take(1), take(2));
    assert!(take(0).iter().all(|(white, pink)| white.abs() <= 1.0 && pink.abs() <= 1.5));
    let mean = take(3).iter().map(|(white, _)| white).sum::<f32>() / 10_000.0;
    assert!(mean.abs() < 0.03, "{mean}");
    let taken = (0..10_000).filter(|step| chance(*step, 4) < 0.2).count();
    assert!((1_800..2_200).contains(&taken), "{taken}");
}

#[test]
fn a_decay_falls_by_60_db_in_its_time_and_rests_are_silent() {
    let mut decay = Decay::default();
    decay.strike(1.0);
    let levels: Vec<f32> = (0..48_000).map(|_| decay.next(0.5, RATE)).collect();
    assert!(levels[100] > 0.85 && levels[0] < 0.05);
    assert!((0.0008..0.0012).contains(&levels[24_000]), "{}", levels[24_000]);
    decay.strike(1.0);
    let before = (0..1_000).map(|_| decay.next(0.5, RATE)).last();
    decay.strike(0.0);
    assert!(Some(decay.next(0.5, RATE)) > before.map(|level| level * 0.99));
}

#[test]
fn an_envelope_goes_through_its_four_parts() {
    let shape = Adsr { attack: 0.1, decay: 0.1, sustain: 0.5, release: 0.2 };
    let mut envelope = Envelope::default();
    let mut run = |gate, frames| (0..frames).map(|_| envelope.next(gate, &shape, RATE)).last();
    assert!(run(true, 2_400).is_some_and(|level| (level - 0.5).abs() < 0.01));
    assert!(run(true, 2_410).is_some_and(|level| level > 0.9));
    assert!(run(true, 9_600).is_some_and(|level| (level - 0.5).abs() < 0.01));
    assert!(run(false, 9_600).is_some_and(|level| level < 0.001));
    assert_eq!(run(false, 48_000), Some(0.0));
}

/// The level of a sine of `hz` after a filter, once it has settled.
fn response(hz: f32, mut filter: impl FnMut(f32) -> f32) -> f32 {
    let mut oscillator = Oscillator::default();
    let sound: Vec<f32> = (0..48_000).map(|_| filter(oscillator.sine(hz, RATE))).collect();
    sound[24_000..].iter().fold(0.0, |peak, x| x.abs().max(peak))
}

#[test]
fn filters_pass_what_they_should() {
    let mut filter = Filter::default();
    assert!((response(50.0, |x| filter.low(x, 1_000.0, 0.3, RATE)) - 1.0).abs() < 0.01);
    assert!(response(10_000.0, |x| filter.low(x, 1_000.0, 0.3, RATE)) < 0.02);
    assert!((response(10_000.0, |x| filter.high(x, 1_000.0, 0.3, RATE)) - 1.0).abs() < 0.03);
    assert!(response(50.0, |x| filter.high(x, 1_000.0, 0.3, RATE)) < 0.01);
    assert!((response(1_000.0, |x| filter.band(x, 1_000.0, 0.9, RATE)) - 1.0).abs() < 0.01);
    let mut pole = OnePole::default();
    let half_power = response(1_000.0, |x| pole.low(x, 1_000.0, RATE));
    assert!((half_power - 0.707).abs() < 0.01, "{half_power}");
}

#[test]
fn a_filter_survives_wild_modulation_and_bad_input() {
    let mut filter = Filter::default();
    let mut noise = Noise::default();
    for _ in 0..100_000 {
        let hz = 20_000.0 * noise.white().abs();
        let out = filter.low(noise.white(), hz, 1.0, RATE);
        assert!(out.abs() < 100.0, "{out}");
    }
    for bad in [f32::NAN, f32::INFINITY] {
        filter.low(bad, 1_000.0, 0.5, RATE);
        filter.low(0.1, bad, 0.5, RATE);
        filter.low(0.1, 1_000.0, bad, RATE);
        filter.low(0.1, 1_000.0, 0.5, RATE);
        assert!(filter.low(0.1, 1_000.0, 0.5, RATE).is_finite());
    }
}

#[test]
fn a_delay_returns_what_was_written() {
    let mut delay = Delay::with_frames(1_000);
    let heard: Vec<f32> = (0..600)
        .map(|frame| {
            let heard = delay.read(100.0 / RATE, RATE);
            delay.write(frame as f32);
            heard
        })
        .collect();
    assert!((heard[500] - 400.0).abs() < 0.01, "{}", heard[500]);
    // A ramp has no curvature: between frames the sound lies between them.
    assert!((delay.read(100.5 / RATE, RATE) - 499.5).abs() < 0.01);
    for bad in [f32::NAN, f32::INFINITY, -1.0, 1e9] {
        assert!(delay.read(bad, RATE).is_finite());
    }
    delay.write(f32::NAN);
    assert_eq!(delay.ago(1), 0.0);
}

#[test]
fn echo_and_room_die_away() {
    let mut echo = Delay::default();
    let mut room = Reverb::default();
    let mut sound = |input: f32| {
        let (left, right) = room.next((input, input), 1.0, 8_000.0, RATE);
        echo.echo(input, 0.01, 0.5, RATE).abs() + left.abs() + right.abs()
    };
    sound(1.0);
    let early = (0..24_000).map(|_| sound(0.0)).fold(0.0, f32::max);
    let late = (0..96_000).map(|_| sound(0.0)).skip(72_000).fold(0.0, f32::max);
    assert!(early > 0.1 && late < early * 0.001, "{early} {late}");
}

#[test]
fn the_clock_counts_steps_and_a_new_tempo_goes_on_from_the_beat() {
    let mut clock = Clock::default();
    let mut steps = Vec::new();
    for frame in 0..48_000 {
        clock.tick(120.0, RATE);
        if let Some(step) = clock.step(4.0) {
            steps.push((step.index, frame));
        }
    }
    assert_eq!(steps[0], (0, 0));
    assert_eq!(steps.len(), 8);
    assert!(steps.windows(2).all(|pair| pair[1].1 - pair[0].1 == 6_000), "{steps:?}");
    let before = clock.beats();
    clock.tick(60.0, RATE);
    clock.tick(60.0, RATE);
    assert!(clock.beats() - before < 0.0001);
    clock.tick(f32::NAN, RATE);
    assert!(clock.beats().is_finite() && clock.phase() < 0.001 && clock.bar(2) == 1);
}

#[test]
fn swing_delays_every_second_step() {
    let mut clock = Clock::default();
    let mut frames = Vec::new();
    for frame in 0..24_000 {
        clock.tick(120.0, RATE);
        if clock.swung(4.0, 0.6).is_some() {
            frames.push(frame);
        }
    }
    assert_eq!(frames, [0, 7_200, 12_000, 19_200]);
}

#[test]
fn patterns_read_as_they_look() {
    let hits = |index| Step { index }.hit("X.x3 | ....");
    assert_eq!([0, 1, 2, 3, 4, 8].map(hits), [1.0, 0.0, 0.5, 0.3, 0.0, 1.0].map(|x: f32| x));
    assert_eq!(Step { index: 3 }.hit(""), 0.0);
    assert_eq!(Step { index: 5 }.of(&[1, 2, 3]), 3);
    assert_eq!(Step { index: 5 }.of::<i32>(&[]), 0);
}

#[test]
fn pitches_and_levels() {
    assert_eq!(note(69.0), 440.0);
    assert!((note(57.0) - 220.0).abs() < 0.001);
    assert_eq!(scale_note(60.0, &[0.0, 3.0, 5.0], -1), 53.0);
    assert_eq!(scale_note(60.0, &[0.0, 3.0, 5.0], 4), 75.0);
    assert_eq!(scale_note(60.0, &[], 4), 60.0);
    assert!((decibels(-20.0) - 0.1).abs() < 1e-6);
    assert_eq!(mix(1.0, 3.0, 0.5), 2.0);
    let (left, right) = pan(1.0, 0.0);
    assert!((left * left + right * right - 1.0).abs() < 1e-6);
    assert_eq!((soft_clip(100.0), soft_clip(0.0)), (1.0, 0.0));
    let mut smooth = Smooth::default();
    assert_eq!(smooth.to(0.5, 0.01, RATE), 0.5);
    assert!(smooth.to(1.0, 0.01, RATE) < 0.51);
    assert!((0..48_000).map(|_| smooth.to(1.0, 0.01, RATE)).last() > Some(0.999));
}
