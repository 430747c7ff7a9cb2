//! An event simulation with a heap of boxed events, retained vectors, drained queues and sorted reports.
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};
#[derive(PartialEq, Eq)]
struct Event { at: u64, number: u64, what: What }
#[derive(PartialEq, Eq)]
enum What { Arrive(String), Serve { who: String, minutes: u64 }, Close }
impl Ord for Event { fn cmp(&self, o: &Event) -> Ordering { o.at.cmp(&self.at).then_with(|| o.number.cmp(&self.number)) } }
impl PartialOrd for Event { fn partial_cmp(&self, o: &Event) -> Option<Ordering> { Some(self.cmp(o)) } }
#[derive(Default)]
struct Shop { events: BinaryHeap<Event>, waiting: Vec<(u64, String)>, waits: BTreeMap<String, u64>, busy: bool, next: u64, closed: bool }
impl Shop {
    fn plan(&mut self, at: u64, what: What) { self.next += 1; self.events.push(Event { at, number: self.next, what }); }
    fn serve(&mut self, now: u64) { if !self.busy && !self.waiting.is_empty() { let (since, who) = self.waiting.remove(0); *self.waits.entry(who.clone()).or_default() += now - since; self.busy = true; let minutes = 3 + who.len() as u64; self.plan(now + minutes, What::Serve { who, minutes }); } }
    fn run(&mut self) -> u64 {
        let mut log = 0u64;
        while let Some(Event { at, what, .. }) = self.events.pop() {
            log = log.wrapping_mul(31) + at + match what {
                What::Arrive(_) if self.closed => 1000,
                What::Arrive(who) => { self.waiting.push((at, who)); 1 }
                What::Serve { who, minutes } => { self.busy = false; if who.ends_with('a') { self.plan(at + minutes, What::Arrive(who + "!")); } 2 }
                What::Close => { self.closed = true; self.waiting.retain(|(since, _)| at - since < 10); 3 }
            };
            self.serve(at);
        }
        log
    }
}
pub fn run(input: u64) -> u64 {
    let mut shop = Shop::default();
    for (i, name) in ["Ada", "Bo", "Carla", "Dee", "Eva"].iter().enumerate() { shop.plan(i as u64 * (2 + input), What::Arrive(name.to_string())); }
    shop.plan(15 + input * 5, What::Close);
    let log = shop.run();
    let mut report: Vec<_> = shop.waits.into_iter().collect();
    report.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    report.iter().fold(log, |h, (name, wait)| h.rotate_left(7) ^ name.len() as u64 * 100 + wait)
}
