//! `println!`, `print!`, `eprintln!`, `dbg!`: what is printed before an answer; and `line!`, `column!`, `file!`.

use std::fmt;

struct Loud(u64);

impl fmt::Display for Loud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{:03}>", self.0)
    }
}

macro_rules! told {
    ($value:expr) => {
        println!("> {} at {} = {:?}", stringify!($value), line!(), $value)
    };
}

#[track_caller]
fn tracked() -> u32 {
    line!() * 100 + column!()
}

fn places() -> (u64, u64) {
    let here = line!() * 1000 + column!();
    let inside = (|| line!())();
    (u64::from(here + inside), u64::from(tracked()) + file!().ends_with("printing.rs") as u64)
}

pub fn run(input: u64) -> u64 {
    let (here, inside) = places();
    println!("> {} and {input:>4}, {:?}", "text", Some(1.5));
    print!("> one ");
    print!("line, {here}");
    println!();
    println!("> {{}} {inside} {}", Loud(input));
    let value = input * 2;
    told!(value);
    eprint!("nobody compares ");
    eprintln!("this {input}");
    eprintln!();
    dbg!();
    let twice = dbg!(input * 2) + dbg!(1, "two").0;
    let list = dbg!(vec![input; 3]);
    if input == 2 {
        println!("> {}", list[5]);
    }
    twice + here + inside
}
