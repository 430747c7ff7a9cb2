//! Kinds of symbols: versions, visibility, absolute numbers, aliases; and objects with more sections
//! than a 16-bit number counts, or with compressed ones.

mod common;

use std::fmt::Write;
use std::process::Command;

use common::{Program, cc, run};
use segue_loader::{Config, ErrorKind, Object, Symbols};

fn c(source: &str) -> Vec<u8> {
    cc("c", source, &[])
}

fn assembly(source: &str) -> Vec<u8> {
    cc("s", source, &[])
}

/// A function of assembly in a section of its own.
fn function(name: &str, body: &str) -> String {
    format!(
        ".section .text.{name},\"ax\",@progbits\n.globl {name}\n.type {name},@function\n{name}: {body}\n"
    )
}

#[test]
fn versions_are_ignored_and_the_default_one_is_meant() {
    let library = function("old_edition", "mov $1, %eax; ret")
        + &function("new_edition", "mov $2, %eax; ret")
        + &function("old_alone", "mov $30, %eax; ret")
        + ".symver old_edition, edition@V1\n.symver new_edition, edition@@V2\n\
           .symver old_alone, alone@V1\n";
    let user = |reference: &str| {
        let body = format!("sub $8, %rsp; call {reference}@PLT; add $8, %rsp; ret");
        assembly(&format!("{}.symver {reference}, {reference}@V1\n", function("live_f", &body)))
    };
    for (name, expected) in [("edition", 2), ("alone", 30)] {
        for order in [false, true] {
            let mut objects = [("user.o", user(name)), ("library.o", assembly(&library))];
            if order {
                objects.reverse();
            }
            let mut program = Program::new();
            program.swap_all(&objects);
            assert_eq!(call!(program, "live_f", fn() -> i32,), expected, "{name}");
        }
    }
    let stronger = function("alone", "mov $40, %eax; ret");
    let mut program = Program::new();
    let objects = [user("alone"), assembly(&library), assembly(&stronger)];
    let names = ["user.o", "library.o", "stronger.o"];
    program.swap_all(&names.into_iter().zip(objects).collect::<Vec<_>>());
    assert_eq!(call!(program, "live_f", fn() -> i32,), 40, "the old edition yields");
}

#[test]
fn versioned_names_of_live_functions_and_of_the_host_mean_what_the_plain_ones_do() {
    let source =
        function("live_f", "sub $8, %rsp; call live_g@PLT; call labs@PLT; add $8, %rsp; ret")
            + &function("live_g", "mov $-5, %rdi; ret")
            + ".symver labs, labs@GLIBC_2.2.5\n.symver live_g, live_g@V7\n";
    let mut program = Program::new();
    program.swap(assembly(&source));
    assert_eq!(call!(program, "live_f", fn() -> i64,), 5);
    // The version's name is another name of the same function.
    let stub = program.table.index("live_g");
    let address = program.linker.stub(stub).unwrap();
    let source =
        function("live_h", "mov live_g@GOTPCREL(%rip), %rax; ret") + ".symver live_g, live_g@V3\n";
    program.swap(assembly(&source));
    assert_eq!(call!(program, "live_h", fn() -> usize,), address);
}

#[test]
fn hidden_names_are_found_in_the_program_and_not_in_shared_libraries() {
    let hidden = |name: &str| {
        let body = format!("mov {name}@GOTPCREL(%rip), %rax; ret");
        assembly(&format!("{}.hidden {name}\n", function("live_f", &body)))
    };
    let mut symbols = Symbols::of_process().unwrap();
    symbols.define("defined_by_host", 0x1234);
    let mut program = Program::with(symbols, Config::default());
    let error = program.link(hidden("strlen")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Undefined);
    for part in [".text.live_f+0x3", "undefined symbol `strlen`: it is hidden here", "visibility"] {
        assert!(error.to_string().contains(part), "{error}");
    }
    let error = program.link(hidden("strlennn")).unwrap_err().to_string();
    assert!(error.contains("undefined symbol `strlennn`") && !error.contains("hidden"), "{error}");
    // A name found for somebody else is still not found for this one.
    program.swap(c("#include <string.h>\nvoid *live_f(void) { return strlen; }"));
    assert!(program.link(hidden("strlen")).is_err());
    let own = c("__attribute__((visibility(\"protected\"))) int mine = 3;");
    program.swap_all(&[("a.o", hidden("mine")), ("b.o", own)]);
    let mine = call!(program, "live_f", fn() -> usize,);
    let (_, address, _) = program.linker.statics().find(|(name, ..)| *name == "mine").unwrap();
    assert_eq!(mine, address);
    program.swap(hidden("defined_by_host"));
    assert_eq!(call!(program, "live_f", fn() -> usize,), 0x1234);
}

