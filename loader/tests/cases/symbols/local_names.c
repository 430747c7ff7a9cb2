// Local functions and variables belong to their object, whatever they are called elsewhere.
//@ cc: -O1 -fPIC -ffunction-sections -fdata-sections -fno-inline
//@ live: live_a, live_b, step
//@ bytes live_a: e8
//@ bytes live_b: e8
//@ check: u32(pc(local_names.o:step+2)) = 1
//@ check: u32(pc(second.o:step+2)) = 10
static int count = 1;
static int step(void) { return count++; }
int live_a(void) { return step() + 1; }
//@ file: second.c
static int count = 10;
static int step(void) { return count++; }
int live_b(void) { return step() + 1; }
