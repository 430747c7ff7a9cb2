//! Measured figures.

fn main() {}