#[test]
fn absolute_symbols_are_numbers_in_their_own_and_other_objects() {
    let numbers = ".globl number, large\n.set number, 0x1234\n.set large, 0x123456789ABC\n\
        .set local_number, 77\n";
    let own = function("live_own", "mov $local_number, %eax; ret");
    // The assembler makes no GOT entry for a number that it knows.
    let got = function("live_got", "mov number@GOTPCREL(%rip), %rax; ret");
    let user = function("live_64", "movabs $large + 4, %rax; ret")
        + &function("live_32", "mov $number, %eax; ret")
        + &function("live_32s", "mov $number - 0x1235, %rax; ret")
        + &function("live_data", "mov pointer(%rip), %rax; ret")
        + ".section .data.rel.ro.pointer,\"aw\"\npointer: .quad number\n";
    let check = |program: &Program| {
        let call = |name: &str| call!(*program, name, fn() -> u64,);
        assert_eq!(call("live_own"), 77);
        assert_eq!(call("live_64"), 0x1234_5678_9AC0);
        assert_eq!(call("live_32"), 0x1234);
        assert_eq!(call("live_32s"), u64::MAX);
        assert_eq!(call("live_data"), 0x1234);
    };
    let one = assembly(&format!("{numbers}{own}{user}"));
    let mut program = Program::new();
    program.swap(one);
    check(&program);
    let (first, second) = (assembly(&format!("{numbers}{own}")), assembly(&(user + &got)));
    let mut program = Program::new();
    program.swap_all(&[("second.o", second.clone()), ("first.o", first.clone())]);
    check(&program);
    assert_eq!(call!(program, "live_got", fn() -> u64,), 0x1234);
    let mut program = Program::new();
    program.swap_all(&[("first.o", first)]);
    program.swap_all(&[("second.o", second)]);
    check(&program);
    assert_eq!(call!(program, "live_got", fn() -> u64,), 0x1234);
    let relative = assembly(&function("live_f", "lea number(%rip), %rax; ret"));
    let error = program.link_all(&[("third.o", relative)]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OutOfRange, "{error}");
}

#[test]
fn an_alias_of_a_live_function_is_its_slot() {
    let source = "int live_f(int x) { return x + 1; } extern int other(int) __attribute__((alias(\"live_f\")));
        int live_use(int x) { return other(x) * 10; } void *live_address(void) { return other; }";
    let mut program = Program::new();
    program.swap(cc("c", source, &["-fvisibility=default", "-fno-inline"]));
    assert_eq!(call!(program, "live_use", fn(i32) -> i32, 4), 50);
    // Objects linked together and later use the alias of the function as it is then.
    let user = "extern int other(int); int live_user(int x) { return other(x) * 100; }";
    program.swap_all(&[("live.o", c(source)), ("user.o", c(user))]);
    assert_eq!(call!(program, "live_user", fn(i32) -> i32, 4), 500);
    program.swap_all(&[("later.o", c(&user.replace("live_user", "live_later")))]);
    let swapped = source.replace("x + 1", "x + 2");
    program.swap(cc("c", &swapped, &["-fvisibility=default", "-fno-inline"]));
    assert_eq!(call!(program, "live_use", fn(i32) -> i32, 4), 60);
    assert_eq!(call!(program, "live_user", fn(i32) -> i32, 4), 600);
    assert_eq!(call!(program, "live_later", fn(i32) -> i32, 4), 600);
    let slot = program.table.index("live_f");
    let stub = program.linker.stub(slot).unwrap();
    assert_eq!(call!(program, "live_address", fn() -> usize,), stub);
}

#[test]
fn an_alias_that_is_live_by_name_has_a_slot_of_its_own() {
    let source = "int live_f(int x) { return x + 1; } extern int live_g(int) __attribute__((alias(\"live_f\")));
        int live_use(int x) { return live_g(x) * 10 + live_f(x); }";
    let mut program = Program::new();
    program.swap(cc("c", source, &["-fvisibility=default", "-fno-inline"]));
    assert_eq!(call!(program, "live_use", fn(i32) -> i32, 4), 55);
    program.swap(cc("c", "int live_g(int x) { return x + 2; }", &[]));
    assert_eq!(call!(program, "live_use", fn(i32) -> i32, 4), 65);
}

