//! Types as people write them, and token text that formatting does not change.

use std::str::FromStr;

use super::*;

fn shown(ty: &str) -> String {
    type_text(syn::parse_str::<syn::Type>(ty).unwrap(), KeepStatic::Yes)
}

#[test]
fn types_are_shown_as_people_write_them() {
    for (ty, expected) in [
        ("& mut State", "&mut State"),
        ("&'a mut crate::prelude::Block", "&mut Block"),
        ("&'static str", "&'static str"),
        ("&'a [f32 ; N]", "&[f32; N]"),
        ("&mut [f32]", "&mut [f32]"),
        ("Option<Box<dyn Fn(f32)->f32+Send>>", "Option<Box<dyn Fn(f32) -> f32 + Send>>"),
        ("Box<dyn Fn(&'a f32) + 'a>", "Box<dyn Fn(&f32)>"),
        ("std::collections::HashMap<u32,std::vec::Vec<f32>>", "HashMap<u32, Vec<f32>>"),
        ("Cow<'_, str>", "Cow<str>"),
        ("Iter<'a>", "Iter"),
        ("Iter<'a, 'b, f32>", "Iter<f32>"),
        ("Map<f32, 'a>", "Map<f32>"),
        ("for<'a> fn(&'a f32) -> &'a f32", "fn(&f32) -> &f32"),
        (
            "unsafe extern \"C\" fn(*const u8, *mut u8)",
            "unsafe extern \"C\" fn(*const u8, *mut u8)",
        ),
        ("<T as Iterator>::Item", "<T as Iterator>::Item"),
        ("::std::vec::Vec::<f32>", "Vec<f32>"),
        ("(f32,)", "(f32,)"),
        ("(f32, u8,)", "(f32, u8)"),
        ("()", "()"),
        ("!", "!"),
        ("[[f32; 2]; SIZE * 2]", "[[f32; 2]; SIZE*2]"),
        ("dyn Iterator<Item = f32>", "dyn Iterator<Item = f32>"),
        ("r#type", "type"),
        ("&&f32", "&&f32"),
    ] {
        assert_eq!(shown(ty), expected, "{ty}");
    }
    let ty = syn::parse_str::<syn::Type>("&'static str").unwrap();
    assert_eq!(type_text(ty, KeepStatic::No), "&str");
}

fn same(a: &str, b: &str) -> bool {
    let text = |tokens| canonical(TokenStream::from_str(tokens).unwrap());
    text(a) == text(b)
}

#[test]
fn formatting_does_not_change_token_text() {
    assert!(same("struct A { x: f32, }", "pub struct A{x:f32}"));
    assert!(same("#[doc = \"d\"] struct A;", "/// other\n#[derive(Clone)] pub(crate) struct A;"));
    assert!(same("f(a, b,)", "f(a, b)"));
    assert!(same("struct A { pub(in crate::b) x: f32 }", "struct A { x: f32 }"));
    assert!(same("r#fn", "fn"));
    assert!(!same("(a,)", "(a)"));
    assert!(!same("struct A(pub (B));", "struct A(B);"));
    assert!(!same("#[repr(C)] struct A;", "struct A;"));
    assert!(!same("a b", "ab"));
    assert!(!same("1 2", "12"));
    assert!(!same("\"a b\"", "\"a  b\""));
}
