/* Two files of one program, each with types of its own of the same name and shape. */
#include <cstring>
#include <exception>
#include <typeinfo>
typedef unsigned long long word;
extern "C" void report(const char *what, word value);
extern "C" void program();
void throw_theirs();
const std::type_info &their_type();
struct Common { virtual int value() const { return 1; } virtual ~Common() {} };
Common *make_theirs();
namespace {
struct Own { int n; };
struct Derived : Common { int n = 3; int value() const override { return n * 2; } };
static int made;
__attribute__((noinline)) Common *make() { static Derived it; it.n += ++made; return &it; }
}
template <typename T> int per_type() { static int calls; return ++calls; }
