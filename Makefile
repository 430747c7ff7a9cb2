# Two commands matter: `make play` plays the first song, `make test` runs every check.
# `make help` lists the rest.

# A Rust toolchain that was installed a minute ago is not yet in the PATH of this shell.
export PATH := $(PATH):$(HOME)/.cargo/bin

SONG ?= audio-demo/songs/first.rs
ARGS ?=
BENCHES := $(basename $(notdir $(wildcard benches/*.rs)))
BENCH ?= $(BENCHES)

# What must not be in the library built with the feature rustc alone.
HEAVY := cpal|alsa|clap|anstream|anstyle|ctrlc
LOOM := RUSTFLAGS="--cfg loom" cargo test --quiet --package segue-runtime --release --lib --target-dir target/loom loom

# What ships to machines without a toolchain: the compiler in the process, and no rustc. With targets that are tests, since
# what the tests ask for besides (compiler/Cargo.toml) lets libraries be those of the other builds. (That ours ask themselves for what
# they need of libraries, `light` checks.)
JIT_ALONE := --package segue-compiler --package segue-runtime --no-default-features \
	--features segue-compiler/jit,segue-runtime/jit

.DEFAULT_GOAL := help
# The checks share two cores and one lock of cargo's, and the first failure is the one to read.
.NOTPARALLEL:
.PHONY: help play test bench fuzz sanitize soak weaken setup setup-play setup-test format lint docs light tests models

help:
	@echo "make play                 play the first song; edit audio-demo/songs/first.rs and save while it plays"
	@echo "make play SONG=my.rs      play another file; ARGS='...' is passed on to segue play"
	@echo "make test                 run every check, stop at the first failure"
	@echo "make bench                run every benchmark, one JSON line per figure; BENCH=call chooses one"
	@echo "make fuzz                 fuzz the loader with coverage, FUZZ=300 seconds; then the compilers, FUZZ programs; std's examples"
	@echo "make sanitize             run the runtime's tests under AddressSanitizer and ThreadSanitizer; SANITIZE=address chooses one"
	@echo "make soak                 a million swaps beside eight calling threads: memory stays flat"
	@echo "make weaken               weaken each ordering that the protocols rely on: a model has to notice"
	@echo "make setup                install what play and test need, where it is missing"
	@echo "make format|lint|docs|light|tests|models    one step of make test"

play: setup-play
	@test -d $(or $(CARGO_TARGET_DIR),target)/release || echo "Building Segue; the first time this takes a minute or two."
	@cargo run --release --quiet -- play '$(SONG)' $(ARGS)

test: setup-test format lint docs light tests models
	@echo "==> All checks passed."

bench: setup-play
	@for name in $(BENCH); do \
		echo "==> benches/$$name.rs" >&2; \
		cargo bench --quiet --features jit --bench $$name || exit 1; \
	done

# Seconds of fuzzing with coverage, and programs that are made up for the compilers from a new seed. What
# the former finds is written to loader/fuzz/artifacts; what the latter finds is printed.
FUZZ ?= 300
fuzz:
	@cargo fuzz --version >/dev/null 2>&1 || { echo "make fuzz needs cargo-fuzz: run \`cargo install cargo-fuzz\`" >&2; exit 1; }
	@cargo run --quiet --release --manifest-path loader/fuzz/Cargo.toml --bin seeds -- loader/fuzz/corpus/object
	@cd loader && RUSTC_BOOTSTRAP=1 cargo fuzz run object -- -max_total_time=$(FUZZ) -max_len=1048576 -timeout=5 -rss_limit_mb=2048
	@SEGUE_FUZZ_ROUNDS=$(FUZZ) SEGUE_FUZZ_SEED=$$(date +%s) cargo test --quiet --features jit --test rust made_up
	@SEGUE_STD_EXAMPLES=all cargo test --quiet --features jit --test rust documentation_of_std

SANITIZE ?= address thread
sanitize:
	@for kind in $(SANITIZE); do tests/sanitizers/run.sh $$kind || exit 1; done

# Swaps; an edit is one in 500 of them, or one in EDIT.
SOAK ?= 1000000
EDIT ?= 500
soak:
	SEGUE_NICE=0 SEGUE_SWAPS=$(SOAK) SEGUE_SWAPS_AN_EDIT=$(EDIT) cargo test --quiet --release --test end_to_end -- --nocapture a_million_swaps

# ROW='part of a row' of tests/models/weakened.txt tries those rows only.
weaken:
	@tests/models/weaken.sh '$(ROW)'

setup: setup-test

setup-play:
	@.ci/setup play

setup-test:
	@.ci/setup test

format:
	@echo "==> Format: rustfmt"
	@cargo fmt --all --check

lint:
	@echo "==> Lints: clippy on every target, no warning allowed"
	@cargo clippy --quiet --workspace --features jit --all-targets -- -D warnings
	@cargo clippy --quiet --package segue --no-default-features -- -D warnings
	@cargo clippy --quiet --package segue-audio-demo --no-default-features --all-targets -- -D warnings
	@cargo clippy --quiet $(JIT_ALONE) --all-targets -- -D warnings

# Once as users see it, where a public page must not point to a private item, and once as we do.
docs:
	@echo "==> Documentation: rustdoc, public and private, no warning allowed"
	@RUSTDOCFLAGS="-D warnings" cargo doc --quiet --workspace --features jit --no-deps --document-private-items
	@RUSTDOCFLAGS="-D warnings" cargo doc --quiet --workspace --features jit --no-deps

light:
	@echo "==> Light library: with rustc alone, neither cpal nor the command's dependencies"
	@cargo build --quiet --package segue --no-default-features --features rustc
	@tree=$$(cargo tree --package segue --no-default-features --features rustc --edges normal --prefix none) || exit 1; \
	if echo "$$tree" | grep -E '^($(HEAVY))(-sys)? v'; then \
		echo "The packages above are in the tree of segue without its default features:" \
			"make them optional in Cargo.toml and put them behind the feature cli or audio." >&2; \
		exit 1; \
	fi

# Many tests compile live files beside threads that never pause; the compiler gets its share here.
tests:
	@echo "==> Tests: every package, documentation examples included"
	@cargo test --quiet --workspace --features jit --no-run
	@SEGUE_NICE=0 cargo test --workspace --features jit -- --quiet

# A filter that matches no test passes, so the models are looked for first.
models:
	@echo "==> Models: the lock-free protocols under loom"
	@$(LOOM) --no-run
	@$(LOOM) -- --list | grep ': test$$' >/dev/null || { echo "No loom model found in segue-runtime: its tests' names contain loom." >&2; exit 1; }
	@$(LOOM)
