struct Stack<T, const N: usize> { all: [T; N], used: usize }
impl<T: Copy + Into<u64>, const N: usize> Stack<T, N> {
    fn new(first: T) -> Self { Stack { all: [first; N], used: 1 } }
    fn push(&mut self, value: T) { self.all[self.used] = value; self.used += 1; }
    fn sum(&self) -> u64 { self.all[..self.used].iter().map(|x| (*x).into()).sum() }
}
fn filled<T: Copy + Into<u64>>(one: T, two: T) -> u64 {
    let mut stack = Stack::<T, 4>::new(one);
    stack.push(two);
    stack.sum()
}
pub fn answer() -> u64 { filled(1_u8, 2) * 100 + filled(3_u32, 4) }
//# gives: 307
//# edit: .map(|x| (*x).into()) => .map(|x| (*x).into() * 2)
//# gives: 614
//# edit: filled(3_u32, 4) => filled(3_u64, 4)
//# gives: 614
//# edit: stack.push(two);\n => stack.push(two);\n    stack.push(one);\n
//# gives: 820
//# edit: <T, 4> => <T, 2>
//# edit: stack.push(one);\n => 
//# gives: 614
