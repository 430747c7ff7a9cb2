#!/bin/sh
# Usage: tests/models/weaken.sh [part of a row]
#
# Shows that the models can fail. Each row of weakened.txt weakens one ordering or takes one barrier
# away, in a copy of the sources; the model that the row names has to fail then. Where a row names
# none, every model has to pass: the row says why nobody could notice.
set -eu
cd "$(dirname "$0")/../.."
rows=tests/models/weakened.txt
copy=target/weakened
target=$PWD/target/loom
failures=0

rm -rf "$copy"
mkdir -p "$copy"
git ls-files -z --cached --others --exclude-standard | xargs -0 -n 100 sh -c \
    'for file; do [ ! -f "$file" ] || printf "%s\0" "$file"; done' sh |
    xargs -0 cp --parents -t "$copy"

# Replaces the one line of file $1 that contains $2: by the same line with $3 instead of it.
weaken() {
    awk -v from="$2" -v to="$3" '
        (at = index($0, from)) { found++; $0 = substr($0, 1, at - 1) to substr($0, at + length(from)) }
        { print }
        END { exit found != 1 }
    ' "$1" >"$copy/$1" || {
        echo "weaken: \`$2\` stands in $1 not exactly once: bring $rows up to date" >&2
        exit 1
    }
}

# Runs the models whose names contain $1.
models() {
    (cd "$copy" && RUSTFLAGS="--cfg loom" timeout 900 cargo test --quiet --package segue-runtime \
        --release --lib --target-dir "$target" "$1" 2>&1)
}

tried=0
while IFS='|' read -r file from to model; do
    case "$file" in '' | '#'*) continue ;; esac
    case "$file|$from|$to|$model" in *"${1-}"*) ;; *) continue ;; esac
    tried=$((tried + 1))
    weaken "$file" "$from" "$to"
    # A model that fails may take the process with it, so it is asked alone.
    if [ "$model" = - ]; then expected=yes asked=loom; else expected=no asked=$model; fi
    told=$(models "$asked") && passed=yes || passed=no
    cp "$file" "$copy/$file"
    case "$told" in *"error: could not compile"* | *"error[E"*)
        echo "$told" | tail -n 20 >&2
        echo "weaken: $file does not compile with \`$to\`" >&2
        exit 1 ;;
    esac
    if [ $passed = $expected ]; then
        echo "ok: $file: \`$from\` as \`$to\`: noticed by $model"
    else
        echo "NOT AS EXPECTED: $file: \`$from\` as \`$to\`: expected $model, models passed: $passed" >&2
        echo "$told" | grep -E '^    |FAILED|panicked' | sort -u | head -n 20 >&2
        failures=$((failures + 1))
    fi
done <"$rows"
rm -rf "$copy"
[ $tried -gt 0 ] || { echo "weaken: no row contains \`$1\`" >&2; exit 1; }
[ $failures -eq 0 ] || { echo "==> $failures of $tried weakened protocols were not judged as expected." >&2; exit 1; }
echo "==> $tried weakened protocols, each judged as expected."
