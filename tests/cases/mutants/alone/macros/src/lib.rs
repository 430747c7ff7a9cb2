//! A macro that runs while the other package is compiled.

use proc_macro::TokenStream;

/// The number.
#[proc_macro]
pub fn answer(_: TokenStream) -> TokenStream {
    number().to_string().parse().expect("a number")
}

fn number() -> u32 {
    42
}
