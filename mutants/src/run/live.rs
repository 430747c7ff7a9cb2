//! What is different for a live file: a mutant is compiled when it is judged, also one that no test reaches.

use super::process::{Cut, Limits, Request};
use super::protocol::Refusal;
use super::workers::Worker;
use crate::live::CHOOSE;
use crate::{Error, ImageMutant, TestKind, Verdict};

/// How much is kept of what a compiler says.
const ROOM: usize = 64 << 10;

/// What is known once the mutant is compiled.
#[derive(Debug)]
pub(crate) enum Chosen {
    /// Tests say more.
    Viable,
    /// The verdict, and why.
    Settled(Verdict, String),
    /// The run was stopped.
    Stopped,
}

/// Whether mutants are chosen by edits.
pub(crate) fn is_live(worker: &Worker<'_>) -> bool {
    worker.image.binaries.iter().any(|it| it.kind == TestKind::Live)
}

/// Makes the mutant live, if it can be.
///
/// # Errors
///
/// The live file cannot be opened any more.
pub(crate) fn choose(worker: &mut Worker<'_>, mutant: &ImageMutant) -> Result<Chosen, Error> {
    let limits = Limits::default();
    let request =
        Request { mutant: Some(mutant.id().0), words: &[CHOOSE], limits: &limits, room: ROOM };
    let stop = &worker.options.stop;
    let ended = worker.server(0)?.run(&request, stop)?;
    let said = || ended.stderr.trim().to_owned();
    Ok(match ended.refusal {
        _ if ended.cut == Some(Cut::Stopped) => Chosen::Stopped,
        Some(Refusal::Rejected) => Chosen::Settled(Verdict::Unviable, said()),
        Some(Refusal::NotJudged | Refusal::Spoilt) => Chosen::Settled(Verdict::NotJudged, said()),
        None if !ended.status.success() => {
            let said = format!("the process of the live file ended: {}\n{}", ended.status, said());
            Chosen::Settled(Verdict::NotJudged, said.trim_end().to_owned())
        }
        None => Chosen::Viable,
    })
}
