//! A program for every function of `libm`, and for those of `micromath`'s that take and give numbers.

use std::{fs, path::Path};

use micromath::F32Ext;

use super::edges::{self, Edge};
use crate::{ordinary::Expected, program::Program};

/// One function: its name, how it is called, with which numbers, and what rustc made of it.
struct Called {
    name: &'static str,
    call: String,
    numbers: &'static str,
    run: fn(u64) -> u64,
}

/// A function of these parameters, called.
fn one<T, R>(call: impl Fn(T) -> R, e: Edge<T>) -> R {
    call(e.x)
}
fn two<T, R>(call: impl Fn(T, T) -> R, e: Edge<T>) -> R {
    call(e.x, e.y)
}
fn three<T, R>(call: impl Fn(T, T, T) -> R, e: Edge<T>) -> R {
    call(e.x, e.y, e.z)
}
fn scaled<T, R>(call: impl Fn(T, i32) -> R, e: Edge<T>) -> R {
    call(e.x, e.n)
}
fn ordered<T, R>(call: impl Fn(i32, T) -> R, e: Edge<T>) -> R {
    // The order is how many steps it takes.
    call(e.n % 300, e.x)
}

/// The same, as it is written.
fn arguments(way: &str) -> &'static str {
    match way {
        "one" => "e.x",
        "two" => "e.x, e.y",
        "three" => "e.x, e.y, e.z",
        "scaled" => "e.x, e.n",
        _ => "e.n % 300, e.x",
    }
}

/// Adds functions of one signature.
macro_rules! add {
    ($list:ident, $krate:ident $of:ident, $numbers:ident, $way:ident, $($name:ident)*) => {$(
        $list.push(Called {
            name: concat!(stringify!($krate), "/", stringify!($name)),
            call: format!("{}({})", concat!(stringify!($of), "::", stringify!($name)), arguments(stringify!($way))),
            numbers: stringify!($numbers),
            run: |input| edges::$numbers(input, |e| $way($of::$name, e)),
        });
    )*};
}

#[rustfmt::skip]
fn functions() -> Vec<Called> {
    let mut list = Vec::new();
    add!(list, libm libm, singles, one, acosf acoshf asinf asinhf atanf atanhf cbrtf ceilf cosf coshf erff erfcf expf exp10f
        exp2f expm1f fabsf floorf frexpf ilogbf j0f j1f lgammaf lgammaf_r log10f log1pf log2f logf modff rintf roundf
        roundevenf sincosf sinf sinhf sqrtf tanf tanhf tgammaf truncf y0f y1f);
    add!(list, libm libm, singles, two, atan2f copysignf fdimf fmaxf fminf fmaximumf fminimumf fmaximum_numf fminimum_numf
        fmodf hypotf nextafterf powf remainderf remquof);
    add!(list, libm libm, singles, three, fmaf);
    add!(list, libm libm, singles, scaled, ldexpf scalbnf);
    add!(list, libm libm, singles, ordered, jnf ynf);
    add!(list, libm libm, doubles, one, acos acosh asin asinh atan atanh cbrt ceil cos cosh erf erfc exp exp10
        exp2 expm1 fabs floor frexp ilogb j0 j1 lgamma lgamma_r log10 log1p log2 log modf rint round
        roundeven sincos sin sinh sqrt tan tanh tgamma trunc y0 y1);
    add!(list, libm libm, doubles, two, atan2 copysign fdim fmax fmin fmaximum fminimum fmaximum_num fminimum_num
        fmod hypot nextafter pow remainder remquo);
    add!(list, libm libm, doubles, three, fma);
    add!(list, libm libm, doubles, scaled, ldexp scalbn);
    add!(list, libm libm, doubles, ordered, jn yn);
    add!(list, micromath F32Ext, singles, one, abs acos asin atan atan_norm ceil cos exp floor fract inv invsqrt ln log2 log10 recip round
        signum sin sin_cos sqrt tan trunc);
    add!(list, micromath F32Ext, singles, two, atan2 atan2_norm copysign div_euclid hypot log powf rem_euclid);
    add!(list, micromath F32Ext, singles, scaled, powi);
    add!(list, micromath F32Ext, singles, three, mul_add);
    list
}

/// Functions that are refused, and why.
const REFUSED: [(&str, &str); 2] = [
    ("libm/ilogb", "a reference to a constant that is computed in this way"),
    ("libm/ilogbf", "a reference to a constant that is computed in this way"),
];

/// How many values each list of `edges.rs` has.
fn inputs(numbers: &str) -> u64 {
    if numbers == "singles" { 40 } else { 28 }
}

/// A program for each function, and what rustc made of it.
pub(super) fn programs(folder: &Path) -> (Vec<Program>, Expected) {
    let (mut programs, mut expected) = (Vec::new(), Expected::new());
    let support = include_str!("edges.rs").replace("//!", "//");
    for Called { name, call, numbers, run } in functions() {
        let imports = if call.starts_with("F32Ext") { "use micromath::F32Ext;\n" } else { "" };
        let text = format!(
            "//! `{name}` at edges.\n{imports}{support}\npub fn run(input: u64) -> u64 {{\n    {numbers}(input, |e| {call})\n}}\n"
        );
        let path = folder.join(name.replace('/', "_")).with_extension("rs");
        fs::write(&path, text).expect("the folder can be written");
        // What `exp` asserts of the last ones is a text with a minus, after which our `stringify!` writes a blank.
        let count = if name == "micromath/exp" { 30 } else { inputs(numbers) };
        let inputs: Vec<u64> = (0..count).collect();
        let answer = |input: &u64| (*input, super::answer(run, *input));
        expected.insert(name.to_owned(), inputs.iter().map(answer).collect());
        let refused = REFUSED.iter().filter(|(of, _)| *of == name);
        let refusals = refused.map(|(_, why)| ("jit-with-crates".to_owned(), (*why).to_owned()));
        programs.push(Program {
            path,
            name: name.to_owned(),
            inputs,
            refusals: refusals.collect(),
        });
    }
    (programs, expected)
}

/// Nothing that `libm` offers is left out.
#[test]
fn every_function_of_libm_is_called() {
    let crates = super::crates::crates(&["libm"]);
    let root = crates.iter().find_map(|it| (it.name() == "libm").then(|| it.root().to_owned()));
    let text = fs::read_to_string(root.expect("it is among them").with_file_name("math/mod.rs"));
    let text = text.expect("its source can be read");
    let offered = text.split_once("// Public modules").expect("it says so").1;
    let offered = offered.split_once("cfg_if!").expect("other floats follow").0;
    let mut offered: Vec<&str> = offered
        .lines()
        .filter_map(|line| line.strip_prefix("pub use self::")?.split_once("::"))
        .flat_map(|(_, names)| names.trim_matches(['{', '}', ';']).split(", "))
        .collect();
    let called = functions();
    let mut called: Vec<&str> =
        called.iter().filter_map(|it| it.name.strip_prefix("libm/")).collect();
    offered.sort_unstable();
    called.sort_unstable();
    assert_eq!(called, offered);
}
