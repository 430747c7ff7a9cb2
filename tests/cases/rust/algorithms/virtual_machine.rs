//! A register machine with a memory: decoded instructions, flags, calls, and programs that run on it.
//# inputs: 0 1 5 10 30
#[derive(Clone, Copy, Debug, PartialEq)]
enum Code { Load { to: u8, value: i16 }, Move(u8, u8), Add(u8, u8), Sub(u8, u8), Mul(u8, u8), Store { at: u8, from: u8 }, Fetch { to: u8, at: u8 }, Jump(u8), Less { a: u8, b: u8, to: u8 }, Call(u8), Return, Halt }
#[derive(Debug, PartialEq)]
enum Trap { Bad(u32), Steps, Stack }
fn decode(word: u32) -> Result<Code, Trap> {
    let [op, a, b, c] = word.to_be_bytes();
    Ok(match op { 0 => Code::Load { to: a, value: i16::from_be_bytes([b, c]) }, 1 => Code::Move(a, b), 2 => Code::Add(a, b), 3 => Code::Sub(a, b), 4 => Code::Mul(a, b), 5 => Code::Store { at: a, from: b }, 6 => Code::Fetch { to: a, at: b }, 7 => Code::Jump(a), 8 => Code::Less { a, b, to: c }, 9 => Code::Call(a), 10 => Code::Return, 11 => Code::Halt, _ => return Err(Trap::Bad(word)) })
}
struct Machine<'p> { program: &'p [u32], registers: [i32; 8], memory: [i32; 32], stack: [u8; 4], depth: usize }
impl Machine<'_> {
    fn run(&mut self, mut steps: u32) -> Result<u32, Trap> {
        let mut at = 0u8;
        loop {
            steps = steps.checked_sub(1).ok_or(Trap::Steps)?;
            let code = decode(self.program[at as usize])?;
            at += 1;
            let r = &mut self.registers;
            match code {
                Code::Load { to, value } => r[to as usize] = value.into(),
                Code::Move(to, from) => r[to as usize] = r[from as usize],
                Code::Add(to, from) => r[to as usize] = r[to as usize].wrapping_add(r[from as usize]),
                Code::Sub(to, from) => r[to as usize] -= r[from as usize],
                Code::Mul(to, from) => r[to as usize] = r[to as usize].wrapping_mul(r[from as usize]),
                Code::Store { at, from } => self.memory[r[at as usize] as usize] = r[from as usize],
                Code::Fetch { to, at } => r[to as usize] = self.memory[r[at as usize] as usize],
                Code::Jump(to) => at = to,
                Code::Less { a, b, to } if r[a as usize] < r[b as usize] => at = to,
                Code::Less { .. } => {}
                Code::Call(to) => { *self.stack.get_mut(self.depth).ok_or(Trap::Stack)? = at; self.depth += 1; at = to; }
                Code::Return => { self.depth = self.depth.checked_sub(1).ok_or(Trap::Stack)?; at = self.stack[self.depth]; }
                Code::Halt => return Ok(steps),
            }
        }
    }
}
pub fn run(input: u64) -> u64 {
    let n = input as u32;
    let program = [n, 0x0001_0001, 0x0002_0000, 0x0003_0001, 0x0908_0000, 0x0201_0300, 0x0801_0004, 0x0b00_0000, 0x0502_0100, 0x0402_0300, 0x0202_0300, 0x0a00_0000];
    let mut machine = Machine { program: &program, registers: [0; 8], memory: [0; 32], stack: [0; 4], depth: 0 };
    let result = match machine.run(200) { Ok(left) => left as u64, Err(Trap::Bad(w)) => 1000 + w as u64, Err(Trap::Steps) => 2000, Err(Trap::Stack) => 3000 };
    machine.memory.iter().chain(&machine.registers).fold(result, |h, x| h.wrapping_mul(31) ^ *x as u32 as u64)
}
