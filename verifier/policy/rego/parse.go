package rego

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
)

// maxSource is how large a policy may be, in bytes. Real ones are a hundredth of it.
const maxSource = 256 << 10

// Version is a version of the language. They differ in syntax, and each refuses what is written for the other.
type Version string

// The versions.
const (
	V0 Version = "v0" // until OPA 1.0; what cosign and policy-controller evaluate
	V1 Version = "v1"
)

// Policy is one Rego file that parses and compiles. It is safe for concurrent use.
type Policy struct {
	Name    string
	Source  []byte
	Package string  // "signature"
	Version Version // that it was read as: V1 where both will do
	Also    bool    // the other version would have done as well

	module   *ast.Module
	compiler *ast.Compiler
}

// Problem is why a policy cannot be evaluated. Line is 0 where it is about the whole file.
type Problem struct {
	Line    int
	Message string // one sentence; may quote the file
}

// Error is the problem with its line.
func (p *Problem) Error() string {
	if p.Line == 0 {
		return p.Message
	}
	return fmt.Sprintf("line %d: %s", p.Line, p.Message)
}

// Parse reads a policy as Rego v1, and where that is refused as v0. It is bounded like an evaluation; the error is a
// *Problem.
func Parse(ctx context.Context, name string, source []byte) (*Policy, error) {
	switch {
	case len(source) > maxSource:
		return nil, &Problem{Message: fmt.Sprintf("the file is larger than %d KiB, which no policy is", maxSource>>10)}
	case !utf8.Valid(source):
		return nil, &Problem{Message: "the file is not UTF-8 text"}
	}
	var p *Policy
	err := bounded(ctx, func(context.Context) error {
		var err error
		p, err = parse(name, source)
		return err
	}, func() {})
	var problem *Problem
	switch {
	case errors.As(err, &problem):
		return nil, problem
	case err != nil:
		return nil, &Problem{Message: "it could not be read: " + err.Error()}
	}
	return p, nil
}

func parse(name string, source []byte) (*Policy, error) {
	p := &Policy{Name: name, Source: source, Version: V1}
	module, err := parseAs(source, ast.RegoV1)
	old, oldErr := parseAs(source, ast.RegoV0)
	switch {
	case err == nil:
		p.Also = oldErr == nil
	case oldErr == nil:
		p.Version, module = V0, old
	default:
		return nil, problemOf(cmp.Or(err, oldErr))
	}
	if module == nil {
		return nil, &Problem{Message: "the file is empty"}
	}
	p.module = module
	p.Package = strings.TrimPrefix(module.Package.Path.String(), "data.")
	p.compiler = ast.NewCompiler().WithCapabilities(capabilities()).WithKeepModules(true)
	if p.compiler.Compile(map[string]*ast.Module{"policy": module.Copy()}); p.compiler.Failed() {
		return nil, problemOf(p.compiler.Errors)
	}
	if line := replacesInput(module); line > 0 {
		return nil, &Problem{line, "the keyword with is not supported: it evaluates over something else than the statement"}
	}
	return p, nil
}

// replacesInput is the line of the first expression that is evaluated over another input or other data, 0 for none.
func replacesInput(m *ast.Module) int {
	line := 0
	ast.WalkExprs(m, func(e *ast.Expr) bool {
		if len(e.With) > 0 && line == 0 && e.Location != nil {
			line = max(e.Location.Row, 1)
		}
		return false
	})
	return line
}

func parseAs(source []byte, version ast.RegoVersion) (*ast.Module, error) {
	return ast.ParseModuleWithOpts("", string(source), ast.ParserOptions{RegoVersion: version, Capabilities: capabilities()})
}

// undefinedFunction is how the compiler says that a function is not known.
var undefinedFunction = regexp.MustCompile(`undefined function ([A-Za-z0-9_.]+)`)

// problemOf is the first of the library's errors in our words.
func problemOf(err error) *Problem {
	var several ast.Errors
	if !errors.As(err, &several) || len(several) == 0 {
		return &Problem{Message: "it is no Rego that can be read: " + firstLine(err.Error())}
	}
	first := several[0]
	for _, e := range several { // a function that is not had explains the errors around it
		if undefinedFunction.MatchString(e.Message) {
			first = e
			break
		}
	}
	line := 0
	if first.Location != nil {
		line = first.Location.Row
	}
	if at := undefinedFunction.FindStringSubmatch(first.Message); at != nil {
		why := whyDenied(at[1])
		switch {
		case why == "" && strings.HasPrefix(at[1], "data."):
			why = "it is of another package, and nothing is given beside the file"
		case why == "":
			why = "OPA has none of that name"
		}
		return &Problem{line, fmt.Sprintf("the function %s is not supported: %s", at[1], why)}
	}
	return &Problem{line, "it is no Rego that can be read: " + firstLine(first.Message)}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
