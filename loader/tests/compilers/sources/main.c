/* The ordinary program: the same objects, linked by the system's linker. */
#include <stdio.h>
void program(void);
void report(const char *what, unsigned long long value) { printf("%s %llx\n", what, value); }
int main(void) {
    program();
    return 0;
}
