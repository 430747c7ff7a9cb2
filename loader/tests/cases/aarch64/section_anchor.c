//@ cc: -O2 -fPIC -ffunction-sections -fsection-anchors
//@ check: adrp(live_f) + add(live_f+4) = first
//@ check: u64(adrp(live_f) + add(live_f+4) + 8) = 22
// gcc reaches all variables of a section from one address in it ("section anchors"): they stay together.
static long first = 11, second = 22;
long live_f(long x) { first += x; second -= first; return first * second; }
