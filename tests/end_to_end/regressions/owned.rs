//! Whose a slot is: that of one signature, and of everybody who could come back to what is in it.

use crate::{
    alone,
    song::{Song, open_remembering, reclaim_all},
};

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
