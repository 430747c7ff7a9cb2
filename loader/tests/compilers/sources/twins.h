/* Two objects of one program in which the same names mean different things, and different names the same. */
typedef unsigned long long word;
void report(const char *what, word value);
extern int common_number;
extern int table_of_one[4];
extern int (*const callbacks_of_two[2])(int);
word one(int n);
word two(int n);
int weak_in_both(int n);
extern _Thread_local int own_of_one;
extern const char *const names_of_two[];
