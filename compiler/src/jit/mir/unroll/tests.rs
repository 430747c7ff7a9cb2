//! Loops that go around few times are written out, others stay; and what they do stays the same.

use super::{is_worth, unroll};
use crate::jit::codegen::loops;
use crate::jit::codegen::tests::build::{
    Build, at, behind, constant, load, memory, module, scalar, used,
};
use crate::jit::codegen::tests::load::load as loaded;
use crate::jit::mir::{
    Binary, BlockId, Compare, End, Function, LocalId, Operand, Place, Scalar, Statement, Value,
    verify,
};

const OF: Scalar = Scalar::I32;
const POINTER: Scalar = Scalar::Pointer;
const BOOL: Scalar = Scalar::I8;

fn get(local: LocalId) -> Operand {
    load(OF, at(local, 0))
}

fn plus(local: LocalId, operand: Operand) -> Value {
    Value::Binary(Binary::Add, get(local), operand)
}

fn is_equal(of: Scalar, one: Operand, other: Operand) -> Value {
    Value::Compare(Compare::Equal, of, one, other)
}

/// What is left of a function, which must be right, and how many loops are in that.
fn unrolled(mut function: Function) -> (Function, usize) {
    unroll(&mut function);
    verify(&module(vec![function.clone()])).unwrap();
    let loops = loops::all(&function).len();
    (function, loops)
}

/// What `f` gives for a number.
fn results(function: &Function, numbers: &[u32]) -> Vec<u32> {
    let code = loaded(&module(vec![function.clone()]));
    // SAFETY: the tests that call this write functions with this signature.
    let run: extern "C" fn(u32) -> u32 = unsafe { code.function("f") };
    numbers.iter().map(|number| run(*number)).collect()
}

/// `while counter != rounds { sum += counter * number; counter += 1; if sum == stop { break } }`
fn sums(rounds: Operand, stop: u128) -> Function {
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let (number, sum) = (build.parameter(0), build.function.result);
    let [counter, product] = [OF, OF].map(|of| build.local(scalar(of)));
    let condition = build.local(scalar(BOOL));
    let is = || load(BOOL, at(condition, 0));
    build.set(OF, at(sum, 0), used(constant(OF, 0)));
    build.set(OF, at(counter, 0), used(constant(OF, 0)));
    build.end(End::Goto(BlockId(1))).block();
    build.set(BOOL, at(condition, 0), is_equal(OF, get(counter), rounds));
    build.end(End::Branch(is(), BlockId(3), BlockId(2))).block();
    let times = Value::Binary(Binary::Multiply, get(counter), get(number));
    build.set(OF, at(product, 0), times);
    build.set(OF, at(sum, 0), plus(sum, get(product)));
    build.set(OF, at(counter, 0), plus(counter, constant(OF, 1)));
    build.set(BOOL, at(condition, 0), is_equal(OF, get(sum), constant(OF, stop)));
    build.end(End::Branch(is(), BlockId(3), BlockId(1))).block();
    build.end(End::Return).done()
}

#[test]
fn a_loop_of_few_rounds_is_written_out_and_its_ways_out_stay() {
    let function = sums(constant(OF, 5), 9);
    let numbers = [0, 1, 2, 3, 9];
    assert_eq!(results(&function, &numbers), [0, 10, 20, 9, 9]);
    let (function, loops) = unrolled(function);
    assert_eq!(loops, 0, "{function}");
    assert!(function.blocks.len() > 5, "{function}");
    assert_eq!(results(&function, &numbers), [0, 10, 20, 9, 9]);
}

#[test]
fn loops_of_many_rounds_and_of_who_knows_how_many_stay() {
    for rounds in [constant(OF, 9), constant(OF, 1_000_000), load(OF, at(LocalId(1), 0))] {
        let before = sums(rounds, 9);
        let (function, loops) = unrolled(before.clone());
        assert_eq!(loops, 1, "{function}");
        assert_eq!(function.blocks.len(), before.blocks.len(), "{function}");
    }
}

/// Numbers that are in locals are as fast in a loop.
#[test]
fn loops_that_go_through_memory_are_worth_it() {
    assert!(!is_worth(&mut sums(constant(OF, 5), 9)));
    assert!(is_worth(&mut between(12)));
}

