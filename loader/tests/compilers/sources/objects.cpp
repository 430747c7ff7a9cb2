/* What classes, templates and exceptions become. */
#include <cstring>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <typeinfo>

typedef unsigned long long word;
extern "C" void report(const char *what, word value);
extern "C" void program();
static word mix(word sum, word value) { return (sum ^ value) * 0x9E3779B97F4A7C15ull + (sum >> 29); }
static word text(const char *data) { word sum = 1; while (*data) sum = mix(sum, *data++); return sum; }

volatile int three = 3;
static word trace;

/* Started in this order, before anything else. */
struct Started { word seen; explicit Started(word n) : seen(n + trace) { trace = mix(trace, n); } };
static Started first_started(three * 5);
Started second_started(first_started.seen * 3);
static const std::string long_text = std::string("a text of more than fifteen characters ") + std::to_string(three);

struct Shape { virtual ~Shape() { trace = mix(trace, 1); } virtual int area() const = 0; virtual int sides() const { return three; } };
struct Named { virtual const char *name() const { return "named"; } int id = 7; virtual ~Named() = default; };
struct Square : Shape, Named { int side; explicit Square(int s) : side(s) {} int area() const override { return side * side; } int sides() const override { return 4; } const char *name() const override { return "square"; } ~Square() override { trace = mix(trace, side); } };
struct Triangle final : Shape { int area() const override { return 6; } };
struct Base { virtual int value() const { return 1; } int base = 10; virtual ~Base() = default; };
struct Left : virtual Base { int value() const override { return 2 + base; } };
struct Right : virtual Base { int right = 5; };
struct Bottom : Left, Right { int value() const override { return Left::value() * 10 + right; } };
namespace { struct Private : Shape { int area() const override { return 1000 + three; } }; }

word classes() {
    std::unique_ptr<Shape> shapes[] = { std::make_unique<Square>(5), std::make_unique<Triangle>(), std::make_unique<Private>() };
    word sum = 0;
    for (auto &shape : shapes) {
        sum = mix(sum, shape->area() * 10 + shape->sides());
        if (auto *square = dynamic_cast<Square *>(shape.get())) sum = mix(sum, square->id + text(square->name()));
        if (auto *named = dynamic_cast<Named *>(shape.get())) sum = mix(sum, text(named->name()));
        sum = mix(sum, typeid(*shape) == typeid(Triangle));
    }
    Bottom bottom;
    Base *base = &bottom;
    sum = mix(sum, base->value() + dynamic_cast<Right &>(*base).right);
    int (Shape::*method)() const = &Shape::sides;
    sum = mix(sum, (shapes[0].get()->*method)() + (shapes[1].get()->*method)());
    return mix(sum, text(typeid(Bottom).name()));
}

template <int N> struct Fibonacci { static constexpr long value = Fibonacci<N - 1>::value + Fibonacci<N - 2>::value; };
template <> struct Fibonacci<1> { static constexpr long value = 1; };
template <> struct Fibonacci<0> { static constexpr long value = 0; };
template <typename T> T biggest(const T *data, int n) { T best = data[0]; for (int i = 1; i < n; i++) if (best < data[i]) best = data[i]; return best; }
template <typename... T> word sum_of(T... values) { return (word(0) + ... + word(values)); }
template <typename T> struct Counted { static inline int made = 0; static T last; Counted(T t) { ++made; last = t; } };
template <typename T> T Counted<T>::last = T();
inline int shared_number = 12;
inline int once() { static int calls = 3; return ++calls; }
struct Slow { int n; Slow() : n(three * 14) { trace = mix(trace, 99); } };
static Slow &slow() { static Slow it; return it; }
word templates() {
    int ints[] = { 3, 9, 4 };
    double doubles[] = { 0.5, -2, 0.25 };
    Counted<int> a(4), b(5);
    Counted<double> c(2.5);
    return mix(Fibonacci<40>::value, biggest(ints, three) * 10 + (word)(biggest(doubles, 3) * 4) + sum_of(1, 2.5, 'a', three) * 100 + Counted<int>::made * 7 + Counted<double>::made + Counted<int>::last + (word)(Counted<double>::last * 2) + ++shared_number + once() + once() + slow().n + slow().n);
}

