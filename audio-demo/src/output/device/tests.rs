//! Choosing among what a card offers; opening cards is tried by hand, on machines that have one.

use super::*;

fn range(channels: u16, low: u32, high: u32, format: SampleFormat) -> SupportedStreamConfigRange {
    SupportedStreamConfigRange::new(channels, low, high, SupportedBufferSize::Unknown, format)
}

fn chosen(ranges: &[SupportedStreamConfigRange], rate: u32) -> Option<(u16, SampleFormat)> {
    choose(ranges, rate).map(|config| (config.channels(), config.sample_format()))
}

#[test]
fn stereo_comes_before_exactness_and_exactness_before_the_rest() {
    let offers = [
        range(1, 8_000, 96_000, SampleFormat::F32),
        range(2, 8_000, 96_000, SampleFormat::I16),
        range(2, 8_000, 96_000, SampleFormat::I32),
        range(6, 8_000, 96_000, SampleFormat::F32),
    ];
    assert_eq!(chosen(&offers, 48_000), Some((2, SampleFormat::I32)));
    assert_eq!(chosen(&offers[..1], 48_000), Some((1, SampleFormat::F32)));
    assert_eq!(chosen(&offers[3..], 48_000), Some((6, SampleFormat::F32)));
}

#[test]
fn a_rate_or_a_format_that_cannot_be_played_is_not_chosen() {
    let offers =
        [range(2, 44_100, 44_100, SampleFormat::F32), range(2, 8_000, 96_000, SampleFormat::U64)];
    assert_eq!(chosen(&offers, 48_000), None);
    let message = unsupported(&offers, 48_000).to_string();
    assert!(message.contains("48000 Hz") && message.contains("44100, 8000 to 96000"), "{message}");
}

#[test]
fn an_unknown_name_is_repeated_in_the_message() {
    let error = find(&Choice::Named("no such loudspeaker".to_owned()), None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownDevice);
    assert!(error.to_string().contains("`no such loudspeaker`"), "{error}");
}
