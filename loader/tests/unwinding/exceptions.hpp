// What host and live code throw at each other, and what they leave behind in a trace.
#pragma once
#include <exception>
#include <stdexcept>

struct Base {
    int value;
    explicit Base(int value) : value(value) {}
    virtual ~Base() {}
};

struct Other {
    long padding = 0;
    virtual ~Other() {}
};

struct Derived : Other, Base {
    explicit Derived(int value) : Base(value) {}
};

/// Appends its digit to the trace when its frame is left.
struct Note {
    long *trace;
    int digit;
    ~Note() { *trace = *trace * 10 + digit; }
};

/// What throwing functions are told to throw; 100 more when live code is to have the host throw it.
enum What { NOTHING, DERIVED, STANDARD, NUMBER, LOCAL, PANIC };

typedef int (*Function)(int what, long *trace);

extern "C" void host_throw(int what);
extern "C" int host_catch(Function function, int what, long *trace);
extern "C" int host_pass(Function function, int what, long *trace);
