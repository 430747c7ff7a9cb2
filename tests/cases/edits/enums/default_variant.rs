//! Another variant is the default.
//# probe: 1 1 1 1
#[derive(Default)] enum Wave { #[default] Sine, Saw }
#[inline(never)] fn make(_: i64) -> Wave { Wave::default() }
#[inline(never)] fn fold(wave: Wave) -> i64 { match wave { Wave::Sine => 1, Wave::Saw => 2 } }
//# after
//# expect: live, changed make
//# probe: 2 2 2 2
//# flight: old
#[derive(Default)] enum Wave { Sine, #[default] Saw }
#[inline(never)] fn make(_: i64) -> Wave { Wave::default() }
#[inline(never)] fn fold(wave: Wave) -> i64 { match wave { Wave::Sine => 1, Wave::Saw => 2 } }
