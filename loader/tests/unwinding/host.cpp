// The host's C++ part: throws into live frames, lets exceptions pass, and catches them.
#include "exceptions.hpp"

void host_throw(int what) {
    switch (what) {
    case DERIVED: throw Derived(7);
    case STANDARD: throw std::out_of_range("four");
    case NUMBER: throw 5;
    }
}

int host_catch(Function function, int what, long *trace) {
    try {
        return function(what, trace);
    } catch (const Base &base) {
        return 1000 + base.value;
    } catch (const std::exception &error) {
        return 2000 + error.what()[0];
    } catch (int number) {
        return 3000 + number;
    } catch (...) {
        return 4000;
    }
}

int host_pass(Function function, int what, long *trace) {
    Note note{trace, 9};
    return function(what, trace) + 1;
}
