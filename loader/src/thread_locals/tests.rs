//! The reserve and the initialiser. What linked code sees of them is in `tests/thread_locals.rs`.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{ALIGN, GRAIN, NewImage, Place, RESERVE, find, initialise, module, publish};
use crate::error::{Error, ErrorKind};
use crate::host::ThreadBlock;

fn take(size: u32, align: u32) -> Result<Place, Error> {
    super::take(size, align).map(|(place, _)| place)
}

/// The address of a place in the calling thread.
fn address(place: Place) -> u64 {
    let block = ThreadBlock::of_process().expect("std has thread-locals");
    assert_eq!(place.module, block.module);
    block.address + place.offset
}

/// What the word there holds in the calling thread.
fn word(place: Place) -> u64 {
    let address = std::ptr::with_exposed_provenance::<u64>(address(place) as usize);
    // SAFETY: a word of the reserve that only the caller has.
    unsafe { address.read() }
}

fn call_initialise() {
    // SAFETY: it changes the calling thread's reserve and nothing else.
    unsafe { initialise() };
}

fn distance(place: Place) -> u64 {
    let found = find().unwrap();
    found.from_thread_pointer + (place.offset - found.offset)
}

#[test]
fn places_are_apart_aligned_and_at_one_distance_in_every_thread() {
    let places = [take(1, 1), take(8, 8), take(3, 64), take(100, 16), take(0, 1)];
    let mut places: Vec<Place> = places.into_iter().map(Result::unwrap).collect();
    for (place, align) in places.iter().zip([GRAIN, 8, 64, 16, GRAIN]) {
        assert_eq!(address(*place) % align as u64, 0);
    }
    let there = places.clone();
    let there = std::thread::spawn(move || {
        let pointer = |place| address(place).wrapping_sub(distance(place));
        there.into_iter().map(pointer).collect::<Vec<_>>()
    });
    let there = there.join().unwrap();
    assert!(there.iter().all(|pointer| *pointer == there[0]), "one thread pointer: {there:x?}");
    places.sort_by_key(|place| place.offset);
    let sizes_are_kept = places.windows(2).all(|pair| pair[1].offset - pair[0].offset >= 8);
    assert!(sizes_are_kept, "{places:?}");
    assert!(module().unwrap() > 0);
}

#[test]
fn too_much_and_too_wide_are_refused_and_take_nothing() {
    let large = take(RESERVE as u32, 8).unwrap_err();
    assert_eq!(large.kind(), ErrorKind::ThreadLocal);
    assert!(large.to_string().contains("no room for 16384 bytes"), "{large}");
    let wide = take(8, 2 * ALIGN as u32).unwrap_err();
    assert!(wide.to_string().contains("aligned to 128 bytes"), "{wide}");
    take(8, ALIGN as u32).unwrap();
}

#[test]
fn images_reach_threads_that_run_and_new_ones_once() {
    static SEVEN: u64 = 7;
    let place = take(8, 8).unwrap();
    let bytes = (&raw const SEVEN).expose_provenance();
    let image = NewImage { from_thread_pointer: distance(place), bytes, length: 8 };
    let before = publish(&[]).unwrap();
    assert_eq!(word(place), 0);
    let known = publish(&[image]).unwrap();
    assert!(known > before);
    call_initialise();
    assert_eq!(word(place), 7);
    let written = std::ptr::with_exposed_provenance_mut::<u64>(address(place) as usize);
    // SAFETY: this thread's own word of the reserve.
    unsafe { written.write(8) };
    call_initialise();
    assert_eq!(word(place), 8, "a thread's value is not written over");
    std::thread::spawn(move || {
        assert_eq!(word(place), 0);
        call_initialise();
        assert_eq!(word(place), 7);
    })
    .join()
    .unwrap();
}

