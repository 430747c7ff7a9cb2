//! What is moved on is moved once, and what was changed in between is not missed.

use crate::jit::codegen::tests::build::{
    Build, NOTHING, at, behind, constant, memory, module, scalar, used,
};
use crate::jit::codegen::tests::load;
use crate::jit::mir::{End, LocalId, Module, Operand, Place, Scalar, Statement, Value, optimise};

const SIZE: u64 = 512;

fn copy(to: Place, from: Place) -> Statement {
    Statement::Copy { to, from, size: SIZE, align: 8 }
}

/// Moves a value through three locals; `between` is done before the last copy.
fn moves(between: impl Fn(&mut Build, [LocalId; 3])) -> Module {
    let parameters = [scalar(Scalar::Pointer), scalar(Scalar::Pointer)];
    let mut build = Build::new("f", &parameters, NOTHING);
    let [first, second, third] = [0; 3].map(|_| build.local(memory(SIZE)));
    let (from, to) = (behind(build.parameter(0), 0), behind(build.parameter(1), 0));
    build.say(copy(at(first, 0), from));
    build.say(copy(at(second, 0), at(first, 0)));
    build.say(copy(at(third, 0), at(second, 0)));
    between(&mut build, [first, second, third]);
    build.say(copy(to, at(third, 0))).end(End::Return);
    module(vec![build.done()])
}

fn copies(module: &Module) -> usize {
    let mut module = module.clone();
    optimise(&mut module);
    let is_copy = |it: &&(Statement, _)| matches!(it.0, Statement::Copy { .. });
    module.functions[0].blocks[0].statements.iter().filter(is_copy).count()
}

/// The first byte of what comes out where 7 goes in.
fn outcome(module: &Module) -> u8 {
    let code = load::load(module);
    // SAFETY: written above with this signature.
    let run: extern "C" fn(*const u8, *mut u8) = unsafe { code.function("f") };
    let (given, mut result) = ([7_u8; SIZE as usize], [0_u8; SIZE as usize]);
    run(given.as_ptr(), result.as_mut_ptr());
    result[0]
}

#[test]
fn what_moves_on_is_copied_from_where_it_was() {
    let module = moves(|_, _| ());
    assert_eq!((copies(&module), outcome(&module)), (2, 7));
}

#[test]
fn what_changed_meanwhile_is_not_taken_for_the_copy() {
    let nine = || used(constant(Scalar::I8, 9));
    for changed in 0..3 {
        let module = moves(|build, locals| {
            build.set(Scalar::I8, at(locals[changed], 0), nine());
        });
        assert_eq!(outcome(&module), if changed == 2 { 9 } else { 7 }, "{changed}");
    }
    for changed in 0..3 {
        let module = moves(|build, locals| {
            let pointer = at(build.local(scalar(Scalar::Pointer)), 0);
            build.set(Scalar::Pointer, pointer, Value::AddressOf(at(locals[changed], 0)));
            let to = Operand::Load(Scalar::Pointer, pointer);
            let (value, size) = (constant(Scalar::I8, 9), constant(Scalar::I64, 1));
            build.say(Statement::Fill { to, value, size });
        });
        assert_eq!(outcome(&module), if changed == 2 { 9 } else { 7 }, "{changed}");
    }
}
