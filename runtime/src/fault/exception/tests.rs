//! More threads that fault at once than exceptions are kept ready.

use std::sync::Barrier;

use super::*;

#[test]
fn threads_that_fault_at_once_end_as_they_were() {
    const THREADS: usize = 3 * NESTED;
    let together = Barrier::new(THREADS);
    let fault = || {
        let ended = THREAD.with(|thread| guarded(&thread.guard, || resume_unwind(Box::new(()))));
        let is_fault = matches!(ended, Ended::Exception(_)) && thread::panicking();
        together.wait();
        forget_panics();
        is_fault && !thread::panicking()
    };
    let as_they_were = thread::scope(|scope| {
        let threads: Vec<_> =
            (0..THREADS).map(|_| scope.spawn(|| (0..50).filter(|_| fault()).count())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum::<usize>()
    });
    assert_eq!(as_they_were, 50 * THREADS);
}
