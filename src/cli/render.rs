//! `segue render`: a song to a WAV file, without a clock, with edits at exact times.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use segue_audio_demo::output::wav::WavFile;
use segue_audio_demo::{Edit, Happening, Summary, engine::Format};

use super::failure::{Exit, Failure};
use super::screen::{GOOD, Screen};
use super::song::{self, Watch};
use super::{news, status};

/// The longest sound a number of seconds may ask for: a week.
const MOST_SECONDS: f64 = 604_800.0;

/// Runs `segue render`.
pub(crate) fn run(arguments: super::Render, screen: &mut Screen) -> Result<(), Failure> {
    let super::Render { song, seconds, output, edits, sample_rate, channels, block, compiler } =
        arguments;
    let back_end = song::back_end(compiler)?;
    let format = Format::new(sample_rate, channels, block)?;
    for edit in &edits {
        song::must_be_song(&edit.file)?;
    }
    let sources = edits.iter().map(|edit| edit.file.as_path()).chain([song.song.as_path()]);
    song::must_not_replace(sources, &output, "--output")?;
    let render = segue_audio_demo::Render::new(format, seconds, edits)?;

    let opened = song::open(&song, Watch::Nothing, song::settled(back_end))?;
    let name = song::name(&song.song);
    let mut file = WavFile::create_whole(&output, format)?;
    let begin = Instant::now();
    let summary = render.run(
        &opened.program,
        opened.process,
        |samples| file.write(samples),
        |happening| tell(&happening, &name, screen),
    )?;
    file.finish()?;
    let took = begin.elapsed();
    screen.line(&conclusion(&output, format, &summary, took));
    match verdict(&summary) {
        None => Ok(()),
        Some(problem) => {
            let output = output.display();
            Err(Failure::new(Exit::Song, format!("{problem}; {output} is complete")))
        }
    }
}

/// One line per edit and panic.
fn tell(happening: &Happening<'_>, name: &str, screen: &mut Screen) {
    let at = |edit: &Edit| format!("{:>8.3} s  ", edit.at.as_secs_f64());
    match happening {
        Happening::Applied(edit, report) => {
            let file = song::name(&edit.file);
            screen.line(&format!("{}{}", at(edit), news::live(report, &file)));
        }
        Happening::Refused(edit, error) => {
            // The compiler's words are many: they stand above the line, not in it.
            if let Some(words) = news::compilers_words(error) {
                screen.always(&words);
            }
            let line = news::refused(error, &song::name(&edit.file));
            screen.always(&format!("{}{line}", at(edit)));
        }
        // What the edits did is told above; a panic is told here alone.
        Happening::Event(event @ segue_runtime::Event::Fault(_)) => {
            screen.always(&news::of_event(event, name).text);
        }
        _ => {}
    }
}

/// What was written, how loud it is, and how fast that went.
fn conclusion(output: &Path, format: Format, summary: &Summary, took: Duration) -> String {
    let length = format.duration(summary.frames).as_secs_f64();
    let mut line = format!(
        "{GOOD}wrote{GOOD:#} {}: {length:.3} s at {} Hz, {} channels, peak {} dB, in {:.2} s \
         ({:.0} times real time)",
        output.display(),
        format.sample_rate(),
        format.channels(),
        status::decibels(summary.peak),
        took.as_secs_f64(),
        length / took.as_secs_f64().max(1e-9),
    );
    if summary.silenced > 0 {
        let count = summary.silenced;
        line.push_str(&format!("\n      {count} samples were not finite: silenced"));
    }
    if summary.clipped > 0 {
        line.push_str(&format!("\n      {} samples were too loud: clipped", summary.clipped));
    }
    line
}

/// What makes a finished render a failure.
fn verdict(summary: &Summary) -> Option<String> {
    match (summary.refused, summary.panicked) {
        (0, 0) => None,
        (0, 1) => Some("live code panicked in 1 block".to_owned()),
        (0, blocks) => {
            Some(format!("live code panicked, or was silent after it, in {blocks} blocks"))
        }
        (1, _) => Some("1 edit was refused".to_owned()),
        (many, _) => Some(format!("{many} edits were refused")),
    }
}

/// Parses a duration in seconds.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = moment(text)?;
    if seconds.is_zero() {
        return Err("must be more than zero seconds".to_owned());
    }
    Ok(seconds)
}

/// Parses `SECONDS=FILE`.
pub(super) fn edit(text: &str) -> Result<Edit, String> {
    let Some((at, file)) = text.split_once('=') else {
        return Err("write it as SECONDS=FILE, like 1.5=edited.rs".to_owned());
    };
    if file.is_empty() {
        return Err("the file is missing: write it as SECONDS=FILE".to_owned());
    }
    Ok(Edit { at: moment(at)?, file: PathBuf::from(file) })
}

/// Parses a time in seconds from the start.
fn moment(text: &str) -> Result<Duration, String> {
    let seconds: f64 =
        text.trim().parse().map_err(|_| format!("`{text}` is no number of seconds"))?;
    if !(0.0..=MOST_SECONDS).contains(&seconds) {
        return Err(format!("{text} seconds are outside 0 to {MOST_SECONDS}"));
    }
    Ok(Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests;
