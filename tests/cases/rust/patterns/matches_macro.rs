//! matches!, assert!(matches!) and if let with alternatives.
//# inputs: 0 1 2 3 4 5 6
enum Event { Key(char, bool), Move { x: i32, y: i32 }, Quit }
fn event(n: u64) -> Event {
    match n { 0 | 1 => Event::Key('q', n == 1), 2..=4 => Event::Move { x: n as i32, y: -(n as i32) }, _ => Event::Quit }
}
pub fn run(input: u64) -> u64 {
    let event = event(input);
    let quits = matches!(event, Event::Quit | Event::Key('q', true));
    let right = matches!(&event, Event::Move { x, .. } if *x > 2);
    let y = if let Event::Move { y, .. } = ().into_event(&event) { *y } else { 0 };
    assert!(matches!(input, 0..6), "too large: not this event");
    quits as u64 * 100 + right as u64 * 10 + (y + 5) as u64
}
trait IntoEvent { fn into_event(self, event: &Event) -> &Event; }
impl IntoEvent for () { fn into_event(self, event: &Event) -> &Event { event } }
