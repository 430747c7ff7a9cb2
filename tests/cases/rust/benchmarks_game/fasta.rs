//! The benchmarks game's fasta: three sequences in lines of sixty letters, repeated and by weighted chance.
//# inputs: 1 10 1000

const ALU: &[u8] = b"GGCCGGGCGCGGTGGCTCACGCCTGTAATCCCAGCACTTTGGGAGGCCGAGGCGGGCGGATCACCTGAGGTCAGGAGTTCGAGA\
    CCAGCCTGGCCAACATGGTGAAACCCCGTCTCTACTAAAAATACAAAAATTAGCCGGGCGTGGTGGCGCGCGCCTGTAATCCCA\
    GCTACTCGGGAGGCTGAGGCAGGAGAATCGCTTGAACCCGGGAGGCGGAGGTTGCAGTGAGCCGAGATCGCGCCACTGCACTCC\
    AGCCTGGGCGACAGAGCGAGACTCCGTCTCAAAAA";

const IUB: [(u8, f64); 15] = [
    (b'a', 0.27), (b'c', 0.12), (b'g', 0.12), (b't', 0.27), (b'B', 0.02), (b'D', 0.02), (b'H', 0.02), (b'K', 0.02),
    (b'M', 0.02), (b'N', 0.02), (b'R', 0.02), (b'S', 0.02), (b'V', 0.02), (b'W', 0.02), (b'Y', 0.02),
];

const HOMO_SAPIENS: [(u8, f64); 4] = [
    (b'a', 0.3029549426680),
    (b'c', 0.1979883004921),
    (b'g', 0.1975473066391),
    (b't', 0.3015094502008),
];

const WIDTH: usize = 60;

struct Random(u32);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = (self.0 * 3877 + 29573) % 139_968;
        self.0 as f64 / 139_968.0
    }
}

/// What is printed, as a sum and a count.
struct Output {
    sum: u64,
    bytes: u64,
}

impl Output {
    fn write(&mut self, text: &[u8]) {
        for byte in text {
            self.sum = (self.sum ^ *byte as u64).wrapping_mul(0x100_0000_01b3);
        }
        self.bytes += text.len() as u64;
    }

    fn lines(&mut self, header: &str, count: usize, mut next: impl FnMut() -> u8) {
        self.write(header.as_bytes());
        let mut left = count;
        while left > 0 {
            let mut line = [0u8; WIDTH + 1];
            let width = left.min(WIDTH);
            line[..width].fill_with(&mut next);
            line[width] = b'\n';
            self.write(&line[..=width]);
            left -= width;
        }
    }
}

fn weighted<const N: usize>(table: &[(u8, f64); N], random: &mut Random) -> impl FnMut() -> u8 {
    let mut sums = [(0u8, 0.0); N];
    let mut sum = 0.0;
    for (out, (letter, weight)) in sums.iter_mut().zip(table) {
        sum += weight;
        *out = (*letter, sum);
    }
    move || {
        let chance = random.next();
        sums.iter().find(|(_, sum)| chance < *sum).map_or(table_end(&sums), |(letter, _)| *letter)
    }
}

fn table_end(sums: &[(u8, f64)]) -> u8 {
    sums.last().map_or(b'?', |(letter, _)| *letter)
}

pub fn run(input: u64) -> u64 {
    let size = input as usize;
    let (mut output, mut random) = (Output { sum: 0xcbf2_9ce4_8422_2325, bytes: 0 }, Random(42));
    let mut repeated = ALU.iter().cycle();
    output.lines(">ONE Homo sapiens alu\n", size * 2, || *repeated.next().unwrap_or(&b'?'));
    output.lines(">TWO IUB ambiguity codes\n", size * 3, weighted(&IUB, &mut random));
    output.lines(">THREE Homo sapiens frequency\n", size * 5, weighted(&HOMO_SAPIENS, &mut random));
    if input == 1000 {
        assert_eq!(output.bytes, 10_245);
    }
    output.sum
}
