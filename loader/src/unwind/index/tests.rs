//! The list of windows.

use super::{Known, section_of, windows};
use crate::memory::{Config, Memory, Region};

fn config() -> Config {
    let small = 1 << 20;
    Config { code: small, read_only: small, data: small, slots: 8, ..Config::default() }
}

#[test]
fn more_windows_than_a_row_holds_and_entries_used_again() {
    static LIMIT: usize = 3 * 20;
    for _ in 0..3 {
        let memories: Vec<_> = (0..20).map(|_| Memory::reserve(config()).unwrap()).collect();
        let code = memories.iter().map(|it| it.allocate(Region::Code, 100, 64).unwrap());
        let code: Vec<_> = code.collect();
        for code in &code {
            let (first, last) = (code.address(), code.address() + code.len() - 1);
            assert_eq!([first, last].map(section_of), [Known::Nothing; 2]);
            let section = first + (1 << 20) + 8;
            code.window().unwrap().describe(&(first..last + 1), section);
            assert_eq!([first, last].map(section_of), [Known::Section(section); 2]);
            assert_ne!(section_of(last + 1), Known::Section(section));
            assert_eq!(code.window().unwrap().described(), 1);
        }
        for code in &code {
            code.window().unwrap().forget(&(code.address()..code.address() + code.len()));
            assert_eq!(section_of(code.address()), Known::Nothing);
        }
    }
    assert_eq!(section_of((&raw const LIMIT).addr()), Known::Elsewhere);
    // Other tests list a few at the same time.
    assert!(windows().count() < LIMIT, "{} entries", windows().count());
}
