//! `segue play`: plays a song, says what each save did, and ends with a fade.

use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, bounded, never, select, tick};
use segue_audio_demo::output::{self, Choice, Notice, Output, Playing, Wanted, wav::Recording};
use segue_audio_demo::{Block, Engine, Reading, engine::Format};
use segue_runtime::{Builder, Cause, Closure, Error, ErrorKind, Event, Program, Rejected};

use super::failure::{Exit, Failure};
use super::keys::{self, Key};
use super::news;
use super::past;
use super::screen::{BAD, DIM, GOOD, NOTE, Screen};
use super::song::{self, Opened, Watch};
use super::status::{self, Status};

/// How often the status line is drawn and the figures are looked at.
const TICK: Duration = Duration::from_millis(100);

/// How long the output may take to close after the fade.
const PATIENCE: Duration = Duration::from_secs(2);

/// The exit code of a second Ctrl-C, by the shells' convention.
const INTERRUPTED: i32 = 130;

/// Runs `segue play`.
pub(crate) fn run(arguments: super::Play, screen: &mut Screen) -> Result<(), Failure> {
    if let Some(wav) = &arguments.wav {
        song::must_not_replace([arguments.song.song.as_path()], wav, "--wav")?;
    }
    song::must_be_song(&arguments.song.song)?;
    let back_end = song::back_end(arguments.compiler)?;
    let name = song::name(&arguments.song.song);
    // On a busy machine it takes its time.
    screen.line(&format!("{DIM}compiling {name} ...{DIM:#}"));
    let output = output::open(&wanted(&arguments))?;
    let Opened { program, process } =
        song::open(&arguments.song, Watch::Saves, |it| options(&arguments, it.back_end(back_end)))?;
    let interrupted = catch_interrupts();
    let (format, introduction) =
        (output.format(), introduction(&output, &name, arguments.wav.is_some()));
    // The first generation has reported itself by now. What its first block does comes later, and
    // belongs to the session.
    let opened: Vec<Event> = program.events().try_iter().collect();
    let (playing, recording) = begin(output, process, arguments.wav.as_deref())?;
    for event in opened {
        tell(&news::of_event(&event, &name), screen);
    }
    for line in introduction {
        screen.line(&line);
    }
    let session = Session {
        program: &program,
        name,
        format,
        unicode: status::is_unicode(|name| std::env::var(name).ok()),
        is_forced: arguments.force,
        limit: arguments.seconds.map(|limit| frames(limit, format)),
        silenced_generation: None,
        clipped_generation: None,
    };
    let failures = recording.as_ref().map_or_else(never, |recording| recording.failure().clone());
    let ending = session.follow(&playing, &interrupted, &failures, screen);
    end(playing, recording, ending, format, screen)
}

/// Whose word counts.
fn options(arguments: &super::Play, builder: Builder) -> Builder {
    let rejected = if arguments.force { Rejected::StaysLive } else { Rejected::GoesBack };
    builder.rejected(rejected)
}

fn wanted(arguments: &super::Play) -> Wanted {
    let choice = match &arguments.device {
        Some(name) => Choice::Named(name.clone()),
        None if arguments.no_device => Choice::Silent,
        None => Choice::Default,
    };
    Wanted { choice, sample_rate: arguments.sample_rate, block: arguments.block }
}

/// Where the sound goes, and what to do now.
fn introduction(output: &Output, name: &str, is_recorded: bool) -> Vec<String> {
    let format = output.format();
    let mut lines = Vec::new();
    if let Some(reason) = output.silent_because() {
        let advice = if is_recorded { "" } else { " (use --wav or `segue render` for the sound)" };
        lines.push(format!("{NOTE}{reason}{NOTE:#}: playing into a silent device{advice}"));
    }
    let card = output.card().unwrap_or("a silent device");
    lines.push(format!(
        "{GOOD}playing{GOOD:#} {name} on {card}, {} Hz, {} channels",
        format.sample_rate(),
        format.channels()
    ));
    lines.push(format!(
        "{DIM}save the file to change the sound; {}; Ctrl-C ends{DIM:#}",
        keys::HELP
    ));
    lines
}

/// Starts the sound, and the recording beside it.
fn begin(
    output: Output,
    process: Closure<Block>,
    wav: Option<&std::path::Path>,
) -> Result<(Playing, Option<Recording>), Failure> {
    let mut engine = Engine::new(process, output.format());
    let mut recording = None;
    if let Some(path) = wav {
        let (file, tap) = Recording::create(path, output.format())?;
        engine = engine.with_tap(tap);
        recording = Some(file);
    }
    Ok((output.play(engine)?, recording))
}

