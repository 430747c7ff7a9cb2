//! Panics and interruptions: they unwind through generated code, and say where in the source they began.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use super::build::{Build, NOTHING, at, call, constant, load as loaded, module, scalar, used};
use super::load::load;
use crate::jit::interrupt::{INTERRUPTED, ask_no_more, ask_to_stop, decide_interrupts};
use crate::jit::mir::{
    Abi, Address, Argument, Binary, BlockId, Callee, Cast, Compare, Data, DataKind, End, Function,
    Module, Operand, Scalar, Value,
};
use crate::{PanicPlace, panic_place};

/// The hook and the interrupt word are the process's.
static ALONE: Mutex<()> = Mutex::new(());

type Run = extern "C-unwind" fn(u32) -> u32;

/// What a panic says, and where it says it happened.
fn caught(run: Run, argument: u32) -> Result<u32, (String, Option<PanicPlace>)> {
    static PLACE: Mutex<Option<PanicPlace>> = Mutex::new(None);
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(|info| *PLACE.lock().unwrap() = panic_place(info)));
    let ended = catch_unwind(AssertUnwindSafe(|| run(argument)));
    std::panic::set_hook(before);
    let place = PLACE.lock().unwrap().take();
    ended.map_err(|payload| (payload.downcast_ref::<String>().unwrap().clone(), place))
}

fn word(symbol: &str) -> Operand {
    Operand::Address(Address::Data(symbol.to_owned()), 0)
}

/// Ends in a panic at line 7.
fn panics(build: &mut Build) {
    let number = |of, value: usize| Argument::Scalar(of, constant(of, value as u128));
    let arguments = vec![
        Argument::Scalar(Scalar::Pointer, word(".Lmessage")),
        number(Scalar::I64, 9),
        Argument::Scalar(Scalar::Pointer, word(".Lsegue.file.0")),
        number(Scalar::I64, "songs/live.rs".len()),
        number(Scalar::I32, 7),
        number(Scalar::I32, 9),
    ];
    let nowhere = at(build.function.result, 0);
    build.line(7).end(call("segue_jit_panic", arguments, (nowhere, NOTHING), None));
}

fn with_message(functions: Vec<Function>) -> Module {
    let mut module = module(functions);
    module.data.push(Data {
        symbol: ".Lmessage".to_owned(),
        bytes: b"too large".to_vec(),
        align: 1,
        kind: DataKind::Constant,
        addresses: Vec::new(),
    });
    module
}

/// Through two generated frames, one with registers that its caller wants back.
#[test]
fn a_panic_unwinds_through_generated_code() {
    let _alone = ALONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let of = Scalar::I32;
    let mut inner = Build::new("inner", &[scalar(of)], scalar(of)).private();
    let (value, limit) = (inner.parameter(0), inner.local(scalar(Scalar::I8)));
    let value = loaded(of, at(value, 0));
    let over =
        Value::Compare(crate::jit::mir::Compare::LessUnsigned, of, constant(of, 10), value.clone());
    inner.set(Scalar::I8, at(limit, 0), over);
    inner.end(End::Branch(loaded(Scalar::I8, at(limit, 0)), BlockId(1), BlockId(2)));
    inner.block();
    panics(&mut inner);
    inner.block();
    let result = at(inner.function.result, 0);
    inner.set(of, result, Value::Binary(Binary::Add, value, constant(of, 1))).end(End::Return);
    let mut outer = Build::new("outer", &[scalar(of)], scalar(of));
    let (value, back) = (outer.parameter(0), outer.local(scalar(of)));
    let value = loaded(of, at(value, 0));
    outer.call("inner", vec![Argument::Scalar(of, value.clone())], (at(back, 0), scalar(of)));
    let result = at(outer.function.result, 0);
    let sum = Value::Binary(Binary::Multiply, loaded(of, at(back, 0)), value);
    outer.set(of, result, sum).end(End::Return);
    let code = load(&with_message(vec![inner.done(), outer.done()]));
    // SAFETY: written above with this signature.
    let run: Run = unsafe { code.function("outer") };
    assert_eq!(caught(run, 10), Ok(110));
    let place = PanicPlace { file: "songs/live.rs".to_owned(), line: 7, column: 9 };
    assert_eq!(caught(run, 11), Err(("too large".to_owned(), Some(place))));
    assert_eq!(caught(run, 3), Ok(12));
}

