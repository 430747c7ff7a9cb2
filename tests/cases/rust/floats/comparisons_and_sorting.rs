//! Total order, partial comparison of NaN, minimum of a list, sorting by total_cmp.
use std::cmp::Ordering;
fn order(o: Option<Ordering>) -> u64 { match o { None => 0, Some(Ordering::Less) => 1, Some(Ordering::Equal) => 2, Some(Ordering::Greater) => 3 } }
pub fn run(input: u64) -> u64 {
    let odd = [f64::NAN, 1.0, -0.0, f64::INFINITY][input as usize];
    let mut list = [3.5, odd, -2.0, 0.0, f64::NEG_INFINITY, 1e-300, -0.0];
    let mut bits = 0u64;
    for a in list { bits = bits * 4 + order(a.partial_cmp(&0.0)); }
    for a in list { bits = bits * 2 + (a <= odd) as u64; }
    list.sort_unstable_by(f64::total_cmp);
    let place = list.iter().position(|x| x.to_bits() == (-0.0f64).to_bits()).map_or(9, |i| i as u64);
    let least = list.iter().copied().fold(f64::INFINITY, f64::min);
    let most = list.iter().copied().max_by(|a, b| a.total_cmp(b)).map_or(0, |x| x.is_nan() as u64);
    let less = ((1.0, odd) < (1.0, 5.0)) as u64 + ([odd, 1.0] == [odd, 1.0]) as u64 * 2;
    bits ^ place << 40 ^ least.to_bits() ^ most << 44 ^ less << 46
}
