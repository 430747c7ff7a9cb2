//! What the engine made is what the file holds, bit for bit.

use super::*;
use crate::meter::Meter;

fn format(channels: u16) -> Format {
    Format::new(48_000, channels, 128).unwrap()
}

fn read(path: &Path) -> Vec<f32> {
    hound::WavReader::open(path).unwrap().samples().map(Result::unwrap).collect()
}

#[test]
fn a_recording_holds_every_sample_in_order() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("x.wav");
    let (recording, mut tap) = Recording::create(&path, format(3)).unwrap();
    let sound: Vec<f32> = (0..3 * 1000).map(|n| n as f32 / 3000.0).collect();
    let meter = Meter::default();
    for block in sound.chunks(3 * 128) {
        tap.send(block, &meter);
    }
    recording.finish().unwrap();
    assert_eq!(read(&path), sound);
    assert_eq!(meter.read().unrecorded, 0);
}

#[test]
fn the_file_is_closed_when_the_engine_is_gone() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("x.wav");
    let (recording, mut tap) = Recording::create(&path, format(1)).unwrap();
    tap.send(&[0.5; 10], &Meter::default());
    drop(tap);
    recording.thread.join().unwrap().unwrap();
    assert_eq!(read(&path), [0.5; 10]);
}

#[test]
fn a_full_channel_loses_frames_and_says_how_many() {
    let (sender, _receiver) = bounded(1);
    let mut tap = Tap { sender, channels: 2 };
    let meter = Meter::default();
    tap.send(&[0.0; 2 * 128], &meter);
    tap.send(&[0.0; 2 * 100], &meter);
    assert_eq!(meter.read().unrecorded, 100);
}

#[test]
fn a_path_that_cannot_be_written_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("missing/x.wav");
    let error = Recording::create(&path, format(2)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Wav);
    assert!(error.to_string().contains("missing/x.wav"), "{error}");
}

#[test]
fn a_flushed_file_is_valid_before_it_is_finished() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("x.wav");
    let mut file = WavFile::create(&path, format(1)).unwrap();
    file.write(&[0.25; 100]).unwrap();
    file.flush().unwrap();
    assert_eq!(read(&path), [0.25; 100]);
    file.finish().unwrap();
}

#[test]
fn a_whole_file_takes_its_name_when_it_is_finished() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("x.wav");
    let files = || std::fs::read_dir(directory.path()).unwrap().count();
    std::fs::write(&path, "what was there").unwrap();
    let mut unfinished = WavFile::create_whole(&path, format(1)).unwrap();
    unfinished.write(&[0.25; 100]).unwrap();
    unfinished.flush().unwrap();
    assert_eq!(files(), 2);
    drop(unfinished);
    assert_eq!(std::fs::read(&path).unwrap(), b"what was there");
    assert_eq!(files(), 1);
    let mut finished = WavFile::create_whole(&path, format(1)).unwrap();
    finished.write(&[0.5; 100]).unwrap();
    finished.finish().unwrap();
    assert_eq!(read(&path), [0.5; 100]);
    assert_eq!(files(), 1);
}

#[test]
fn a_whole_file_behind_a_link_is_replaced_where_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let (path, link) = (directory.path().join("x.wav"), directory.path().join("link.wav"));
    std::fs::write(&path, "").unwrap();
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let mut file = WavFile::create_whole(&link, format(1)).unwrap();
    file.write(&[0.5; 10]).unwrap();
    file.finish().unwrap();
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(read(&path), [0.5; 10]);
}

#[test]
fn what_is_no_file_is_written_to_and_not_replaced() {
    let null = Path::new("/dev/null");
    let mut file = WavFile::create_whole(null, format(1)).unwrap();
    file.write(&[0.5; 10]).unwrap();
    assert!(file.beside.is_none());
    drop(file);
    assert!(!std::fs::metadata(null).unwrap().is_file());
}