/// An array's iterator by value: the array needs no memory when it is known what is taken from it.
#[test]
fn an_array_that_is_taken_apart_needs_no_memory() {
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let (number, sum) = (build.parameter(0), build.function.result);
    let array = build.local(memory(16));
    let [start, offset] = [Scalar::I64, Scalar::I64].map(|of| build.local(scalar(of)));
    let [first, item] = [POINTER, POINTER].map(|of| build.local(scalar(of)));
    let condition = build.local(scalar(BOOL));
    let wide = |local| load(Scalar::I64, at(local, 0));
    build.set(OF, at(sum, 0), used(constant(OF, 0)));
    for index in 0..4 {
        build.set(OF, at(array, index * 4), plus(number, constant(OF, index.into())));
    }
    build.set(Scalar::I64, at(start, 0), used(constant(Scalar::I64, 0)));
    build.end(End::Goto(BlockId(1))).block();
    let is_end = is_equal(Scalar::I64, wide(start), constant(Scalar::I64, 4));
    build.set(BOOL, at(condition, 0), is_end);
    build.end(End::Branch(load(BOOL, at(condition, 0)), BlockId(3), BlockId(2))).block();
    build.set(POINTER, at(first, 0), Value::AddressOf(at(array, 0)));
    let four = constant(Scalar::I64, 4);
    build.set(Scalar::I64, at(offset, 0), Value::Binary(Binary::Multiply, wide(start), four));
    let there =
        Value::Binary(Binary::Add, load(POINTER, at(first, 0)), load(POINTER, at(offset, 0)));
    build.set(POINTER, at(item, 0), there);
    build.set(OF, at(sum, 0), plus(sum, load(OF, behind(item, 0))));
    let one = constant(Scalar::I64, 1);
    build.set(Scalar::I64, at(start, 0), Value::Binary(Binary::Add, wide(start), one));
    build.end(End::Goto(BlockId(1))).block();
    let function = build.end(End::Return).done();
    assert_eq!(results(&function, &[0, 10]), [6, 46]);
    let (function, loops) = unrolled(function);
    assert_eq!((loops, function.blocks.len()), (0, 1), "{function}");
    assert!(!function.to_string().contains('&'), "{function}");
    assert_eq!(results(&function, &[0, 10]), [6, 46]);
}

/// The items between two pointers that nobody knows, which are as many bytes apart as is known: `items.iter_mut()` of
/// an array behind a reference.
fn between(bytes: u128) -> Function {
    let mut build = Build::new("f", &[scalar(POINTER)], scalar(OF));
    let (items, sum) = (build.parameter(0), build.function.result);
    let [here, end] = [POINTER, POINTER].map(|of| build.local(scalar(of)));
    let condition = build.local(scalar(BOOL));
    let pointer = |local| load(POINTER, at(local, 0));
    let further = |from, by| Value::Binary(Binary::Add, pointer(from), constant(POINTER, by));
    build.set(OF, at(sum, 0), used(constant(OF, 0)));
    build.set(POINTER, at(here, 0), used(pointer(items)));
    build.set(POINTER, at(end, 0), further(items, bytes));
    build.end(End::Goto(BlockId(1))).block();
    build.set(BOOL, at(condition, 0), is_equal(POINTER, pointer(here), pointer(end)));
    build.end(End::Branch(load(BOOL, at(condition, 0)), BlockId(3), BlockId(2))).block();
    build.set(OF, at(sum, 0), plus(sum, load(OF, behind(here, 0))));
    build.set(OF, behind(here, 0), used(get(sum)));
    build.set(POINTER, at(here, 0), further(here, 4));
    build.end(End::Goto(BlockId(1))).block();
    build.end(End::Return).done()
}

#[test]
fn how_far_two_pointers_are_apart_says_how_many_rounds_there_are() {
    let (function, loops) = unrolled(between(12));
    assert_eq!(loops, 0, "{function}");
    let code = loaded(&module(vec![function]));
    // SAFETY: written above with this signature.
    let run: extern "C" fn(&mut [u32; 4]) -> u32 = unsafe { code.function("f") };
    let mut items = [1, 2, 3, 4];
    assert_eq!((run(&mut items), items), (6, [1, 3, 6, 4]));
}

/// `while outer != 3 { outer += 1; for _ in 0..limit { sum += 1; if is_left && number == 1 { outer = 3 } } }`, where how often the
/// inner loop goes around is known before the outer one begins only.
fn nested(limit: Operand, is_left: bool) -> Function {
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let (number, sum) = (build.parameter(0), build.function.result);
    let [outer, inner, most] = [OF, OF, OF].map(|of| build.local(scalar(of)));
    let condition = build.local(scalar(BOOL));
    let is = || load(BOOL, at(condition, 0));
    build.set(OF, at(sum, 0), used(constant(OF, 0)));
    build.set(OF, at(outer, 0), used(constant(OF, 0)));
    build.set(OF, at(most, 0), used(limit));
    build.end(End::Goto(BlockId(1))).block();
    build.set(BOOL, at(condition, 0), is_equal(OF, get(outer), constant(OF, 3)));
    build.end(End::Branch(is(), BlockId(6), BlockId(2))).block();
    build.set(OF, at(outer, 0), plus(outer, constant(OF, 1)));
    build.set(OF, at(inner, 0), used(constant(OF, 0)));
    build.end(End::Goto(BlockId(3))).block();
    build.set(BOOL, at(condition, 0), is_equal(OF, get(inner), get(most)));
    build.end(End::Branch(is(), BlockId(1), BlockId(4))).block();
    build.set(OF, at(inner, 0), plus(inner, constant(OF, 1)));
    build.set(OF, at(sum, 0), plus(sum, constant(OF, 1)));
    build.set(BOOL, at(condition, 0), is_equal(OF, get(number), constant(OF, 1)));
    build.end(End::Branch(is(), BlockId(5), BlockId(3))).block();
    let left = if is_left { outer } else { inner };
    let there = if is_left { constant(OF, 3) } else { get(inner) };
    build.set(OF, at(left, 0), used(there)).end(End::Goto(BlockId(3))).block();
    build.end(End::Return).done()
}

