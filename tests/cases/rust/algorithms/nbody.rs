//! Steps of the n-body simulation, with energies before and after.
//# inputs: 1 2 10 100
#[derive(Clone, Copy)]
struct Body { x: [f64; 3], v: [f64; 3], mass: f64 }
const SOLAR: f64 = 4.0 * std::f64::consts::PI * std::f64::consts::PI;
fn bodies() -> [Body; 4] {
    let make = |x: [f64; 3], v: [f64; 3], mass: f64| Body { x, v: v.map(|v| v * 365.24), mass: mass * SOLAR };
    [
        make([0.0; 3], [0.0; 3], 1.0),
        make([4.84143144246472090, -1.16032004402742839, -0.103622044471123109], [0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023], 0.000954791938424326609),
        make([8.34336671824457987, 4.12479856412430479, -0.403523417114321381], [-0.00276742510726411160, 0.00499852801234917238, 0.0000230417297573763929], 0.000285885980666130812),
        make([12.8943695621391310, -15.1111514016986312, -0.223307578892655734], [0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556], 0.0000436624404335156298),
    ]
}
fn energy(bodies: &[Body]) -> f64 {
    let mut e = 0.0;
    for (i, b) in bodies.iter().enumerate() {
        e += 0.5 * b.mass * b.v.iter().map(|v| v * v).sum::<f64>();
        for c in &bodies[i + 1..] {
            let d2: f64 = (0..3).map(|k| (b.x[k] - c.x[k]).powf(2.0)).sum();
            e -= b.mass * c.mass / d2.sqrt();
        }
    }
    e
}
fn advance(bodies: &mut [Body], dt: f64) {
    for i in 0..bodies.len() {
        let (left, right) = bodies.split_at_mut(i + 1);
        let a = &mut left[i];
        for b in right {
            let mut d = [0.0; 3];
            for k in 0..3 { d[k] = a.x[k] - b.x[k]; }
            let d2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
            let magnitude = dt / (d2 * d2.sqrt());
            for k in 0..3 { a.v[k] -= d[k] * b.mass * magnitude; b.v[k] += d[k] * a.mass * magnitude; }
        }
    }
    for b in bodies { for k in 0..3 { b.x[k] += dt * b.v[k]; } }
}
pub fn run(input: u64) -> u64 {
    let mut bodies = bodies();
    let mut momentum = [0.0; 3];
    for b in &bodies { for k in 0..3 { momentum[k] += b.v[k] * b.mass; } }
    for k in 0..3 { bodies[0].v[k] = -momentum[k] / SOLAR; }
    let before = energy(&bodies);
    for _ in 0..input { advance(&mut bodies, 0.01); }
    before.to_bits() ^ energy(&bodies).to_bits().rotate_left(17) ^ bodies[2].x[1].to_bits().rotate_left(31)
}
