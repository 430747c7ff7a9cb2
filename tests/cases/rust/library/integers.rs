//! The library's methods of integers that other programs do not come to, at the edges of each type.
//# inputs: 0 1 2 3 4 5 6 7
use std::fmt::Write;
fn digest(text: &str) -> u64 { text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ b as u64).wrapping_mul(0x100_0000_01b3)) }
macro_rules! note { ($to:ident, $($value:expr),+ $(,)?) => {{ $(write!($to, "{:?};", $value).unwrap();)+ }} }
macro_rules! signed {
    ($name:ident, $t:ident, $u:ident) => {
        fn $name(out: &mut String) {
            let edges = [$t::MIN, $t::MIN + 1, -7, -1, 0, 1, 2, 100, $t::MAX - 1, $t::MAX];
            for a in edges {
                note!(out, a.cast_unsigned(), a.is_negative(), a.is_positive(), a.saturating_abs(), a.to_be(), a.to_le(), $t::from_be(a), $t::from_le(a), a.checked_isqrt());
                for b in edges {
                    let u = b as $u;
                    note!(out, a.checked_sub_unsigned(u), a.overflowing_add_unsigned(u), a.overflowing_sub_unsigned(u), a.saturating_add_unsigned(u), a.saturating_sub_unsigned(u), a.wrapping_add_unsigned(u), a.wrapping_sub_unsigned(u));
                    note!(out, a.overflowing_shr(u as u32), a.overflowing_shl(u as u32), a.overflowing_pow((b & 7) as u32), a.checked_div_euclid(b), a.checked_rem_euclid(b));
                    if b != 0 {
                        note!(out, a.overflowing_div(b), a.overflowing_div_euclid(b), a.overflowing_rem(b), a.overflowing_rem_euclid(b), a.saturating_div(b), a.wrapping_div_euclid(b), a.wrapping_rem(b), a.wrapping_rem_euclid(b));
                    }
                }
            }
        }
    };
}
macro_rules! unsigned {
    ($name:ident, $t:ident, $s:ident) => {
        fn $name(out: &mut String) {
            let edges = [0, 1, 2, 7, 100, $t::MAX / 2, $t::MAX / 2 + 1, $t::MAX - 1, $t::MAX];
            for a in edges {
                note!(out, a.cast_signed(), a.to_be(), a.to_le(), $t::from_be(a), $t::from_le(a), a.checked_ilog2(), a.checked_ilog10(), a.isqrt());
                for b in edges {
                    let s = b as $s;
                    note!(out, a.checked_div_euclid(b), a.checked_next_multiple_of(b), a.overflowing_add_signed(s), a.checked_add_signed(s), a.saturating_add_signed(s), a.wrapping_add_signed(s), a.checked_signed_diff(b), a.overflowing_pow((b & 7) as u32), a.overflowing_shr(b as u32));
                    if b != 0 {
                        note!(out, a.overflowing_div(b), a.overflowing_rem(b), a.saturating_div(b), a.wrapping_div_euclid(b), a.wrapping_rem(b), a.wrapping_rem_euclid(b));
                    }
                }
            }
        }
    };
}
signed!(of_i8, i8, u8);
signed!(of_i32, i32, u32);
signed!(of_i128, i128, u128);
unsigned!(of_u16, u16, i16);
unsigned!(of_u64, u64, i64);
unsigned!(of_u128, u128, i128);
fn unchecked(out: &mut String) {
    // Within range, where these are defined.
    unsafe { note!(out, 3u8.unchecked_add(252), 16i64.unchecked_mul(-4), i16::MIN.unchecked_sub(-1)); }
    #[allow(deprecated)]
    let old = (i8::min_value(), u64::max_value());
    note!(out, old);
}
pub fn run(input: u64) -> u64 {
    let mut out = String::new();
    match input { 0 => of_i8(&mut out), 1 => of_i32(&mut out), 2 => of_i128(&mut out), 3 => of_u16(&mut out), 4 => of_u64(&mut out), 5 => of_u128(&mut out), 6 => unchecked(&mut out), _ => (7i32 / (input as i32 - 7)).div_euclid(2).write(&mut out) }
    digest(&out)
}
trait Note { fn write(self, out: &mut String); }
impl Note for i32 { fn write(self, out: &mut String) { note!(out, self); } }
