//! Places, in registers and in memory: what is written is what is read, whatever the local became.

use super::build::{
    Build, NOTHING, at, behind, constant, load as loaded, memory, module, scalar, used,
};
use super::load::load;
use crate::jit::codegen::fields::{Home, homes};
use crate::jit::mir::{
    Address, Base, Binary, BlockId, Data, DataKind, End, Operand, Place, Scalar, Statement, Value,
};

fn copy(to: Place, from: Place, size: u64) -> Statement {
    Statement::Copy { to, from, size, align: 1 }
}

type Run = extern "C" fn(*const u8, *mut u8);

fn run(build: &mut Build, size: usize) -> Vec<u8> {
    let code = load(&module(vec![build.end(End::Return).done()]));
    // SAFETY: whoever calls this made a function of two pointers.
    let run: Run = unsafe { code.function("f") };
    let sent: Vec<u8> = (0..255).map(|it| it ^ 0xA5).collect();
    let mut arrived = vec![0x11; size];
    run(sent.as_ptr(), arrived.as_mut_ptr());
    arrived
}

fn sent(range: std::ops::Range<u8>) -> Vec<u8> {
    range.map(|it| it ^ 0xA5).collect()
}

fn from_to() -> Build {
    Build::new("f", &[scalar(Scalar::Pointer), scalar(Scalar::Pointer)], NOTHING)
}

/// Nobody names a field of the local that the bytes pass through.
#[test]
fn bytes_that_nobody_names_are_copied_too() {
    for size in [1_u64, 3, 8, 13, 24, 31, 128, 200] {
        let mut build = from_to();
        let (from, to) = (build.parameter(0), build.parameter(1));
        let (first, second) = (build.local(memory(size)), build.local(memory(size)));
        build.say(copy(at(first, 0), behind(from, 0), size));
        build.say(copy(at(second, 0), at(first, 0), size));
        build.say(copy(behind(to, 0), at(second, 0), size));
        assert_eq!(run(&mut build, size as usize), sent(0..size as u8), "{size} bytes");
    }
}

/// Small values are moved in parts as large as they are aligned to, larger ones in the largest there are.
#[test]
fn copies_of_any_alignment_are_whole() {
    for (size, align) in [(24_u64, 8_u64), (64, 8), (72, 8), (12, 4), (32, 4), (36, 4), (18, 2)] {
        let mut build = from_to();
        let (from, to) = (build.parameter(0), build.parameter(1));
        build.say(Statement::Copy { to: behind(to, 0), from: behind(from, 0), size, align });
        assert_eq!(run(&mut build, size as usize), sent(0..size as u8), "{size} bytes by {align}");
    }
}

/// Nothing before or after is touched.
#[test]
fn fills_of_any_size_are_exact() {
    for size in [0_usize, 1, 2, 5, 15, 16, 17, 31, 61, 128, 129, 200] {
        let mut build = from_to();
        let to = build.parameter(1);
        let begin = build.local(scalar(Scalar::Pointer));
        build.set(Scalar::Pointer, at(begin, 0), Value::AddressOf(behind(to, 3)));
        let (to, value) = (loaded(Scalar::Pointer, at(begin, 0)), constant(Scalar::I8, 0xC3));
        let bytes = constant(Scalar::I64, size as u128);
        build.say(Statement::Fill { to, value, size: bytes });
        let expected = [vec![0x11; 3], vec![0xC3; size], vec![0x11; 7]].concat();
        assert_eq!(run(&mut build, size + 10), expected, "{size} bytes");
    }
}

