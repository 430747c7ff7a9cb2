//! What the language itself becomes.
#![allow(dead_code, static_mut_refs)]

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, mpsc};
use std::task::{Context, Poll, Waker};

unsafe extern "C" {
    fn report(what: *const std::ffi::c_char, value: u64);
}

fn mix(sum: u64, value: u64) -> u64 {
    (sum ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(sum >> 29)
}
fn text(data: &str) -> u64 {
    data.bytes().fold(1, |sum, byte| mix(sum, byte.into()))
}

trait Shape {
    fn area(&self) -> f64;
    fn name(&self) -> String {
        "shape".into()
    }
}
struct Square(f64);
struct Circle { radius: f64, notes: Rc<Cell<u64>> }
impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
}
impl Shape for Circle {
    fn area(&self) -> f64 {
        self.radius.powi(2) * std::f64::consts::PI
    }
    fn name(&self) -> String {
        format!("circle {:>8.3}", self.radius)
    }
}
impl Drop for Circle {
    fn drop(&mut self) {
        self.notes.set(mix(self.notes.get(), 9));
    }
}
#[inline(never)]
fn objects() -> u64 {
    let notes = Rc::new(Cell::new(1));
    let shapes: Vec<Box<dyn Shape>> =
        vec![Box::new(Square(black_box(1.5))), Box::new(Circle { radius: 2.0, notes: notes.clone() })];
    let sum = shapes.iter().fold(0, |sum, it| mix(sum, (it.area() * 1000.0) as u64 + text(&it.name())));
    drop(shapes);
    mix(sum, notes.get())
}

#[derive(Debug, Clone, PartialEq)]
enum Value { None, Small(u8), Text(String), Many(Vec<Value>), Pair { left: Box<Value>, right: u128 } }
#[inline(never)]
fn values() -> u64 {
    let all = vec![Value::None, Value::Small(3), Value::Text("text \u{e9}".into())];
    let pair = Value::Pair { left: Box::new(Value::Many(all)), right: u128::MAX / black_box(1_000_003) };
    let same = pair.clone() == pair;
    mix(text(&format!("{pair:?} {pair:#?}")), same.into())
}
#[inline(never)]
fn state(n: u32) -> &'static str {
    match n {
        0 => "zero", 1 => "one", 2 => "two", 3 => "three", 4 => "four", 5 => "five", 100..=200 => "hundreds", _ => "many",
    }
}
#[inline(never)]
fn switch(n: u32) -> u64 {
    match n {
        0 => black_box(17), 1 => text("a"), 2 => objects(), 3 => u64::from(n) * 3, 4 => values(), 5 => 1 << n, 6 => numbers(), 7 => 8, _ => 0,
    }
}
#[inline(never)]
fn numbers() -> u64 {
    let big = black_box(0xDEAD_BEEF_u128).pow(3) % 1_000_000_007;
    let signed = black_box(-77_i128).div_euclid(10).wrapping_mul(i128::MAX);
    let float = black_box(0.1_f64).sin().mul_add(3.0, 2.5).sqrt().ln() + f64::from(black_box(2.5_f32).exp2());
    let checked = black_box(250_u8).checked_add(9).map_or(4, u64::from) + u64::from(black_box(250_u8).saturating_add(9));
    mix(big as u64, signed as u64) ^ (float * 1e6) as i64 as u64 ^ checked ^ u64::from(black_box(12345_u32).leading_zeros() + black_box(77_u32).count_ones())
}

