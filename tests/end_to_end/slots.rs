//! Slots are given back: whatever number of edits leaves its callers in old worlds, the table holds
//! what can still be called.

use segue::Commit;

use crate::song::{Song, reclaim_all, remembering};

/// Edits that each open a world; `SEGUE_WORLDS` asks for another number.
const WORLDS: usize = 2_000;

/// Slots that only addresses name may be as many as there were generations in use at one time, which
/// are fewer than this: everything is reclaimed after each 50.
const LATE: usize = 100;

/// Functions that call each other, and one that is only called through its address.
fn text(edition: usize) -> String {
    format!(
        "pub struct Edition {edition_type}
#[inline(never)] fn leaf(x: u64) -> u64 {{ std::hint::black_box(x) * 10 + {edition} }}
#[inline(never)] fn even(x: u64) -> u64 {{ if x == 0 {{ leaf(x) }} else {{ odd(x - 1) }} }}
#[inline(never)] fn odd(x: u64) -> u64 {{ if x == 0 {{ leaf(x + 1) }} else {{ even(x - 1) }} }}
#[inline(never)] fn named(x: u64) -> u64 {{ if x > 5 {{ named(x - 1) }} else {{ leaf(x) }} }}
pub fn chain(x: u64) -> u64 {{ even(x) }}
pub fn address(x: u64) -> usize {{ let f: fn(u64) -> u64 = named; f as usize + (x * 0) as usize }}
",
        edition_type = ["{ a: u8 }", "{ a: u16 }", "{ a: u32 }"][edition % 3],
    )
}

#[test]
fn worlds_come_and_go_and_the_table_stays_flat() {
    stays_flat(Commit::Immediate);
}

#[test]
fn snapshots_come_and_go_and_the_table_stays_flat() {
    stays_flat(Commit::Snapshot);
}

fn stays_flat(commit: Commit) {
    let worlds = std::env::var("SEGUE_WORLDS").ok().and_then(|number| number.parse().ok());
    let worlds: usize = worlds.unwrap_or(WORLDS);
    let song = Song::new(&text(0));
    let program = remembering(&song.path(), 3).commit(commit).watch(false).open();
    let program = program.expect("the file opens");
    let chain = program.bind::<fn(u64) -> u64>("chain").expect("a handle");
    let address = program.bind::<fn(u64) -> usize>("address").expect("a handle");
    let me = program.participant();
    let texts: Vec<String> = (0..6).map(text).collect();
    let mut kept = Vec::new();
    let mut warm = None;
    for n in 1..worlds {
        let report = program.apply(&texts[n % texts.len()]).expect("live");
        assert!(report.linked >= 6, "what calls each other is linked anew: {report}");
        assert_eq!(chain.pin(&me).call(2), n as u64 % 6);
        if n < 12 {
            kept.push(address.pin(&me).call(0));
        }
        if n % 50 == 0 {
            reclaim_all(&program);
        }
        if n == 200 {
            warm = Some((program.slots(), program.memory()));
        }
    }
    reclaim_all(&program);
    let (warm_slots, warm) = warm.expect("more than a few worlds");
    let end = program.memory();
    let slots = program.slots();
    println!("{warm_slots} slots became {slots}, {warm:?} became {end:?}");
    assert!(slots <= warm_slots + LATE, "{warm_slots} slots became {slots}");
    assert!(end.data <= warm.data + 16 * LATE, "{warm:?} became {end:?}");
    assert!(end.stubs <= warm.stubs + LATE, "{warm:?} became {end:?}");
    assert!(end.code <= warm.code + 512 * LATE, "{warm:?} became {end:?}");
    let _guard = me.pin();
    for address in kept {
        // SAFETY: the address of `named`, of this very type in all editions; addresses stay callable.
        let named = unsafe { std::mem::transmute::<usize, fn(u64) -> u64>(address) };
        let answer = named(9);
        assert!((50..56).contains(&answer), "not code of `named`: {answer}");
    }
}
