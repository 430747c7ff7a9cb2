//! How values are passed, in and out, between functions of the object, through pointers, from and to the host.

use super::build::{
    Build, NOTHING, at, behind, call, constant, load as loaded, memory, module, scalar, used,
};
use super::load::load;
use crate::jit::mir::{
    Abi, Address, Argument, Binary, Call, Callee, Compare, End, Inline, Layout, Operand, Pass,
    Place, Scalar, Value,
};

fn two(first: Scalar, second: Scalar, offset: u64, size: u64) -> Layout {
    Layout { size, align: 8, pass: Pass::Two(first, second, offset) }
}

/// Layouts of every kind, with what they are filled with.
fn layouts() -> Vec<(Layout, Vec<(u64, Scalar)>)> {
    use Scalar::{F32, F64, I8, I16, I32, I64, I128, Pointer};
    let mut all = Vec::new();
    for of in [I8, I16, I32, I64, I128, F32, F64, Pointer] {
        all.push((scalar(of), vec![(0, of)]));
    }
    for (first, second, offset) in [
        (I8, I32, 4),
        (Pointer, I64, 8),
        (F32, F32, 4),
        (F64, I16, 8),
        (I128, I64, 16),
        (I128, I128, 16),
    ] {
        let size = (offset + crate::jit::mir::size_of(second)).next_multiple_of(8);
        all.push((two(first, second, offset, size), vec![(0, first), (offset, second)]));
    }
    all.push((memory(24), vec![(0, I64), (8, F32), (12, I32), (16, I8)]));
    all.push((memory(200), vec![(0, I64), (192, F64)]));
    all.push((NOTHING, Vec::new()));
    all
}

/// A value goes through `callee`, which gives back what it gets; and through a pointer to it.
#[test]
fn every_kind_of_value_arrives_and_comes_back() {
    for inline in [Inline::Never, Inline::Demanded] {
        layouts().into_iter().for_each(|(layout, fields)| goes_through(inline, layout, &fields));
    }
}

fn goes_through(inline: Inline, layout: Layout, fields: &[(u64, Scalar)]) {
    {
        let mut callee = Build::new("callee", &[layout], layout).private().inline(inline);
        let (parameter, result) = (callee.parameter(0), callee.function.result);
        for (offset, of) in fields {
            callee.set(*of, at(result, *offset), used(loaded(*of, at(parameter, *offset))));
        }
        let callee = callee.end(End::Return).done();
        let pointer = scalar(Scalar::Pointer);
        let mut caller = Build::new("caller", &[pointer, pointer], NOTHING);
        let (from, to) = (caller.parameter(0), caller.parameter(1));
        let (passed, back, function) =
            (caller.local(layout), caller.local(layout), caller.local(pointer));
        for (offset, of) in fields {
            caller.set(*of, at(passed, *offset), used(loaded(*of, behind(from, *offset))));
        }
        let argument = vec![Argument::Place(at(passed, 0), layout)];
        caller.call("callee", argument, (at(back, 0), layout));
        let address = Operand::Address(Address::Function("callee".to_owned()), 0);
        caller.set(Scalar::Pointer, at(function, 0), used(address));
        let End::Call(mut through) =
            call("", vec![Argument::Place(at(back, 0), layout)], (behind(to, 0), layout), None)
        else {
            panic!()
        };
        through.callee = Callee::Pointer(loaded(Scalar::Pointer, at(function, 0)));
        through.then = Some(crate::jit::mir::BlockId(caller.function.blocks.len() as u32));
        caller.end(End::Call(through)).block();
        let caller = caller.end(End::Return).done();
        let code = load(&module(vec![callee, caller]));
        // SAFETY: written above with this signature.
        let run: extern "C" fn(*const u8, *mut u8) = unsafe { code.function("caller") };
        let sent: Vec<u8> = (1..=255).collect();
        let mut arrived = vec![0; 255];
        run(sent.as_ptr(), arrived.as_mut_ptr());
        for (offset, of) in fields {
            let range = *offset as usize..(offset + crate::jit::mir::size_of(*of)) as usize;
            assert_eq!(arrived[range.clone()], sent[range], "{layout:?} at {offset}");
        }
    }
}

