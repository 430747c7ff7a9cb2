//! The sieve of Eratosthenes over an array of bits.
//# inputs: 0 1 2 100 1000 4000
pub fn run(input: u64) -> u64 {
    let mut composite = [0u64; 64];
    let limit = (input as usize).min(4095);
    let mut count = 0u64;
    let mut sum = 0u64;
    for n in 2..=limit {
        if composite[n / 64] >> (n % 64) & 1 == 1 { continue }
        count += 1;
        sum = sum.wrapping_mul(31).wrapping_add(n as u64);
        let mut multiple = n * n;
        while multiple <= limit {
            composite[multiple / 64] |= 1 << (multiple % 64);
            multiple += n;
        }
    }
    sum ^ count << 48
}
