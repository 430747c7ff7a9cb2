//! Symbols as rustc writes them.

use super::*;

#[test]
fn symbols_are_written_as_people_write_them() {
    for (symbol, path) in [
        ("__segue_fn_gain", "gain"),
        ("__segue_fn_voices::tick", "voices::tick"),
        ("_RNvCslCUImitvc58_4song6helper", "helper"),
        ("_RNvNtCslCUImitvc58_4song4song4song", "song::song"),
        ("_RNvMCslCUImitvc58_4songNtB2_5Voice4tick", "Voice::tick"),
        (
            "_RNvXCslCUImitvc58_4songNtB2_5StateNtNtCsgEmfK2I1SDS_4core7default7Default7default",
            "State::default",
        ),
        (
            "_RNvMs3_NtCslNYArtu3iFV_5alloc7raw_vecINtB5_6RawVecfE8grow_oneCslCUImitvc58_4song",
            "alloc::raw_vec::RawVec<f32>::grow_one",
        ),
        ("memcpy", "memcpy"),
        ("", ""),
        ("_R", "_R"),
    ] {
        assert_eq!(function_path(symbol), path, "{symbol}");
    }
}

#[test]
fn the_crate_of_the_definition_decides() {
    for (symbol, name) in [
        ("_RNvCslCUImitvc58_4song6helper", Some("song")),
        ("_RINvCslCUImitvc58_4song5twicefE", Some("song")),
        ("_RNvMs1K_NtCslCUImitvc58_4song2vxNtB2_5Voice4tick", Some("song")),
        ("_RNvCs_5_4beat1f", Some("4beat")),
        // Instantiated here and defined elsewhere.
        (
            "_RNvMs3_NtCslNYArtu3iFV_5alloc7raw_vecINtB5_6RawVecfE8grow_oneCslCUImitvc58_4song",
            Some("alloc"),
        ),
        // A trait's own method on a type of this crate.
        ("_RNvYNtCslCUImitvc58_4song5StateNtNtCsgEmfK2I1SDS_4core3cmp3Ord3max", None),
        ("_ZN4song6helper17h0123456789abcdefE", None),
        ("__segue_fn_gain", None),
        ("_RNvC", None),
        ("_RNvCs", None),
        ("_RNvC99song", None),
        ("_RNvC99999999999999999999999song", None),
        ("_Ré", None),
        ("_RNé", None),
        ("", None),
    ] {
        assert_eq!(defining_crate(symbol), name, "{symbol}");
    }
}

#[test]
fn live_is_what_has_a_name_and_a_type_of_its_own() {
    for (symbol, live) in [
        ("__segue_fn_gain", true),
        ("_RNvCslCUImitvc58_4song6helper", true),
        ("_RINvCslCUImitvc58_4song5twicefE", true),
        ("_RNCNvCslCUImitvc58_4song7process0B3_", false),
        ("_RINvCslCUImitvc58_4song5applyNCNvB2_7process0EB2_", false),
        ("_RNvCslCUImitvc58_4song6helper.cold", false),
        ("_RNvCslCUImitvc58_4song6helper.llvm.123", false),
        ("_RNvCslCUImitvc58_5other6helper", false),
        ("memcpy", false),
    ] {
        assert_eq!(is_live(symbol, "song"), live, "{symbol}");
    }
}
