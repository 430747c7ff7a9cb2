//! Values of enums where the new state holds another variant: what was there makes room, and what is new
//! in the variant starts as its default.

use super::{Shown, check, lines};

/// Every variant of the old state meets every variant that the new one starts with. `payload` is the type of a
/// field that some variants have, `value` one of it, and `shown` what that looks like.
#[track_caller]
fn check_every_pair(payload: &str, value: &str, shown: &str) {
    let of = |text: &str| text.replace("PAYLOAD", payload).replace("VALUE", value);
    let before = of("
        #[derive(Debug, Default)] pub struct State { modes: [[Mode; 4]; 4] }
        #[derive(Debug, Default)] enum Mode { #[default] Off, Plain(u32, [u8; 2]), Own { own: PAYLOAD }, Gone(u8) }
        fn step(state: &mut State) {
            for row in &mut state.modes {
                row[1] = Mode::Plain(7, [1, 2]); row[2] = Mode::Own { own: VALUE }; row[3] = Mode::Gone(1);
            }
        }");
    let after = of("
        #[derive(Debug)] pub struct State { modes: [[Mode; 4]; 4] }
        impl Default for State { fn default() -> State {
            let row = |n| std::array::from_fn(|_| match n {
                0 => Mode::Off, 1 => Mode::Plain(9, [9, 9], (9.0, Some(VALUE)), Inner { x: 9 }),
                2 => Mode::Own { n: 9, own: VALUE }, _ => Mode::New(VALUE),
            });
            State { modes: std::array::from_fn(row) }
        } }
        #[derive(Debug, Default)] enum Mode {
            New(PAYLOAD), Own { n: u16, own: PAYLOAD }, #[default] Off,
            Plain(u64, [u8; 2], (f32, Option<PAYLOAD>), Inner) }
        #[derive(Debug, Default)] struct Inner { x: u8 }
        fn step(_: &mut State) {}");
    let there = format!("(9.0, Some({shown})), Inner {{ x: 9 }}");
    let plain = |rest: &str| format!("Plain(7, [1, 2], {rest})");
    let row = |off: &str, plain: &str, n: u16, gone: &str| {
        format!("[{off}, {plain}, Own {{ n: {n}, own: {shown} }}, {gone}]")
    };
    let default = plain("(0.0, None), Inner { x: 0 }");
    let rows = [
        row("Off", &default, 0, "Off"),
        row("Off", &plain(&there), 0, &format!("Plain(9, [9, 9], {there})")),
        row("Off", &default, 9, &format!("Own {{ n: 9, own: {shown} }}")),
        row("Off", &default, 0, &format!("New({shown})")),
    ];
    let expected = format!("State {{ modes: [{}] }}", rows.join(", "));
    check(
        &before,
        &after,
        &expected,
        &[
            "modes[][]::Plain.0: u32 widened to u64",
            "modes[][]::Plain.1: kept",
            &format!("modes[][]::Plain.2: (f32, Option<{payload}>) is new, starts as its default"),
            "modes[][]::Plain.3: Inner is new, starts as its default",
            "modes[][]::Own.n: u16 is new, starts as its default",
            "modes[][]::Own.own: kept",
            "modes[][]::Gone dropped",
            "modes[][]::New is new",
        ],
    );
}

#[test]
fn variants_that_own_nothing_meet_every_other() {
    check_every_pair("f32", "2.5", "2.5");
}

#[test]
fn variants_that_own_memory_and_others_that_own_none_meet_every_other() {
    check_every_pair("Box<u8>", "Box::new(3)", "3");
    check_every_pair("Vec<String>", "vec![String::from(\"a\")]", "[\"a\"]");
}

#[test]
fn a_default_of_the_users_is_asked_for_every_instance() {
    let before = "#[derive(Debug, Default)] pub struct State { voices: [Voice; 3], spare: [Option<Tone>; 3] }
         #[derive(Debug, Default)] enum Voice { #[default] Off, On { note: u8 } }
         #[derive(Debug, Default)] struct Tone { x: u8 }
         fn step(state: &mut State) {
             for (n, voice) in state.voices.iter_mut().enumerate() { *voice = Voice::On { note: n as u8 }; }
             for (n, spare) in state.spare.iter_mut().enumerate() { *spare = Some(Tone { x: n as u8 }); }
         }";
    // One is in a tuple, the other in a struct whose `Default` is derived.
    let after = "#[derive(Debug, Default)] pub struct State { voices: [Voice; 3], spare: [Option<Tone>; 3] }
         #[derive(Debug, Default)] enum Voice { #[default] Off, On { note: u8, seed: (u8, Seed) } }
         #[derive(Debug, Default)] struct Tone { seed: Seed, x: u8 }
         #[derive(Clone, Copy, Debug)] struct Seed(u32);
         static SEEDS: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(100);
         impl Default for Seed { fn default() -> Seed { Seed(SEEDS.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) } }
         fn step(_: &mut State) {}";
    let mut shown = Shown::new(before);
    shown.show();
    shown.apply(after);
    assert_eq!(
        shown.show(),
        "State { voices: [On { note: 0, seed: (0, Seed(100)) }, On { note: 1, seed: (0, Seed(101)) }, \
         On { note: 2, seed: (0, Seed(102)) }], \
         spare: [Some(Tone { seed: Seed(103), x: 0 }), Some(Tone { seed: Seed(104), x: 1 }), \
         Some(Tone { seed: Seed(105), x: 2 })] }"
    );
}

#[test]
fn a_variant_with_too_many_fields_starts_as_its_default() {
    let fields = |count: usize| {
        let fields: Vec<_> = (0..count).map(|n| format!("f{n}: u64")).collect();
        fields.join(", ")
    };
    let text = |other: &str, step: &str| {
        format!(
            "#[derive(Debug)] pub struct State {{ wide: Mode, narrow: Mode }}
             impl Default for State {{ fn default() -> State {{ State {{ wide: Mode::Off, narrow: Mode::wide() }} }} }}
             #[derive(Debug, Default)] enum Mode {{ #[default] Off, On(u32), {other} Wide {{ {} }} }}
             impl Mode {{ fn wide() -> Mode {{ Mode::Wide {{ {} }} }} }}
             fn step(state: &mut State) {{ {step} }}",
            fields(300),
            fields(300).replace("u64", "u64::MAX"),
        )
    };
    let mut shown = Shown::new(&text(
        "",
        "assert!(matches!(state.narrow, Mode::Wide { .. } | Mode::On(5))); \
         state.wide = Mode::wide(); state.narrow = Mode::On(5);",
    ));
    shown.show();
    let report = shown.apply(&text("New,", ""));
    let why = "starts as its default: it has more than 32 fields";
    assert_eq!(
        lines(&report),
        [
            "wide::On.0: kept",
            &format!("wide::Wide {why}"),
            "wide::New is new",
            "narrow::On.0: kept",
            &format!("narrow::Wide {why}"),
            "narrow::New is new",
        ]
    );
    assert_eq!(shown.show(), "State { wide: Off, narrow: On(5) }");
}

/// Arrays are carried by so many elements at a time: more than that, nested, and of other lengths.
#[test]
fn every_element_of_long_arrays_is_carried_with_a_spare_of_its_own() {
    let voice = |row: usize, n: usize| row * 70 + n;
    let before = "
        #[derive(Debug)] pub struct State { voices: [[Voice; 70]; 3], numbers: [[u32; 130]; 2] }
        impl Default for State { fn default() -> State { State {
            voices: std::array::from_fn(|row| std::array::from_fn(|n| Voice::On { note: (row * 70 + n) as u16 })),
            numbers: std::array::from_fn(|row| std::array::from_fn(|n| (row * 130 + n) as u32)),
        } } }
        #[derive(Debug)] enum Voice { On { note: u16 } }
        fn step(_: &mut State) {}";
    let after = "
        #[derive(Debug)] pub struct State { numbers: [[u64; 130]; 2], voices: [[Voice; 66]; 4] }
        impl Default for State { fn default() -> State { State {
            numbers: [[0; 130]; 2], voices: std::array::from_fn(|_| std::array::from_fn(|_| Voice::Off)) } } }
        #[derive(Debug)] enum Voice { Off, On { seed: Seed, note: u32 } }
        #[derive(Debug)] struct Seed(u32);
        static SEEDS: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1000);
        impl Default for Seed { fn default() -> Seed { Seed(SEEDS.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) } }
        fn step(_: &mut State) {}";
    let list = |count: usize, each: &dyn Fn(usize) -> String| {
        let all: Vec<String> = (0..count).map(each).collect();
        format!("[{}]", all.join(", "))
    };
    let numbers = list(2, &|row| list(130, &|n| (row * 130 + n).to_string()));
    let of_row = |row: usize, n: usize| match row {
        3 => "Off".to_owned(),
        _ => format!("On {{ seed: Seed({}), note: {} }}", 1000 + row * 66 + n, voice(row, n)),
    };
    let voices = list(4, &|row| list(66, &|n| of_row(row, n)));
    check(
        before,
        after,
        &format!("State {{ numbers: {numbers}, voices: {voices} }}"),
        &[
            "numbers[][]: u32 widened to u64",
            "voices[][]::On.seed: Seed is new, starts as its default",
            "voices[][]::On.note: u16 widened to u32",
            "voices[][]::Off is new",
            "voices[]: [Voice; 70] became [Voice; 66], 66 carried over",
            "voices: [[Voice; 70]; 3] became [[Voice; 66]; 4], 3 carried over",
        ],
    );
}
