//! `segue render`: the same to the bit, edits at their block, and nothing lost to a bad edit.

use crate::folder::{BODY_LINE, Folder, alternating, broken, level, song};
use crate::running::run;
use crate::wav::{Wav, assert_same, steepest};

/// Frames before the block that contains 0.5 s: blocks have 128 frames, at 48,000 a second.
const HALF: usize = 24_000 / 128 * 128;

#[test]
fn a_render_is_the_same_to_the_bit_every_time() {
    // Noise from the state, so that each sample hangs on all before it.
    let folder = Folder::with_song(&song(
        "state.frames = state.frames.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let sample = (state.frames >> 40) as f32 / 16_777_216.0 - 0.5;
        block.set(frame, sample, -sample);",
    ));
    for name in ["one.wav", "two.wav"] {
        let ended = run(folder.segue(&format!("render song.rs --seconds 1.25 -o {name}")));
        assert!(ended.with_code(0).plainly().line("wrote").contains("1.250 s at 48000 Hz"));
    }
    let wav = Wav::read(&folder.path("one.wav"));
    assert_eq!((wav.specification.channels, wav.specification.sample_rate), (2, 48_000));
    assert_eq!(wav.frames(), 60_000);
    assert!(wav.peak() > 0.4);
    let bytes = |name| std::fs::read(folder.path(name)).expect("it was written");
    assert_eq!(bytes("one.wav"), bytes("two.wav"));
}

#[test]
fn the_format_is_what_was_asked_for() {
    let folder = Folder::with_song(&level(0.25));
    let options = "--sample-rate 44100 --channels 1 --block 100";
    run(folder.segue(&format!("render song.rs --seconds 0.5 -o x.wav {options}"))).with_code(0);
    let wav = Wav::read(&folder.path("x.wav"));
    assert_eq!((wav.specification.channels, wav.specification.sample_rate), (1, 44_100));
    assert_eq!(wav.samples, vec![0.25; 22_050]);
}

#[test]
fn an_edit_is_applied_at_the_block_that_contains_its_time() {
    let folder = Folder::with_song(&alternating(0.4));
    folder.write("softer.rs", &alternating(0.3));
    let ended = run(folder.segue("render song.rs --seconds 1 -o x.wav --edit 0.5=softer.rs"))
        .with_code(0)
        .plainly();
    assert!(ended.line("0.500 s").contains("live  gen 2: changed process"), "{ended:#?}");

    let left = Wav::read(&folder.path("x.wav")).channel(0);
    let sign = |index: usize| if index.is_multiple_of(2) { -1.0 } else { 1.0 };
    let wanted = |index| sign(index) * if index < HALF { 0.4 } else { 0.3 };
    assert_same(&left, &(0..48_000).map(wanted).collect::<Vec<f32>>());
}

#[test]
fn edits_apply_in_the_order_of_their_times_and_do_not_click() {
    let folder = Folder::with_song(&level(0.25));
    folder.write("half.rs", &level(0.5));
    folder.write("low.rs", &level(0.1));
    let edits = "--edit 0.75=low.rs --edit 0.5=half.rs";
    run(folder.segue(&format!("render song.rs --seconds 1 -o x.wav {edits}"))).with_code(0);

    let left = Wav::read(&folder.path("x.wav")).channel(0);
    let settled = [HALF, 36_000 / 128 * 128, 48_000];
    assert!(left[..settled[0]].iter().all(|sample| *sample == 0.25));
    assert_eq!(left[settled[1] - 1], 0.5);
    assert_eq!(left[settled[2] - 1], 0.1);
    let step = steepest(&left);
    assert!(step < 0.01, "a step of {step} is a click");
}

#[test]
fn an_edit_that_changes_no_sound_changes_no_bit() {
    let folder = Folder::with_song(&alternating(0.4));
    let commented = format!("// Another line.\n{}", alternating(0.4));
    folder.write("commented.rs", &commented);
    run(folder.segue("render song.rs --seconds 1 -o without.wav")).with_code(0);
    let ended = run(folder.segue("render song.rs --seconds 1 -o with.wav --edit 0.5=commented.rs"))
        .with_code(0);
    assert!(ended.line("0.500 s").contains("unchanged"), "{ended:#?}");
    assert_same(
        &Wav::read(&folder.path("with.wav")).samples,
        &Wav::read(&folder.path("without.wav")).samples,
    );
}

#[test]
fn a_refused_edit_leaves_the_sound_bit_equal() {
    let folder = Folder::with_song(&alternating(0.4));
    folder.write("broken.rs", &broken());
    run(folder.segue("render song.rs --seconds 1 -o without.wav")).with_code(0);
    let ended = run(folder.segue("render song.rs --seconds 1 -o with.wav --edit 0.5=broken.rs"))
        .with_code(1)
        .plainly()
        .says(&["1 edit was refused"]);
    assert!(ended.line("0.500 s").contains("refused  broken.rs does not compile"), "{ended:#?}");
    let said = ended.stdout().join("\n");
    assert!(said.contains("cannot find value `misspelt`"), "{said}");
    assert!(said.contains(&format!("{BODY_LINE}:31")), "{said}");
    assert_same(
        &Wav::read(&folder.path("with.wav")).samples,
        &Wav::read(&folder.path("without.wav")).samples,
    );
}

