# The two commands of the README: `make run` and `make test`.
#
# Everything is built in Cargo's release profile, so that HiGHS is compiled only once.

HEADLINE := scenarios/reference.toml scenarios/neutral-2060.toml scenarios/export-first.toml
ALL := $(sort $(wildcard scenarios/*.toml))
JOBS ?= 2
OUT ?= results
ALTYN := target/release/altyn

.PHONY: run run-all test bench peers days build lint docs tools clean

run: build
	$(ALTYN) run $(HEADLINE) --jobs $(JOBS) --out $(OUT)

run-all: build
	$(ALTYN) run $(ALL) --jobs $(JOBS) --out $(OUT)

build: tools
	cargo build --release --locked

test: tools
	@sh tools/snakemake.sh
	@sh tools/browser.sh
	@sh tools/exchange.sh
	@sh tools/twins.sh
	cargo fmt --check
	cargo clippy --release --locked --all-targets -- -D warnings
	cargo test --release --locked
	RUSTDOCFLAGS="-D warnings" cargo doc --release --locked --no-deps

bench: tools
	cargo bench --locked --bench parts

# The same power system with PyPSA and with bare HiGHS; up to an hour. PEERS="--days 4" for less.
peers: build
	python3 benches/peers/peers.py $(PEERS)

# What fewer days than all of them miss, and what all of them cost; half an hour.
days: build
	python3 benches/days/days.py $(DAYS)

# cmake, a C++ compiler and libclang, which HiGHS and its bindings need to build.
tools:
	@sh tools/prepare.sh

clean:
	cargo clean
