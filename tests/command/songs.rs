//! The songs of the repository, as a user would render them.

use std::fs;

use crate::folder::{Folder, songs_of_the_repository};
use crate::running::run;
use crate::wav::Wav;

/// How long: until every song has begun.
const SECONDS: usize = 4;

#[test]
fn every_song_sounds_and_is_never_too_loud() {
    let folder = Folder::empty();
    let mut songs = 0;
    for entry in fs::read_dir(songs_of_the_repository()).expect("the folder of songs") {
        let song = entry.expect("its entries").path();
        if song.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        songs += 1;
        let mut command = folder.segue(&format!("render --seconds {SECONDS} -o song.wav"));
        command.arg(&song);
        let ended = run(command).with_code(0);
        let said = ended.stdout().join("\n");
        assert!(!said.contains("clipped") && !said.contains("finite"), "{said}");

        let wav = Wav::read(&folder.path("song.wav"));
        assert_eq!(wav.frames(), SECONDS * 48_000);
        assert!(wav.is_finite(), "{}", song.display());
        assert!(wav.peak() <= 1.0, "{} peaks at {}", song.display(), wav.peak());
        for channel in [wav.channel(0), wav.channel(1)] {
            let loudness = root_mean_square(&channel);
            assert!((0.005..0.5).contains(&loudness), "{}: {loudness}", song.display());
            let offset = channel.iter().sum::<f32>() / channel.len() as f32;
            assert!(offset.abs() < 0.02, "{}: {offset} beside zero", song.display());
        }
    }
    assert!(songs >= 3, "three songs at least, and the template: {songs}");
}

fn root_mean_square(samples: &[f32]) -> f32 {
    let sum: f64 = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    (sum / samples.len() as f64).sqrt() as f32
}