#[test]
fn a_panic_of_an_edit_goes_back_within_its_block() {
    let folder = Folder::with_song(&alternating(0.4));
    let halfway = "if frame == 60 { panic!(\"in the middle of a block\") }
        block.set(frame, 0.1, 0.1);";
    // What it writes to the state before it panics would stay written; so it writes nothing.
    folder.write("panics.rs", &song(halfway).replace("state.frames += 1;", "let _ = &state;"));
    run(folder.segue("render song.rs --seconds 1 -o without.wav")).with_code(0);
    let ended = run(folder.segue("render song.rs --seconds 1 -o with.wav --edit 0.5=panics.rs"))
        .with_code(1)
        .plainly();
    let fault = ended.line("panic");
    assert!(fault.contains("in the middle of a block"), "{fault}");
    assert!(fault.contains(&format!(".rs:{BODY_LINE}:26")), "{fault}");
    assert!(fault.contains("Back to generation 1"), "{fault}");
    assert_same(
        &Wav::read(&folder.path("with.wav")).samples,
        &Wav::read(&folder.path("without.wav")).samples,
    );
}

#[test]
fn samples_that_are_not_finite_are_silenced_and_counted() {
    let folder = Folder::with_song(&song("block.set(frame, f32::NAN, f32::NEG_INFINITY);"));
    let ended = run(folder.segue("render song.rs --seconds 0.5 -o x.wav")).with_code(0);
    assert!(ended.line("48000 samples").contains("not finite: silenced"), "{ended:#?}");
    assert_eq!(Wav::read(&folder.path("x.wav")).samples, vec![0.0; 48_000]);
}

#[test]
fn samples_beyond_full_scale_are_clipped_and_counted() {
    let folder = Folder::with_song(&song("block.set(frame, 2.0, -0.5);"));
    let ended = run(folder.segue("render song.rs --seconds 0.5 -o x.wav")).with_code(0);
    assert!(ended.line("24000 samples").contains("clipped"), "{ended:#?}");
    let wav = Wav::read(&folder.path("x.wav"));
    assert_eq!(wav.samples, [1.0, -0.5].repeat(24_000));
}

#[test]
fn quiet_prints_nothing_that_went_well() {
    let folder = Folder::with_song(&level(0.25));
    folder.write("half.rs", &level(0.5));
    let ended = run(folder.segue("render song.rs -q --seconds 0.5 -o x.wav --edit 0.2=half.rs"))
        .with_code(0);
    assert!(ended.stdout().is_empty() && ended.stderr().is_empty(), "{ended:#?}");
    assert!(folder.path("x.wav").is_file());
}

/// What a host does not use is linked from the toolchain's own archives.
#[test]
fn a_song_may_use_parts_of_std_that_the_command_does_not() {
    let text = r#"use prelude::*;
use std::sync::LazyLock;
static TABLE: LazyLock<Vec<f32>> = LazyLock::new(|| (0..4).map(|n| n as f32).collect());
#[derive(Default)]
pub struct State { blocks: u32 }
pub fn process(state: &mut State, block: &mut Block) {
    state.blocks += 1;
    if state.blocks == 2 {
        println!("table {}", TABLE[3]);
        eprintln!("socket {}", std::net::UdpSocket::bind("127.0.0.1:0").is_ok());
        println!("command {:?}", std::process::Command::new("true").status().map(|it| it.success()));
        println!("time {}", std::time::SystemTime::now().elapsed().is_ok());
        dbg!(std::io::ErrorKind::NotFound);
    }
    block.set(0, 0.1, 0.1);
}
"#;
    let folder = Folder::with_song(text);
    let ended = run(folder.segue("render song.rs --seconds 0.1 -o x.wav")).with_code(0);
    for line in ["table 3", "command Ok(true)", "time true"] {
        assert!(ended.stdout().contains(&line), "{line}: {ended:#?}");
    }
    let errors = ended.stderr().join("\n");
    assert!(errors.contains("socket true") && errors.contains("NotFound"), "{errors}");
}

/// Was: half a file, which looked like a whole one.
#[test]
fn a_render_that_finds_no_room_leaves_no_file_and_keeps_the_one_before() {
    let folder = Folder::with_song(&level(0.25));
    folder.write("x.wav", "what was there");
    // A limit that the object fits below, and ten minutes of sound do not.
    let segue = folder.segue("render song.rs --seconds 600 -o x.wav");
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 20000; exec \"$0\" \"$@\""]);
    limited.arg(segue.get_program()).args(segue.get_args());
    limited.envs(segue.get_envs().filter_map(|(name, value)| Some((name, value?))));
    limited.current_dir(segue.get_current_dir().expect("the folder"));
    run(limited).with_code(3).says(&["cannot write x.wav: File too large"]);
    let is_kept = std::fs::read(folder.path("x.wav")).is_ok_and(|it| it == b"what was there");
    assert!(is_kept, "x.wav is another file now");
    let names =
        std::fs::read_dir(folder.path(".")).expect("the folder").map(|it| it.unwrap().file_name());
    let left: Vec<_> = names.filter(|name| name.to_string_lossy().contains("part")).collect();
    assert!(left.is_empty(), "{left:?}");
}
