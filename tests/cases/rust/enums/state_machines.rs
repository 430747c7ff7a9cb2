//! A state machine that owns data in its states, changed by value and in place, with transitions by tables.
//# inputs: 0 1 2 3 4 5
#[derive(Clone, Copy, PartialEq, Eq)]
enum State { Idle, Dialing { digits: [u8; 4], used: u8 }, Connected { to: u16, since: u64 }, Failed(Reason) }
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reason { Busy = 3, Wrong = 9 }
#[derive(Clone, Copy)]
enum Event { Lift, Digit(u8), Tick(u64), Hang }
impl State {
    fn next(self, event: Event) -> State {
        match (self, event) {
            (State::Idle, Event::Lift) => State::Dialing { digits: [0; 4], used: 0 },
            (State::Dialing { digits, used: 3 }, Event::Digit(d)) => {
                let to = digits[..3].iter().chain(&[d]).fold(0u16, |n, d| n * 10 + *d as u16);
                match to { 1110..1120 => State::Failed(Reason::Busy), 0 => State::Failed(Reason::Wrong), to => State::Connected { to, since: 0 } }
            }
            (State::Dialing { mut digits, used }, Event::Digit(d)) => { digits[used as usize] = d; State::Dialing { digits, used: used + 1 } }
            (State::Connected { to, since }, Event::Tick(n)) => State::Connected { since: since + n, to },
            (_, Event::Hang) => State::Idle,
            (same, _) => same,
        }
    }
    fn code(&self) -> u64 {
        match self {
            State::Idle => 1,
            State::Dialing { digits, used } => digits.iter().map(|d| *d as u64).sum::<u64>() * 10 + *used as u64,
            State::Connected { to, since } => *to as u64 * 100 + since,
            State::Failed(reason) => *reason as u64,
        }
    }
}
pub fn run(input: u64) -> u64 {
    let d = input as u8;
    let events = [Event::Tick(5), Event::Lift, Event::Digit(d), Event::Digit(1 - d % 2), Event::Lift, Event::Digit(d % 2), Event::Digit(d / 2), Event::Tick(7), Event::Digit(3), Event::Tick(input)];
    let mut state = State::Idle;
    let mut hash = 0u64;
    for event in events { state = state.next(event); hash = hash.wrapping_mul(1009) + state.code(); }
    hash.wrapping_add(state.next(Event::Hang).code())
}
