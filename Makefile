# leitai. `make run` shows the show, `make test` proves it; `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Everything that is built lies here, outside the source: set CARGO_TARGET_DIR to put it elsewhere.
CACHE ?= $(HOME)/.cache/leitai
export CARGO_TARGET_DIR ?= $(CACHE)/target
# Feed servers in other languages, for the tests.
export LEITAI_PEERS ?= $(CACHE)/peers
BENCH_VENV := $(CACHE)/bench/venv
export PATH := $(PATH):$(HOME)/.cargo/bin

LEITAI := $(CARGO_TARGET_DIR)/debug/leitai
ARGS ?=

# Mesa's rasteriser, whatever its file is called here, so that a picture is the same on every machine.
LAVAPIPE = icd=$$(ls /usr/share/vulkan/icd.d/lvp_icd*.json 2>/dev/null | head -n1) || true; \
	if [[ -n $$icd ]]; then export VK_DRIVER_FILES=$$icd; fi; export WGPU_BACKEND=vulkan
# A private runtime folder: no session of the user's is touched, none is needed.
PRIVATE = XDG_RUNTIME_DIR=$$(mktemp -d); export XDG_RUNTIME_DIR; chmod 700 "$$XDG_RUNTIME_DIR"; \
	trap 'rm -rf "$$XDG_RUNTIME_DIR"' EXIT

.PHONY: fuzz help run test build lint audit peers bench soak shows scenes gallery compare fonts clean deps-build deps-run deps-test deps-bench

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

run: deps-run build ## open the show; without a display, render it to out/
	@if [[ -n "$${DISPLAY:-}" ]]; then \
		exec "$(LEITAI)" $(ARGS); \
	else \
		echo "No display here (DISPLAY is not set): rendering the embedded show to out/ instead." >&2; \
		mkdir -p out; $(PRIVATE); \
		"$(LEITAI)" export demo --size 1280x720 --fps 25 -o out/show.mp4 --sheet out/contact-sheet.png $(ARGS); \
	fi

build: deps-build ## build the program
	@cargo build --locked

test: deps-run deps-test deps-build peers ## everything that is promised, proven
	@$(LAVAPIPE); $(PRIVATE); cargo test --locked --lib --bins --test promises $(ARGS)

.PHONY: soak-faults
soak-faults: deps-run deps-test deps-build ## ten thousand schedules of faults, 200 cuts of up to a quarter of an hour, a minute of flood
	@export LEITAI_SEEDS=$${LEITAI_SEEDS:-10000}; cargo test --locked --lib -- faults_tests feed::clock --nocapture
	@$(PRIVATE); export LEITAI_CUTS=200 LEITAI_FLOOD_S=60; \
	cargo test --locked --test promises -- faults:: feed_websocket:: --nocapture --test-threads 1

lint: deps-build ## formatting and clippy, warnings are errors
	@cargo fmt --check
	@cargo clippy --locked --all-targets -- -D warnings

# Licences, bans and sources are in `make test`, too. Apart from it are what takes tools that are built for minutes (the bill
# of materials) and advisories, which need the network.
audit: deps-build ## licences, bans, sources and advisories of what is linked; its bill of materials
	@CACHE="$(CACHE)" .ci/audit

# Two programs and a report: the engine's own measurements and the script that lays them beside others.
bench: deps-run deps-bench build ## speed, beside what one would use otherwise: benches/report.md (ARGS=--smoke: minutes)
	@if ! "$(BENCH_VENV)/bin/python" -c 'import matplotlib, numpy, psutil, skimage, websockets, Xlib' 2>/dev/null; then \
		python3 -m venv "$(BENCH_VENV)"; \
		"$(BENCH_VENV)/bin/pip" install --quiet --disable-pip-version-check -r benches/requirements.txt; \
	fi
	@$(LAVAPIPE); $(PRIVATE); \
	engine=$$(cargo bench --locked --profile dev --bench engine --no-run --message-format=json \
		| sed -n 's/.*"executable":"\([^"]*engine-[^"]*\)".*/\1/p'); \
	"$(BENCH_VENV)/bin/python" benches/bench.py --leitai "$(LEITAI)" --engine "$$engine" $(ARGS)