/// Ctrl-C, SIGTERM and SIGHUP as messages; the second one ends the process on the spot.
fn catch_interrupts() -> Receiver<()> {
    let (sender, interrupted) = bounded(1);
    let installed = ctrlc::set_handler(move || {
        if sender.try_send(()).is_err() {
            std::process::exit(INTERRUPTED);
        }
    });
    // Without a handler Ctrl-C ends the process as ever, only without the fade.
    if installed.is_ok() { interrupted } else { never() }
}

/// Why playback ends.
#[derive(Debug)]
enum Ending {
    /// Somebody wished it.
    Wished,
    /// There never was any sound.
    NeverSounded(String),
    /// The slower compiler rejects the only text that there was.
    Rejected(Error),
}

/// One playback: what is needed to tell about it.
struct Session<'a> {
    program: &'a Program,
    name: String,
    format: Format,
    unicode: bool,
    /// What the slower of two compilers rejects plays on.
    is_forced: bool,
    /// End at this position.
    limit: Option<u64>,
    /// The generation whose broken samples were told already.
    silenced_generation: Option<u64>,
    /// The same for samples that were clipped.
    clipped_generation: Option<u64>,
}

impl Session<'_> {
    /// Tells what happens until playback is to end.
    fn follow(
        mut self,
        playing: &Playing,
        interrupted: &Receiver<()>,
        recording: &Receiver<Notice>,
        screen: &mut Screen,
    ) -> Ending {
        let events = self.program.events();
        let (mut keys, ticks) = (keys::listen(), tick(TICK));
        let mut recording = recording.clone();
        let mut last = Reading::default();
        loop {
            select! {
                recv(events) -> event => if let Ok(event) = event {
                    if self.is_rejected(&event)
                        && let Event::NotOptimised { error, .. } = event
                    {
                        return Ending::Rejected(error);
                    }
                    let news = news::of_event(&event, &self.name);
                    tell(&news, screen);
                    self.compare(&event, screen);
                    if let Some(never) = never_sounded(&event, playing) {
                        return Ending::NeverSounded(never);
                    }
                },
                recv(playing.notices()) -> notice => match notice {
                    Ok(notice) => tell(&news::of_notice(&notice), screen),
                    // The output has ended by itself, and has said why.
                    Err(_) => return Ending::Wished,
                },
                recv(recording) -> notice => match notice {
                    Ok(notice) => tell(&news::of_notice(&notice), screen),
                    Err(_) => recording = never(),
                },
                recv(keys) -> key => match key {
                    Ok(key) => {
                        screen.forget_status();
                        if self.obey(key, screen) == Some(Key::End) {
                            return Ending::Wished;
                        }
                    }
                    // Ctrl-D: nothing is typed any more, and a closed channel is always ready.
                    Err(_) => keys = never(),
                },
                recv(interrupted) -> _ => return Ending::Wished,
                recv(ticks) -> _ => {
                    last = self.look(playing, last, screen);
                    let is_over = self.limit.is_some_and(|limit| last.position >= limit);
                    if is_over || screen.is_closed() {
                        return Ending::Wished;
                    }
                },
            }
        }
    }

    /// Whether the slower compiler rejects the first text, while there is no other one: then the song does not play,
    /// as if that compiler had been alone.
    fn is_rejected(&self, event: &Event) -> bool {
        matches!(
            event,
            Event::NotOptimised { error, back_to: None, .. }
                if !self.is_forced
                    && error.kind() == ErrorKind::Rejected
                    && self.program.history().len() == 1
        )
    }

    /// Draws the status line, and tells of samples that were silenced or clipped, once per generation.
    fn look(&mut self, playing: &Playing, last: Reading, screen: &mut Screen) -> Reading {
        let reading = playing.meter().read();
        let culprit = Some(reading.silenced_in);
        if reading.silenced > last.silenced && self.silenced_generation != culprit {
            self.silenced_generation = culprit;
            screen.always(&format!(
                "{BAD}silenced{BAD:#}  generation {} makes samples that are not finite (NaN or \
                 infinity): look for a division by zero, or a filter beyond its limits",
                reading.silenced_in
            ));
        }
        if reading.clipped > last.clipped && self.clipped_generation != Some(reading.generation) {
            self.clipped_generation = Some(reading.generation);
            screen.always(&format!(
                "{BAD}clipped{BAD:#}  generation {} is louder than full scale: turn something down",
                reading.generation
            ));
        }
        let status =
            Status { sample_rate: self.format.sample_rate(), reading, unicode: self.unicode };
        screen.status(|columns| status.line(columns));
        reading
    }

    /// Does what was typed.
    fn obey(&self, key: Key, screen: &mut Screen) -> Option<Key> {
        let program = self.program;
        let result = match key {
            Key::Undo => program.undo().map(drop),
            Key::Redo => program.redo().map(drop),
            Key::GoTo(number) => program.go_to(number).map(drop),
            Key::Keep(number) => program.keep(number),
            Key::LetGo(number) => program.release(number),
            Key::History => {
                screen.always(&past::history(&program.history(), SystemTime::now()));
                Ok(())
            }
            Key::Status => {
                screen.always(&past::status(&program.status()));
                Ok(())
            }
            Key::End | Key::Other => return Some(key),
        };
        match result {
            Err(error) => screen.always(&news::refused(&error, &self.name)),
            Ok(()) if matches!(key, Key::Keep(_) | Key::LetGo(_)) => {
                screen.line(&past::history(&program.history(), SystemTime::now()));
            }
            Ok(()) => {}
        }
        Some(key)
    }

    /// After a step through the history or a panic: says so if what plays is not what is saved.
    fn compare(&self, event: &Event, screen: &mut Screen) {
        let has_left = match event {
            Event::Live(report) => {
                matches!(report.cause, Cause::Undo | Cause::Redo | Cause::GoTo)
            }
            Event::Fault(fault) => fault.back_to.is_some(),
            _ => false,
        };
        if has_left {
            let status = self.program.status();
            if !status.is_saved() {
                screen.line(&past::differs(&status));
            }
        }
    }
}

