//! A swap maps, protects and unmaps nothing in the windows. Alone in its binary, because it looks
//! at the mappings of the whole process.

mod common;

use common::{Program, cc};

/// The mappings of the windows and of executable memory.
fn mappings() -> Vec<String> {
    let maps = std::fs::read_to_string("/proc/self/maps").expect("Linux has procfs");
    let is_executable = |line: &str| line.split(' ').nth(1).is_some_and(|it| it.contains('x'));
    let interesting = |line: &&str| line.contains(" /dev/zero ") || is_executable(line);
    maps.lines().filter(interesting).map(str::to_owned).collect()
}

#[test]
fn swapping_changes_no_mapping() {
    let source = |step: u32| {
        format!(
            "extern int puts(const char *); static long n; \
             static __attribute__((noinline)) long step(long x) {{ return x + {step}; }} \
             long live_f(void) {{ n = step(n); if (n < 0) puts(\"never {step}\"); return n; }}"
        )
    };
    let mut program = Program::new();
    let objects: Vec<_> = (1..=4).map(|step| cc("c", &source(step), &[])).collect();
    program.swap(objects[0].clone());
    let before = mappings();
    // The write view and two windows of shared anonymous memory, which procfs calls by this name.
    assert_eq!(before.iter().filter(|line| line.contains(" /dev/zero ")).count(), 3, "{before:#?}");
    for round in 0..200 {
        program.swap(objects[round % objects.len()].clone());
        call!(program, "live_f", fn() -> i64,);
    }
    assert_eq!(mappings(), before);
}
