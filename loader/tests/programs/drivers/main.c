/* The ordinary program: runs a driver's workload to the end and prints what it said. */
#include <stdio.h>
#include <stdlib.h>

void drive_begin(const char *folder, long scale);
int drive_step(void);
const char *drive_said(void);

int main(int count, char **arguments) {
    if (count != 3) return 2;
    drive_begin(arguments[1], atol(arguments[2]));
    int more;
    while ((more = drive_step()) > 0) continue;
    fputs(drive_said(), stdout);
    return more < 0;
}
