//@ cc: -O2 -fPIC -ffunction-sections -fdata-sections
//@ check: u32(adrp(live_first) + add(live_first+4)) = 0x7372_6966
//@ check: u32(adrp(live_second) + add(live_second+4)) = 0x6F63_6573
//@ check: u64(adrp(live_number) + ldr(live_number+4)) = 0x4009_21FB_5444_2D18
// Strings and numbers in mergeable sections are named by section and offset: each is a piece of its own.
const char *live_first(void) { return "first"; }
const char *live_second(void) { return "second"; }
double live_number(void) { return 3.14159265358979311600; }
