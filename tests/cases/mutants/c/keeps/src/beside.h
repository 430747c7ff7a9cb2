/* Found beside the source, although the changed text is compiled from elsewhere. */
#define BESIDE (0)
int other(int a);
static int nobody_calls(int a) { return a + 1; }
