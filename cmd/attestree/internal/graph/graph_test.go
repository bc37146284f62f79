package graph

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPath(t *testing.T) {
	t.Parallel()
	g := Graph{
		"app":   {Imports: []string{"pane", "long"}},
		"pane":  {Imports: []string{"rows"}, TestImports: []string{"net"}},
		"long":  {Imports: []string{"longer"}},
		"rows":  {Imports: []string{"socket", "app"}},
		"alone": {},
		// Two ways lead to socket; the shorter one is worth reading.
		"longer": {Imports: []string{"rows", "socket"}},
	}
	tests := []struct {
		name, from, to string
		want           []string
	}{
		{"follows imports to the end", "app", "socket", []string{"app", "pane", "rows", "socket"}},
		{"finds a direct import", "rows", "socket", []string{"rows", "socket"}},
		{"leaves out what only tests import", "app", "net", nil},
		{"ends where imports go in a circle", "app", "nowhere", nil},
		{"does not ask about the first package", "alone", "alone", nil},
		{"knows nothing of a package that is not listed", "stranger", "socket", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := g.Path(test.from, func(p string) bool { return p == test.to })
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWithin(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, path, folder string
		want               bool
	}{
		{"a folder is within itself", "a/b", "a/b", true},
		{"a folder below is within", "a/b/c", "a/b", true},
		{"a folder whose name goes on is not", "a/bc", "a/b", false},
		{"a folder above is not", "a", "a/b", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := Within(test.path, test.folder); got != test.want {
				t.Errorf("Within(%q, %q) = %t", test.path, test.folder, got)
			}
		})
	}
}

func TestLoadSaysWhyThereIsNoModule(t *testing.T) {
	t.Parallel()
	if g, err := Load(t.Context(), t.TempDir(), "linux", "./..."); err == nil {
		t.Errorf("loaded %d packages from an empty folder", len(g))
	}
}

func TestParseRefusesWhatGoListDoesNotPrint(t *testing.T) {
	t.Parallel()
	if _, err := parse([]byte(`{"ImportPath": "a"} {"ImportPath": `)); err == nil {
		t.Error("half an object was read")
	}
}
