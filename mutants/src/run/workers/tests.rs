//! How many things go on at a time.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::*;
use crate::MadeOf;

#[test]
fn what_goes_on_beside_takes_the_place_of_a_worker_until_it_is_done() {
    const COUNT: usize = 50;
    let nowhere = std::path::PathBuf::new();
    let image = Image {
        workspace: nowhere.clone(),
        root: nowhere,
        binaries: Vec::new(),
        functions: Vec::new(),
        mutants: Vec::new(),
        made_of: MadeOf::Unknown,
    };
    let options = RunOptions::default();
    let mut workers = [Worker::new(&image, &options), Worker::new(&image, &options)];
    let threads = Mutex::new(BTreeSet::new());
    let (done, all_done) = mpsc::channel();
    // It ends when the others have done everything.
    let mut beside = move |say: &mut dyn FnMut(usize) -> bool| {
        all_done.iter().take(COUNT).for_each(drop);
        assert!(say(COUNT));
        Ok(())
    };
    let work = |_: &mut Worker<'_>, at: usize| {
        threads.lock().unwrap().insert(format!("{:?}", std::thread::current().id()));
        std::thread::yield_now();
        Ok(at)
    };
    let mut heard = BTreeSet::new();
    let hear = &mut |_: usize, result: Result<usize, Error>| {
        heard.insert(result?);
        let _ = done.send(());
        Ok(())
    };
    each_beside(&mut workers, COUNT, &work, Some(&mut beside), hear).unwrap();
    assert_eq!(heard.len(), COUNT + 1);
    assert_eq!(threads.lock().unwrap().len(), 1, "two things at a time: one beside, one worker");
}