#[test]
fn a_panic_of_rustcs_has_no_place_of_ours() {
    let _alone = ALONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    extern "C-unwind" fn own(argument: u32) -> u32 {
        panic!("{argument}")
    }
    assert_eq!(caught(own, 3), Err(("3".to_owned(), None)));
}

thread_local! {
    static IS_MEANT: Cell<bool> = const { Cell::new(false) };
}

/// Has polls of this thread ask meanwhile, and of others for nothing.
fn asked<R>(is_meant: bool, run: impl FnOnce() -> R) -> R {
    decide_interrupts(|| IS_MEANT.get().then(|| INTERRUPTED.to_owned()));
    IS_MEANT.set(is_meant);
    ask_to_stop();
    let result = run();
    ask_no_more();
    result
}

/// Twenty values of each kind live in a loop that asks in each turn, and in registers as far as there are any.
#[test]
fn who_asks_and_goes_on_has_its_registers() {
    const KINDS: [Scalar; 2] = [Scalar::I64, Scalar::F64];
    let mut build = Build::new("busy", &[scalar(Scalar::I64)], scalar(Scalar::I64));
    let value = |local, of| loaded(of, at(local, 0));
    let counter = build.parameter(0);
    let mut locals = Vec::new();
    for index in 0..40_u32 {
        let of = KINDS[index as usize % 2];
        let local = build.local(scalar(of));
        let start = if of == Scalar::F64 { f64::from(index).to_bits() } else { u64::from(index) };
        build.set(of, at(local, 0), used(constant(of, start.into())));
        locals.push((local, of));
    }
    let (is_done, whole) = (build.local(scalar(Scalar::I8)), build.local(scalar(Scalar::I64)));
    let sum = build.function.result;
    build.end(End::Goto(BlockId(1))).block();
    for (index, (local, of)) in locals.iter().enumerate() {
        let (next, _) = locals[(index + 2) % locals.len()];
        let added = Value::Binary(Binary::Add, value(*local, *of), value(next, *of));
        build.set(*of, at(*local, 0), added);
    }
    let of = Scalar::I64;
    let less = Value::Binary(Binary::Subtract, value(counter, of), constant(of, 1));
    build.set(of, at(counter, 0), less);
    let compare = Value::Compare(Compare::Equal, of, value(counter, of), constant(of, 0));
    build.set(Scalar::I8, at(is_done, 0), compare);
    build.end(End::Branch(value(is_done, Scalar::I8), BlockId(2), BlockId(1))).block();
    build.set(of, at(sum, 0), used(constant(of, 0)));
    for (local, of) in &locals {
        let mut operand = value(*local, *of);
        if *of == Scalar::F64 {
            let bits = Value::Cast(Cast::Bits, Scalar::F64, operand);
            build.set(Scalar::I64, at(whole, 0), bits);
            operand = value(whole, Scalar::I64);
        }
        let of = Scalar::I64;
        let added = Value::Binary(Binary::Add, value(sum, of), operand);
        build.set(of, at(sum, 0), added);
        let turned = Value::Binary(Binary::RotateLeft, value(sum, of), constant(of, 5));
        build.set(of, at(sum, 0), turned);
    }
    let code = load(&module(vec![build.end(End::Return).done()]));
    // SAFETY: written above with this signature.
    let run: extern "C-unwind" fn(u64) -> u64 = unsafe { code.function("busy") };
    let _alone = ALONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    assert_ne!(run(20), run(19));
    for turns in [1, 2, 30] {
        let undisturbed = run(turns);
        assert_eq!(asked(false, || run(turns)), undisturbed, "{turns} turns");
    }
}

