//! Structs with lifetimes, parsers that hand out parts of their input, elision, and two lifetimes at once.
#[derive(Clone, Copy)]
struct Parser<'a> { rest: &'a [u8] }
#[derive(Clone, Copy)]
enum Token<'a> { Number(u64), Word(&'a [u8]), Sign(u8) }
impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self { Parser { rest: text.as_bytes() } }
    fn take(&mut self, accept: impl Fn(u8) -> bool) -> &'a [u8] {
        let n = self.rest.iter().position(|b| !accept(*b)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(n);
        self.rest = rest;
        taken
    }
}
impl<'a> Iterator for Parser<'a> {
    type Item = Token<'a>;
    fn next(&mut self) -> Option<Token<'a>> {
        self.take(|b| b == b' ');
        match *self.rest.first()? {
            b'0'..=b'9' => Some(Token::Number(self.take(|b| b.is_ascii_digit()).iter().fold(0, |n, b| n * 10 + (b - b'0') as u64))),
            b'a'..=b'z' => Some(Token::Word(self.take(|b| b.is_ascii_lowercase()))),
            sign => { self.rest = &self.rest[1..]; Some(Token::Sign(sign)) }
        }
    }
}
struct Two<'a, 'b> { left: &'a [u8], right: &'b mut u64 }
impl<'a> Two<'a, '_> { fn advance(&mut self) -> Option<&'a u8> { *self.right += 1; let (first, rest) = self.left.split_first()?; self.left = rest; Some(first) } }
pub fn run(input: u64) -> u64 {
    let text = ["12 + abc * 7", "", "x9y10z", "((a)) 99999"][input as usize % 4];
    let mut sum = 1u64;
    for token in Parser::new(text) {
        sum = sum.wrapping_mul(131) + match token { Token::Number(n) => n, Token::Word(w) => w.len() as u64 + w[0] as u64, Token::Sign(s) => s as u64 * 2 };
    }
    let mut steps = 0;
    let mut two = Two { left: text.as_bytes(), right: &mut steps };
    let kept = (two.advance(), two.advance());
    sum.wrapping_mul(10) + steps + kept.0.map_or(0, |b| *b as u64) + kept.1.map_or(0, |b| *b as u64)
}
