package graph

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	module = "github.com/attestree/attestree"
	top    = "../../../.." // of the module, seen from here

	sigstoreGo        = "github.com/sigstore/sigstore-go"
	containerRegistry = "github.com/google/go-containerregistry"
	openPolicyAgent   = "github.com/open-policy-agent/opa"
)

// rooms are the folders that may hold code, and the rooms whose packages each may reach.
var rooms = map[string][]string{
	"cmd":      {"cmd", "ui", "model", "verifier", "registry", "testdata"},
	"ui":       {"ui", "model"},
	"verifier": {"verifier", "model"},
	"registry": {"registry", "model"},
	"model":    {"model"},
	"testdata": {"testdata"},
}

// rule complains of every place where a graph breaks it, one line each.
type rule struct {
	name  string
	check func(Graph) []string
	// broken is an import that the rule must complain of: from one of our packages, to another package.
	broken [2]string
}

var rules = []rule{
	{"rooms reach only the rooms below them", roomsReachDown, [2]string{"registry/remote", module + "/verifier"}},
	{"tests import only the rooms below them and the data", testsReachDown, [2]string{"ui/tree", module + "/registry"}},
	{"sigstore-go is used by the verifier only", library(sigstoreGo, "verifier"), [2]string{"cmd/attestree", sigstoreGo + "/pkg/root"}},
	{"go-containerregistry is used by the registry only", library(containerRegistry, "registry"), [2]string{"verifier/trust", containerRegistry + "/pkg/name"}},
	{"OPA is used by the verifier only", library(openPolicyAgent, "verifier"), [2]string{"cmd/attestree", openPolicyAgent + "/v1/ast"}},
	{"the model reaches neither network nor programs", unreachable("model", "net", "net/http", "os/exec", "log", "log/slog"), [2]string{"model/predicate", "os/exec"}},
	{"the model touches no file itself", unused("model", "os", "io/fs", "path/filepath", "syscall"), [2]string{"model", "os"}},
	{"the screen reaches no network", unreachable("ui", "net/http", "crypto/tls"), [2]string{"ui", "net/http"}},
	{"the screen is made of Charm and the standard library", charmOnly, [2]string{"ui/rows", "github.com/tidwall/gjson"}},
	{"no program links what only tests need", unlinked("ui/uitest", "registry/registrytest", "verifier/trust/tuf/tuftest", "registry/npm/npmtest", "registry/pypi/pypitest"), [2]string{"verifier/trust/tuf", module + "/verifier/trust/tuf/tuftest"}},
	{"embedded data needs the standard library only", standardOnly, [2]string{"testdata", "github.com/tidwall/gjson"}},
}

func TestTheModuleKeepsEveryRule(t *testing.T) {
	t.Parallel()
	// A rule that holds on one system only is not held: files differ between them.
	for _, goos := range []string{"linux", "darwin", "windows"} {
		g, err := Load(t.Context(), top, goos, "./...", "./testdata")
		if err != nil {
			t.Fatal(err)
		}
		if len(ours(g)) < len(rooms) {
			t.Fatalf("only %d packages of ours on %s: the wrong folder was read", len(ours(g)), goos)
		}
		for _, r := range rules {
			t.Run(goos+": "+r.name, func(t *testing.T) {
				t.Parallel()
				for _, complaint := range r.check(g) {
					t.Error(complaint)
				}
			})
		}
	}
}

func TestEveryRuleComplainsWhenItIsBroken(t *testing.T) {
	t.Parallel()
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			from, to := module+"/"+r.broken[0], r.broken[1]
			p := Package{ImportPath: from, Imports: []string{to}}
			if strings.HasPrefix(r.name, "tests") {
				p = Package{ImportPath: from, TestImports: []string{to}}
			}
			g := Graph{from: p, to: {ImportPath: to}}
			if len(r.check(g)) == 0 {
				t.Errorf("%s may import %s", from, to)
			}
		})
	}
}

func TestCodeLivesInTheRoomsOnly(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(top)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		_, known := rooms[entry.Name()]
		if known || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if file := firstGoFile(t, filepath.Join(top, entry.Name())); file != "" {
			t.Errorf("%s holds code (%s) and is none of the rooms", entry.Name(), file)
		}
	}
}

// firstGoFile is a Go file at or below path, "" if there is none.
func firstGoFile(t *testing.T, path string) string {
	t.Helper()
	found := ""
	err := filepath.WalkDir(path, func(at string, _ fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(at) == ".go" {
			found = at
			return fs.SkipAll
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func ours(g Graph) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(g)), func(p string) bool { return !Within(p, module) })
}

// room is the top-level folder of one of our packages.
func room(importPath string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(importPath, module+"/"), "/")
	return name
}

func roomsReachDown(g Graph) (complaints []string) {
	for _, from := range ours(g) {
		path := g.Path(from, func(to string) bool {
			return Within(to, module) && !slices.Contains(rooms[room(from)], room(to))
		})
		if path != nil {
			complaints = append(complaints, strings.Join(path, "\n  imports "))
		}
	}
	return complaints
}

func testsReachDown(g Graph) (complaints []string) {
	for _, from := range ours(g) {
		for _, to := range g[from].Tests() {
			allowed := !Within(to, module) || room(to) == "testdata" || slices.Contains(rooms[room(from)], room(to))
			if !allowed {
				complaints = append(complaints, fmt.Sprintf("a test of %s imports %s", from, to))
			}
		}
	}
	return complaints
}

// library is the rule that one room, and the generator of the demo image, use a library and nothing else does.
func library(name, home string) func(Graph) []string {
	return func(g Graph) []string {
		return imports(g, func(from, to string) bool {
			generator := Within(from, module+"/cmd/attestree/internal/gendemo")
			return Within(to, name) && room(from) != home && !generator
		})
	}
}

func unused(in string, packages ...string) func(Graph) []string {
	return func(g Graph) []string {
		return imports(g, func(from, to string) bool { return room(from) == in && slices.Contains(packages, to) })
	}
}

// unlinked is the rule that nothing but tests imports the packages.
func unlinked(packages ...string) func(Graph) []string {
	return func(g Graph) []string {
		return imports(g, func(_, to string) bool { return slices.Contains(packages, strings.TrimPrefix(to, module+"/")) })
	}
}

func charmOnly(g Graph) []string {
	return imports(g, func(from, to string) bool {
		charm := Within(to, "charm.land") || Within(to, "github.com/charmbracelet")
		return room(from) == "ui" && !charm && !g[to].Standard && !Within(to, module)
	})
}

func standardOnly(g Graph) []string {
	return imports(g, func(from, to string) bool { return room(from) == "testdata" && !g[to].Standard })
}

// imports complains of every import of one of our packages that is unwanted.
func imports(g Graph, unwanted func(from, to string) bool) (complaints []string) {
	for _, from := range ours(g) {
		for _, to := range g[from].Imports {
			if unwanted(from, to) {
				complaints = append(complaints, fmt.Sprintf("%s imports %s", from, to))
			}
		}
	}
	return complaints
}

// unreachable is the rule that no package of a room reaches any of the packages, through whatever.
func unreachable(from string, packages ...string) func(Graph) []string {
	return func(g Graph) (complaints []string) {
		for _, p := range ours(g) {
			if room(p) != from {
				continue
			}
			if path := g.Path(p, func(to string) bool { return slices.Contains(packages, to) }); path != nil {
				complaints = append(complaints, strings.Join(path, "\n  imports "))
			}
		}
		return complaints
	}
}
