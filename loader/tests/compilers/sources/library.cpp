/* The C++ library: containers, strings, streams, algorithms, threads. */
#include <algorithm>
#include <any>
#include <atomic>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <variant>
#include <vector>

typedef unsigned long long word;
extern "C" void report(const char *what, word value);
extern "C" void program();
static word mix(word sum, word value) { return (sum ^ value) * 0x9E3779B97F4A7C15ull + (sum >> 29); }
static word text(std::string_view data) { word sum = 1; for (char c : data) sum = mix(sum, c); return sum; }
volatile int three = 3;

word containers() {
    std::vector<int> numbers(20);
    std::iota(numbers.begin(), numbers.end(), three);
    std::sort(numbers.begin(), numbers.end(), [](int a, int b) { return a % 7 < b % 7 || (a % 7 == b % 7 && a > b); });
    std::map<std::string, int> ordered;
    for (int n : numbers) ordered["key" + std::to_string(n % 5)] += n;
    std::unordered_map<std::string, std::vector<int>> hashed;
    for (auto &[key, value] : ordered) hashed[key].push_back(value);
    std::set<std::pair<int, char>> set{ { 3, 'a' }, { 1, 'b' }, { 3, 'a' } };
    word sum = set.size();
    for (int n : numbers) sum = mix(sum, n);
    for (auto &[key, value] : ordered) sum = mix(sum, text(key) + value + hashed[key].at(0));
    try { numbers.at(100) = 1; } catch (const std::out_of_range &error) { sum = mix(sum, text(error.what())); }
    return sum;
}

word strings() {
    std::string s = "a string that is too long for its own buffer";
    s.insert(2, "very ").replace(0, 1, "One");
    std::wstring wide = L"wide \u00e9";
    std::u16string sixteen = u"sixteen \U0001F600";
    std::ostringstream stream;
    stream << std::hex << 255 << ' ' << 0.125 << ' ' << s << ' ' << std::boolalpha << true;
    std::istringstream in("12 words 3.5");
    int n; std::string word_read; double d;
    in >> n >> word_read >> d;
    std::cout << std::flush;
    return mix(text(stream.str()), wide.size() * 100 + sixteen.size() + n + text(word_read) + (word)(d * 2));
}

struct Visitor { word operator()(int n) const { return n; } word operator()(const std::string &s) const { return text(s); } word operator()(double d) const { return (word)(d * 8); } };
word variants() {
    std::variant<int, std::string, double> values[] = { 5, "text", 0.5 };
    word sum = 0;
    for (auto &value : values) sum = mix(sum, std::visit(Visitor{}, value));
    std::any any = std::string("any");
    std::optional<int> maybe;
    sum = mix(sum, text(std::any_cast<std::string>(any)) + maybe.value_or(9));
    try { std::any_cast<int>(any); } catch (const std::bad_any_cast &) { sum = mix(sum, 2); }
    auto shared = std::make_shared<std::string>("shared");
    std::weak_ptr<std::string> weak = shared;
    return mix(sum, weak.lock()->size() + shared.use_count());
}

static std::mutex mutex;
static std::atomic<int> total;
word threads() {
    std::vector<std::thread> all;
    std::vector<int> seen;
    for (int i = 0; i < 3; i++) all.emplace_back([i, &seen] { std::lock_guard<std::mutex> guard(mutex); seen.push_back(i); total += i * three; });
    for (auto &thread : all) thread.join();
    std::sort(seen.begin(), seen.end());
    std::once_flag flag;
    std::call_once(flag, [] { total += 1000; });
    auto future = std::async(std::launch::async, [](int n) -> int { if (n) throw std::runtime_error("from afar"); return 1; }, +three);
    word sum = 0;
    try { sum = future.get(); } catch (const std::runtime_error &error) { sum = text(error.what()); }
    return mix(sum, total + seen[2]);
}

extern "C" void program() {
    report("containers", containers());
    report("strings", strings());
    report("variants", variants());
    report("threads", threads());
}