#[test]
fn the_initialiser_changes_no_register() {
    static BYTES: [u8; 24] = [9; 24];
    let place = take(24, 8).unwrap();
    let bytes = (&raw const BYTES).expose_provenance();
    publish(&[NewImage { from_thread_pointer: distance(place), bytes, length: 24 }]).unwrap();
    let mut before = [0u64; 9];
    let mut after = [0u64; 9];
    for (index, word) in before.iter_mut().enumerate() {
        *word = 0x1111_1111_1111_1111 * (index as u64 + 1);
    }
    // SAFETY: loads and stores the two arrays; every register named is declared as changed, and
    // the call's are those of the C ABI or fewer.
    unsafe {
        std::arch::asm!(
            "push rbx", "push r12", "push r13", "mov rbx, {before}", "mov r12, {after}",
            "mov r13, {function}", "sub rsp, 128",
            "mov rax, [rbx]", "mov rcx, [rbx+8]", "mov rdx, [rbx+16]", "mov rsi, [rbx+24]",
            "mov rdi, [rbx+32]", "mov r8, [rbx+40]", "mov r9, [rbx+48]", "mov r10, [rbx+56]",
            "mov r11, [rbx+64]",
            "call r13",
            "mov [r12], rax", "mov [r12+8], rcx", "mov [r12+16], rdx", "mov [r12+24], rsi",
            "mov [r12+32], rdi", "mov [r12+40], r8", "mov [r12+48], r9", "mov [r12+56], r10",
            "mov [r12+64], r11",
            "add rsp, 128", "pop r13", "pop r12", "pop rbx",
            before = in(reg) before.as_ptr(),
            after = in(reg) after.as_mut_ptr(),
            function = in(reg) initialise as unsafe extern "C" fn(),
            clobber_abi("C"),
        );
    }
    assert_eq!(after, before);
    assert_eq!(word(place), 0x0909_0909_0909_0909);
}

/// A watermark that fell would have later images copied again, over what the handler wrote.
#[test]
fn a_handler_in_the_middle_of_a_copy_keeps_its_changes_of_later_variables() {
    static BYTES: [u8; 16] = [3; 16];
    static MIDDLE: AtomicUsize = AtomicUsize::new(0);
    static LATER: AtomicUsize = AtomicUsize::new(0);
    const TRACE: i64 = 0x100;
    /// Called after each instruction, and each byte of a copy.
    extern "C" fn traced(_: libc::c_int, _: *mut libc::siginfo_t, context: *mut libc::c_void) {
        // SAFETY: the kernel passes the registers of the interrupted thread.
        let registers = unsafe { &mut (*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs };
        if registers[libc::REG_RDI as usize] as usize == MIDDLE.load(Ordering::Relaxed) {
            registers[libc::REG_EFL as usize] &= !TRACE;
            MIDDLE.store(0, Ordering::Relaxed);
            call_initialise();
            let later = LATER.load(Ordering::Relaxed);
            // SAFETY: the thread's own word of the reserve.
            unsafe { std::ptr::with_exposed_provenance_mut::<u64>(later).write(77) };
        }
    }
    let places = [take(16, 8).unwrap(), take(8, 8).unwrap()];
    let bytes = (&raw const BYTES).expose_provenance();
    let image = |place, length| NewImage { from_thread_pointer: distance(place), bytes, length };
    MIDDLE.store(address(places[0]) as usize + 8, Ordering::Relaxed);
    LATER.store(address(places[1]) as usize, Ordering::Relaxed);
    publish(&[image(places[0], 16), image(places[1], 8)]).unwrap();
    // SAFETY: the handler has the type that SA_SIGINFO asks for, and only this thread is traced; the
    // flag is set around one call, which changes nothing but this thread's reserve.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = (traced as *const ()).expose_provenance();
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        assert_eq!(libc::sigaction(libc::SIGTRAP, &action, std::ptr::null_mut()), 0);
        std::arch::asm!(
            "pushfq", "or qword ptr [rsp], 0x100", "popfq",
            "call {function}",
            "pushfq", "and qword ptr [rsp], -257", "popfq",
            function = in(reg) initialise as unsafe extern "C" fn(),
            clobber_abi("C"),
        );
    }
    assert_eq!(MIDDLE.load(Ordering::Relaxed), 0, "the handler came");
    assert_eq!(word(places[1]), 77);
    assert_eq!(word(places[0]), 0x0303_0303_0303_0303);
}
