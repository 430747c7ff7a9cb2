//! Bindings by move and by copy in one pattern, partial moves, guards that see bindings, at-patterns of copies.
#[derive(Clone, Copy, PartialEq)]
struct Tag(u8);
struct Owned { tag: Tag, body: [u32; 3], extra: Option<Token> }
struct Token(u64);
fn consume(t: Token) -> u64 { t.0 * 3 }
pub fn run(input: u64) -> u64 {
    let owned = Owned { tag: Tag(input as u8), body: [1, input as u32, 3], extra: if input % 2 == 0 { Some(Token(input + 5)) } else { None } };
    let first = match owned.extra { Some(token) if token.0 > 6 => consume(token), Some(Token(n)) => n, None => 1 };
    let Owned { tag: tag @ Tag(n), body: [a, rest @ ..], .. } = owned;
    let still = owned.body[1] + rest[1];
    let second = match (tag, a) { (Tag(0), x @ 1..) => x + 10, (t, x) if t == Tag(2) && x < 5 => x + 20, (Tag(k), _) => k as u32 + 30 };
    let third = match [input, input + 1, input * 2] { [x, y, z] if x + y == z => 1, [x, .., z] if z > x => z, all @ [_, m, _] => m + all.len() as u64 };
    let pair = (Token(4), Token(input));
    let (Token(p), ref q) = pair;
    first + n as u64 * 10 + still as u64 * 100 + second as u64 * 1000 + third * 100_000 + p * 7 + q.0
}
