package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
)

// outcome is how one run ended.
type outcome struct {
	name    string
	way     string // how the artifact was given: "file" or "digest"
	bad     bool   // it must not verify
	code    int    // exit code
	verdict string
	check   string // that decided, "" if it verified
	why     string
}

// runAll runs every case in both ways.
func runAll(ctx context.Context, cases []testCase) []outcome {
	outcomes := make([]outcome, 0, 2*len(cases))
	for _, c := range cases {
		outcomes = append(outcomes, c.run(ctx, "file", "--artifact", c.artifact), c.run(ctx, "digest", "--digest", c.digest))
	}
	return outcomes
}

// run gives a case to the command line.
func (c testCase) run(ctx context.Context, way string, subject ...string) outcome {
	args := append([]string{"verify", c.bundle, "--output", "json"}, append(subject, c.flags...)...)
	var stdout, stderr bytes.Buffer
	code := command.Main(ctx, "conformance", command.Environment{
		Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		Getenv: func(string) string { return "" }, Now: time.Now,
	})
	o := outcome{name: c.name, way: way, bad: c.bad, code: code}
	var document struct {
		Root *struct {
			Verdict, Reason string
			Checks          []struct {
				ID, Status string
				Required   bool
				Detail     string
			}
		}
	}
	if err := json.Unmarshal(stdout.Bytes(), &document); err != nil || document.Root == nil {
		o.check, o.why = refused, strings.TrimSpace(stderr.String())
		return o
	}
	o.verdict, o.why = document.Root.Verdict, document.Root.Reason
	for _, status := range []string{"failed", "skipped"} {
		for _, check := range document.Root.Checks {
			if o.check == "" && check.Required && check.Status == status && check.Detail == o.why {
				o.check = check.ID
			}
		}
	}
	return o
}
