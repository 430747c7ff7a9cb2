//! Symbols and texts have the same keys.

use super::*;

#[test]
fn a_symbol_has_the_key_of_its_text() {
    for (symbol, key) in [
        ("_RNvCslCUImitvc58_4song6helper", Some("helper")),
        ("_RNvNtCslCUImitvc58_4song4song4song", Some("song::song")),
        ("_RNvMCslCUImitvc58_4songNtB2_5Voice4tick", Some("<Voice>::tick")),
        (
            "_RNvXCslCUImitvc58_4songNtB2_5StateNtNtNtCsgEmfK2I1SDS_4core7default7Default7default",
            None,
        ),
        (
            "_RNvXCslCUImitvc58_4songNtB2_5StateNtNtCsgEmfK2I1SDS_4core7default7Default7default",
            Some("<State as Default>::default"),
        ),
        ("_RNCNvCslCUImitvc58_4song6helper0B3_", None),
        ("_RINvCslCUImitvc58_4song6helperfEB2_", None),
        ("_RNvCslCUImitvc58_4song6helper.cold", None),
        ("_RNvCslCUImitvc58_5other6helper", None),
        ("__segue_fn_helper", None),
        ("memcpy", None),
    ] {
        let found = Key::of_symbol(symbol, "song");
        assert_eq!(found.as_ref().map(Key::as_str), key, "{symbol}");
    }
}

#[test]
fn a_method_is_told_by_the_last_segments_of_its_type_and_trait() {
    let method = |owner: &str, of: Option<&str>| {
        let of = of.map(|of| syn::parse_str::<Path>(of).unwrap());
        let key = Key::method(&syn::parse_str(owner).unwrap(), of.as_ref(), "tick")?;
        Some(key.as_str().to_owned())
    };
    assert_eq!(method("crate::a::Voice<'_>", None).as_deref(), Some("<Voice>::tick"));
    let of_trait = method("Voice", Some("std::ops::Add<f32>"));
    assert_eq!(of_trait.as_deref(), Some("<Voice as Add>::tick"));
    assert_eq!(method("&Voice", None), None);
    assert_eq!(method("[Voice; 3]", Some("Tick")), None);
}
