//! Which address is whose, and for how long.

use crate::common::{Program, cc};

fn function(name: &str, body: &str) -> String {
    format!(
        ".section .text.{name},\"ax\",@progbits\n.globl {name}\n.type {name},@function\n\
         {name}:\n{body}\n.size {name}, .-{name}\n"
    )
}

#[test]
fn addresses_are_known_for_exactly_as_long_as_their_code_is_owned() {
    let mut program = Program::new();
    let source = function("live_a", "nop\nret") + &function("live_b", "nop\nnop\nret");
    let linked = program.link(cc("s", &source, &[])).unwrap();
    let memory = program.memory.clone();
    let name = |address| memory.locate(address).pop().map(|it| it.function);
    for it in &linked {
        assert_eq!(name(it.entry()).as_deref(), Some(it.name()));
        assert_eq!(name(it.entry() + it.size() - 1).as_deref(), Some(it.name()));
        assert_eq!(name(it.entry() + it.size()), None, "padding is nobody's");
        assert_eq!(name(it.entry() - 1), None);
    }
    let entries: Vec<usize> = linked.iter().map(|it| it.entry()).collect();
    drop(linked);
    assert!(entries.iter().all(|entry| name(*entry).is_none()));
    // The addresses are used again, by others.
    let linked = program.link(cc("s", &function("live_c", "nop\nret"), &[])).unwrap();
    assert!(entries.contains(&linked[0].entry()));
    assert_eq!(name(linked[0].entry()).as_deref(), Some("live_c"));
}

#[test]
fn generations_are_counted_by_name_unless_they_are_given() {
    let mut program = Program::new();
    let mut generation = |given, name: &str| {
        program.table.generation = given;
        let linked = program.link(cc("s", &function(name, "ret"), &[])).unwrap();
        program.memory.locate(linked[0].entry())[0].generation
    };
    assert_eq!(generation(None, "live_a"), Some(1));
    assert_eq!(generation(None, "live_a"), Some(2));
    assert_eq!(generation(None, "live_b"), Some(1));
    assert_eq!(generation(Some(40), "live_a"), Some(40));
}
