//! Backtraces, which are unwinding without leaving: every live frame is seen once, in order.

use std::ffi::{c_int, c_void};

use crate::call;
use crate::common::{Program, rust};

type Callback = extern "C-unwind" fn(&mut Vec<usize>);

unsafe extern "C" {
    // libgcc's.
    fn _Unwind_Backtrace(
        visit: extern "C" fn(*mut c_void, *mut c_void) -> c_int,
        addresses: *mut c_void,
    ) -> c_int;
    fn _Unwind_GetIP(context: *mut c_void) -> usize;
}

extern "C" fn visit(context: *mut c_void, addresses: *mut c_void) -> c_int {
    // SAFETY: the unwinder passes its own context, and the vector given below.
    unsafe { (*addresses.cast::<Vec<usize>>()).push(_Unwind_GetIP(context)) };
    0
}

extern "C-unwind" fn capture(addresses: &mut Vec<usize>) {
    // SAFETY: `visit` is of the callback's type and gets the vector.
    unsafe { _Unwind_Backtrace(visit, std::ptr::from_mut(addresses).cast()) };
}

#[test]
fn every_live_frame_is_seen_once_and_in_order() {
    let mut program = Program::with_std();
    program.swap(rust(
        r#"
        type Callback = extern "C-unwind" fn(&mut Vec<usize>);
        #[unsafe(no_mangle)] #[inline(never)] pub extern "C-unwind" fn live_inner(f: Callback, x: &mut Vec<usize>) -> usize { f(x); x.len() }
        #[inline(never)] fn private(f: Callback, x: &mut Vec<usize>) -> usize { live_inner(f, x) + 1 }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_outer(f: Callback, x: &mut Vec<usize>) -> usize { private(f, x) + 1 }
        "#,
    ));
    let mut addresses = Vec::new();
    call!(program, "live_outer", fn(Callback, &mut Vec<usize>) -> usize, capture, &mut addresses);
    let named = |name: &str| {
        let range = program.live[name].range();
        addresses.iter().position(|address| range.contains(address)).unwrap()
    };
    let (inner, outer) = (named("live_inner"), named("live_outer"));
    assert_eq!(outer, inner + 2, "private code between them: {addresses:x?}");
    let live = program.live.values().map(|it| it.range());
    let seen = live.flat_map(|range| addresses.iter().filter(move |it| range.contains(it))).count();
    assert_eq!(seen, 2);
    assert!(addresses.len() > outer + 3, "and the host's frames above: {addresses:x?}");
}
