// Package fleetcmd is "attestree fleet": from a list to a report or a live matrix, and the reports of several machines as one.
//
// It knows its flags, what is printed and kept, and the exit code of many images. How they are looked at is for package
// fleet.
package fleetcmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/model/fleet"
)

// fleetFlags are what the person asked of a fleet.
type fleetFlags struct {
	output   string
	printed  bool // a form was asked for, so that no screen is opened
	report   string
	resume   bool
	since    string
	shard    string
	shards   int
	inFlight int
}

const forms = "text, json (one line for each image), csv or markdown"

// New is the command, with merge below it.
func New(a *run.App) *cobra.Command {
	f := &fleetFlags{}
	c := &cobra.Command{
		Use:   "fleet FILE|-|REPOSITORY|DIR",
		Short: "Look at many images, and say of each what it has and whether the policy is satisfied",
		Long: `Look at every image of a list: references one a line, or those found in Kubernetes manifests, in what
kubectl get pods -A -o json and helm template print, in compose files, in a folder of all that, or all tags of a
repository. Each is judged as attestree verify judges one; one image's trouble never stops the others.

A report in JSON lines begins with what it was judged by. It is kept while it grows, so that --resume goes on
after an interruption; --since compares with an earlier one. With --shard several machines share one list, and
attestree fleet merge puts their reports together (docs/fleet.md).

On a terminal it opens a live matrix, and enter opens an image; with --output, or where stdout is no terminal, it prints.

Exit code 0: the policy is satisfied by every image; 3: not by every one; 1: some image could not be looked at
completely and does not satisfy it, or part of the list could not be read or names no image (a service that is
only built here); 2: the command line cannot be understood.`,
		Example: `attestree fleet images.txt --policy policy.yaml
kubectl get pods -A -o json | attestree fleet - -o json
attestree fleet ghcr.io/org/server -o csv
attestree fleet ./manifests --since last.jsonl --report now.jsonl
attestree fleet merge part-*.jsonl -o markdown`,
		Args: run.ExactlyOneSource,
		RunE: func(cmd *cobra.Command, args []string) error { return look(cmd.Context(), a, f.on(cmd), args[0]) },
	}
	f.register(c)
	a.Flags.RegisterScreen(c)
	c.AddCommand(newMerge(a))
	return c
}

func (f *fleetFlags) register(c *cobra.Command) {
	p := c.Flags()
	p.StringVarP(&f.output, "output", "o", "text", forms)
	p.StringVar(&f.report, "report", "", "also keep the report in this file, in JSON lines")
	p.BoolVar(&f.resume, "resume", false, "go on with the report that an interrupted run left")
	p.StringVar(&f.since, "since", "", "say what changed since this report (JSON lines)")
	p.StringVar(&f.shard, "shard", "", "look at one part of the list only: I/N, from 1/N to N/N")
	p.IntVar(&f.shards, "shards", 0, "look at the part of N that $JOB_COMPLETION_INDEX says, from 0")
	p.IntVar(&f.inFlight, "in-flight", 0, "how many images are looked at at once (32)")
}

// on takes note of whether a form was asked for.
func (f *fleetFlags) on(c *cobra.Command) *fleetFlags {
	f.printed = c.Flags().Changed("output")
	return f
}

func (f *fleetFlags) validate() error {
	switch {
	case !slices.Contains([]string{"text", "json", "csv", "markdown"}, f.output):
		return exit.Usage(fmt.Errorf("--output %q: want %s", f.output, forms))
	case f.shard != "" && f.shards != 0:
		return exit.Contradiction("shard", "shards")
	case f.shards < 0:
		return exit.Usage(fmt.Errorf("--shards %d: want the number of parts", f.shards))
	case f.inFlight < 0 || f.inFlight > 1000:
		return exit.Usage(fmt.Errorf("--in-flight %d: want 1 to 1000", f.inFlight))
	}
	return nil
}

// part is the shard that the flags or the batch engine name.
func (f *fleetFlags) part(getenv func(string) string) (fleet.Shard, error) {
	const want = "--shard %q: want I/N, from 1/N to N/N"
	if f.shards > 0 {
		text := getenv("JOB_COMPLETION_INDEX")
		index, err := strconv.Atoi(text)
		if err != nil || index < 0 || index >= f.shards {
			return fleet.Shard{}, exit.Usage(fmt.Errorf("--shards %d: $JOB_COMPLETION_INDEX is %q, and has to be 0 to %d", f.shards, text, f.shards-1))
		}
		return fleet.Shard{Index: index, Count: f.shards}, nil
	}
	if f.shard == "" {
		return fleet.Shard{}, nil
	}
	i, n, found := strings.Cut(f.shard, "/")
	index, err := strconv.Atoi(i)
	count, err2 := strconv.Atoi(n)
	if !found || err != nil || err2 != nil || index < 1 || index > count {
		return fleet.Shard{}, exit.Usage(fmt.Errorf(want, f.shard))
	}
	return fleet.Shard{Index: index - 1, Count: count}, nil
}

// look is "fleet": list, look at everything, print, and answer with the exit code.
func look(ctx context.Context, a *run.App, f *fleetFlags, source string) error {
	if err := errors.Join(a.Flags.Validate(), f.validate()); err != nil {
		return err
	}
	shard, err := f.part(a.Getenv)
	if err != nil {
		return err
	}
	if a.Flags.Artifact != "" || a.Flags.Digest != "" || a.Flags.As != "" {
		return exit.Usage(errors.New("--artifact, --digest and --as are about one file, and a fleet is of images in registries"))
	}
	list, err := references(ctx, a, source, shard)
	if err != nil {
		return err
	}
	run, err := newRun(ctx, a, f, source, list, shard)
	if err != nil {
		return err
	}
	if a.Terminal && !f.printed {
		return onScreen(ctx, a, run)
	}
	return run.do(ctx)
}

// isFolder reports whether a source is one.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