fn tell(news: &news::News, screen: &mut Screen) {
    if news.matters { screen.always(&news.text) } else { screen.line(&news.text) }
}

/// A panic before the first block was ever filled: there is nothing to keep playing.
fn never_sounded(event: &Event, playing: &Playing) -> Option<String> {
    match event {
        Event::Fault(fault) if fault.back_to.is_none() && playing.meter().read().filled == 0 => {
            Some(format!("`{}` panicked at the first block: nothing to play", fault.closure))
        }
        _ => None,
    }
}

/// Fades out, closes the output and then the recording.
fn end(
    playing: Playing,
    recording: Option<Recording>,
    ending: Ending,
    format: Format,
    screen: &mut Screen,
) -> Result<(), Failure> {
    screen.clear_status();
    let begin = Instant::now();
    let stop_position = playing.meter().read();
    let closed = playing.finish(PATIENCE);
    let recorded = recording.map_or(Ok(()), Recording::finish);
    screen.line(&conclusion(&stop_position, format));
    if !closed {
        // Live code that never returns cannot be waited for, and its memory cannot be given back.
        screen.always(&format!(
            "{BAD}stuck{BAD:#}  live code did not return from its block in {:.0} s: ended without \
             a fade",
            begin.elapsed().as_secs_f64()
        ));
        std::process::exit(if matches!(ending, Ending::Wished) {
            0
        } else {
            i32::from(Exit::Song.code())
        });
    }
    recorded?;
    match ending {
        Ending::Wished => Ok(()),
        Ending::NeverSounded(message) => Err(Failure::new(Exit::Song, message)),
        Ending::Rejected(error) => Err(error.into()),
    }
}

/// What was played, and what went wrong with it.
fn conclusion(end: &Reading, format: Format) -> String {
    let Reading { generation, missed, silenced, clipped, unrecorded, .. } = end;
    let played = status::clock(end.position, format.sample_rate());
    let mut line = format!(
        "{GOOD}played{GOOD:#} {} in generation {generation}, {missed} missed deadlines",
        played.trim_start()
    );
    if *silenced > 0 {
        line.push_str(&format!(", {silenced} samples silenced"));
    }
    if *clipped > 0 {
        line.push_str(&format!(", {clipped} samples clipped"));
    }
    if *unrecorded > 0 {
        line.push_str(&format!(", {unrecorded} frames not recorded"));
    }
    line
}

/// A duration as a position.
fn frames(time: Duration, format: Format) -> u64 {
    (time.as_secs_f64() * f64::from(format.sample_rate())).round() as u64
}
