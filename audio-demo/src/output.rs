//! Where the sound goes: a sound card, a silent device that only keeps time, a WAV file beside
//! either.
//!
//! **Sound that plays goes on.** A thread of its own owns the output. When the card fails, that
//! thread takes the engine back and becomes the silent device, so that the song, its state and its
//! editing session survive an unplugged cable.

#[cfg(feature = "device")]
mod device;
mod paced;
pub mod wav;

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};

use crate::engine::{BLOCK_FRAMES, Engine, Format, Source, Stop};
use crate::error::{Error, ErrorKind};
use crate::meter::Meter;

#[cfg(test)]
mod tests;

/// The sample rate where no card has a say.
pub const SAMPLE_RATE: u32 = 48_000;

/// How long a card may ask for nothing before it counts as gone.
const STALLED: Duration = Duration::from_secs(3);

/// Which output is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice {
    /// The system's default card, or the silent device when there is none.
    #[default]
    Default,
    /// The card whose name or identifier contains this text, and no other.
    Named(String),
    /// The silent device.
    Silent,
}

/// What is asked of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which output.
    pub choice: Choice,
    /// Frames a second; `None` leaves it to the card.
    pub sample_rate: Option<u32>,
    /// The most frames of a block.
    pub block: usize,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { choice: Choice::Default, sample_rate: None, block: BLOCK_FRAMES }
    }
}

/// What happens to an output while it plays.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// The card failed with this reason; the song goes on, into the silent device.
    Lost(String),
    /// The recording stopped with this reason; the sound goes on.
    Unrecorded(String),
    /// The card failed and did not give the engine back: there is no sound any more.
    Stuck(String),
}

/// An output that was found and knows its format, but does not play yet.
#[derive(Debug)]
pub struct Output {
    format: Format,
    #[cfg(feature = "device")]
    card: Option<device::Card>,
    silent_because: Option<String>,
}

/// Finds the output that is wanted.
///
/// # Errors
///
/// A card that was asked for by name and is missing, or cannot play in the wanted format, or a
/// number out of range. A missing default card is no error: see [`Output::silent_because`].
pub fn open(wanted: &Wanted) -> Result<Output, Error> {
    let rate = wanted.sample_rate.unwrap_or(SAMPLE_RATE);
    let silent = |reason: Option<String>| {
        Ok(Output {
            format: Format::new(rate, 2, wanted.block)?,
            #[cfg(feature = "device")]
            card: None,
            silent_because: reason,
        })
    };
    match &wanted.choice {
        Choice::Silent => silent(None),
        #[cfg(feature = "device")]
        choice => match device::find(choice, wanted.sample_rate) {
            Ok(card) => Ok(Output {
                format: Format::new(card.sample_rate(), card.channels(), wanted.block)?,
                card: Some(card),
                silent_because: None,
            }),
            Err(error) if error.kind() == ErrorKind::NoDevice => silent(Some(error.to_string())),
            Err(error) => Err(error),
        },
        #[cfg(not(feature = "device"))]
        Choice::Default => {
            silent(Some("no sound card (built without the feature `device`)".to_owned()))
        }
        #[cfg(not(feature = "device"))]
        Choice::Named(name) => Err(Error::new(
            ErrorKind::UnknownDevice,
            format!("device `{name}`: this program was built without the feature `device`"),
        )),
    }
}

impl Output {
    /// The shape of the sound this output takes.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The card's name; `None` is the silent device.
    #[must_use]
    pub fn card(&self) -> Option<&str> {
        #[cfg(feature = "device")]
        return self.card.as_ref().map(device::Card::name);
        #[cfg(not(feature = "device"))]
        None
    }

    /// Why this is the silent device although a card was wanted.
    #[must_use]
    pub fn silent_because(&self) -> Option<&str> {
        self.silent_because.as_deref()
    }

    /// Plays `engine`, which must have this output's [`format`](Output::format), until it is
    /// stopped.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Thread`] when the system refuses the thread.
    pub fn play<S: Source + 'static>(self, engine: Engine<S>) -> Result<Playing, Error> {
        #[cfg(feature = "device")]
        if let Some(card) = self.card {
            let meter = engine.meter();
            let start: Start<S> =
                Box::new(move |lease, failures| device::start(card, lease, failures, meter));
            return play_on(Some(start), engine);
        }
        play_on(None, engine)
    }
}

/// Something that calls the lease until it is dropped: a card's stream.
trait Stream {
    /// How much sound waits inside the card.
    fn latency(&self) -> Duration;
}

/// Opens a stream that plays the lease's engine and reports failures.
type Start<S> = Box<dyn FnOnce(Lease<S>, Sender<String>) -> Result<Box<dyn Stream>, Error> + Send>;

/// An engine on loan to a card's thread. Dropping it, which dropping the stream does, sends the
/// engine home.
struct Lease<S> {
    engine: Option<Engine<S>>,
    home: Sender<Engine<S>>,
}