struct Note { int n; ~Note() { trace = mix(trace, n); } };
struct Failure : std::runtime_error { int code; explicit Failure(int c) : std::runtime_error("failure"), code(c) {} };
namespace { struct Hidden { int n; }; }
__attribute__((noinline)) static void thrower(int what) {
    Note note{ what };
    switch (what) { case 0: throw 17; case 1: throw Failure(three); case 2: throw std::logic_error("logic"); case 3: throw Hidden{ 8 }; case 4: throw "text"; case 5: throw 2.5; default: return; }
}
__attribute__((noinline)) int middle(int what) { Note note{ 50 }; thrower(what); Note other{ 51 }; return 7; }
int never(int what) noexcept { try { return middle(what); } catch (...) { return -1; } }
word exceptions() {
    word sum = 0;
    for (int what = 0; what < 7; what++) {
        try { sum = mix(sum, middle(what)); }
        catch (int n) { sum = mix(sum, n); }
        catch (const Failure &failure) { sum = mix(sum, failure.code + text(failure.what())); }
        catch (const std::exception &other) { sum = mix(sum, text(other.what())); }
        catch (Hidden hidden) { sum = mix(sum, hidden.n); }
        catch (const char *said) { sum = mix(sum, text(said)); }
        catch (...) { sum = mix(sum, 1234); try { throw; } catch (double d) { sum = mix(sum, (word)(d * 4)); } }
        sum = mix(sum, never(what));
    }
    try { try { throw Failure(1); } catch (...) { std::throw_with_nested(Failure(2)); } }
    catch (const Failure &outer) { try { std::rethrow_if_nested(outer); } catch (const Failure &inner) { sum = mix(sum, outer.code * 10 + inner.code); } }
    std::exception_ptr kept;
    try { thrower(1); } catch (...) { kept = std::current_exception(); }
    try { std::rethrow_exception(kept); } catch (const Failure &again) { sum = mix(sum, again.code); }
    try { dynamic_cast<Square &>(*std::make_unique<Triangle>()); } catch (const std::bad_cast &) { sum = mix(sum, 5); }
    return mix(sum, trace);
}

struct Local { int n = three * 2; ~Local() { trace += 1; } };
thread_local int plain = 4;
static thread_local Local dynamic;
inline thread_local int inline_own = 6;
word thread_locals() { plain += three; inline_own += plain; dynamic.n += 1; return plain + inline_own * 100 + dynamic.n * 10000; }

word lambdas() {
    int captured = three;
    auto add = [&captured](int n) { captured += n; return captured; };
    auto generic = [](auto a, auto b) { return a * b; };
    int (*plain_pointer)(int) = [](int n) { return n + 100; };
    std::function<int(int)> erased = [add](int n) mutable { return add(n) * 2; };
    return mix(add(4) + erased(5), generic(three, 5) + (word)generic(0.5, 8.0) + plain_pointer(1));
}

struct Table { const char *name; int (*function)(int); };
static int first(int n) { return n + 1; }
int second(int n) { return n * 2; }
static const Table table[] = { { "first", first }, { "second", second }, { "third", [](int n) { return -n; } } };
constexpr const char *colours[] = { "red", "green", "blue" };
word tables() { word sum = 0; for (auto &entry : table) sum = mix(sum, text(entry.name) + entry.function(three)); return mix(sum, text(colours[three - 1])); }

extern "C" void program() {
    report("started", mix(first_started.seen, second_started.seen) + text(long_text.c_str()));
    report("classes", classes());
    report("templates", templates());
    report("exceptions", exceptions());
    report("thread-locals", thread_locals());
    report("lambdas", lambdas());
    report("tables", tables());
    report("trace", trace);
}
