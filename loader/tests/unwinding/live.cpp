// Live functions that throw, pass on and catch.
#include "exceptions.hpp"

extern "C" int live_panic(int what);
extern "C" int live_leaf(int what, long *trace);
extern "C" int live_middle(int what, long *trace);

namespace {
struct Local {
    int value;
};

// Private code: its frames have no slot, and go with the last function that calls them.
__attribute__((noinline)) void throw_here(int what) {
    switch (what) {
    case DERIVED: throw Derived(8);
    case STANDARD: throw std::out_of_range("five");
    case NUMBER: throw 6;
    case LOCAL: throw Local{9};
    }
}
} // namespace

extern "C" int live_leaf(int what, long *trace) {
    Note note{trace, 1};
    if (what >= 100) host_throw(what - 100);
    if (what == PANIC) return live_panic(what);
    throw_here(what);
    return 1;
}

extern "C" int live_middle(int what, long *trace) {
    Note note{trace, 2};
    return live_leaf(what, trace) + 10;
}

extern "C" int live_catch(int what, long *trace) {
    try {
        return live_middle(what, trace) + 100;
    } catch (const Base &base) {
        return -1000 - base.value;
    } catch (const std::logic_error &error) {
        return -2000 - error.what()[0];
    } catch (int number) {
        return -3000 - number;
    } catch (const Local &local) {
        return -4000 - local.value;
    }
}

extern "C" int live_rethrow(int what, long *trace) {
    Note note{trace, 3};
    try {
        return live_middle(what, trace);
    } catch (const std::exception &) {
        *trace = *trace * 10 + 4;
        throw;
    } catch (Base &base) {
        base.value += 40;
        throw;
    } catch (int number) {
        throw Derived(number);
    }
}

extern "C" int live_through_host(int what, long *trace) {
    Note note{trace, 5};
    return host_pass(live_middle, what, trace);
}
