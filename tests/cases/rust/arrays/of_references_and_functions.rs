//! Arrays that hold references, options, function pointers and tuples of them; lookups by computed index.
//# rustc-function refuses: compiled with the whole file
struct Op { name: &'static [u8], arity: u8, run: fn(&[i64]) -> Option<i64> }
static OPS: [Op; 4] = [
    Op { name: b"add", arity: 2, run: |a| a[0].checked_add(a[1]) },
    Op { name: b"neg", arity: 1, run: |a| a[0].checked_neg() },
    Op { name: b"div", arity: 2, run: |a| a[0].checked_div(a[1]) },
    Op { name: b"max", arity: 3, run: max },
];
fn max(a: &[i64]) -> Option<i64> { a.iter().copied().max() }
fn call(name: &[u8], arguments: &[i64]) -> Result<i64, u8> {
    let op = OPS.iter().find(|op| op.name == name).ok_or(1)?;
    if arguments.len() != op.arity as usize { return Err(op.arity + 10) }
    (op.run)(arguments).ok_or(2)
}
pub fn run(input: u64) -> u64 {
    let n = input as i64;
    let (a, b) = ([n, 2, 3], [4, 0]);
    let views: [&[i64]; 4] = [&a[..2], &b[1..], &a, &[]];
    let table: [Option<(&[u8], usize)>; 6] = [Some((b"add", 0)), None, Some((b"neg", 1)), Some((b"max", 2)), Some((b"div", 0)), Some((b"mod", 0))];
    let mut hash = 0u64;
    for slot in &table {
        let Some((name, view)) = slot else { hash += 7; continue };
        hash = hash.wrapping_mul(101) + match call(name, views[*view]) { Ok(x) => x as u64, Err(e) => 1000 + e as u64 };
    }
    hash.wrapping_mul(101) + call(b"div", &[i64::MIN, -1]).map_or_else(u64::from, |x| x as u64) + call(b"neg", views[3]).unwrap_or_else(i64::from) as u64
}
