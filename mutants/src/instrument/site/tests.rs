//! Functions as they stand in texts.

use super::*;

fn all(text: &str) -> Vec<Site> {
    sites(text).unwrap()
}

#[test]
fn what_needs_a_selector() {
    let text = "
fn free(a: u32) {}
fn generic<T>(a: T) {}
fn arguments(a: impl Copy) {}
fn opaque() -> impl Copy {}
async fn later() {}
fn never() -> ! { loop {} }
#[track_caller] fn tracked() {}
#[cfg_attr(test, inline)] #[must_use] fn harmless() {}
#[cfg_attr(test, no_such)] fn unknown() {}
fn declares() { impl A {} }
impl A { fn method(&self) {} }
impl<'a> B<'a> { fn lifetime(&self) {} }
impl<T> C<T> { fn of_generic(&self) {} }
impl D for A { fn of_trait(&self) {} }
trait E { fn provided(&self) {} fn required(&self); }
";
    let with_slot: Vec<_> = all(text)
        .into_iter()
        .filter(|site| site.needs_selector.is_none())
        .map(|site| site.name)
        .collect();
    assert_eq!(with_slot, ["free", "harmless", "method", "lifetime"]);
    let single: Vec<_> =
        all(text).into_iter().filter(|site| site.is_single).map(|site| site.name).collect();
    assert_eq!(single, ["opaque", "declares"]);
}

#[test]
fn ranges_are_those_of_the_file() {
    let text = "\u{feff}#!/usr/bin/run\n#[cfg(a)] pub const fn f((a, b): (u8, u8)) -> u8 { #![allow(x)] a }\n";
    let site = all(text).remove(0);
    assert_eq!(&text[site.body.clone()], "{ #![allow(x)] a }");
    assert_eq!(&text[site.whole.clone()], text.lines().nth(1).unwrap());
    assert_eq!(&text[site.tail.clone()], "((a, b): (u8, u8)) -> u8 ");
    assert_eq!(&text[site.constness.clone().unwrap()], "const");
    assert_eq!(&text[site.statements..], " a }\n");
    assert_eq!(site.conditions, "#[cfg(a)]");
    let [Parameter::Pattern(range)] = site.parameters.as_slice() else { panic!("{site:?}") };
    assert_eq!(&text[range.clone()], "(a, b)");
}

#[test]
fn the_type_of_a_method_has_static_lifetimes() {
    let text = "#[cfg(b)] impl<'a> m::Type<'a, &'_ str> { fn f(&self) {} }\nfn g() {}";
    let Place::Inherent { self_type, end, conditions } = all(text).remove(0).place else {
        panic!()
    };
    assert_eq!(self_type, "m::Type<'static, &'static str>");
    assert_eq!(&text[end..], "\nfn g() {}");
    assert_eq!(conditions, "#[cfg(b)]");
}

#[test]
fn what_a_sibling_is_called_with() {
    let text = "
fn generic<'a, T, const N: usize>(a: &'a T, mut b: [u8; N]) {}
async fn later(a: u32) {}
fn pattern<T>((a, b): (T, T)) {}
fn opaque<T>(a: T) -> impl Copy {}
#[track_caller] fn tracked<T>() {}
impl<T> C<T> { fn of_generic(&self) {} }
#[a_macro] impl<T> C<T> { fn of_macro(&self) {} }
impl<T> D for C<T> { fn of_trait(&self) {} }
";
    let found: Vec<_> = all(text)
        .into_iter()
        .filter_map(|site| Some((site.name, site.generics?.join(" "))))
        .collect();
    let expected = [("generic", "T N"), ("later", ""), ("of_generic", "")];
    assert_eq!(found, expected.map(|(name, generics)| (name.to_owned(), generics.to_owned())));
}
