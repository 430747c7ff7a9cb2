//! Whose affair a failure is.

use super::*;
use segue_audio_demo::{Error, ErrorKind};

fn exit(kind: ErrorKind) -> Exit {
    Failure::from(Error::new(kind, "why")).exit()
}

#[test]
fn playback_fails_by_its_arguments_or_by_the_machine() {
    assert_eq!(exit(ErrorKind::OutOfRange), Exit::Usage);
    assert_eq!(exit(ErrorKind::Wav), Exit::Machine);
    assert_eq!(exit(ErrorKind::UnknownDevice), Exit::Machine);
    assert_eq!(exit(ErrorKind::Prelude), Exit::Usage);
}