/// `loop {}`, and a function that calls itself for ever.
#[test]
fn what_does_not_end_is_interrupted() {
    let _alone = ALONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let of = Scalar::I32;
    let mut endless = Build::new("endless", &[scalar(of)], scalar(of));
    endless.line(4).end(End::Goto(BlockId(1))).block();
    endless.line(5).end(End::Goto(BlockId(1)));
    let mut deep = Build::new("deep", &[scalar(of)], scalar(of)).rust();
    let (value, result) = (deep.parameter(0), at(deep.function.result, 0));
    let value = loaded(of, at(value, 0));
    deep.call("deep", vec![Argument::Scalar(of, value)], (result, scalar(of)));
    deep.end(End::Return);
    let code = load(&module(vec![endless.done(), deep.done()]));
    for (name, line, column) in [("endless", 5, 5), ("deep", 1, 1)] {
        // SAFETY: written above with this signature.
        let run: Run = unsafe { code.function(name) };
        let ended = asked(true, || caught(run, 3));
        let place = PanicPlace { file: "songs/live.rs".to_owned(), line, column };
        assert_eq!(ended, Err((INTERRUPTED.to_owned(), Some(place))), "{name}");
    }
}

/// Two values are dropped while a panic unwinds, in two functions, with what is in registers and in memory; and
/// nothing is dropped by the way when nobody panics.
#[test]
fn values_are_dropped_while_a_panic_unwinds() {
    let _alone = ALONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    static DROPPED: Mutex<Vec<u32>> = Mutex::new(Vec::new());
    extern "C" fn drops(value: u32) {
        DROPPED.lock().unwrap().push(value);
    }
    let of = Scalar::I32;
    let mut inner = Build::new("inner", &[scalar(of)], scalar(of)).private();
    let value = loaded(of, at(inner.parameter(0), 0));
    let cases = vec![(0, BlockId(1))];
    inner.end(End::Switch { scalar: of, on: value.clone(), cases, otherwise: BlockId(2) });
    inner.block();
    panics(&mut inner);
    inner.block();
    let result = at(inner.function.result, 0);
    inner.set(of, result, Value::Use(value)).end(End::Return);
    let mut functions = vec![inner.done()];
    for (name, callee, add) in [("middle", "inner", 10), ("outer", "middle", 20)] {
        let drop = scalar(Scalar::I64);
        let mut build = Build::new(name, &[scalar(of), drop], scalar(of)).rust();
        let (value, own) = (build.parameter(0), build.local(scalar(of)));
        let function = build.parameter(1);
        let get = |local| loaded(of, at(local, 0));
        let own_value = Value::Binary(Binary::Add, get(value), constant(of, add));
        build.set(of, at(own, 0), own_value);
        let result = (at(build.function.result, 0), scalar(of));
        let mut arguments = vec![Argument::Scalar(of, get(value))];
        if callee != "inner" {
            arguments.push(Argument::Scalar(Scalar::I64, loaded(Scalar::I64, at(function, 0))));
        }
        let End::Call(mut first) = call(callee, arguments, result, Some(BlockId(1))) else {
            panic!()
        };
        first.unwind = Some(BlockId(2));
        build.end(End::Call(first)).block();
        build.end(End::Return).block();
        let dropped = vec![Argument::Scalar(of, get(own))];
        let nowhere = (at(value, 0), NOTHING);
        let End::Call(mut second) = call("", dropped, nowhere, Some(BlockId(3))) else { panic!() };
        second.callee = Callee::Pointer(loaded(Scalar::I64, at(function, 0)));
        second.abi = Abi::C;
        build.end(End::Call(second)).block();
        functions.push(build.end(End::Resume).done());
    }
    let code = load(&with_message(functions));
    // SAFETY: written above with this signature.
    let run: extern "C-unwind" fn(u32, extern "C" fn(u32)) -> u32 =
        unsafe { code.function("outer") };
    assert_eq!(run(5, drops), 5);
    assert!(DROPPED.lock().unwrap().is_empty());
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let ended = catch_unwind(AssertUnwindSafe(|| run(0, drops)));
    std::panic::set_hook(before);
    assert_eq!(*ended.unwrap_err().downcast::<String>().unwrap(), "too large");
    assert_eq!(*DROPPED.lock().unwrap(), [10, 20]);
}
