//! Windows, resampling by cubic interpolation, autocorrelation, zero crossings, Goertzel, RMS and DC blocking.
//# inputs: 0 1 2 3
#[derive(Clone, Copy)]
enum Window { Hann, Blackman, Triangle, None }
impl Window { fn at(self, i: usize, n: usize) -> f64 { let x = i as f64 / (n - 1) as f64; let t = std::f64::consts::TAU; match self { Window::Hann => 0.5 - 0.5 * (t * x).cos(), Window::Blackman => 0.42 - 0.5 * (t * x).cos() + 0.08 * (2.0 * t * x).cos(), Window::Triangle => 1.0 - (2.0 * x - 1.0).abs(), Window::None => 1.0 } } }
fn cubic([a, b, c, d]: [f64; 4], t: f64) -> f64 { let (p, q) = ((d - c) - (a - b), (a - b) * 2.0 - (d - c)); ((p * t + q) * t + (c - a)) * t + b }
fn resample(input: &[f64], ratio: f64, out: &mut [f64]) -> usize { let mut used = 0; for (n, y) in out.iter_mut().enumerate() { let at = n as f64 * ratio; let i = at as usize; let Some(four) = input.get(i..i + 4).and_then(|s| <[f64; 4]>::try_from(s).ok()) else { break }; *y = cubic(four, at.fract()); used += 1; } used }
fn goertzel(x: &[f64], k: f64) -> f64 { let c = 2.0 * (std::f64::consts::TAU * k / x.len() as f64).cos(); let (s1, s2) = x.iter().fold((0.0, 0.0), |(s1, s2), x| (x + c * s1 - s2, s1)); s1 * s1 + s2 * s2 - c * s1 * s2 }
pub fn run(input: u64) -> u64 {
    let window = [Window::Hann, Window::Blackman, Window::Triangle, Window::None][input as usize];
    let signal: [f64; 96] = std::array::from_fn(|n| ((n as f64 * 0.3).sin() + 0.2 + (n % 7) as f64 * 0.05) * window.at(n, 96));
    let mut out = [0.0; 128];
    let used = resample(&signal, 0.77, &mut out);
    let best = (5..40).map(|lag| (lag, signal.iter().zip(&signal[lag..]).map(|(a, b)| a * b).sum::<f64>())).max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(lag, _)| lag);
    let (mut last, mut held) = (0.0, 0.0);
    let blocked: [f64; 96] = signal.map(|x| { held = x - last + 0.995 * held; last = x; held });
    let crossings = blocked.windows(2).filter(|w| w[0].is_sign_negative() != w[1].is_sign_negative()).count();
    let rms = (blocked.iter().map(|x| x * x).sum::<f64>() / 96.0).sqrt();
    out[..used].iter().fold(goertzel(&signal, 4.6).to_bits(), |h, y| h.rotate_left(3) ^ y.to_bits()) ^ rms.to_bits() ^ (best * 1000 + crossings) as u64 ^ (used as u64) << 20
}
