//! Reads WAV files back.

use std::path::Path;

/// A WAV file as it was found.
pub(crate) struct Wav {
    pub(crate) specification: hound::WavSpec,
    /// Interleaved.
    pub(crate) samples: Vec<f32>,
}

impl Wav {
    pub(crate) fn read(path: &Path) -> Wav {
        let mut reader = hound::WavReader::open(path).expect("a WAV file");
        let specification = reader.spec();
        assert_eq!(specification.sample_format, hound::SampleFormat::Float);
        assert_eq!(specification.bits_per_sample, 32);
        let samples = reader.samples().map(|sample| sample.expect("a whole sample")).collect();
        Wav { specification, samples }
    }

    pub(crate) fn frames(&self) -> usize {
        self.samples.len() / usize::from(self.specification.channels)
    }

    /// The samples of one channel.
    pub(crate) fn channel(&self, index: usize) -> Vec<f32> {
        let step = usize::from(self.specification.channels);
        self.samples.iter().skip(index).step_by(step).copied().collect()
    }

    /// The largest absolute sample.
    pub(crate) fn peak(&self) -> f32 {
        self.samples.iter().fold(0.0, |peak, sample| peak.max(sample.abs()))
    }

    pub(crate) fn is_finite(&self) -> bool {
        self.samples.iter().all(|sample| sample.is_finite())
    }
}

/// The largest difference between neighbours.
pub(crate) fn steepest(samples: &[f32]) -> f32 {
    samples.windows(2).fold(0.0, |steepest, pair| steepest.max((pair[1] - pair[0]).abs()))
}

/// Asserts that two files hold the same samples, bit for bit, from `from` to `to` (in samples).
#[track_caller]
pub(crate) fn assert_same(one: &[f32], other: &[f32]) {
    assert_eq!(one.len(), other.len());
    let differs = one.iter().zip(other).position(|(a, b)| a.to_bits() != b.to_bits());
    assert_eq!(differs, None, "they differ from that sample on");
}
