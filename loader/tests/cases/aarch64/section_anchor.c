//@ cc: -O2 -fPIC -ffunction-sections -fsection-anchors
//@ error: R_AARCH64_ADR_PREL_PG_HI21 at .text.live_f+0x0 to .bss: which variable of the section is meant? compile with -fdata-sections
// gcc reaches all variables of a section from one address in it ("section anchors"). Were the variables
// moved apart, as they are to be found again at a swap, it would read others.
static long first, second;
long live_f(long x) { first += x; second -= first; return first * second; }
