/* Code for executables reaches the C library's variables as if they were the program's own. The system's
 * linker makes it so by copying them into the program; here the copies are definitions of the program's.
 * It works for variables that nobody changes, like these. */
struct _IO_FILE;
extern struct _IO_FILE _IO_2_1_stdin_, _IO_2_1_stdout_, _IO_2_1_stderr_;

__attribute__((visibility("default"))) struct _IO_FILE *stdin = &_IO_2_1_stdin_;
__attribute__((visibility("default"))) struct _IO_FILE *stdout = &_IO_2_1_stdout_;
__attribute__((visibility("default"))) struct _IO_FILE *stderr = &_IO_2_1_stderr_;
