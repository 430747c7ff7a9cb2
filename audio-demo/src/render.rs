//! Offline rendering: the same engine under a virtual clock.
//!
//! Nothing here looks at a clock, so a render is as fast as the machine and the same to the bit
//! every time: the blocks are those of playback, and each edit is applied before the block that
//! contains its time, whatever its compilation takes. It is how swaps are tested.

use std::path::PathBuf;
use std::time::Duration;

use crossbeam_channel::Receiver;
use segue_runtime::{Closure, Event, Outcome, Program, Report};

use crate::block::Block;
use crate::engine::{Engine, Format, Source};
use crate::error::{Error, ErrorKind};
use crate::realtime::FlushDenormals;

#[cfg(test)]
mod tests;

/// How long the report of a panic that did happen may take to arrive.
const FAULT_PATIENCE: Duration = Duration::from_secs(5);

/// An edit of the song at a time of the render.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// When, from the start of the render.
    pub at: Duration,
    /// The file whose text becomes the song's.
    pub file: PathBuf,
}

/// What is to be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Render {
    format: Format,
    frames: u64,
    edits: Vec<Edit>,
}

/// Something a render came across.
#[derive(Debug)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "one at a time is handed on and looked at")]
pub enum Happening<'a> {
    /// An edit was applied; this is what it changed.
    Applied(&'a Edit, &'a Report),
    /// An edit was refused; the song plays on as it was.
    Refused(&'a Edit, &'a segue_runtime::Error),
    /// The program said something else: a panic of live code, above all.
    Event(Event),
}

/// What a render came to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct Summary {
    /// Frames written.
    pub frames: u64,
    /// The largest absolute sample.
    pub peak: f32,
    /// Samples that were not finite and were replaced by silence.
    pub silenced: u64,
    /// Samples beyond full scale, clipped.
    pub clipped: u64,
    /// Edits that were refused.
    pub refused: usize,
    /// Blocks in which live code panicked, or was silent because it had.
    pub panicked: u64,
}

impl Render {
    /// A render of `length` in `format`, with `edits` in any order; those at the same time apply in
    /// the order given.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::OutOfRange`] when an edit lies beyond the end.
    pub fn new(format: Format, length: Duration, mut edits: Vec<Edit>) -> Result<Self, Error> {
        edits.sort_by_key(|edit| edit.at);
        if let Some(late) = edits.iter().find(|edit| edit.at >= length) {
            return Err(Error::new(
                ErrorKind::OutOfRange,
                format!(
                    "the edit with {} at {} s lies beyond the end at {} s",
                    late.file.display(),
                    late.at.as_secs_f64(),
                    length.as_secs_f64()
                ),
            ));
        }
        Ok(Self { format, frames: frame_at(length, format), edits })
    }

    /// Renders `closure`, a function of `program`: interleaved samples to `sink`, news to `report`.
    ///
    /// # Errors
    ///
    /// The sink's. A refused edit and a panic are happenings, not errors.
    pub fn run(
        &self,
        program: &Program,
        closure: Closure<Block>,
        sink: impl FnMut(&[f32]) -> Result<(), Error>,
        mut report: impl FnMut(Happening<'_>),
    ) -> Result<Summary, Error> {
        let events = program.events();
        let mut engine = Engine::new(closure, self.format);
        let mut refused = 0;
        let apply = |edit: &Edit| match program.apply_file(&edit.file) {
            Ok(changes) => report(Happening::Applied(edit, &changes)),
            Err(error) => {
                refused += 1;
                report(Happening::Refused(edit, &error));
            }
        };
        let mut summary = self.drive(&mut engine, apply, sink)?;
        summary.refused = refused;
        for event in late_events(&events, summary.panicked > 0) {
            report(Happening::Event(event));
        }
        Ok(summary)
    }

    /// The virtual clock: block by block, edits first.
    fn drive<S: Source>(
        &self,
        engine: &mut Engine<S>,
        mut apply: impl FnMut(&Edit),
        mut sink: impl FnMut(&[f32]) -> Result<(), Error>,
    ) -> Result<Summary, Error> {
        let _flush = FlushDenormals::new();
        let block = self.format.block() as u64;
        let mut buffer = vec![0.0; self.format.block() * usize::from(self.format.channels())];
        let mut edits = self.edits.iter().peekable();
        let (meter, mut peak, mut panicked) = (engine.meter(), 0.0_f32, 0);
        while engine.position() < self.frames {
            let begin = engine.position();
            let frames = block.min(self.frames - begin);
            let in_block = |edit: &&Edit| frame_at(edit.at, self.format) < begin + frames;
            while let Some(edit) = edits.next_if(in_block) {
                apply(edit);
            }
            let piece = &mut buffer[..frames as usize * usize::from(self.format.channels())];
            engine.fill(piece);
            panicked += u64::from(engine.last_outcome() != Outcome::Done);
            peak = piece.iter().fold(peak, |peak, sample| peak.max(sample.abs()));
            sink(piece)?;
        }
        let reading = meter.read();
        Ok(Summary {
            frames: self.frames,
            peak,
            silenced: reading.silenced,
            clipped: reading.clipped,
            refused: 0,
            panicked,
        })
    }
}

/// The frame that is playing at a time.
fn frame_at(time: Duration, format: Format) -> u64 {
    let frame = time.as_nanos() * u128::from(format.sample_rate()) / 1_000_000_000;
    u64::try_from(frame).unwrap_or(u64::MAX)
}

/// The events so far. Panics are reported by another thread than the one that meets them, so where
/// there was one its report is waited for.
fn late_events(events: &Receiver<Event>, panicked: bool) -> Vec<Event> {
    let mut seen = Vec::new();
    let mut waiting = panicked;
    loop {
        let next =
            if waiting { events.recv_timeout(FAULT_PATIENCE).ok() } else { events.try_recv().ok() };
        match next {
            Some(event) => {
                waiting &= !matches!(event, Event::Fault(_));
                seen.push(event);
            }
            None => return seen,
        }
    }
}
