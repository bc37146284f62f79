package graph

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// Sink is a place in the source where text can reach a terminal.
type Sink struct {
	File string // slashes, below the folder that was read
	What string // os.Stderr, fmt.Println, a.Stdout, …
	Line int
	Safe bool // it is the argument of safe.NewWriter
}

func (s Sink) String() string { return fmt.Sprintf("%s:%d: %s", s.File, s.Line, s.What) }

// sinks by package name: what writes to a terminal by itself, or sets its title or clipboard.
var sinkNames = map[string][]string{
	"os":  {"Stdout", "Stderr"},
	"fmt": {"Print", "Printf", "Println"},
	"tea": {"Println", "Printf", "Raw", "SetClipboard", "SetPrimaryClipboard"},
	"log": {"Print", "Printf", "Println", "Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln", "Default", "New"},
}

// writers are names of fields and methods that are, or give, a terminal's stream.
var writers = map[string]bool{
	"Stdout": true, "Stderr": true, "OutOrStdout": true, "OutOrStderr": true, "ErrOrStderr": true, "Hyperlink": true,
	"PrintErr": true, "PrintErrf": true, "PrintErrln": true,
}

// Sinks are those of the Go files below a folder, tests and data left out. It reads the syntax only: it sees names, not
// what they mean, and so rather one too many.
func Sinks(folder string) ([]Sink, error) {
	var out []Sink
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == "testdata" && path != folder {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		found, err := sinksOf(path, filepath.ToSlash(name))
		out = append(out, found...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for sinks: %w", err)
	}
	return out, nil
}

// sinksOf are the sinks of one file.
func sinksOf(path, name string) ([]Sink, error) {
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var out []Sink
	guarded := map[ast.Node]bool{}
	ast.Inspect(parsed, func(n ast.Node) bool {
		what := ""
		switch n := n.(type) {
		case *ast.CallExpr:
			if isSelector(n.Fun, "safe", "NewWriter") && len(n.Args) == 1 {
				guarded[n.Args[0]] = true
			}
			if f, is := n.Fun.(*ast.Ident); is && (f.Name == "print" || f.Name == "println") {
				what = f.Name
			}
		case *ast.SelectorExpr:
			what = sink(n)
		case *ast.KeyValueExpr:
			if k, is := n.Key.(*ast.Ident); is && k.Name == "WindowTitle" && !isConstant(n.Value) {
				what = "WindowTitle"
			}
		}
		if what != "" {
			out = append(out, Sink{File: name, What: what, Line: files.Position(n.Pos()).Line, Safe: guarded[n]})
		}
		return true
	})
	return out, nil
}

// sink is what a selector writes to, "" if it is none.
func sink(n *ast.SelectorExpr) string {
	of, is := n.X.(*ast.Ident)
	if is {
		for _, name := range sinkNames[of.Name] {
			if n.Sel.Name == name {
				return of.Name + "." + name
			}
		}
	}
	if writers[n.Sel.Name] {
		return "." + n.Sel.Name
	}
	return ""
}

func isSelector(e ast.Expr, of, name string) bool {
	s, is := e.(*ast.SelectorExpr)
	if !is {
		return false
	}
	x, is := s.X.(*ast.Ident)
	return is && x.Name == of && s.Sel.Name == name
}

func isConstant(e ast.Expr) bool {
	_, is := e.(*ast.BasicLit)
	return is
}