#[test]
fn a_loop_in_a_loop_is_written_out_with_it() {
    let function = nested(constant(OF, 2), false);
    assert_eq!(results(&function, &[0, 1]), [6, 6]);
    let (function, loops) = unrolled(function);
    assert_eq!(loops, 0, "{function}");
    assert_eq!(results(&function, &[0, 1]), [6, 6]);
}

#[test]
fn what_a_loop_in_a_loop_writes_is_not_taken_for_known() {
    let function = nested(constant(OF, 2), true);
    assert_eq!(results(&function, &[0, 1]), [6, 2]);
    let (function, loops) = unrolled(function);
    assert_eq!(loops, 2, "{function}");
    assert_eq!(results(&function, &[0, 1]), [6, 2]);
}

/// Three times the same loop would be no gain.
#[test]
fn a_loop_with_one_that_stays_stays() {
    let before = nested(load(OF, at(LocalId(1), 0)), false);
    let (function, loops) = unrolled(before.clone());
    assert_eq!((loops, function.blocks.len()), (2, before.blocks.len()), "{function}");
    assert_eq!(results(&function, &[0, 1, 4]), [0, 3, 12]);
}

/// As an array's iterator does that is by value: what it comes to is computed from where it is itself.
fn indexes_itself(is_given: bool) -> Function {
    const WIDE: Scalar = Scalar::I64;
    let mut build = Build::new("f", &[scalar(POINTER)], scalar(OF));
    let (to, sum) = (build.parameter(0), build.function.result);
    // Three numbers, and the next one's number.
    let iterator = build.local(memory(24));
    let start = at(iterator, 16);
    let offset = build.local(scalar(WIDE));
    let [first, item] = [POINTER, POINTER].map(|of| build.local(scalar(of)));
    let condition = build.local(scalar(BOOL));
    build.set(OF, at(sum, 0), used(constant(OF, 0)));
    for index in 0..3 {
        build.set(OF, at(iterator, index * 4), used(constant(OF, u128::from(index) + 1)));
    }
    build.set(WIDE, start, used(constant(WIDE, 0)));
    build.end(End::Goto(BlockId(1))).block();
    let is_end = is_equal(WIDE, load(WIDE, start), constant(WIDE, 3));
    build.set(BOOL, at(condition, 0), is_end);
    build.end(End::Branch(load(BOOL, at(condition, 0)), BlockId(3), BlockId(2))).block();
    build.set(POINTER, at(first, 0), Value::AddressOf(at(iterator, 0)));
    let bytes = Value::Binary(Binary::Multiply, load(WIDE, start), constant(WIDE, 4));
    build.set(WIDE, at(offset, 0), bytes);
    let pointer = |local| load(POINTER, at(local, 0));
    build.set(POINTER, at(item, 0), Value::Binary(Binary::Add, pointer(first), pointer(offset)));
    build.set(OF, at(sum, 0), plus(sum, load(OF, behind(item, 0))));
    build.set(WIDE, start, Value::Binary(Binary::Add, load(WIDE, start), constant(WIDE, 1)));
    if is_given {
        build.set(POINTER, behind(to, 8), used(pointer(first)));
    }
    build.set(OF, behind(to, 0), used(get(sum)));
    build.end(End::Goto(BlockId(1))).block();
    build.end(End::Return).done()
}

#[test]
fn an_iterator_that_indexes_itself_needs_no_memory_unless_others_have_its_address() {
    for is_given in [false, true] {
        let (function, loops) = unrolled(indexes_itself(is_given));
        assert_eq!(loops, usize::from(is_given), "{function}");
        assert_eq!(function.to_string().contains('&'), is_given, "{function}");
        let code = loaded(&module(vec![function]));
        // SAFETY: written above with this signature.
        let run: extern "C" fn(&mut [u64; 2]) -> u32 = unsafe { code.function("f") };
        let mut to = [0, 0];
        assert_eq!((run(&mut to), to[0] as u32), (6, 6));
    }
}

