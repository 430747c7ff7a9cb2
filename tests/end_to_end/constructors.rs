//! Promise: what a live file lists in `.init_array` runs once, and a swap runs none of it again.

use super::song::Song;

const TEXT: &str = "
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
static STARTS: AtomicU32 = AtomicU32::new(0);
extern \"C\" fn start() { STARTS.fetch_add(1, Relaxed); }
#[used]
#[unsafe(link_section = \".init_array\")]
static START: extern \"C\" fn() = start;
pub fn starts() -> u32 { STARTS.load(Relaxed) * 10 }
";

#[test]
fn a_constructor_of_a_live_file_runs_once() {
    let song = Song::new(TEXT);
    let program = song.open();
    let starts = program.bind::<fn() -> u32>("starts").expect("a handle");
    let participant = program.participant();
    assert_eq!(starts.pin(&participant).call(), 10);
    for factor in [100, 1000] {
        let text = TEXT.replace("* 10", &format!("* {factor}"));
        program.apply(&text).expect("the edit is live");
        assert_eq!(starts.pin(&participant).call(), factor, "the swap ran none");
    }
    let second = TEXT
        .replace("start()", "again()")
        .replace("START:", "AGAIN:")
        .replace("= start", "= again");
    let (_, second) = second.split_once("extern").expect("a second constructor");
    let (second, _) = second.split_once("pub fn").expect("a second constructor");
    program.apply(&format!("{TEXT}extern{second}")).expect("the edit is live");
    assert_eq!(starts.pin(&participant).call(), 20, "the new one ran, the old one did not");
}
