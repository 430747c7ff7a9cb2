//! Every width gets a line that fits, with the time in it.

use super::*;

fn status(unicode: bool) -> Status {
    let reading = Reading {
        peak: 0.25,
        load: 0.031,
        missed: 2,
        generation: 4,
        position: 48_000 * 75 + 4800 * 3,
        ..Reading::default()
    };
    Status { sample_rate: 48_000, reading, unicode }
}

#[test]
fn a_wide_terminal_shows_everything() {
    let line = status(true).line(100);
    assert_eq!(line, "  1:15.3  ▕██████████████████      ▏   -12.0 dB  load  3%  missed 2  gen 4");
}

#[test]
fn a_terminal_without_unicode_gets_ascii() {
    let line = status(false).line(70);
    assert!(line.is_ascii(), "{line}");
    assert!(line.contains("[#######   ]"), "{line}");
}

#[test]
fn no_width_is_exceeded_and_the_time_goes_last() {
    for columns in 0..120 {
        let line = status(true).line(columns);
        assert!(line.chars().count() <= columns, "{columns}: {line}");
        assert!(columns < 8 || line.contains("1:15.3"), "{columns}: {line}");
    }
}

#[test]
fn what_went_wrong_is_shown_once_it_did() {
    let mut status = status(true);
    assert!(!status.line(200).contains("silenced"));
    status.reading.silenced = 128;
    status.reading.unrecorded = 7;
    let line = status.line(200);
    assert!(line.contains("silenced 128") && line.contains("unrecorded 7"), "{line}");
}

#[test]
fn silence_and_full_scale_are_the_ends_of_the_bar() {
    let mut status = status(true);
    status.reading.peak = 0.0;
    assert_eq!(status.bar(4), "▕    ▏");
    assert!(status.line(100).contains("-∞ dB"));
    status.reading.peak = 1.0;
    assert_eq!(status.bar(4), "▕████▏");
}

#[test]
fn the_locale_decides_about_unicode() {
    let with = |pairs: &'static [(&str, &str)]| {
        is_unicode(move |name| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    };
    assert!(with(&[("LANG", "en_GB.UTF-8")]));
    assert!(with(&[("LC_ALL", "C.utf8"), ("LANG", "C")]));
    assert!(!with(&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]));
    assert!(!with(&[]));
}