static TABLE: [fn(u64) -> u64; 3] = [double, triple, |n| n + 100];
const NAMES: &[(&str, [u16; 3])] = &[("first", [1, 2, 3]), ("second", [4, 5, 6])];
static COUNTER: AtomicU64 = AtomicU64::new(5);
static mut PLAIN: [u64; 4] = [1, 2, 3, 4];
static SHARED: Mutex<Vec<String>> = Mutex::new(Vec::new());
static LAZY: OnceLock<String> = OnceLock::new();
fn double(n: u64) -> u64 {
    n * 2
}
fn triple(n: u64) -> u64 {
    n * 3
}
#[inline(never)]
fn statics() -> u64 {
    let mut sum = TABLE.iter().enumerate().fold(0, |sum, (at, it)| mix(sum, it(at as u64 + 4)));
    for (name, numbers) in black_box(NAMES) {
        sum = mix(sum, text(name) + u64::from(numbers[1]));
    }
    COUNTER.fetch_add(sum & 7, Ordering::SeqCst);
    // SAFETY: this thread alone uses it.
    unsafe {
        PLAIN[2] += 9;
        sum = mix(sum, PLAIN.iter().sum());
    }
    SHARED.lock().unwrap().push(format!("pushed {sum}"));
    mix(sum, text(LAZY.get_or_init(|| "lazy".repeat(3))) + COUNTER.load(Ordering::SeqCst) + SHARED.lock().unwrap().len() as u64)
}

thread_local! {
    static OWN: RefCell<Vec<u64>> = RefCell::new(vec![4]);
    static FIXED: Cell<u64> = const { Cell::new(11) };
}
#[inline(never)]
fn threads() -> u64 {
    let (send, receive) = mpsc::channel();
    let total = Arc::new(Mutex::new(0));
    let all: Vec<_> = (1..4_u64)
        .map(|n| {
            let (send, total) = (send.clone(), total.clone());
            std::thread::spawn(move || {
                OWN.with_borrow_mut(|own| own.push(n));
                FIXED.set(FIXED.get() + n);
                *total.lock().unwrap() += n;
                send.send(OWN.with_borrow(|own| own.iter().sum::<u64>()) * FIXED.get()).unwrap();
                n * 7
            })
        })
        .collect();
    drop(send);
    let joined: u64 = all.into_iter().map(|it| it.join().unwrap()).sum();
    let mut received: Vec<u64> = receive.iter().collect();
    received.sort_unstable();
    let scoped = std::thread::scope(|scope| scope.spawn(|| received.len() as u64 * 5).join().unwrap());
    received.iter().fold(joined + scoped, |sum, it| mix(sum, *it)) + *total.lock().unwrap() + FIXED.get()
}

struct Note<'a>(&'a Cell<u64>, u64);
impl Drop for Note<'_> {
    fn drop(&mut self) {
        self.0.set(mix(self.0.get(), self.1));
    }
}
#[inline(never)]
fn fail(how: u64, notes: &Cell<u64>) -> u64 {
    let _note = Note(notes, how);
    match how {
        0 => panic!("zero"),
        1 => [1, 2, 3][black_box(7)],
        2 => 10 / black_box(0),
        3 => None.unwrap(),
        4 => std::panic::resume_unwind(Box::new(44_u64)),
        5 => RefCell::new(1_u64).try_borrow_mut().map(|it| *it).unwrap(),
        _ => how,
    }
}
#[inline(never)]
fn panics() -> u64 {
    if cfg!(panic = "abort") {
        return 0;
    }
    let notes = Cell::new(2);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let mut sum = 0;
    for how in 0..7 {
        let caught = catch_unwind(AssertUnwindSafe(|| fail(how, &notes) + 1));
        sum = mix(sum, match caught {
            Ok(value) => value,
            Err(why) => match why.downcast::<&'static str>() {
                Ok(said) => text(*said),
                Err(why) => why.downcast_ref::<String>().map_or(5, |said| text(said)) + why.downcast_ref::<u64>().copied().unwrap_or(0),
            },
        });
    }
    std::panic::set_hook(hook);
    mix(sum, notes.get())
}

#[derive(Debug)]
struct Refused { code: i32 }
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused with {:#06x}", self.code)
    }
}
impl Error for Refused {}
fn attempt(n: &str) -> Result<i32, Box<dyn Error + Send + Sync>> {
    let n: i32 = n.parse()?;
    if n > 100 { Err(Refused { code: n })? }
    Ok(n)
}
#[inline(never)]
fn errors() -> u64 {
    ["12", "x", "1000"].iter().fold(0, |sum, it| mix(sum, match attempt(it) {
        Ok(n) => n as u64,
        Err(why) => text(&why.to_string()) + u64::from(why.is::<Refused>()),
    }))
}

