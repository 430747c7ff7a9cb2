//! Which of several texts is compiled for speed, and when there is nothing to do.

use super::*;

fn job(generation: u64) -> Job {
    let source = Source { path: "/song.rs".into(), text: "".into(), support: Vec::new() };
    Job { source, generation, cancel: Cancel::default(), since: Instant::now() }
}

#[test]
fn the_newest_text_is_compiled_once_no_other_comes() {
    let (jobs, queue) = unbounded();
    for generation in 1..=3 {
        jobs.send(job(generation)).unwrap();
    }
    let chosen = next(&queue).unwrap();
    assert_eq!(chosen.generation, 3);
    assert!(chosen.since.elapsed() >= QUIET, "after a pause");
}

#[test]
fn what_was_given_up_is_not_compiled() {
    let (jobs, queue) = unbounded();
    let given_up = job(1);
    given_up.cancel.cancel();
    jobs.send(given_up).unwrap();
    let later = jobs.clone();
    let thread = thread::spawn(move || {
        later.send(job(2)).unwrap();
    });
    assert_eq!(next(&queue).unwrap().generation, 2);
    thread.join().unwrap();
}

#[test]
fn nothing_is_compiled_for_a_program_that_is_gone() {
    let (jobs, queue) = unbounded();
    jobs.send(job(1)).unwrap();
    drop(jobs);
    assert!(next(&queue).is_none());
}
