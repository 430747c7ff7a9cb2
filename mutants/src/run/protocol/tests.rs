//! What one side writes, the other one reads.

use std::time::Duration;

use super::{
    Refusal, Reply, greeting, read_request, reply, request, to_try, write_greeting, write_reply,
};

#[test]
fn a_request_is_read_as_it_was_written() {
    for (mutant, words, processor, memory) in [
        (Some(7), &["--exact", "tests::é", ""][..], Some(Duration::from_micros(3)), Some(1 << 40)),
        (None, &[], None, None),
    ] {
        let bytes = request(mutant, words, processor, memory).expect("it is short");
        let asked = read_request(bytes[0], &mut &bytes[1..]).expect("it is whole");
        assert_eq!((asked.mutant, asked.processor, asked.memory), (mutant, processor, memory));
        assert_eq!(asked.words, words);
        assert!(read_request(bytes[0], &mut &bytes[1..bytes.len() - 1]).is_err());
        assert!(read_request(b'K', &mut &bytes[1..]).is_err());
    }
}

#[test]
fn a_test_that_is_tried_is_asked_for_as_any_other() {
    let plain = request(Some(7), &["a"], None, None).expect("it is short");
    let tried = to_try(plain.clone());
    let differs: Vec<usize> = (0..plain.len()).filter(|at| plain[*at] != tried[*at]).collect();
    // After the tag, three words: the fourth.
    assert_eq!((differs, tried[13]), (vec![13], 1));
}

#[test]
fn a_greeting_and_replies_are_read_as_they_were_written() {
    let pairs = [(0, 3), (0, 4), (2, 9)];
    let greeted = greeting(&mut write_greeting(&pairs).as_slice()).expect("it is whole");
    assert!(greeted.is_shared && greeted.spent.is_zero());
    assert_eq!(greeted.mutants, pairs);
    let processor = Duration::from_micros(70_001);
    let wall = Duration::from_nanos(123_456_789_012);
    let ended =
        Reply { error: 0, is_last: false, status: 101 << 8, processor, wall, peak: 5 << 20 };
    let read = reply(&write_reply(Ok(ended), true));
    assert_eq!((read.error, read.status, read.is_last), (0, 101 << 8, true));
    assert_eq!((read.processor, read.wall, read.peak), (processor, wall, 5 << 20));
    for refusal in Refusal::ALL {
        let read = reply(&write_reply(Err(refusal), false));
        assert_eq!(Refusal::of(read.error), Some(refusal));
        assert!(read.error < 0 && !read.is_last);
    }
    assert_eq!(Refusal::of(libc::EAGAIN), None);
    assert_eq!(Refusal::of(0), None);
}
