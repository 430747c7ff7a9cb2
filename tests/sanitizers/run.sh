#!/bin/sh
# Usage: tests/sanitizers/run.sh address|thread
#
# Runs the runtime's unit tests and the end-to-end tests of swaps, commits, handles, states, faults, history,
# what is saved, and reclaiming with its stress test, instrumented by a sanitizer, and fails when a test
# fails or a report appears.
#
# Covered: our own crates, dependencies, tests. Not instrumented: the standard library (the toolchain
# has no sources of it), and live code, which rustc compiles without flags of ours. Their
# allocations still come from the sanitizer's allocator, and every access of ours to them is checked.
set -eu
cd "$(dirname "$0")/../.."
kind=${1:?address or thread}
host=x86_64-unknown-linux-gnu
target=target/$kind
here=$PWD/tests/sanitizers
reports=$PWD/$target/reports

case $kind in
    address)
        flags="-Zsanitizer=address"
        # Locals that live on the heap, to notice their use after a return, would not be found on the
        # stacks that reclaiming looks at.
        export ASAN_OPTIONS="log_path=$reports/report:detect_stack_use_after_return=0:detect_leaks=1"
        export LSAN_OPTIONS="suppressions=$here/leaks.txt:print_suppressions=0"
        # Memory that is measured is the sanitizer's, mostly; it cannot look for leaks under strace.
        skipped="stay_flat system_calls" ;;
    thread)
        # The standard library is not instrumented, so its part of the synchronisation is not seen:
        # races.txt says what is taken on trust for that.
        flags="-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer"
        export SEGUE_VISIBLE_LOCKS=1
        export TSAN_OPTIONS="log_path=$reports/report:suppressions=$here/races.txt:halt_on_error=0"
        # The threads that live code starts there, and what they hand to one another, are not seen to.
        skipped="stay_flat system_calls parked" ;;
    *) echo "sanitizers: $kind is neither address nor thread" >&2; exit 1 ;;
esac

skip=
for name in $skipped; do skip="$skip --skip $name"; done
promises="swaps:: handles:: states:: carried:: migrations:: disposals:: faults:: fault_callers:: history:: model:: \
reclaim:: parked:: stress::callers commits:: slots:: saved:: storm:: regressions::"
# Beside tests that keep all cores busy a compiler of low priority does not end.
export SEGUE_NICE=0

rm -rf "$reports"
mkdir -p "$reports"
run() {
    # `-Z` is what the stable compiler refuses; nothing else here is unstable.
    RUSTC_BOOTSTRAP=1 RUSTFLAGS="$flags" cargo test --quiet --target $host --target-dir "$target" "$@"
}
# A sanitizer that would notice nothing reports nothing: first a defect on purpose.
echo "==> Sanitizer $kind: a planted defect"
# shellcheck disable=SC2086 # words
RUSTC_BOOTSTRAP=1 rustc --edition 2024 -g $flags --target $host -o "$reports/planted" "$here/planted/$kind.rs"
"$reports/planted" >/dev/null 2>&1 || true
rm "$reports/planted"
grep -q SUMMARY -r "$reports" || { echo "==> Sanitizer $kind does not notice a planted defect." >&2; exit 1; }
rm -f "$reports"/*

failed=0
echo "==> Sanitizer $kind: unit tests of the runtime"
run --package segue-runtime --lib || failed=1
echo "==> Sanitizer $kind: end-to-end tests"
# shellcheck disable=SC2086 # words
run --test end_to_end -- $skip $promises || failed=1

count=$(find "$reports" -type f | wc -l)
if [ "$count" -gt 0 ]; then
    echo "==> Sanitizer $kind: $count reports, the first of them:" >&2
    find "$reports" -type f | sort | head -n 1 | xargs head -n 60 >&2
    grep -h SUMMARY -r "$reports" | sort | uniq -c | sort -rn | head -n 20 >&2
    exit 1
fi
[ $failed -eq 0 ] || { echo "==> Sanitizer $kind: a test failed, no report." >&2; exit 1; }
echo "==> Sanitizer $kind: no report."
