pub const fn twice() -> u32 {
    2 * base::STEP
}
