#include "anonymous.hpp"
void throw_theirs() { per_type<int>(); per_type<Own>(); throw Own{ 4 }; }
const std::type_info &their_type() { return typeid(Own); }
Common *make_theirs() { return make(); }
