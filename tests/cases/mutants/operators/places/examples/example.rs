fn main() { drop(1 + 1) }
