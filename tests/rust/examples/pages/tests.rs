//! A page in the form of rustdoc's, made up.

use super::{decoded, is_repeated, of_page};

fn link(class: &str, code: &str) -> String {
    format!(
        "<div class=\"example-wrap{class}\"><pre>shown</pre><a class=\"test-arrow\" target=\"_blank\" \
         href=\"https://play.rust-lang.org/?code={code}&amp;edition=2024\"></a></div>"
    )
}

#[test]
fn examples_have_names_texts_and_how_they_end() {
    let page = [
        "<h1>Type</h1>".to_owned(),
        link("", "fn+main()+%7B%7D"),
        "<section id=\"impl-Type\" class=\"impl\"></section><section id=\"method.go\" class=\"method\">".to_owned(),
        link("", "fn+main()+%7B%0A++++'%C3%A9'+%2B+1%25%0A%7D"),
        link(" should_panic", "fn+main()+%7Bpanic!()%7D"),
        link(" compile_fail", "fn+main()+%7Bnot+Rust%7D"),
        link("", "use+std::thread;fn+main()+%7B%7D"),
        "<div class=\"example-wrap\"><pre>shown alone</pre></div>".to_owned(),
    ];
    let examples = of_page("core/it/struct.Type.html", &page.concat());
    let found: Vec<_> =
        examples.iter().map(|it| (it.name.as_str(), it.text.as_str(), it.panics)).collect();
    let expected = [
        ("core/it/struct.Type.html# 1", "fn main() {}", false),
        ("core/it/struct.Type.html#method.go 1", "fn main() {\n    'é' + 1%\n}", false),
        ("core/it/struct.Type.html#method.go 2", "fn main() {panic!()}", true),
    ];
    assert_eq!(found, expected);
    assert_eq!(examples[0].module(), "core/it");
    assert_eq!(decoded("100%+%2"), "100% %2");
}

#[test]
fn a_type_of_many_is_asked_for_once() {
    let repeated =
        ["core/primitive.u16.html", "core/sync/atomic/struct.AtomicI8.html", "core/i32/index.html"];
    assert!(repeated.iter().all(|it| is_repeated(it)));
    let asked = [
        "core/primitive.u32.html",
        "core/sync/atomic/struct.AtomicI32.html",
        "core/str/index.html",
    ];
    assert!(!asked.iter().any(|it| is_repeated(it)));
}