/// The result goes where the argument is: it must not be written before the argument was read.
#[test]
fn a_result_may_take_the_place_of_an_argument() {
    for inline in [Inline::Never, Inline::Demanded] {
        turns_around(inline);
    }
}

fn turns_around(inline: Inline) {
    let layout = memory(24);
    let mut callee = Build::new("callee", &[layout], layout).private().inline(inline);
    let (parameter, result) = (callee.parameter(0), callee.function.result);
    for (to, from) in [(0, 16), (8, 0), (16, 8)] {
        callee.set(Scalar::I64, at(result, to), used(loaded(Scalar::I64, at(parameter, from))));
    }
    // Both of them are in memory, because their addresses are taken.
    let addresses = [callee.local(scalar(Scalar::Pointer)), callee.local(scalar(Scalar::Pointer))];
    callee.set(Scalar::Pointer, at(addresses[0], 0), Value::AddressOf(at(parameter, 0)));
    callee.set(Scalar::Pointer, at(addresses[1], 0), Value::AddressOf(at(result, 0)));
    let callee = callee.end(End::Return).done();
    let mut caller = Build::new("caller", &[scalar(Scalar::Pointer)], NOTHING);
    let to = caller.parameter(0);
    let arguments = vec![Argument::Place(behind(to, 0), layout)];
    caller.call("callee", arguments, (behind(to, 0), layout));
    let code = load(&module(vec![callee, caller.end(End::Return).done()]));
    // SAFETY: written above with this signature.
    let run: extern "C" fn(*mut [u64; 3]) = unsafe { code.function("caller") };
    let mut values = [1, 2, 3];
    run(&mut values);
    assert_eq!(values, [3, 1, 2]);
}

/// More arguments than there are registers, of both kinds.
#[test]
fn many_arguments_arrive_in_order() {
    let kinds: Vec<Scalar> =
        (0..24).map(|it| if it % 2 == 0 { Scalar::I64 } else { Scalar::F64 }).collect();
    let layouts: Vec<Layout> = kinds.iter().map(|of| scalar(*of)).collect();
    let mut callee = Build::new("callee", &layouts, scalar(Scalar::F64)).private();
    let sum = callee.function.result;
    let mut total = constant(Scalar::F64, 0);
    for (index, of) in kinds.iter().enumerate() {
        let value = loaded(*of, at(callee.parameter(index), 0));
        let float = callee.local(scalar(Scalar::F64));
        let converted = match of {
            Scalar::I64 => Value::Cast(crate::jit::mir::Cast::SignedToFloat, Scalar::I64, value),
            _ => used(value),
        };
        callee.set(Scalar::F64, at(float, 0), converted);
        // Sum of ten times what there was and this one's: every order gives another number.
        let ten = constant(Scalar::F64, 1.5_f64.to_bits().into());
        callee.set(Scalar::F64, at(sum, 0), Value::Binary(Binary::Multiply, total, ten));
        total = loaded(Scalar::F64, at(sum, 0));
        let more = Value::Binary(Binary::Add, total.clone(), loaded(Scalar::F64, at(float, 0)));
        callee.set(Scalar::F64, at(sum, 0), more);
    }
    let callee = callee.end(End::Return).done();
    let mut caller = Build::new("caller", &[], scalar(Scalar::F64));
    let arguments = kinds.iter().enumerate().map(|(index, of)| {
        let bits = match of {
            Scalar::I64 => index as u64,
            _ => (index as f64).to_bits(),
        };
        Argument::Scalar(*of, constant(*of, bits.into()))
    });
    let result = at(caller.function.result, 0);
    caller.call("callee", arguments.collect(), (result, scalar(Scalar::F64)));
    let code = load(&module(vec![callee, caller.end(End::Return).done()]));
    // SAFETY: written above with this signature.
    let run: extern "C" fn() -> f64 = unsafe { code.function("caller") };
    assert_eq!(run(), (0..24).fold(0.0, |sum, index| sum * 1.5 + f64::from(index)));
}

