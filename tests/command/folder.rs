//! A temporary folder with songs in it, and the texts of those songs.
//!
//! The prelude beside the songs is `block.rs` alone: most songs here need no more, and compile in
//! a fraction of the time.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// The part of the prelude that has `Block`.
const BLOCK: &str = include_str!("../../audio-demo/prelude/block.rs");

/// The song of most tests, in a [`Folder`].
pub(crate) const SONG: &str = "song.rs";

/// The line of a song's text in which [`song`] puts the body.
pub(crate) const BODY_LINE: usize = 11;

/// A song whose `process` has this body for the frame `frame`.
pub(crate) fn song(body: &str) -> String {
    format!(
        "use prelude::*;

#[derive(Default)]
pub struct State {{
    frames: u64,
}}

pub fn process(state: &mut State, block: &mut Block) {{
    for frame in 0..block.frames() {{
        state.frames += 1;
        {body}
    }}
}}
"
    )
}

/// A song of one level that never changes: what happens to it is seen in every sample.
pub(crate) fn level(level: f32) -> String {
    song(&format!("block.set(frame, {level:?}, {level:?});"))
}

/// A song that changes its sign at every frame. Its own steps are larger than the step to another
/// one at half the level, so that a swap between the two is exact to the sample.
pub(crate) fn alternating(level: f32) -> String {
    song(&format!(
        "let sign = if state.frames % 2 == 0 {{ 1.0 }} else {{ -1.0 }};
        block.set(frame, sign * {level:?}, sign * {level:?});"
    ))
}

/// A song that the compiler in the process takes, and rustc does not: one value is borrowed twice.
#[cfg(feature = "jit")]
pub(crate) fn borrowed_twice() -> String {
    song(
        "let mut both = [0.25_f32; 2];
        let left = &mut both[0];
        let right = &mut both[1];
        block.set(frame, *left, *right);",
    )
}

/// A song that rustc refuses, at [`BODY_LINE`] and column 27.
pub(crate) fn broken() -> String {
    song("block.set(frame, 0.5, misspelt);")
}

/// The folder of one test.
pub(crate) struct Folder {
    dir: TempDir,
}

impl Folder {
    /// A folder with the small prelude in it.
    pub(crate) fn new() -> Folder {
        let folder = Folder::empty();
        folder.write("prelude.rs", BLOCK);
        folder
    }

    /// A folder with nothing in it, where songs get the prelude that the command carries.
    pub(crate) fn empty() -> Folder {
        Folder { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A folder with the small prelude and [`SONG`].
    pub(crate) fn with_song(text: &str) -> Folder {
        let folder = Folder::new();
        folder.write(SONG, text);
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes in place, as simple editors do.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).expect("the folder can be written");
        path
    }

    /// Writes another file and renames it over, as careful editors do.
    pub(crate) fn write_by_rename(&self, name: &str, text: &str) {
        let other = self.write(".4913", text);
        fs::rename(other, self.path(name)).expect("the file can be replaced");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file can be read")
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).expect("the file can be removed");
    }

    /// The command, with arguments as one would type them, in this folder. The prelude that it
    /// carries is unpacked in this folder too, and no variable of the caller's says how to print.
    pub(crate) fn segue(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_segue"));
        command.args(arguments.split_whitespace()).current_dir(self.dir.path());
        command.env("XDG_DATA_HOME", self.path("data"));
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "SEGUE_RUSTC"] {
            command.env_remove(variable);
        }
        command.stdin(Stdio::null());
        command
    }
}

/// The repository's own songs.
pub(crate) fn songs_of_the_repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("audio-demo/songs")
}