/// A struct in registers: one field changes, the rest is what came from memory.
#[test]
fn a_field_changes_and_its_neighbours_stay() {
    let mut build = from_to();
    let (from, to) = (build.parameter(0), build.parameter(1));
    let (whole, inner) = (build.local(memory(24)), build.local(memory(8)));
    build.say(copy(at(whole, 0), behind(from, 0), 24));
    build.say(copy(at(inner, 0), at(whole, 8), 8));
    let value = Value::Binary(
        Binary::Add,
        loaded(Scalar::F32, at(inner, 4)),
        constant(Scalar::F32, 1_f32.to_bits().into()),
    );
    build.set(Scalar::F32, at(inner, 4), value);
    build.say(copy(at(whole, 16), at(inner, 0), 8));
    build.say(copy(behind(to, 0), at(whole, 0), 24));
    let homes = homes(&build.function);
    assert!(matches!(homes[whole.0 as usize], Home::Fields(_)), "{homes:?}");
    let before = sent(0..24);
    let number = f32::from_le_bytes(before[12..16].try_into().unwrap()) + 1.0;
    let mut expected = before[..16].to_vec();
    expected.extend([&before[8..12], &number.to_le_bytes()].concat());
    assert_eq!(run(&mut build, 24), expected);
}

/// Accesses that overlap without being the same, an address, and many fields: all of those are memory.
#[test]
fn what_does_not_agree_stays_in_memory() {
    let mut build = from_to();
    let (from, to) = (build.parameter(0), build.parameter(1));
    let whole = build.local(memory(8));
    build.set(Scalar::I64, at(whole, 0), used(loaded(Scalar::I64, behind(from, 0))));
    build.set(Scalar::I8, at(whole, 3), used(constant(Scalar::I8, 0x77)));
    build.set(Scalar::I32, behind(to, 0), used(loaded(Scalar::I32, at(whole, 0))));
    build.set(Scalar::I32, behind(to, 4), used(loaded(Scalar::I32, at(whole, 4))));
    assert_eq!(homes(&build.function)[whole.0 as usize], Home::Memory);
    let mut expected = sent(0..8);
    expected[3] = 0x77;
    assert_eq!(run(&mut build, 8), expected);

    let mut build = from_to();
    let to = build.parameter(1);
    let (number, pointer) =
        (build.local(scalar(Scalar::I32)), build.local(scalar(Scalar::Pointer)));
    build.set(Scalar::I32, at(number, 0), used(constant(Scalar::I32, 5)));
    build.set(Scalar::Pointer, at(pointer, 0), Value::AddressOf(at(number, 0)));
    build.set(Scalar::I32, behind(pointer, 0), used(constant(Scalar::I32, 6)));
    build.set(Scalar::I32, behind(to, 0), used(loaded(Scalar::I32, at(number, 0))));
    assert_eq!(run(&mut build, 4), 6_u32.to_le_bytes());
}

/// The same bits as a float and as an integer, in one register.
#[test]
fn a_field_is_read_as_what_it_was_not_written_as() {
    let mut build = from_to();
    let to = build.parameter(1);
    let number = build.local(scalar(Scalar::F32));
    build.set(Scalar::F32, at(number, 0), used(constant(Scalar::F32, 1_f32.to_bits().into())));
    build.set(Scalar::I32, behind(to, 0), used(loaded(Scalar::I32, at(number, 0))));
    assert!(matches!(homes(&build.function)[number.0 as usize], Home::Fields(_)));
    assert_eq!(run(&mut build, 4), 1_f32.to_le_bytes());
}

#[test]
fn blocks_of_bytes_are_copied_moved_and_filled() {
    let mut build = from_to();
    let (from, to) = (build.parameter(0), build.parameter(1));
    let address = |local| loaded(Scalar::Pointer, at(local, 0));
    let moved = build.local(scalar(Scalar::Pointer));
    let number = |value| constant(Scalar::I64, value);
    build.say(Statement::CopyBytes {
        to: address(to),
        from: address(from),
        size: number(10),
        may_overlap: false,
    });
    build.set(Scalar::Pointer, at(moved, 0), Value::AddressOf(behind(to, 2)));
    build.say(Statement::CopyBytes {
        to: address(moved),
        from: address(to),
        size: number(10),
        may_overlap: true,
    });
    build.set(Scalar::Pointer, at(moved, 0), Value::AddressOf(behind(to, 12)));
    let value = constant(Scalar::I8, 0xFE);
    build.say(Statement::Fill { to: address(moved), value, size: number(3) });
    let expected = [sent(0..2), sent(0..10), vec![0xFE; 3]].concat();
    assert_eq!(run(&mut build, 15), expected);
}

