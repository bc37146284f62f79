// Package graph reads the import graph of this module, so that a test can hold the rules between its rooms. A linter
// sees one import at a time; this package follows them to the end.
//
// It knows what the go command says about packages. It must not know what any package is for: the rules are in the test.
package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// Package is one package as the go command lists it.
type Package struct {
	ImportPath   string
	Standard     bool     // part of the Go distribution
	Imports      []string // without those of tests
	TestImports  []string // of _test.go files in the package
	XTestImports []string // of _test.go files beside the package
}

// Tests is what the package's tests import.
func (p Package) Tests() []string { return append(slices.Clone(p.TestImports), p.XTestImports...) }

// Graph maps import paths to packages: those asked for and everything that they import, tests left out.
type Graph map[string]Package

// Load lists the packages that match patterns in the module at dir, for the given operating system ("linux"), and
// everything that they import. The go command must be in the path.
func Load(ctx context.Context, dir, goos string, patterns ...string) (Graph, error) {
	args := append([]string{"list", "-deps", "-json=ImportPath,Standard,Imports,TestImports,XTestImports"}, patterns...)
	command := exec.CommandContext(ctx, "go", args...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GOOS="+goos, "CGO_ENABLED=0")
	var complaints bytes.Buffer
	command.Stderr = &complaints
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("list packages for %s: %w: %s", goos, err, strings.TrimSpace(complaints.String()))
	}
	return parse(out)
}

// parse reads the stream of JSON objects that go list prints.
func parse(listing []byte) (Graph, error) {
	g := Graph{}
	for decoder := json.NewDecoder(bytes.NewReader(listing)); ; {
		var p Package
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return g, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read list of packages: %w", err)
		}
		g[p.ImportPath] = p
	}
}

// Path is a shortest chain of imports from one package to another for which unwanted is true, ends included; nil if
// there is none. The first package itself is not asked about.
func (g Graph) Path(from string, unwanted func(importPath string) bool) []string {
	came := map[string]string{from: ""}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for _, next := range g[at].Imports {
			if _, seen := came[next]; seen {
				continue
			}
			came[next] = at
			if unwanted(next) {
				return chain(came, next)
			}
			queue = append(queue, next)
		}
	}
	return nil
}

func chain(came map[string]string, end string) []string {
	var steps []string
	for at := end; at != ""; at = came[at] {
		steps = append(steps, at)
	}
	slices.Reverse(steps)
	return steps
}

// Within reports whether an import path is that of a folder or lies below it.
func Within(importPath, folder string) bool {
	return importPath == folder || strings.HasPrefix(importPath, folder+"/")
}
