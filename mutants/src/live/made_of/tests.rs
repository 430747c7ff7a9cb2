//! Whether a live file's text is all that is compiled.

use super::takes_more;

#[test]
fn what_takes_in_more_text_is_seen() {
    let takes_more = |text: &str| takes_more(text.parse().expect("these are tokens"));
    for text in [
        "mod voices;",
        "pub mod outer { #[cfg(test)] mod inner; }",
        "fn f() -> &'static str { include_str!(\"words.txt\") }",
        "fn f() { assert_eq!(1, std::include_bytes!(\"one\").len()) }",
        "include! { \"more.rs\" }",
    ] {
        assert!(takes_more(text), "{text}");
    }
    for text in
        ["mod voices { fn f() {} }", "fn include() { include() }", "// mod voices;\nfn f() {}"]
    {
        assert!(!takes_more(text), "{text}");
    }
}
