package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
)

func TestMain(m *testing.M) {
	beProgram()
	testscript.Main(m, map[string]func(){
		"attestree": func() { os.Exit(command.Main(context.Background(), "0.0.0-test", command.System())) },
	})
}

// TestScripts runs the program as a person at a shell would; see testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			// A fresh home, so that nobody's docker credentials or settings decide a test.
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("DOCKER_CONFIG", env.WorkDir)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits, "json": jsonField, "image": image,
		},
	})
}
