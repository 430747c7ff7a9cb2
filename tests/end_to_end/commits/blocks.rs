//! One closure under `Commit::Immediate`, the default: it takes an edit of many functions whole, between
//! two blocks, whatever the moment at which the edit comes.

use std::{
    fmt::Write as _,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use segue::{Closure, Outcome, Program};

use crate::song::{SAMPLE, Sample, Song, reclaim_all, remembering, wait_until};

/// How often all functions swap while blocks are computed.
const COMMITS: u64 = 500;
/// Functions that call `LEAVES` others each.
const GROUPS: u32 = 20;

/// `1 + 20 * (1 + leaves)` functions, `process` among them, of which each adds its edition. Between the
/// two halves of them `process` waits at the gate that its sample points to, if it points to one.
fn text(leaves: u32, edition: u32) -> String {
    let mut text = format!(
        "{SAMPLE}use std::sync::atomic::{{AtomicU64, Ordering::SeqCst}};
#[inline(never)] fn wait(place: usize) {{
    let gate = unsafe {{ &*(place as *const AtomicU64) }};
    gate.fetch_add(1, SeqCst);
    while gate.load(SeqCst) < 2 {{ std::thread::yield_now(); }}
}}
#[derive(Default)] pub struct State {{ blocks: u32 }}
"
    );
    let mut body = String::new();
    for group in 0..GROUPS {
        let mut calls = String::new();
        for leaf in 0..leaves {
            let name = format!("leaf_{group}_{leaf}");
            let _ = writeln!(text, "#[inline(never)] fn {name}(x: u32) -> u32 {{ x + {edition} }}");
            let _ = writeln!(calls, "    x = {name}(x);");
        }
        let _ = writeln!(
            text,
            "#[inline(never)] fn group_{group}(mut x: u32) -> u32 {{\n{calls}    x + {edition}\n}}"
        );
        if group == GROUPS / 2 {
            body.push_str("    if sample.place != 0 { wait(sample.place) }\n");
        }
        let _ = writeln!(body, "    x = group_{group}(x);");
    }
    let _ = writeln!(
        text,
        "pub fn process(state: &mut State, sample: &mut Sample) {{
    state.blocks += 1;\n    let mut x = {edition};\n{body}    sample.number = x;\n}}"
    );
    text
}

/// A program of such a file, and its one caller.
struct Blocks {
    _song: Song,
    program: Program,
    closure: Closure<Sample>,
    functions: u32,
}

impl Blocks {
    fn open(leaves: u32) -> Blocks {
        let song = Song::new(&text(leaves, 1));
        let program = remembering(&song.path(), 4).watch(false).open().expect("the file opens");
        let closure = program.closure("process").expect("a closure");
        Blocks { _song: song, program, closure, functions: 1 + GROUPS * (1 + leaves) }
    }

    /// The edition of all functions that a block called, or how far it was from one.
    fn next(&mut self, place: usize) -> Result<u32, String> {
        block(&mut self.closure, self.functions, place)
    }
}

fn block(closure: &mut Closure<Sample>, functions: u32, place: usize) -> Result<u32, String> {
    let mut sample = Sample { place, ..Sample::default() };
    let call = closure.call(&mut sample);
    assert_eq!(call.outcome, Outcome::Done);
    match (sample.number / functions, sample.number % functions) {
        (edition, 0) => Ok(edition),
        (edition, newer) => Err(format!("{newer} of {functions} functions newer than {edition}")),
    }
}

#[test]
fn each_block_is_of_one_edition_while_all_functions_swap_500_times() {
    let mut blocks = Blocks::open(9);
    let report = blocks.program.apply(&text(9, 2)).expect("posted");
    assert_eq!(report.changed.len(), 201, "{report}");
    assert_eq!(blocks.next(0), Ok(2));
    // Commits that are posted, and the edition of the last block.
    let (posted, seen) = (AtomicU64::new(0), AtomicU64::new(2));
    let (posted, seen) = (&posted, &seen);
    let Blocks { program, closure, functions, .. } = &mut blocks;
    let program = &*program;
    let [mut count, mut straddling, mut changes] = [0_u64; 3];
    let mut mixed = Vec::new();
    thread::scope(|scope| {
        let commits = scope.spawn(move || {
            for commit in 0..COMMITS {
                let report = if commit % 2 == 0 { program.undo() } else { program.redo() };
                posted.store(commit + 1, Ordering::SeqCst);
                let report = report.expect("the history has both");
                assert_eq!(report.changed.len(), 201, "{report}");
                wait_until("it is taken", || seen.load(Ordering::SeqCst) == report.generation);
            }
        });
        let mut last = 2;
        while !commits.is_finished() {
            let before = posted.load(Ordering::SeqCst);
            let edition = block(closure, *functions, 0);
            straddling += u64::from(posted.load(Ordering::SeqCst) != before);
            count += 1;
            let edition = match edition {
                Ok(edition) => edition,
                Err(why) => {
                    mixed.push(why);
                    continue;
                }
            };
            changes += u64::from(edition != last);
            last = edition;
            seen.store(u64::from(edition), Ordering::SeqCst);
        }
        commits.join().expect("every commit is made");
    });
    println!("{count} blocks, {straddling} of them while a commit came, {changes} changes");
    assert!(mixed.is_empty(), "{} of {count} blocks, the first: {}", mixed.len(), mixed[0]);
    assert_eq!(changes, COMMITS, "each commit was taken");
    assert!(straddling >= COMMITS / 10, "{straddling} of {count} blocks while a commit came");
}

impl Blocks {
    /// What a block sees during which `commit` is made, and what the next one sees.
    fn around(&mut self, commit: impl FnOnce(&Program) + Send) -> [Result<u32, String>; 2] {
        let gate = AtomicU64::new(0);
        let (place, gate) = ((&raw const gate).addr(), &gate);
        let Blocks { program, closure, functions, .. } = self;
        let during = thread::scope(|scope| {
            scope.spawn(move || {
                wait_until("the block is inside", || gate.load(Ordering::SeqCst) == 1);
                // The gate opens also when the commit fails.
                let _open = OpenOnDrop(gate);
                commit(program);
            });
            block(closure, *functions, place)
        });
        [during, self.next(0)]
    }
}

struct OpenOnDrop<'a>(&'a AtomicU64);

impl Drop for OpenOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(2, Ordering::SeqCst);
    }
}

#[test]
fn a_block_in_flight_goes_on_with_the_old_code_of_a_thousand_functions_to_its_end() {
    let mut blocks = Blocks::open(49);
    assert!(blocks.functions > 1_000);
    fn apply(program: &Program, edition: u32) {
        let report = program.apply(&text(49, edition)).expect("posted");
        assert!(report.changed.len() > 1_000, "{report}");
    }
    let undo = |program: &Program| drop(program.undo().expect("back"));
    let redo = |program: &Program| drop(program.redo().expect("forth"));
    assert_eq!(blocks.around(|program| apply(program, 2)), [Ok(1), Ok(2)]);
    assert_eq!(blocks.around(undo), [Ok(2), Ok(1)]);
    assert_eq!(blocks.around(redo), [Ok(1), Ok(2)]);
    let two = |program: &Program| {
        apply(program, 3);
        apply(program, 1);
    };
    assert_eq!(blocks.around(two), [Ok(2), Ok(1)], "of two the later one");
    reclaim_all(&blocks.program);
    assert_eq!(blocks.next(0), Ok(1));
}
