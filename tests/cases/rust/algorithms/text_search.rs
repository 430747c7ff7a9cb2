//! Knuth-Morris-Pratt, Boyer-Moore-Horspool and Rabin-Karp find the same places.
//# inputs: 0 1 2 3 4
const TEXT: &[u8] = b"abracadabra abracadabra, the cabaret of cadavers: abacadabracadabrab";
fn kmp(text: &[u8], word: &[u8]) -> (u64, u64) {
    let mut fail = [0usize; 16];
    let mut k = 0;
    for i in 1..word.len() {
        while k > 0 && word[k] != word[i] { k = fail[k - 1]; }
        if word[k] == word[i] { k += 1 }
        fail[i] = k;
    }
    let (mut k, mut found) = (0, (0, 0));
    for (i, c) in text.iter().enumerate() {
        while k > 0 && word[k] != *c { k = fail[k - 1]; }
        if word[k] == *c { k += 1 }
        if k == word.len() { found = (found.0 + 1, found.1 * 67 + (i + 1 - k) as u64); k = fail[k - 1]; }
    }
    found
}
fn horspool(text: &[u8], word: &[u8]) -> (u64, u64) {
    let mut skip = [word.len() as u8; 256];
    for (i, c) in word[..word.len() - 1].iter().enumerate() { skip[*c as usize] = (word.len() - 1 - i) as u8; }
    let (mut at, mut found) = (0, (0, 0));
    while let Some(part) = text.get(at..at + word.len()) {
        if part == word { found = (found.0 + 1, found.1 * 67 + at as u64); at += 1; } else { at += skip[part[word.len() - 1] as usize] as usize; }
    }
    found
}
fn rabin(text: &[u8], word: &[u8]) -> (u64, u64) {
    const P: u64 = 1_000_003;
    let roll = |s: &[u8]| s.iter().fold(0, |h, c| (h * 256 + *c as u64) % P);
    let high = (1..word.len()).fold(1, |h, _| h * 256 % P);
    let wanted = roll(word);
    let mut hash = roll(&text[..word.len()]);
    let mut found = (0, 0);
    for at in 0..=text.len() - word.len() {
        if hash == wanted && text[at..].starts_with(word) { found = (found.0 + 1, found.1 * 67 + at as u64); }
        if at + word.len() < text.len() { hash = ((hash + P - text[at] as u64 * high % P) * 256 + text[at + word.len()] as u64) % P; }
    }
    found
}
pub fn run(input: u64) -> u64 {
    let word: &[u8] = [&b"abra"[..], b"cadab", b"a", b"zebra", b"abracadabra"][input as usize];
    let results = [kmp(TEXT, word), horspool(TEXT, word), rabin(TEXT, word)];
    assert!(results.windows(2).all(|w| w[0].0 == w[1].0), "they find as many");
    results.iter().fold(0u64, |h, (n, at)| h.wrapping_mul(1009) + n * 7 + at)
}
