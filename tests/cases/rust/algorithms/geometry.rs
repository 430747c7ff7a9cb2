//! Convex hull, polygon area, point in polygon, segment intersection, closest pair, rotations, with floats and integers.
//# inputs: 0 1 2 3
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, Default)]
struct P { x: f64, y: f64 }
impl std::ops::Sub for P { type Output = P; fn sub(self, o: P) -> P { P { x: self.x - o.x, y: self.y - o.y } } }
fn cross(a: P, b: P) -> f64 { a.x * b.y - a.y * b.x }
fn turn(a: P, b: P, c: P) -> f64 { cross(b - a, c - a) }
fn hull<const N: usize>(mut points: [P; N]) -> ([P; N], usize) {
    points.sort_unstable_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    let (mut out, mut used) = ([P::default(); N], 0);
    let mut least = 1;
    for pass in 0..2 {
        for i in 0..N {
            let p = points[if pass == 0 { i } else { N - 1 - i }];
            if pass == 1 && i == 0 { least = used; continue }
            while used > least && turn(out[used - 2], out[used - 1], p) <= 0.0 { used -= 1; }
            if used < N { out[used] = p; used += 1; }
        }
    }
    (out, used - 1)
}
fn area(polygon: &[P]) -> f64 { polygon.iter().zip(polygon.iter().cycle().skip(1)).map(|(a, b)| cross(*a, *b)).sum::<f64>() / 2.0 }
fn inside(polygon: &[P], p: P) -> bool { polygon.iter().zip(polygon.iter().cycle().skip(1)).filter(|(a, b)| (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x).count() % 2 == 1 }
fn meet(a: P, b: P, c: P, d: P) -> Option<P> { let (r, s) = (b - a, d - c); let k = cross(r, s); if k == 0.0 { return None } let (t, u) = (cross(c - a, s) / k, cross(c - a, r) / k); ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then(|| P { x: a.x + t * r.x, y: a.y + t * r.y }) }
pub fn run(input: u64) -> u64 {
    let k = input as f64;
    let points: [P; 12] = std::array::from_fn(|i| P { x: ((i * 7 + 3) % 11) as f64 + k * 0.25, y: ((i * i + 5) % 9) as f64 - k });
    let (ring, n) = hull(points);
    let closest = points.iter().enumerate().flat_map(|(i, a)| points[i + 1..].iter().map(move |b| { let d = *a - *b; d.x * d.x + d.y * d.y })).fold(f64::INFINITY, f64::min);
    let (sin, cos) = (0.5 + k).sin_cos();
    let turned = ring[..n].iter().map(|p| p.x * cos - p.y * sin).fold(0.0, |a: f64, b| a + b);
    let crossing = meet(points[0], points[5], points[2], points[9]).map_or(1, |p| p.x.to_bits() ^ p.y.to_bits().rotate_left(7));
    area(&ring[..n]).to_bits() ^ n as u64 ^ (inside(&ring[..n], P { x: 5.0, y: 3.0 - k }) as u64) << 8 ^ closest.to_bits().rotate_left(20) ^ turned.to_bits().rotate_left(33) ^ crossing
}
