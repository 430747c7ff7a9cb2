//! The benchmarks game's n-body: five bodies, a symplectic step of 0.01, energies before and after as it prints them.
//# inputs: 0 1 1000

const SOLAR_MASS: f64 = 4.0 * std::f64::consts::PI * std::f64::consts::PI;
const DAYS_PER_YEAR: f64 = 365.24;

#[derive(Clone, Copy)]
struct Body {
    place: [f64; 3],
    speed: [f64; 3],
    mass: f64,
}

const fn planet(place: [f64; 3], a_day: [f64; 3], mass: f64) -> Body {
    let speed =
        [a_day[0] * DAYS_PER_YEAR, a_day[1] * DAYS_PER_YEAR, a_day[2] * DAYS_PER_YEAR];
    Body { place, speed, mass: mass * SOLAR_MASS }
}

const BODIES: [Body; 5] = [
    planet([0.0; 3], [0.0; 3], 1.0),
    planet(
        [4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01],
        [1.66007664274403694e-03, 7.69901118419740425e-03, -6.90460016972063023e-05],
        9.54791938424326609e-04,
    ),
    planet(
        [8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01],
        [-2.76742510726411021e-03, 4.99852801234917238e-03, 2.30417297573763929e-05],
        2.85885980666130812e-04,
    ),
    planet(
        [1.28943695621391310e+01, -1.51111514016986312e+01, -2.23307578892655734e-01],
        [2.96460137564761618e-03, 2.37847173959480950e-03, -2.96589568540237556e-05],
        4.36624404335156298e-05,
    ),
    planet(
        [1.53796971148509165e+01, -2.59193146099879641e+01, 1.79258772950371181e-01],
        [2.68067772490389322e-03, 1.62824170038242295e-03, -9.51592254519715870e-05],
        5.15138902046611451e-05,
    ),
];

fn offset_momentum(bodies: &mut [Body; 5]) {
    let mut sum = [0.0; 3];
    for body in bodies.iter() {
        for (sum, speed) in sum.iter_mut().zip(body.speed) {
            *sum += speed * body.mass;
        }
    }
    for (speed, sum) in bodies[0].speed.iter_mut().zip(sum) {
        *speed = -sum / SOLAR_MASS;
    }
}

fn energy(bodies: &[Body; 5]) -> f64 {
    let mut e = 0.0;
    for (number, body) in bodies.iter().enumerate() {
        let [x, y, z] = body.speed;
        e += 0.5 * body.mass * (x * x + y * y + z * z);
        for other in &bodies[number + 1..] {
            e -= body.mass * other.mass / squared(apart(body, other)).sqrt();
        }
    }
    e
}

fn apart(one: &Body, other: &Body) -> [f64; 3] {
    let (a, b) = (one.place, other.place);
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn squared([x, y, z]: [f64; 3]) -> f64 {
    x * x + y * y + z * z
}

fn advance(bodies: &mut [Body; 5], step: f64) {
    let mut rest = &mut bodies[..];
    while let Some((body, others)) = rest.split_first_mut() {
        for other in others.iter_mut() {
            let d = apart(body, other);
            let square = squared(d);
            let magnitude = step / (square * square.sqrt());
            for axis in 0..3 {
                body.speed[axis] -= d[axis] * other.mass * magnitude;
                other.speed[axis] += d[axis] * body.mass * magnitude;
            }
        }
        rest = others;
    }
    for body in bodies {
        for (place, speed) in body.place.iter_mut().zip(body.speed) {
            *place += step * speed;
        }
    }
}

struct Output {
    text: [u8; 32],
    len: usize,
}

impl Output {
    fn byte(&mut self, byte: u8) {
        self.text[self.len] = byte;
        self.len += 1;
    }

    /// With nine digits, and a line's end.
    fn number(&mut self, value: f64) {
        if value < 0.0 {
            self.byte(b'-');
        }
        let whole = (value.abs() * 1e9).round() as u64;
        self.byte(b'0' + (whole / 1_000_000_000 % 10) as u8);
        self.byte(b'.');
        let mut unit = 100_000_000;
        while unit > 0 {
            self.byte(b'0' + (whole / unit % 10) as u8);
            unit /= 10;
        }
        self.byte(b'\n');
    }
}

pub fn run(input: u64) -> u64 {
    let mut bodies = BODIES;
    offset_momentum(&mut bodies);
    let mut output = Output { text: [0; 32], len: 0 };
    output.number(energy(&bodies));
    for _ in 0..input {
        advance(&mut bodies, 0.01);
    }
    output.number(energy(&bodies));
    let text = &output.text[..output.len];
    if input == 1000 {
        assert!(text == b"-0.169075164\n-0.169087605\n");
    }
    text.iter().fold(energy(&bodies).to_bits(), |sum, byte| sum.rotate_left(5) ^ *byte as u64)
}
