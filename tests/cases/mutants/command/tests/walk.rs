//! It reads a file beside the manifest, which has to be there where the test runs.

#[test]
fn as_many_steps_as_the_file_says() {
    let text = std::fs::read_to_string("steps.txt").unwrap();
    let steps: u32 = text.trim().parse().unwrap();
    assert_eq!(sample::steps(steps), steps);
    assert_eq!(sample::place().0, 7);
}
