//! A recursive-descent parser of arithmetic that emits code for a small stack machine, which runs it.
//# inputs: 0 1 2 3 4 5 6
#[derive(Clone, Copy)]
enum Op { Push(i64), Load, Add, Sub, Mul, Div, Neg, End }
#[derive(Clone, Copy, Debug)]
enum Fault { Syntax(usize), Full, Zero, Deep }
struct Code { ops: [Op; 32], used: usize }
struct Parser<'a> { text: &'a [u8], at: usize, code: Code }
impl Parser<'_> {
    fn emit(&mut self, op: Op) -> Result<(), Fault> { *self.code.ops.get_mut(self.code.used).ok_or(Fault::Full)? = op; self.code.used += 1; Ok(()) }
    fn peek(&mut self) -> u8 { while self.text.get(self.at) == Some(&b' ') { self.at += 1 } self.text.get(self.at).copied().unwrap_or(0) }
    fn sum(&mut self, depth: u32) -> Result<(), Fault> {
        self.product(depth)?;
        loop {
            let op = match self.peek() { b'+' => Op::Add, b'-' => Op::Sub, _ => return Ok(()) };
            self.at += 1;
            self.product(depth)?;
            self.emit(op)?;
        }
    }
    fn product(&mut self, depth: u32) -> Result<(), Fault> {
        self.atom(depth)?;
        while let op @ (b'*' | b'/') = self.peek() {
            self.at += 1;
            self.atom(depth)?;
            self.emit(if op == b'*' { Op::Mul } else { Op::Div })?;
        }
        Ok(())
    }
    fn atom(&mut self, depth: u32) -> Result<(), Fault> {
        if depth == 0 { return Err(Fault::Deep) }
        match self.peek() {
            b'(' => { self.at += 1; self.sum(depth - 1)?; if self.peek() != b')' { return Err(Fault::Syntax(self.at)) } self.at += 1; Ok(()) }
            b'-' => { self.at += 1; self.atom(depth - 1)?; self.emit(Op::Neg) }
            b'x' => { self.at += 1; self.emit(Op::Load) }
            b'0'..=b'9' => { let mut n = 0; while let d @ b'0'..=b'9' = self.peek() { n = n * 10 + (d - b'0') as i64; self.at += 1; } self.emit(Op::Push(n)) }
            _ => Err(Fault::Syntax(self.at)),
        }
    }
}
fn execute(code: &Code, x: i64) -> Result<i64, Fault> {
    let (mut stack, mut top) = ([0i64; 16], 0);
    for op in &code.ops[..code.used] {
        let value = match *op {
            Op::Push(n) => n,
            Op::Load => x,
            Op::Neg => { top -= 1; -stack[top] }
            Op::End => break,
            binary => {
                top -= 2;
                let (a, b) = (stack[top], stack[top + 1]);
                match binary { Op::Add => a + b, Op::Sub => a - b, Op::Mul => a * b, Op::Div => a.checked_div(b).ok_or(Fault::Zero)?, _ => unreachable!() }
            }
        };
        stack[top] = value;
        top += 1;
    }
    Ok(stack[0])
}
pub fn run(input: u64) -> u64 {
    let texts = ["1 + 2*3 - x", "(x + 4) * -(2 - 9) / 3", "7 / (x - 2)", "2 * (3 + ", "((((((((((1))))))))))", "9223372036854775807 + x", "1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1"];
    let code = Code { ops: [Op::End; 32], used: 0 };
    let mut parser = Parser { text: texts[input as usize].as_bytes(), at: 0, code };
    let result = parser.sum(8).and_then(|()| execute(&parser.code, input as i64));
    match result { Ok(n) => n as u64 ^ (parser.code.used as u64) << 40, Err(Fault::Syntax(at)) => 1000 + at as u64, Err(Fault::Full) => 2000, Err(Fault::Zero) => 3000, Err(Fault::Deep) => 4000 }
}
