//! WAV files of 32-bit float: exactly the samples that left the engine, whatever the card made of
//! them.
//!
//! While playing, the audio thread must not write files. It hands copies of its blocks to a bounded
//! channel that was filled once, so that its memory is there; a thread of its own empties it. That
//! thread polls: a blocked receiver would have to be woken by the sender, with a lock and a system
//! call.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TryRecvError, TrySendError, bounded};

use crate::engine::Format;
use crate::error::{Error, ErrorKind};
use crate::meter::Meter;
use crate::output::Notice;

#[cfg(test)]
mod tests;

/// Samples that travel together.
const CHUNK: usize = 256;

/// Seconds of sound the channel holds: what a slow disk may take for one write.
const BACKLOG_SECONDS: usize = 3;

/// How often the writing thread looks.
const POLL: Duration = Duration::from_millis(10);

/// The header of a WAV file counts its bytes in 32 bits, itself included.
const MOST_BYTES: u64 = u32::MAX as u64 - 4096;

/// A WAV file that is being written.
pub struct WavFile {
    path: PathBuf,
    writer: hound::WavWriter<BufWriter<File>>,
    /// Dropped after the writer, which writes to it.
    beside: Option<Beside>,
    bytes: u64,
}

impl WavFile {
    /// Creates the file, replacing one that is there.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Wav`] when it cannot be created.
    pub fn create(path: &Path, format: Format) -> Result<Self, Error> {
        let writer =
            open(path, format).map_err(|error| wav_error(path, "cannot create", &error))?;
        Ok(Self { path: path.to_owned(), writer, beside: None, bytes: 0 })
    }

    /// Creates a file that takes its name when it is finished. Until then it is written beside it, under
    /// another name: a file that is there stays as it was, and of one that is never finished, as when the
    /// disk is full, nothing is left. (What is no file, like a device, is written to at once.)
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Wav`] when it cannot be created.
    pub fn create_whole(path: &Path, format: Format) -> Result<Self, Error> {
        let Some(beside) = Beside::of(path) else { return Self::create(path, format) };
        let writer = open(&beside.other, format)
            .map_err(|error| wav_error(path, "cannot create", &error))?;
        Ok(Self { path: path.to_owned(), writer, beside: Some(beside), bytes: 0 })
    }

    /// Appends interleaved samples.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Wav`] when they cannot be written, or the format's 4 GiB are full.
    pub fn write(&mut self, samples: &[f32]) -> Result<(), Error> {
        self.bytes += size_of_val(samples) as u64;
        if self.bytes > MOST_BYTES {
            let path = self.path.display();
            return Err(Error::new(
                ErrorKind::Wav,
                format!("{path} is full: a WAV file holds 4 GiB; begin another one"),
            ));
        }
        for &sample in samples {
            self.writer
                .write_sample(sample)
                .map_err(|error| wav_error(&self.path, "cannot write", &error))?;
        }
        Ok(())
    }

    /// Makes what was written so far a valid file, should the process die.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Wav`] when it cannot be written.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.writer.flush().map_err(|error| wav_error(&self.path, "cannot write", &error))
    }

    /// Completes the header and closes the file.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Wav`] when it cannot be written.
    pub fn finish(self) -> Result<(), Error> {
        let Self { path, writer, beside, .. } = self;
        writer.finalize().map_err(|error| wav_error(&path, "cannot complete", &error))?;
        let renamed = beside.map_or(Ok(()), Beside::rename);
        renamed.map_err(|error| wav_error(&path, "cannot complete", &error.into()))
    }
}

fn open(path: &Path, format: Format) -> Result<hound::WavWriter<BufWriter<File>>, hound::Error> {
    let specification = hound::WavSpec {
        channels: format.channels(),
        sample_rate: format.sample_rate(),
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    hound::WavWriter::create(path, specification)
}

/// The name beside another that a file has until it is whole. What has it when this is dropped goes.
struct Beside {
    path: PathBuf,
    other: PathBuf,
}

impl Beside {
    /// `None` for what no file can replace: a device, a folder, a path without a name.
    fn of(path: &Path) -> Option<Beside> {
        // Behind a link it is the file that is replaced.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            return None;
        }
        let name = path.file_name()?.to_string_lossy();
        let other = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        Some(Beside { path, other })
    }

    fn rename(self) -> io::Result<()> {
        fs::rename(&self.other, &self.path)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After a rename there is nothing of this name.
        let _ = fs::remove_file(&self.other);
    }
}