impl<S: Source> Lease<S> {
    fn new(engine: Engine<S>) -> (Self, Receiver<Engine<S>>) {
        let (home, back) = bounded(1);
        (Self { engine: Some(engine), home }, back)
    }

    #[cfg_attr(
        not(any(feature = "device", test)),
        expect(
            dead_code,
            reason = "cards call it, and there are none without the feature `device`"
        )
    )]
    fn engine(&mut self) -> &mut Engine<S> {
        self.engine.as_mut().expect("only `drop` takes the engine out")
    }
}

impl<S> Drop for Lease<S> {
    fn drop(&mut self) {
        if let Some(engine) = self.engine.take() {
            // Nobody waits for it when playback has ended: then it is dropped here.
            let _ = self.home.try_send(engine);
        }
    }
}

/// A playing engine. Dropping it ends the sound at once; [`Playing::finish`] ends it well.
#[derive(Debug)]
pub struct Playing {
    stop: Arc<Stop>,
    meter: Arc<Meter>,
    notices: Receiver<Notice>,
    ended: Receiver<()>,
    thread: Option<JoinHandle<()>>,
}

impl Playing {
    /// The figures of the engine.
    #[must_use]
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// What happens to the output.
    #[must_use]
    pub fn notices(&self) -> &Receiver<Notice> {
        &self.notices
    }

    /// Fades out and waits until the output is closed, for at most `patience`: code that never
    /// returns from its block cannot be waited for. Whether it closed in time.
    pub fn finish(mut self, patience: Duration) -> bool {
        self.stop.request();
        let closed = self.ended.recv_timeout(patience) != Err(RecvTimeoutError::Timeout);
        match self.thread.take() {
            Some(thread) if closed => thread.join().is_ok(),
            _ => false,
        }
    }
}

impl Drop for Playing {
    fn drop(&mut self) {
        self.stop.silence();
        // `finish` has taken the thread, or has given up on it.
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Starts the output's own thread.
fn play_on<S: Source + 'static>(
    card: Option<Start<S>>,
    engine: Engine<S>,
) -> Result<Playing, Error> {
    let (stop, meter) = (engine.stop(), engine.meter());
    let (notify, notices) = unbounded();
    let (end, ended) = bounded(0);
    let thread = thread::Builder::new()
        .name("segue-output".to_owned())
        .spawn(move || {
            // Dropped with the thread, which is how `finish` learns of the end.
            let _end: Sender<()> = end;
            run(card, engine, &notify);
        })
        .map_err(|error| {
            Error::new(ErrorKind::Thread, format!("cannot start the output's thread: {error}"))
        })?;
    Ok(Playing { stop, meter, notices, ended, thread: Some(thread) })
}

/// The life of an output: the card while it works, the silent device from then on.
fn run<S: Source>(card: Option<Start<S>>, engine: Engine<S>, notices: &Sender<Notice>) {
    let engine = match card {
        None => Some(engine),
        Some(start) => run_card(start, engine, notices),
    };
    if let Some(mut engine) = engine {
        paced::run(&mut engine);
    }
}

/// Plays on a card until playback ends (`None`), or until the card fails: then the engine is back.
fn run_card<S: Source>(
    start: Start<S>,
    engine: Engine<S>,
    notices: &Sender<Notice>,
) -> Option<Engine<S>> {
    let (stop, meter) = (engine.stop(), engine.meter());
    let (lease, back) = Lease::new(engine);
    let (report, failures) = bounded(1);
    let reason = match start(lease, report) {
        Err(error) => error.to_string(),
        Ok(stream) => {
            let reason = watch(&failures, &stop, &meter);
            if reason.is_none() {
                // What the card has not played yet is the end of the fade.
                thread::sleep(stream.latency());
            }
            drop(stream);
            reason?
        }
    };
    match back.recv_timeout(STALLED) {
        Ok(engine) => {
            let _ = notices.send(Notice::Lost(reason));
            Some(engine)
        }
        Err(_) => {
            let _ = notices.send(Notice::Stuck(reason));
            None
        }
    }
}

/// Waits for the end of the fade (`None`) or for the card to fail, with the reason.
fn watch(failures: &Receiver<String>, stop: &Stop, meter: &Meter) -> Option<String> {
    let mut position = meter.position();
    let mut moved = Instant::now();
    loop {
        match failures.recv_timeout(Duration::from_millis(20)) {
            Ok(reason) => return Some(reason),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Some("its thread has ended".to_owned());
            }
        }
        if stop.is_silent() {
            return None;
        }
        if meter.position() != position {
            position = meter.position();
            moved = Instant::now();
        } else if moved.elapsed() > STALLED {
            return Some(format!("it has asked for no sound in {} seconds", STALLED.as_secs()));
        }
    }
}
