//! A thread that goes back while the program is at something else, step by step.

use std::thread;

use segue_compiler::{Cancel, Compiled, Compiler, Rustc, Source};
use segue_loader::{Config, Linker, Memory, Symbols};

use super::*;
use crate::{
    deadline::{self, Limits},
    epoch::Epochs,
    event::{Cause, Timings},
    live::Live,
    reach::Codes,
    roots::Commit,
    table::Table,
};

/// A program that several threads may call, with a code window of so many bytes.
fn core(code: usize) -> Core {
    let memory = Memory::reserve(Config { code, ..Config::default() });
    let memory = memory.expect("the kernel gives memory");
    // SAFETY: the words are zeroed, handed out here once, and kept by the owner given along.
    let table = Arc::new(unsafe { Table::over(memory.slot_words(), memory.clone()) });
    let codes = Codes::new(memory.code_window());
    let symbols = Symbols::of_process().expect("this process has symbols");
    let linker = Linker::new(memory.clone(), symbols);
    let epochs = Epochs::new(None);
    let live = Live::new(linker, table.clone(), epochs.clone(), codes, Commit::Immediate);
    let watch = deadline::watch(Limits::NONE).expect("a thread can be started");
    let core = Core::new(live, 32, table, epochs, memory, Limits::NONE, watch);
    drop(core.participant());
    core
}

fn compiled(text: &str) -> Compiled {
    let source = Source { path: "/live.rs".into(), text: text.into(), support: Vec::new() };
    let rustc = Rustc::find().expect("rustc is on the machine");
    rustc.compile(&source, &Cancel::default()).expect("it compiles")
}

fn commit(core: &Core, compiled: Compiled) {
    core.commit(compiled, Cause::Apply, Timings::default()).expect("it links");
}

/// The live generation, and whether every slot of it holds its code.
fn live(core: &Core) -> (u64, bool) {
    let generation = core.generation();
    let mut functions = generation.functions.values();
    let is_there = functions.all(|live| live.slot.entry() == live.code.entry());
    (generation.number, is_there)
}

#[test]
fn optimised_code_comes_too_late_for_a_thread_that_is_on_its_way_back() {
    let core = core(1 << 20);
    let text = |number| format!("pub fn run(x: u64) -> u64 {{ x ^ {number} }}");
    commit(&core, compiled(&text(1)));
    commit(&core, compiled(&text(2)));
    let optimised = compiled(&text(2));
    let way = core.faults.way_back.take().expect("there is a way back");
    assert_eq!((way.from, way.to), (2, 1));
    // The books are looked at before the thread is back: they are once this has been collected.
    let of_another = core.faults.reports.send(Report {
        called: "other".into(),
        caught: Caught::message("in generations that nobody knows"),
        went: Some((99, 98)),
    });
    assert!(of_another.is_ok());
    thread::scope(|scope| {
        scope.spawn(|| {
            while !core.faults.reports.is_empty() {
                thread::yield_now();
            }
            core.faults.way_back.store(way);
        });
        core.optimise(optimised, 2, Timings::default());
    });
    assert_eq!(live(&core), (1, true), "it does not come back by itself");
}

#[test]
fn an_edit_of_a_part_stores_all_where_the_program_could_not_follow_a_thread() {
    let text = |types: &str, first: u64, second: u64| {
        format!(
            "pub struct Types({types});\n\
             pub fn large(types: &Types) -> u64 {{\n    // SAFETY: nothing is done.\n    \
             unsafe {{ std::arch::asm!(\".skip 400000, 0x90\") }}\n    types.0 as u64\n}}\n\
             pub fn first(x: u64) -> u64 {{ x ^ {first} }}\n\
             pub fn second(x: u64) -> u64 {{ x ^ {second} }}\n"
        )
    };
    // Generations of other types share no code, and there is room for the large function of two.
    let core = core(1 << 20);
    commit(&core, compiled(&text("u8", 1, 1)));
    let whole = compiled(&text("u16", 2, 1));
    commit(&core, whole.clone());
    assert_eq!(live(&core), (2, true));
    assert_eq!(core.go_back(), Some((2, 1)));
    core.tick();
    let refused = || core.unheard.try_iter().any(|event| matches!(event, Event::Refused(_)));
    assert!(refused(), "going back links, and there is no room");
    assert_eq!(live(&core), (2, false), "the thread went back and the program did not");
    let object = compiled(&text("u16", 2, 2)).object;
    commit(&core, Compiled { object, rest: Some(whole.object.clone()), ..whole });
    assert_eq!(live(&core), (3, true));
}
