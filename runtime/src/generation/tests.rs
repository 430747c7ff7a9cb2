//! The history's bookkeeping; generations without functions are enough for that.

use super::*;

fn generation(number: u64) -> Arc<Generation> {
    let interface = Arc::new(Interface::default());
    Arc::new(Generation { number, world: 0, interface, functions: HashMap::new() })
}

fn numbers(history: &History) -> Vec<u64> {
    history.iter().map(|each| each.number).collect()
}

#[test]
fn the_oldest_goes_when_the_limit_is_passed() {
    let mut history = History::new(generation(1), 2);
    assert!(history.push(generation(2)).is_empty());
    assert!(history.push(generation(3)).is_empty());
    let dropped: Vec<_> = history.push(generation(4)).iter().map(|each| each.number).collect();
    assert_eq!(dropped, [1]);
    assert_eq!(numbers(&history), [2, 3, 4]);
    assert_eq!(history.before().unwrap().number, 3);
}

#[test]
fn an_edit_after_an_undo_drops_what_was_undone() {
    let mut history = History::new(generation(1), 8);
    history.push(generation(2));
    history.push(generation(3));
    history.go_to(&generation(2));
    assert_eq!(history.after().unwrap().number, 3);
    history.push(generation(4));
    assert_eq!(numbers(&history), [1, 2, 4]);
    assert!(history.after().is_none());
}

#[test]
fn forgetting_the_live_one_makes_the_one_before_live() {
    let mut history = History::new(generation(1), 8);
    history.push(generation(2));
    history.forget(2);
    assert!(history.before().is_none());
    assert_eq!(numbers(&history), [1]);
    history.push(generation(3));
    assert_eq!(history.before().unwrap().number, 1);
}