fn wav_error(path: &Path, what: &str, error: &hound::Error) -> Error {
    let reason = match error {
        hound::Error::IoError(error) => error.to_string(),
        other => other.to_string(),
    };
    Error::new(ErrorKind::Wav, format!("{what} {}: {reason}", path.display()))
}

/// A few frames on their way to the file.
#[derive(Clone, Copy)]
struct Chunk {
    length: usize,
    samples: [f32; CHUNK],
}

/// The audio thread's end of a [`Recording`].
#[derive(Debug)]
pub struct Tap {
    sender: Sender<Chunk>,
    channels: usize,
}

impl Tap {
    /// Hands on interleaved samples; what finds no room is counted in `meter` and lost. Real-time
    /// safe: the channel is bounded and its receiver never sleeps in it.
    pub(crate) fn send(&mut self, samples: &[f32], meter: &Meter) {
        for part in samples.chunks(CHUNK / self.channels * self.channels) {
            let mut chunk = Chunk { length: part.len(), samples: [0.0; CHUNK] };
            chunk.samples[..part.len()].copy_from_slice(part);
            if let Err(TrySendError::Full(_)) = self.sender.try_send(chunk) {
                meter.lose((part.len() / self.channels) as u64);
            }
        }
    }
}

/// A WAV file that is written while the sound plays, by a thread of its own.
#[derive(Debug)]
pub struct Recording {
    complete: Arc<AtomicBool>,
    thread: JoinHandle<Result<(), Error>>,
    failure: Receiver<Notice>,
}

impl Recording {
    /// Creates the file and the tap that fills it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Wav`] when the file cannot be created, [`ErrorKind::Thread`] when there is no
    /// thread for it.
    pub fn create(path: &Path, format: Format) -> Result<(Self, Tap), Error> {
        let file = WavFile::create(path, format)?;
        let channels = usize::from(format.channels());
        let rate = format.sample_rate() as usize;
        let (sender, receiver) = bounded(BACKLOG_SECONDS * rate * channels / CHUNK + 1);
        touch(&sender, &receiver);
        let complete = Arc::new(AtomicBool::new(false));
        let (fail, failure) = bounded(1);
        let thread = thread::Builder::new()
            .name("segue-wav".to_owned())
            .spawn({
                let complete = Arc::clone(&complete);
                move || {
                    let result = record(file, &receiver, &complete, rate * channels);
                    if let Err(error) = &result {
                        let _ = fail.try_send(Notice::Unrecorded(error.to_string()));
                    }
                    result
                }
            })
            .map_err(|error| {
                let path = path.display();
                Error::new(
                    ErrorKind::Thread,
                    format!("cannot start the thread for {path}: {error}"),
                )
            })?;
        Ok((Self { complete, thread, failure }, Tap { sender, channels }))
    }

    /// Gives one notice when the recording fails before it is finished.
    #[must_use]
    pub fn failure(&self) -> &Receiver<Notice> {
        &self.failure
    }

    /// Writes what is under way and closes the file. Call it when the output has ended.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Wav`] when the file is not complete.
    pub fn finish(self) -> Result<(), Error> {
        // Pairs with the load in `record`: chunks sent before are received before the file is
        // closed.
        self.complete.store(true, Ordering::Release);
        self.thread.join().unwrap_or_else(|_| {
            Err(Error::new(ErrorKind::Thread, "the recording's thread has panicked"))
        })
    }
}

/// Uses every cell of the channel once, so that the audio thread meets no fresh page in it.
fn touch(sender: &Sender<Chunk>, receiver: &Receiver<Chunk>) {
    while sender.try_send(Chunk { length: 0, samples: [0.0; CHUNK] }).is_ok() {}
    while receiver.try_recv().is_ok() {}
}

/// The writing thread.
fn record(
    mut file: WavFile,
    receiver: &Receiver<Chunk>,
    complete: &AtomicBool,
    samples_per_second: usize,
) -> Result<(), Error> {
    let mut unflushed = 0;
    loop {
        // Looked at before the channel: what was sent before completion is then in the channel.
        // Pairs with the store in `Recording::finish`.
        let is_complete = complete.load(Ordering::Acquire);
        match receiver.try_recv() {
            Ok(chunk) => {
                file.write(&chunk.samples[..chunk.length])?;
                unflushed += chunk.length;
                if unflushed >= samples_per_second {
                    file.flush()?;
                    unflushed = 0;
                }
            }
            Err(TryRecvError::Empty) if !is_complete => thread::sleep(POLL),
            Err(_) => return file.finish(),
        }
    }
}
