// Command benchpeers measures attestree beside the tools that people use today. It makes images with signed attestations,
// serves them from a registry of its own on loopback that answers as late as it is told, runs each tool as a person
// would, and prints one table: requests, rounds that had to wait for one another, wall time, and how many of the attached
// manifests the tool found.
//
//	go run ./cmd/attestree/internal/benchpeers -bin bin -latency 0,50ms -attached 10,100
//
// The tools are real and are found in a folder; make bench-peers puts them there. docs/performance.md explains the
// figures. It knows registries and tools. It must not know how attestree works: it runs the program.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"
)

// plan is what is measured: every combination.
type plan struct {
	bin       string
	latencies []time.Duration
	attached  []int
	referrers []bool
	token     []bool
	whole     int // the whole picture is measured for up to that many attached manifests
	patience  time.Duration
	runs      int    // of each task; the quickest counts, since others use the machine too
	only      string // part of the names of the tasks that are measured, "" for all
}

func main() {
	if err := program(); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "benchpeers:", err)
		os.Exit(1)
	}
}

func program() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	p, err := read(os.Args[1:])
	if err != nil {
		return err
	}
	return measure(ctx, p, os.Stdout)
}

func read(args []string) (p plan, err error) {
	f := flag.NewFlagSet("benchpeers", flag.ContinueOnError)
	f.StringVar(&p.bin, "bin", "bin", "folder with attestree, cosign, oras and regctl")
	latency := f.String("latency", "0,20ms,50ms,150ms", "how late each request is answered")
	attached := f.String("attached", "10,100,300", "how many manifests are attached")
	referrers := f.String("referrers", "on,off", "with and without the referrers API")
	token := f.String("token", "off,on", "with and without a token service")
	f.IntVar(&p.whole, "whole", 10, "measure the whole picture for up to this many attached manifests")
	f.DurationVar(&p.patience, "patience", 5*time.Minute, "how long one command may take")
	f.IntVar(&p.runs, "runs", 1, "run each task so often; the quickest run is printed")
	f.StringVar(&p.only, "task", "", "measure only tasks whose name has this in it, for example attestree")
	if err := f.Parse(args); err != nil {
		return p, err
	}
	p.latencies, err = list(*latency, func(s string) (time.Duration, error) {
		if s == "0" {
			return 0, nil
		}
		return time.ParseDuration(s)
	})
	if err != nil {
		return p, err
	}
	if p.attached, err = list(*attached, strconv.Atoi); err != nil {
		return p, err
	}
	if p.referrers, err = list(*referrers, onOff); err != nil {
		return p, err
	}
	p.token, err = list(*token, onOff)
	return p, err
}

func list[T any](s string, parse func(string) (T, error)) ([]T, error) {
	var all []T
	for _, part := range strings.Split(s, ",") {
		one, err := parse(part)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", part, err)
		}
		all = append(all, one)
	}
	return all, nil
}

func onOff(s string) (bool, error) {
	switch s {
	case "on":
		return true, nil
	case "off":
		return false, nil
	}
	return false, errors.New("want on or off")
}