# Each target so many seconds; nightly Rust, for the coverage that leads the search. What is new is kept beside, and what
# leads further is merged into the corpus that the tests replay.
FUZZ_SECONDS ?= 1200
FUZZ_TARGETS ?= wire tape theme rules bank control text outputs settings
FUZZ_DICT = $(if $(filter theme rules outputs settings,$(1)),ron,$(if $(filter text,$(1)),text,json))
fuzz: deps-build ## inputs that break what reads them: FUZZ_SECONDS=1200 for each target
	@rustup toolchain list | grep -q ^nightly || rustup toolchain install nightly --profile minimal
	@cargo fuzz --version >/dev/null 2>&1 || cargo install --locked cargo-fuzz
	@export CARGO_TARGET_DIR="$(CACHE)/fuzz/target"; mkdir -p "$(CACHE)/fuzz"; \
	$(foreach target,$(FUZZ_TARGETS),mkdir -p "$(CACHE)/fuzz/$(target)"; \
		cargo +nightly fuzz run --fuzz-dir tests/fuzz -s none $(target) "$(CACHE)/fuzz/$(target)" tests/fuzz/corpus/$(target) -- \
			-max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=512 -timeout=20 -max_len=16384 -print_final_stats=1 \
			-dict=tests/fuzz/dict/$(call FUZZ_DICT,$(target)).dict; \
		cargo +nightly fuzz run --fuzz-dir tests/fuzz -s none $(target) tests/fuzz/corpus/$(target) "$(CACHE)/fuzz/$(target)" -- \
			-merge=1 -rss_limit_mb=512 -max_len=8192;) true

soak: deps-run deps-test build ## a long night, watched: an hour (ARGS=--smoke: a minute); plots and verdicts in out/soak
	@if ! "$(BENCH_VENV)/bin/python" -c 'import matplotlib, numpy, psutil, skimage, websockets, Xlib' 2>/dev/null; then \
		python3 -m venv "$(BENCH_VENV)"; \
		"$(BENCH_VENV)/bin/pip" install --quiet --disable-pip-version-check -r benches/requirements.txt; \
	fi
	@$(LAVAPIPE); $(PRIVATE); "$(BENCH_VENV)/bin/python" tests/soak/soak.py --leitai "$(LEITAI)" $(ARGS)

peers: deps-test ## feed servers by strangers (Python websockets, Node ws)
	@mkdir -p "$(LEITAI_PEERS)"
	@if ! "$(LEITAI_PEERS)/venv/bin/python" -c 'import websockets' 2>/dev/null; then \
		python3 -m venv "$(LEITAI_PEERS)/venv"; \
		"$(LEITAI_PEERS)/venv/bin/pip" install --quiet --disable-pip-version-check 'websockets>=13,<17'; \
	fi
	@if [[ ! -d "$(LEITAI_PEERS)/node_modules/ws" ]]; then \
		npm install --prefix "$(LEITAI_PEERS)" --no-save --no-audit --no-fund --loglevel=error ws@8; \
	fi

shows: build ## simulate the four shows again (assets/shows; the tests compare them)
	@simulate() { "$(LEITAI)" simulate "$$1" --teams "assets/shows/$$1.teams.json" \
		--questions assets/questions/shebao.json assets/questions/laodong.json -o "assets/shows/$$1.tape.ndjson" "$${@:2}"; }; \
	simulate yantai --seed 55210 --mishaps; simulate liaoning --seed 25 --mishaps; \
	simulate zhongwei --seed 248138 --mishaps; simulate fujian --seed 2024

scenes: ## write the scenes of the gallery and of the comparison again
	@python3 assets/gallery/make_scenes.py
	@python3 tests/compare/make_scenes.py

gallery: deps-run build ## every graphic of every theme in every state and class, as pictures in out/gallery
	@$(LAVAPIPE); $(PRIVATE); \
	for theme in qingkong zhujin subai; do "$(LEITAI)" gallery "$$theme" -o "out/gallery/$$theme" $(ARGS); done

# The mock-ups' folder.
LEITAI_MOCKUPS ?= ../shared/mockups
compare: deps-run build ## our pictures beside the mock-ups: pages in out/compare
	@$(LAVAPIPE); $(PRIVATE); \
	if [[ ! -d "$(LEITAI_MOCKUPS)" ]]; then \
		echo "There are no mock-ups in $(LEITAI_MOCKUPS); say where they are: make compare LEITAI_MOCKUPS=FOLDER" >&2; exit 1; \
	fi; \
	for theme in qingkong zhujin subai; do \
		"$(LEITAI)" gallery "$$theme" -o "out/compare/$$theme" --scenes "tests/compare/$$theme.scenes.ndjson" \
			--beside "$(LEITAI_MOCKUPS)" $(ARGS); \
	done

fonts: deps-test ## build the font subsets again (assets/fonts/build_fonts.py says from what)
	@if [[ ! -x "$(CACHE)/fonts/venv/bin/python" ]]; then \
		python3 -m venv "$(CACHE)/fonts/venv"; \
		"$(CACHE)/fonts/venv/bin/pip" install --quiet --disable-pip-version-check fonttools==4.68.0; \
	fi
	@"$(CACHE)/fonts/venv/bin/python" assets/fonts/build_fonts.py assets/fonts --work "$(CACHE)/fonts/work"

clean: ## remove what was built and rendered here
	@rm -rf out "$(CARGO_TARGET_DIR)/debug/leitai" "$(CARGO_TARGET_DIR)/debug/incremental"
	@echo "The dependencies' build stays in $(CARGO_TARGET_DIR)."

deps-build:
	@.ci/deps build
	@.ci/rust

deps-run:
	@.ci/deps run

deps-test:
	@.ci/deps test

deps-bench:
	@.ci/deps test bench
