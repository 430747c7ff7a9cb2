//! Whose a slot is: that of one signature, and of everybody who could come back to what is in it.

use std::{
    io::Write,
    os::fd::AsRawFd,
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use super::{call, called, numbered, wait_live};
use crate::{
    alone,
    song::{SAMPLE, Sample, Song, open_remembering, reclaim_all, wait_until},
};
use segue::Outcome;

#[test]
fn a_handle_on_a_signature_that_came_without_new_code_follows_its_edits() {
    let text = |ty: &str, body: &str| {
        format!("#[inline(never)] pub fn times(x: {ty}) -> u64 {{ let _ = x; {body} }}\n")
    };
    let song = Song::new(&text("u32", "7"));
    let program = open_remembering(&song.path(), 1);
    let me = program.participant();
    let narrow = program.bind::<fn(u32) -> u64>("times").expect("a handle");
    assert_eq!(program.apply(&text("u64", "7")).expect("live").changed, ["times"]);
    let wide = program.bind::<fn(u64) -> u64>("times").expect("a handle");
    assert_eq!(wide.pin(&me).call(1 << 40), 7);
    program.apply(&text("u64", "x + 1")).expect("live");
    assert_eq!((wide.pin(&me).call(1 << 40), narrow.pin(&me).call(1)), ((1 << 40) + 1, 7));
    program.apply(&text("u32", "u64::from(x) + 2")).expect("live");
    assert_eq!((wide.pin(&me).call(1 << 40), narrow.pin(&me).call(1)), ((1 << 40) + 1, 3));
    reclaim_all(&program);
    assert_eq!((wide.pin(&me).call(1 << 40), narrow.pin(&me).call(1)), ((1 << 40) + 1, 3));
}

#[test]
fn an_address_of_a_signature_that_went_without_new_code_means_its_last_code() {
    alone::survives(|| {
        let text = |ty: &str, body: &str| {
            format!(
                "pub fn address() -> usize {{
    #[inline(never)] fn named(x: {ty}) -> u64 {{ let _ = x; {body} }}
    let f: fn({ty}) -> u64 = named;
    f as usize
}}
"
            )
        };
        let song = Song::new(&text("u32", "7"));
        let program = open_remembering(&song.path(), 1);
        let me = program.participant();
        let named = program.bind::<fn() -> usize>("address").expect("a handle").pin(&me).call();
        // SAFETY: whoever has an address may call it as long as the program lives.
        let named = unsafe { std::mem::transmute::<usize, fn(u32) -> u64>(named) };
        assert_eq!(program.apply(&text("u64", "7")).expect("unchanged").generation, 1);
        for n in 8..11 {
            program.apply(&text("u64", &format!("x + {n}"))).expect("live");
        }
        reclaim_all(&program);
        assert_eq!(named(1), 7);
    });
}

/// With a state that holds `extra`. At its first call with a place, says there that it is inside, waits
/// for a byte and panics.
fn waiting(n: u32, extra: &str) -> String {
    format!(
        "{SAMPLE}use std::sync::atomic::{{AtomicU32, Ordering}};
unsafe extern \"C\" {{ fn read(fd: i32, at: *mut u8, count: usize) -> isize; }}
#[derive(Default)] pub struct State {{ calls: u32, {extra} }}
#[inline(never)] pub fn leaf(x: u64) -> u64 {{ std::hint::black_box(x) * 10 + {n} }}
#[inline(never)] pub fn twice(x: u64) -> u64 {{ std::hint::black_box(leaf(x)) * 2 }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1;
    let gate = sample.place as *const Gate;
    if let Some(gate) = unsafe {{ gate.as_ref() }} {{
        if gate.inside.swap(1, Ordering::Release) == 0 {{
            unsafe {{ read(gate.fd, [0_u8].as_mut_ptr(), 1) }};
            panic!(\"late\");
        }}
    }}
    sample.number = twice(1) as u32;
}}
#[repr(C)] pub struct Gate {{ inside: AtomicU32, fd: i32 }}
"
    )
}

/// As [`waiting`] knows it.
#[repr(C)]
struct Gate {
    inside: AtomicU32,
    fd: i32,
}

/// Calls `closure`, which waits inside and then panics, while `meanwhile` runs; returns what was done
/// instead.
fn panics_after(closure: &mut segue::Closure<Sample>, meanwhile: impl FnOnce()) -> (Outcome, u32) {
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    let gate = Gate { inside: AtomicU32::new(0), fd: reader.as_raw_fd() };
    thread::scope(|scope| {
        let place = &raw const gate as usize;
        let caller = scope.spawn(move || {
            let mut sample = Sample { place, ..Sample::default() };
            let call = closure.call(&mut sample);
            (call.outcome, sample.number)
        });
        wait_until("the call is inside", || gate.inside.load(Ordering::Acquire) == 1);
        meanwhile();
        writer.write_all(&[0]).expect("somebody reads");
        caller.join().expect("it returns")
    })
}

#[test]
fn a_closure_goes_back_to_code_that_is_there() {
    alone::survives(|| {
        let song = Song::new(&waiting(1, ""));
        let program = open_remembering(&song.path(), 1);
        let _me = program.participant();
        let mut closure = called(&program);
        program.apply(&waiting(2, "a: u8")).expect("live");
        assert_eq!(call(&mut closure).1, 2);
        let done = panics_after(&mut closure, || {
            // Back in the signature that the closure could go back to, and gone from it again; what
            // was undone leaves no way back.
            for (n, extra) in [(3, ""), (4, "a: u8"), (5, "a: u8"), (6, "a: u8")] {
                program.apply(&waiting(n, extra)).expect("live");
            }
            program.undo().expect("back");
            reclaim_all(&program);
        });
        assert_eq!(done, (Outcome::RolledBack, 26), "the newest code of its signature");
    });
}