#[test]
fn aliases_of_private_functions_and_variables_are_known_to_other_objects() {
    let library = "int first = 5; extern int second __attribute__((alias(\"first\")));
        static int third __attribute__((alias(\"first\"), unused));
        int plus(int x) { return x + 1; } extern int plus_again(int) __attribute__((weak, alias(\"plus\")));
        int live_set(int x) { second = x; return plus(third); }";
    let user = "extern int first, second; int plus_again(int); int live_get(void) { return first * 1000 + second + plus_again(1); }";
    let expected = 7000 + 7 + 2;
    let mut program = Program::new();
    program.swap_all(&[("user.o", c(user)), ("library.o", c(library))]);
    assert_eq!(call!(program, "live_set", fn(i32) -> i32, 7), 8);
    assert_eq!(call!(program, "live_get", fn() -> i32,), expected);
    program.swap_all(&[("later.o", c(user))]);
    assert_eq!(call!(program, "live_get", fn() -> i32,), expected);
    assert_eq!(program.linker.statics().map(|it| it.0).collect::<Vec<_>>(), ["first"]);
}

#[test]
fn objects_may_have_more_than_65280_sections() {
    let count = 70_000;
    let mut source = String::from(".text\n");
    for index in 0..count {
        // Each calls the one before, so that what is linked is a known few.
        let call = if index % 4 == 0 { String::new() } else { format!("call f_{}\n", index - 1) };
        let name = if index % 10_000 == 9_999 { "live_" } else { "f_" };
        writeln!(
            source,
            ".section .text.{name}{index},\"ax\",@progbits\n.globl {name}{index}\n\
             .type {name}{index},@function\n{name}{index}: {call}add ${index}, %rax\nret"
        )
        .unwrap();
    }
    source += &function("live_sum", "mov $0, %eax\ncall live_69999\nret");
    let mut program = Program::new();
    let split = Program::split(assembly(&source));
    assert_eq!(split.modules().len(), 8);
    let functions: Vec<usize> = (0..8).collect();
    let selection = segue_loader::Selection { split: &split, functions: &functions };
    for linked in program.linker.link(&[selection], &mut program.table).unwrap() {
        program.publish(linked);
    }
    assert_eq!(call!(program, "live_sum", fn() -> u64,), 69_999 + 69_998 + 69_997 + 69_996);
}

#[test]
fn compressed_debugging_information_does_not_matter() {
    let source = "int live_f(int x) { int y = x * 3; return y + 1; }";
    let directory = tempfile::tempdir().unwrap();
    for (flag, style) in
        [("-gz=zlib", ""), ("-gz=zlib-gnu", ""), ("-g", "zstd"), ("-g", "zlib-gnu")]
    {
        let mut object = cc("c", source, &["-g", flag]);
        if !style.is_empty() {
            let path = directory.path().join("live.o");
            std::fs::write(&path, &object).unwrap();
            let mut objcopy = Command::new("objcopy");
            run(objcopy.arg(format!("--compress-debug-sections={style}")).arg(&path));
            object = std::fs::read(&path).unwrap();
        }
        let text = String::from_utf8_lossy(&object);
        let is_old = flag.ends_with("gnu") || style.ends_with("gnu");
        assert_eq!(text.contains(".zdebug_info"), is_old, "{flag} {style}");
        let mut program = Program::new();
        program.swap(object);
        assert_eq!(call!(program, "live_f", fn(i32) -> i32, 5), 16, "{flag} {style}");
    }
}

#[test]
fn a_compressed_section_of_the_program_is_refused_by_name() {
    // The assembler compresses no such section: the flag is set in the section's header.
    let mut object = assembly(".section .rodata.table,\"a\",@progbits\n.fill 64, 1, 7\n");
    let word = |object: &[u8], at: usize| {
        u64::from_le_bytes(object[at..at + 8].try_into().unwrap()) as usize
    };
    let headers = word(&object, 40);
    let section = (0..10).map(|index| headers + 64 * index);
    let flags =
        section.map(|at| at + 8).find(|at| word(&object, *at) == 2 && word(&object, at + 24) == 64);
    object[flags.unwrap() + 1] = 0x08;
    let error = Object::parse("live.o", object).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.to_string().contains(".rodata.table is compressed"), "{error}");
}

/// Was: "its definition is not loaded", for constants that rustc's codegen units share.
#[test]
fn a_global_name_in_a_mergeable_section_is_found_by_other_objects() {
    let owner = ".globl shared; .hidden shared; .section .rodata.cst16,\"aM\",@progbits,16
        .quad 1, 2
        shared: .quad 77, 78
        .section .rodata.str1.1,\"aMS\",@progbits,1
        .globl text
        .asciz \"first\"
        text: .asciz \"second\"
        .section .text.live_owner,\"ax\"; .globl live_owner; .type live_owner,@function
        live_owner: movq shared+8(%rip), %rax; ret";
    let user = ".section .text.live_user,\"ax\"; .globl live_user; .type live_user,@function
        live_user: movq shared@GOTPCREL(%rip), %rcx; movq (%rcx), %rax
        movq text@GOTPCREL(%rip), %rcx; movzbl 1(%rcx), %ecx; addq %rcx, %rax; ret";
    let mut program = Program::new();
    program.swap_all(&[("owner.o", cc("s", owner, &[])), ("user.o", cc("s", user, &[]))]);
    assert_eq!(call!(program, "live_owner", fn() -> u64,), 78);
    assert_eq!(call!(program, "live_user", fn() -> u64,), 77 + u64::from(b'e'));
    program.swap(cc("s", user, &[]));
    assert_eq!(call!(program, "live_user", fn() -> u64,), 77 + u64::from(b'e'));
}