/// Recursion, and branches: the Fibonacci numbers.
#[test]
fn a_function_calls_itself() {
    let of = Scalar::I32;
    let mut build = Build::new("fibonacci", &[scalar(of)], scalar(of)).rust();
    let (n, result) = (build.parameter(0), build.function.result);
    let [small, less, first, second] = [Scalar::I8, of, of, of].map(|it| build.local(scalar(it)));
    let value = |local| loaded(of, at(local, 0));
    build.set(
        Scalar::I8,
        at(small, 0),
        Value::Compare(Compare::LessUnsigned, of, value(n), constant(of, 2)),
    );
    let end = End::Branch(
        loaded(Scalar::I8, at(small, 0)),
        crate::jit::mir::BlockId(1),
        crate::jit::mir::BlockId(2),
    );
    build.end(end).block();
    build.set(of, at(result, 0), used(value(n))).end(End::Return).block();
    for (amount, to) in [(1, first), (2, second)] {
        let by = constant(of, amount);
        build.set(of, at(less, 0), Value::Binary(Binary::Subtract, value(n), by));
        build.call("fibonacci", vec![Argument::Scalar(of, value(less))], (at(to, 0), scalar(of)));
    }
    build.set(of, at(result, 0), Value::Binary(Binary::Add, value(first), value(second)));
    let code = load(&module(vec![build.end(End::Return).done()]));
    // SAFETY: written above with this signature, and of scalars both ABIs are the same.
    let run: extern "C" fn(u32) -> u32 = unsafe { code.function("fibonacci") };
    assert_eq!(run(20), 6765);
}

/// A C function of the host's gets short integers as whole registers.
#[test]
fn the_hosts_functions_are_called() {
    extern "C" fn host(byte: u8, flag: bool, float: f32) -> u16 {
        u16::from(byte) * 2 + u16::from(flag) + float as u16
    }
    let pointer = scalar(Scalar::Pointer);
    let mut build = Build::new("f", &[pointer, scalar(Scalar::I64)], scalar(Scalar::I16));
    let (function, number) = (build.parameter(0), build.parameter(1));
    let byte = build.local(scalar(Scalar::I8));
    let number = loaded(Scalar::I64, at(number, 0));
    build.set(
        Scalar::I8,
        at(byte, 0),
        Value::Cast(crate::jit::mir::Cast::Unsigned, Scalar::I64, number),
    );
    let result: Place = at(build.function.result, 0);
    build.end(End::Call(Box::new(Call {
        callee: Callee::Pointer(loaded(Scalar::Pointer, at(function, 0))),
        abi: Abi::C,
        arguments: vec![
            Argument::Scalar(Scalar::I8, loaded(Scalar::I8, at(byte, 0))),
            Argument::Scalar(Scalar::I8, constant(Scalar::I8, 1)),
            Argument::Scalar(Scalar::F32, constant(Scalar::F32, 100_f32.to_bits().into())),
        ],
        result: (result, scalar(Scalar::I16)),
        then: Some(crate::jit::mir::BlockId(1)),
        unwind: None,
    })));
    build.block();
    let code = load(&module(vec![build.end(End::Return).done()]));
    type Host = extern "C" fn(u8, bool, f32) -> u16;
    // SAFETY: written above with this signature.
    let run: extern "C" fn(Host, u64) -> u16 = unsafe { code.function("f") };
    assert_eq!(run(host, 0xFFFF_FF07), 7 * 2 + 1 + 100);
}