struct Twice(bool);
impl Future for Twice {
    type Output = u64;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u64> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(6);
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
async fn step(n: u64) -> u64 {
    let name = format!("step {n}");
    let got = Twice(false).await;
    got * n + text(&name)
}
#[inline(never)]
fn futures() -> u64 {
    let mut sum = 0;
    let mut future = pin!(async { let a = step(1).await; let b = step(a & 3).await; mix(a, b) });
    let mut context = Context::from_waker(Waker::noop());
    for turn in 0..10 {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return mix(sum, value),
            Poll::Pending => sum = mix(sum, turn),
        }
    }
    sum
}

fn apply<F: FnMut(u64) -> u64>(mut f: F, n: u64) -> u64 {
    f(n) + f(n + 1)
}
#[inline(never)]
fn collections() -> u64 {
    let mut hashed: HashMap<String, Vec<u64>> = HashMap::new();
    for n in 0..50_u64 {
        hashed.entry(format!("key {}", n % 7)).or_default().push(n * n);
    }
    let ordered: BTreeMap<_, u64> = hashed.iter().map(|(key, all)| (key.as_str(), all.iter().sum())).collect();
    let mut sorted: Vec<(u64, &str)> = ordered.iter().map(|(key, sum)| (sum % 11, *key)).collect();
    sorted.sort_by(|a, b| b.cmp(a));
    let mut seen = 3;
    let joined: String = sorted.chunks(2).flat_map(|it| it.iter().rev()).map(|it| it.1).collect::<Vec<_>>().join(",");
    let boxed: Box<dyn Fn(u64) -> u64> = { let by = sorted.len() as u64; Box::new(move |n| n * by) };
    mix(text(&joined), apply(|n| { seen += n; seen }, 4) + boxed(3)) + joined.chars().filter(|c| c.is_ascii_digit()).count() as u64
}

#[inline(never)]
fn machine() -> u64 {
    use std::arch::x86_64::*;
    let lea: u64;
    // SAFETY: SSE2 is part of x86-64; the assembly only computes.
    let vector = unsafe {
        std::arch::asm!("lea {0}, [{1} + 2 * {1} + 5]", out(reg) lea, in(reg) black_box(9_u64));
        let product = _mm_mullo_epi16(_mm_set1_epi16(black_box(7)), _mm_setr_epi16(1, 2, 3, 4, 5, 6, 7, 8));
        let mut out = [0_i16; 8];
        _mm_storeu_si128(out.as_mut_ptr().cast(), product);
        out
    };
    let wide = if is_x86_feature_detected!("avx2") { u64::from(vector[7] > 0) } else { 1 };
    let mut floats = [0.5_f32; 37];
    floats.iter_mut().enumerate().for_each(|(at, it)| *it = *it * at as f32 + 1.25);
    let mut large = [0_u8; 100_000];
    black_box(&mut large)[99_999] = 4;
    vector.iter().fold(lea, |sum, it| mix(sum, *it as u64)) + wide + (floats.iter().sum::<f32>() * 8.0) as u64 + u64::from(large[99_999])
}

#[unsafe(no_mangle)]
pub extern "C" fn program() {
    let all: [(&std::ffi::CStr, fn() -> u64); 11] = [
        (c"objects", objects), (c"values", values), (c"numbers", numbers), (c"statics", statics),
        (c"threads", threads), (c"panics", panics), (c"errors", errors), (c"futures", futures),
        (c"collections", collections), (c"machine", machine),
        (c"switches", || (0..9).fold(text(state(black_box(4))) + text(state(black_box(150))), |sum, n| mix(sum, switch(black_box(n))))),
    ];
    for (name, function) in all {
        // SAFETY: what the host's declaration says.
        unsafe { report(name.as_ptr(), function()) };
    }
}
