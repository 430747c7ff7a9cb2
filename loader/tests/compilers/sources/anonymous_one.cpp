#include "anonymous.hpp"
static word which() {
    try { throw_theirs(); } catch (const Own &) { return 1; } catch (...) { return 2; }
    return 3;
}
static word mine() {
    try { throw Own{ 4 }; } catch (const Own &own) { return own.n; } catch (...) { return 9; }
}
extern "C" void program() {
    report("caught theirs", which());
    report("caught mine", mine());
    report("same type", typeid(Own) == their_type());
    report("cast", dynamic_cast<Derived *>(make_theirs()) != nullptr);
    report("cast mine", dynamic_cast<Derived *>(make()) != nullptr);
    report("values", make()->value() * 1000 + make_theirs()->value());
    report("shared", per_type<int>() * 100 + per_type<Own>());
}