/// `for index in 0..3` with a check of the sum of its steps: it overflows in the last round, or never.
#[test]
fn checked_sums_that_are_known_are_checked_now() {
    for (first, result) in [(0_u128, 3), (u128::from(u32::MAX) - 2, 100)] {
        let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
        let sum = build.function.result;
        let counter = build.local(scalar(OF));
        let [condition, overflow] = [BOOL, BOOL].map(|of| build.local(scalar(of)));
        let is = |local| load(BOOL, at(local, 0));
        build.set(OF, at(sum, 0), used(constant(OF, first)));
        build.set(OF, at(counter, 0), used(constant(OF, 0)));
        build.end(End::Goto(BlockId(1))).block();
        build.set(BOOL, at(condition, 0), is_equal(OF, get(counter), constant(OF, 3)));
        build.end(End::Branch(is(condition), BlockId(4), BlockId(2))).block();
        let add = |to: LocalId| Statement::SetChecked {
            scalar: OF,
            signed: false,
            to: at(to, 0),
            overflow: at(overflow, 0),
            op: Binary::Add,
            values: (get(to), constant(OF, 1)),
        };
        build.say(add(counter)).say(add(sum));
        build.end(End::Branch(is(overflow), BlockId(3), BlockId(1))).block();
        build.set(OF, at(sum, 0), used(constant(OF, 100))).end(End::Return).block();
        let function = build.end(End::Return).done();
        assert_eq!(results(&function, &[0]), [result]);
        let (function, loops) = unrolled(function);
        assert_eq!((loops, function.blocks.len()), (0, 1), "{function}");
        assert_eq!(results(&function, &[0]), [result]);
    }
}

/// A header that two blocks lead to, which disagree: what one of them says is not known.
#[test]
fn what_two_ways_into_a_loop_disagree_on_is_not_known() {
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let (number, sum) = (build.parameter(0), build.function.result);
    let counter = build.local(scalar(OF));
    let condition = build.local(scalar(BOOL));
    let is = || load(BOOL, at(condition, 0));
    build.set(OF, at(sum, 0), used(constant(OF, 0)));
    build.set(BOOL, at(condition, 0), is_equal(OF, get(number), constant(OF, 1)));
    build.end(End::Branch(is(), BlockId(1), BlockId(2))).block();
    build.set(OF, at(counter, 0), used(constant(OF, 1))).end(End::Goto(BlockId(3))).block();
    build.set(OF, at(counter, 0), used(constant(OF, 2))).end(End::Goto(BlockId(3))).block();
    build.set(BOOL, at(condition, 0), is_equal(OF, get(counter), constant(OF, 4)));
    build.end(End::Branch(is(), BlockId(5), BlockId(4))).block();
    build.set(OF, at(sum, 0), plus(sum, get(counter)));
    build.set(OF, at(counter, 0), plus(counter, constant(OF, 1)));
    build.end(End::Goto(BlockId(3))).block();
    let function = build.end(End::Return).done();
    assert_eq!(results(&function, &[0, 1]), [5, 6]);
    let (function, _) = unrolled(function);
    assert_eq!(results(&function, &[0, 1]), [5, 6]);
}

/// The upper half of the counter is written by itself: the whole is not what it was.
#[test]
fn a_part_of_what_is_known_is_not_the_whole() {
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let (number, sum) = (build.parameter(0), build.function.result);
    let counter = build.local(memory(8));
    let condition = build.local(scalar(BOOL));
    let wide: Place = at(counter, 0);
    build.set(OF, at(sum, 0), used(constant(OF, 0)));
    build.set(Scalar::I64, wide, used(constant(Scalar::I64, 0)));
    build.end(End::Goto(BlockId(1))).block();
    let three = constant(Scalar::I64, 3);
    build.set(BOOL, at(condition, 0), is_equal(Scalar::I64, load(Scalar::I64, wide), three));
    build.end(End::Branch(load(BOOL, at(condition, 0)), BlockId(3), BlockId(2))).block();
    build.set(OF, at(sum, 0), plus(sum, constant(OF, 1)));
    let more = Value::Binary(Binary::Add, load(Scalar::I64, wide), constant(Scalar::I64, 1));
    build.set(Scalar::I64, wide, more);
    build.set(OF, at(counter, 4), used(get(number)));
    build.set(OF, at(counter, 4), used(constant(OF, 0)));
    build.end(End::Goto(BlockId(1))).block();
    let function = build.end(End::Return).done();
    assert_eq!(results(&function, &[0, 7]), [3, 3]);
    let (function, loops) = unrolled(function);
    assert_eq!(loops, 1, "{function}");
    assert_eq!(results(&function, &[0, 7]), [3, 3]);
}
