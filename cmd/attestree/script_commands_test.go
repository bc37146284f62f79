package main

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/tidwall/gjson"
)

// exits runs attestree and wants an exit code: exits CODE ARGS…  Output is in stdout and stderr as after exec.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec("attestree", args[1:]...)
	got := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("run attestree: %v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// jsonField compares a field of the JSON on stdout, in gjson syntax: json PATH VALUE.
func jsonField(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: json PATH VALUE")
	}
	out := ts.ReadFile("stdout")
	if !json.Valid([]byte(out)) {
		ts.Fatalf("stdout is not JSON")
	}
	got := gjson.Get(out, args[0]).String()
	if (got == args[1]) == neg {
		ts.Fatalf("%s is %q, want %q (negated: %v)", args[0], got, args[1], neg)
	}
}

// image copies a folder of the top-level testdata into the script's folder: image NAME.
func image(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: image NAME")
	}
	from, err := filepath.Abs(filepath.Join("..", "..", "testdata", args[0]))
	ts.Check(err)
	ts.Check(os.CopyFS(ts.MkAbs(filepath.Base(args[0])), os.DirFS(from)))
}