#[test]
fn a_local_has_the_alignment_that_it_asks_for() {
    let mut build = Build::new("f", &[], scalar(Scalar::Pointer));
    let aligned = build.local(crate::jit::mir::Layout { size: 64, align: 256, ..memory(64) });
    let result = at(build.function.result, 0);
    build.set(Scalar::Pointer, result, Value::AddressOf(at(aligned, 0)));
    let code = load(&module(vec![build.end(End::Return).done()]));
    // SAFETY: written above with this signature.
    let run: extern "C" fn() -> usize = unsafe { code.function("f") };
    assert_eq!(run() % 256, 0);
}

/// Constants with addresses in them, and a static that changes.
#[test]
fn data_is_where_its_symbols_say() {
    let mut build = Build::new("f", &[], scalar(Scalar::I64));
    let (table, entry) =
        (build.local(scalar(Scalar::Pointer)), build.local(scalar(Scalar::Pointer)));
    let address =
        |name: &str, addend| used(Operand::Address(Address::Data(name.to_owned()), addend));
    build.set(Scalar::Pointer, at(table, 0), address(".Ltable", 8));
    build.set(Scalar::Pointer, at(entry, 0), used(loaded(Scalar::Pointer, behind(table, 0))));
    let counter = build.local(scalar(Scalar::Pointer));
    build.set(Scalar::Pointer, at(counter, 0), address("counter", 0));
    let place = Place { base: Base::Behind(counter), offset: 0 };
    let more = Value::Binary(
        Binary::Add,
        loaded(Scalar::I64, place),
        loaded(Scalar::I64, behind(entry, 0)),
    );
    build.set(Scalar::I64, place, more);
    let result = at(build.function.result, 0);
    build.set(Scalar::I64, result, used(loaded(Scalar::I64, place)));
    let mut module = module(vec![build.end(End::Return).done()]);
    let data = |symbol: &str, bytes: Vec<u8>, kind, addresses| Data {
        symbol: symbol.to_owned(),
        bytes,
        align: 8,
        kind,
        addresses,
    };
    let numbers = [3_u64, 40].map(u64::to_le_bytes).concat();
    module.data.push(data(".Lnumbers", numbers, DataKind::Constant, Vec::new()));
    let addresses = vec![
        (0, Address::Data(".Lnumbers".to_owned()), 0),
        (8, Address::Data(".Lnumbers".to_owned()), 8),
    ];
    module.data.push(data(".Ltable", vec![0; 16], DataKind::Constant, addresses));
    module.data.push(data("counter", vec![2, 0, 0, 0, 0, 0, 0, 0], DataKind::Mutable, Vec::new()));
    let code = load(&module);
    // SAFETY: written above with this signature.
    let run: extern "C" fn() -> u64 = unsafe { code.function("f") };
    assert_eq!([run(), run()], [42, 82]);
}

#[test]
fn a_switch_goes_where_its_cases_say() {
    for of in [Scalar::I8, Scalar::I32, Scalar::I64, Scalar::I128] {
        let most = u128::MAX >> (128 - 8 * crate::jit::mir::size_of(of));
        let values = [0, 1, 2, 3, 100, most];
        let mut build = from_to();
        let (from, to) = (build.parameter(0), build.parameter(1));
        let cases = values.iter().enumerate();
        let cases = cases.map(|(index, value)| (*value, BlockId(index as u32 + 1))).collect();
        let otherwise = BlockId(values.len() as u32 + 1);
        build.end(End::Switch { scalar: of, on: loaded(of, behind(from, 0)), cases, otherwise });
        for index in 0..=values.len() {
            build.block();
            let number = constant(Scalar::I32, index as u128);
            build.set(Scalar::I32, behind(to, 0), used(number)).end(End::Return);
        }
        let code = load(&module(vec![build.done()]));
        // SAFETY: written above with this signature.
        let run: extern "C" fn(*const u128, *mut u32) = unsafe { code.function("f") };
        for (index, value) in values.iter().chain(&[50]).enumerate() {
            let mut arrived = 99;
            run(value, &mut arrived);
            assert_eq!(arrived, index as u32, "{of:?} {value}");
        }
    }
}
