//! The history's bookkeeping; generations without functions are enough for that.

use segue_compiler::Interface;

use super::*;
use crate::functions::Functions;

fn generation(number: u64) -> Arc<Generation> {
    let interface = Arc::new(Interface::default());
    Arc::new(Generation {
        number,
        world: 0,
        types: interface.types,
        interface,
        functions: Functions::default(),
        basis: None,
    })
}

fn came() -> Came {
    let (changed, added, removed) = (Vec::new(), Vec::new(), Vec::new());
    Came { when: SystemTime::now(), cause: Cause::Save, changed, added, removed }
}

/// A history of generations 1 to `newest`.
fn history(limit: usize, newest: u64) -> History {
    let mut history = History::new(limit);
    for number in 1..=newest {
        push(&mut history, number);
    }
    history
}

/// Pushes a generation and returns the numbers of those that were dropped for it.
fn push(history: &mut History, number: u64) -> Vec<u64> {
    history
        .push(generation(number), came(), &HashSet::new())
        .iter()
        .map(|each| each.number)
        .collect()
}

fn at(history: &History, place: Place) -> Vec<u64> {
    let all = history.entries().filter(|(_, at)| *at == place);
    all.map(|(entry, _)| entry.generation.number).collect()
}

/// Earlier, live, later, aside.
fn places(history: &History) -> [Vec<u64>; 4] {
    [Place::Earlier, Place::Live, Place::Later, Place::Aside].map(|place| at(history, place))
}

fn said(result: Result<&Arc<Generation>, Error>) -> String {
    result.map(|found| format!("found {}", found.number)).unwrap_or_else(|error| error.to_string())
}

#[test]
fn the_oldest_goes_when_the_limit_is_passed() {
    let mut history = history(2, 3);
    assert_eq!(push(&mut history, 4), [1]);
    assert_eq!(places(&history), [vec![2, 3], vec![4], vec![], vec![]]);
    assert_eq!(said(history.before()), "found 3");
    let why = "generation 1 was dropped: the history keeps 2; there are 2 to 4";
    assert_eq!(said(history.find(1)), why);
    assert_eq!(said(history.find(9)), "there never was a generation 9; there are 2 to 4");
}

#[test]
fn an_edit_after_an_undo_drops_what_was_undone() {
    let mut history = history(8, 3);
    history.go_to(&generation(2));
    assert_eq!(said(history.after()), "found 3");
    assert_eq!(push(&mut history, 4), [3]);
    assert_eq!(places(&history), [vec![1, 2], vec![4], vec![], vec![]]);
    assert_eq!(said(history.after()), "there is no later generation to go to");
    let why = "generation 3 was undone, and dropped by the edit that followed; there are 1 to 2, 4";
    assert_eq!(said(history.find(3)), why);
}

#[test]
fn what_is_kept_by_hand_goes_aside_instead() {
    let mut history = history(2, 3);
    history.keep(1).unwrap();
    history.keep(3).unwrap();
    history.go_to(&generation(2));
    assert!(push(&mut history, 4).is_empty(), "3 is kept, and 1 does not count");
    assert_eq!(places(&history), [vec![1, 2], vec![4], vec![], vec![3]]);
    push(&mut history, 5);
    assert_eq!(push(&mut history, 6), [2], "1 was the oldest, and went aside");
    assert_eq!(places(&history), [vec![4, 5], vec![6], vec![], vec![3, 1]]);
    assert_eq!(said(history.find(1)), "found 1");
}

#[test]
fn going_to_one_that_is_aside_drops_nothing_and_undo_leads_back() {
    let mut history = history(8, 3);
    history.keep(3).unwrap();
    history.go_to(&generation(1));
    push(&mut history, 4);
    push(&mut history, 5);
    history.go_to(&generation(4));
    history.go_to(&generation(3));
    assert_eq!(places(&history), [vec![1, 4], vec![3], vec![5], vec![]]);
    assert_eq!(said(history.before()), "found 4");
}

#[test]
fn what_is_released_is_dropped_at_once_when_it_is_aside() {
    let mut history = history(1, 2);
    history.keep(1).unwrap();
    push(&mut history, 3);
    push(&mut history, 4);
    assert_eq!(places(&history), [vec![3], vec![4], vec![], vec![1]]);
    assert_eq!(history.release(1, &HashSet::new()).unwrap()[0].number, 1);
    let why = "generation 1 was dropped when it was no longer kept by hand; there are 3 to 4";
    assert_eq!(said(history.find(1)), why);
    history.keep(3).unwrap();
    assert!(history.release(3, &HashSet::new()).unwrap().is_empty(), "it is in the line");
    assert!(history.release(3, &HashSet::new()).is_err());
}

#[test]
fn undo_and_redo_pass_over_what_faulted() {
    let mut history = history(8, 3);
    history.set_faulted(2, Some("no".into()));
    assert_eq!(said(history.before()), "found 1");
    history.go_to(&generation(1));
    assert_eq!(said(history.after()), "found 3");
    history.set_faulted(3, Some("no".into()));
    let why = "there is no later generation to go to that neither faulted nor was rejected \
               (2 to 3 did or was: go there by number, if you must)";
    assert_eq!(said(history.after()), why);
    history.set_faulted(3, None);
    assert_eq!(said(history.after()), "found 3");
}

#[test]
fn from_a_rejected_text_the_way_leads_to_one_that_was_judged() {
    let mut history = history(8, 4);
    for number in 2..=4 {
        history.await_verdict(number);
    }
    assert_eq!(said(history.judged_before()), "found 1");
    assert_eq!(said(history.before()), "found 3", "undo goes back one edit");
    assert!(history.judged(3), "it was awaited");
    assert!(!history.judged(3), "once");
    assert_eq!(said(history.judged_before()), "found 3");
    history.set_faulted(3, Some("no".into()));
    history.set_faulted(1, Some("no".into()));
    assert_eq!(said(history.judged_before()), "found 2", "nothing else is there");
}

#[test]
fn what_a_closure_needs_waits_aside() {
    let mut history = history(1, 2);
    let needed = HashSet::from([1]);
    assert!(history.push(generation(3), came(), &needed).is_empty());
    assert_eq!(places(&history), [vec![2], vec![3], vec![], vec![1]]);
    history.set_faulted(3, Some("no".into()));
    history.go_to(&generation(1));
    assert_eq!(places(&history), [vec![2, 3], vec![1], vec![], vec![]], "gone back to");
    assert_eq!(said(history.before()), "found 2");
    let mut unneeded = self::history(1, 2);
    unneeded.push(generation(3), came(), &needed);
    assert_eq!(push(&mut unneeded, 4), [1, 2]);
}