#[test]
fn a_closure_goes_back_to_a_slot_that_is_there() {
    alone::survives(|| {
        let with = |n: u32, life: &str, more: &str| {
            let text = waiting(n, "").replace("pub fn process(", &format!("pub fn process{life}("));
            text.replace("state.calls += 1;", &format!("state.calls += 1; {more}"))
        };
        let song = Song::new(&with(1, "", ""));
        let program = open_remembering(&song.path(), 1);
        let _me = program.participant();
        let mut closure = called(&program);
        // The state is the same, the signature is not; the closure takes none of them.
        for n in 2..6 {
            program.apply(&with(n, "<'a>", "")).expect("live");
        }
        reclaim_all(&program);
        let bad = "if sample.value == 1.0 { sample.value = 0.0; panic!(\"no\") }";
        program.apply(&with(6, "<'a>", bad)).expect("live");
        let mut sample = Sample { value: 1.0, ..Sample::default() };
        let outcome = closure.call(&mut sample).outcome;
        assert_eq!((outcome, sample.number), (Outcome::RolledBack, 22));
    });
}

#[test]
fn a_posted_turn_leaves_what_the_closure_could_go_back_to() {
    let song = Song::new(&waiting(1, ""));
    let program = open_remembering(&song.path(), 32);
    let mut closure = called(&program);
    for (n, extra) in [(2, ""), (3, "a: u8")] {
        program.apply(&waiting(n, extra)).expect("posted");
        assert_eq!(call(&mut closure).1, u64::from(n));
        wait_live(&program, u64::from(n));
    }
    let done = panics_after(&mut closure, || drop(program.go_to(1).expect("posted")));
    assert_eq!(done, (Outcome::RolledBack, 24), "what generation 2 returns");
    wait_until("generation 1 is taken", || call(&mut closure).1 == 1);
    let mut sample = Sample::default();
    closure.call(&mut sample);
    assert_eq!(sample.number, 22);
}

#[test]
fn a_panic_after_the_program_is_gone_drops_each_state_once() {
    alone::survives(|| {
        let text = |n, extra: &str| waiting(n, &format!("notes: Vec<Box<u32>>, {extra}"));
        let song = Song::new(&text(1, "a: u8"));
        let program = open_remembering(&song.path(), 1);
        let mut closure = called(&program);
        program.apply(&text(2, "a: u16")).expect("posted");
        call(&mut closure);
        wait_live(&program, 2);
        let done = panics_after(&mut closure, || {
            program.apply(&text(3, "a: u32")).expect("posted");
            drop(program);
        });
        assert_eq!(done, (Outcome::RolledBack, 22));
        drop(closure);
    });
}

#[test]
fn an_address_out_of_a_generation_kept_by_hand_reaches_older_code() {
    alone::survives(|| {
        let text = |ty: &str, n: u32, hook: &str| {
            format!(
                "{SAMPLE}pub struct T {{ a: {ty} }}
#[derive(Default)] pub struct State {{ hook: Option<fn(u64) -> u64> }}
#[inline(never)] pub fn leaf(x: u64) -> u64 {{ std::hint::black_box(x) * 10 + {n} }}
#[inline(never)] fn named<T>(x: u64) -> u64 {{ std::hint::black_box(leaf(x)) }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    {hook}
    sample.number = state.hook.map_or(leaf(1), |hook| hook(1)) as u32;
}}
"
            )
        };
        let song = Song::new(&text("u8", 1, ""));
        let program = open_remembering(&song.path(), 1);
        let mut closure = called(&program);
        program.apply(&text("u8", 2, "state.hook = Some(named::<u8>);")).expect("posted");
        call(&mut closure);
        program.keep(2).expect("it is there");
        program.undo().expect("back");
        call(&mut closure);
        for n in 3..7 {
            program.apply(&text("u16", n, "")).expect("posted");
            call(&mut closure);
            wait_live(&program, u64::from(n));
        }
        reclaim_all(&program);
        let mut sample = Sample::default();
        closure.call(&mut sample);
        assert_eq!(sample.number, 11, "what the address reaches in its world");
    });
}

#[test]
fn a_table_of_a_refused_edit_that_the_next_one_has_too_holds_functions() {
    alone::survives(|| {
        let text = |n: u32, process: &str| {
            format!(
                "{SAMPLE}#[derive(Default)] pub struct State {{ calls: u32 }}
static TABLE: std::sync::Mutex<[fn(u64) -> u64; 2]> = std::sync::Mutex::new([first, second]);
#[inline(never)] fn first(x: u64) -> u64 {{ std::hint::black_box(x) * 10 + {n} }}
#[inline(never)] fn second(x: u64) -> u64 {{ std::hint::black_box(x) * 100 + {n} }}
pub fn {process}(state: &mut State, sample: &mut Sample) {{
    state.calls += 1;
    sample.number = TABLE.lock().unwrap().iter().map(|each| each(1)).sum::<u64>() as u32;
}}
"
            )
        };
        let song = Song::new(&numbered(1));
        let program = open_remembering(&song.path(), 1);
        let mut closure = called(&program);
        program.apply(&text(2, "progress")).expect_err("the closure's function is gone");
        reclaim_all(&program);
        let others = (0..20).map(|n| format!("pub fn other{n}(x: u64) -> u64 {{ x + {n} }}\n"));
        program.apply(&(numbered(2) + &others.collect::<String>())).expect("posted");
        program.apply(&text(3, "process")).expect("posted");
        let mut sample = Sample::default();
        assert_eq!(closure.call(&mut sample).outcome, Outcome::Done);
        assert!([114, 116].contains(&sample.number), "{}", sample.number);
    });
}
