//! Which names are told, and that looking for them ends.

use super::{BUDGET, Nearest, readable};

fn near(wanted: &str, candidates: &[&str]) -> String {
    let mut nearest = Nearest::to(wanted);
    candidates.iter().for_each(|name| nearest.offer(name));
    nearest.tell()
}

#[test]
fn the_nearest_are_told_nearest_first() {
    let names = ["mount", "Count", "amount", "count", "discount", "count"];
    assert_eq!(near("counnt", &names), "; nearest: count, Count, mount");
    assert_eq!(
        near("pirntf", &["sprintf", "printf", "prints"]),
        "; nearest: printf, prints, sprintf"
    );
    assert_eq!(near("x", &["y", "xy", "abc"]), "; nearest: xy, y");
    assert_eq!(near("process_block", &["render", "pr", "mix_down_all"]), "");
    assert_eq!(near("same", &["same", ""]), "", "the name itself is what is missing");
}

#[test]
fn mangled_names_are_compared_and_told_by_their_meaning() {
    let wanted = "_RNvCs1234567890_4live6helpre";
    let other_build = "_RNvCsabcdefghijk_4live6helper";
    let told = near(wanted, &[other_build, "_RNvCsabcdefghijk_4live9somewhere", "helper"]);
    assert_eq!(told, format!("; nearest: {other_build} (live::helper)"));
    assert_eq!(near("_Z3addi", &["_Z3addl"]), "; nearest: _Z3addl (add(long))");
    assert_eq!(readable("printf"), "printf");
    assert_eq!(readable("_Znot really"), "_Znot really");
}

#[test]
fn meanings_of_any_size_are_cut() {
    // Every substitution doubles what the name stands for.
    let nested = (0..40).fold(String::from("_Z1fI1aE"), |name, _| name + "St4pairIS_S_E");
    for name in
        [nested.clone(), format!("_Z1f{}", "P".repeat(300)), "_RNv".repeat(90), nested + "E"]
    {
        assert!(readable(&name).len() <= 2 * 400 + 10, "{name}");
    }
}

#[test]
fn damaged_names_have_some_meaning_or_none() {
    let names = [
        "_ZNSt6vectorIiSaIiEE9push_backERKi",
        "_ZN1aC2IiJdPFvS_EEEDpT_",
        "_RNvMNtCs1_4core3fmtNtB2_9Arguments",
    ];
    let mut random = 0x5E60Eu64;
    for round in 0..30_000 {
        let mut name = names[round % 3].as_bytes().to_vec();
        for _ in 0..1 + round % 4 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let (at, letter) = ((random >> 33) as usize % name.len(), (random >> 57) as usize);
            name[at] = b"_ZNSIEJTLXPKRDFQA0123456789abcdefilstvwxz"[letter % 41];
        }
        let name = String::from_utf8(name).unwrap();
        assert!(readable(&name).starts_with(&name));
    }
}

#[test]
fn looking_ends_when_the_budget_is_spent() {
    let wanted = "a".repeat(399);
    let mut nearest = Nearest::to(&wanted);
    let candidate = format!("{}b", "a".repeat(398));
    let mut compared = 0;
    while nearest.is_open() && compared <= BUDGET {
        nearest.offer(&candidate);
        compared += 1;
    }
    assert!(compared < 200, "{compared} comparisons of 160,000 fields");
    let mut nearest = Nearest::to(&"a".repeat(100_000));
    nearest.offer(&"b".repeat(100_000));
    assert!(!nearest.is_open(), "a name that no person wrote is not compared");
}

#[test]
fn names_of_shared_libraries_are_known() {
    let mut nearest = Nearest::to("strerrror_r");
    nearest.offer_libraries();
    assert!(nearest.tell().contains("strerror_r"), "{}", nearest.tell());
}
