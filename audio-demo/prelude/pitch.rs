//! Pitch: from notes and scales to Hz.

/// The pitch of a MIDI note in Hz: 69 is the A of 440 Hz, one more is a semitone, 12 more an octave.
#[inline]
pub fn note(midi: f32) -> f32 {
    440.0 * ((midi - 69.0) / 12.0).exp2()
}

/// The MIDI note of a degree of a scale above `root`; degrees beyond the scale go on in the next octave.
///
/// `scale_note(57.0, &[0.0, 3.0, 5.0, 7.0, 10.0], 5)` is the A an octave above A 57, in minor pentatonic.
#[inline]
pub fn scale_note(root: f32, scale: &[f32], degree: i32) -> f32 {
    let length = scale.len() as i32;
    if length == 0 {
        return root;
    }
    let within = scale[degree.rem_euclid(length) as usize];
    root + within + 12.0 * degree.div_euclid(length) as f32
}
