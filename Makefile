# Most targets are steps of .ci/run, so that what is run by hand is what is run on a change.

FUZZTIME ?= 30s
FUZZ ?= ./...
BENCH ?= .

.PHONY: all build test lint race memory fuzz bench bench-baseline bench-peers cover ci interop xterm conformance demo pictures clean

all: build test lint

build:
	CGO_ENABLED=0 go build -trimpath -o attestree ./cmd/attestree

test:
	go test ./...

lint:
	.ci/run format vet lint

race:
	.ci/run race

memory:
	.ci/run memory

fuzz:
	FUZZ="$(FUZZ)" FUZZTIME=$(FUZZTIME) .ci/run fuzz

# Compares with the stored figures, which are of one machine: what they say is whether something became slower there.
bench:
	.ci/bench compare '$(BENCH)'

bench-baseline:
	.ci/bench baseline '$(BENCH)'

# attestree beside real cosign, oras and regctl, which are built the first time; ARGS choose what is measured, see
# docs/performance.md.
bench-peers:
	.ci/bench peers $(ARGS)

cover:
	go test -coverprofile=cover.out -coverpkg=./... ./...
	go tool cover -func=cover.out | tail -n 1

# Everything that a change is held against.
ci:
	.ci/run

# Real cosign, oras and registry, built from their modules; needs the network and some minutes the first time.
interop:
	.ci/interop

# Every view of the hostile image through a second terminal emulator; needs node, npm and the network. The same bytes are
# checked without it by `make test`.
xterm:
	.ci/xterm

# Every case of the Sigstore conformance suite's bundle corpus; DIR is a checkout of sigstore/sigstore-conformance.
conformance:
	go run ./cmd/attestree/internal/conformance $(DIR)

demo:
	go run ./cmd/attestree demo

# Draws the pictures in docs from the real screen; a test compares them.
pictures:
	go run ./cmd/attestree/internal/pictures docs

clean:
	rm -rf attestree bin dist cover.out
