package graph

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tools are programs of the work, which print to whoever runs them and are not in attestree.
var tools = []string{"benchpeers", "conformance", "gendemo", "graph", "picture", "pictures"}

// doors are the files that may hand on a stream other than through safe.NewWriter, with why nothing raw passes there.
var doors = map[string]string{
	"cmd/attestree/internal/command/main.go":               "takes the streams from the system; cobra's and fang's help is text of ours, errors go through explain",
	"cmd/attestree/internal/command/run/terminal.go":       "asks what colours there are, and writes nothing",
	"cmd/attestree/internal/command/run/print.go":          "package output, whose pages pass safe.Frame and whose JSON is escaped",
	"cmd/attestree/internal/command/run/tree.go":           "its progress is our words and numbers",
	"cmd/attestree/internal/command/run/kms.go":            "the stream of a plugin, which is read and not shown",
	"cmd/attestree/internal/command/auditcmd/audit.go":     "package output: JSON is escaped, Markdown passes safe.Frame",
	"cmd/attestree/internal/command/auditcmd/source.go":    "package output: JSON is escaped, Markdown passes safe.Frame",
	"cmd/attestree/internal/command/auditcmd/packages.go":  "package output: JSON is escaped, Markdown passes safe.Frame; its progress is our words and numbers",
	"cmd/attestree/internal/command/fleetcmd/print.go":     "package output: JSON is escaped, CSV and Markdown pass safe.Frame",
	"cmd/attestree/internal/command/fleetcmd/run.go":       "its progress is our words and numbers",
	"cmd/attestree/internal/command/fleetcmd/screen.go":    "keeps what a run says for the screen, which sanitises it",
	"cmd/attestree/internal/command/imagecmd/commands.go":  "package output: JSON is escaped",
	"cmd/attestree/internal/command/imagecmd/diff.go":      "package output: JSON is escaped, Markdown passes safe.Frame",
	"cmd/attestree/internal/command/imagecmd/export.go":    "writes a safe.Line",
	"cmd/attestree/internal/command/imagecmd/policy.go":    "package output: JSON is escaped",
	"cmd/attestree/internal/command/packagecmd/package.go": "package output: JSON is escaped",
	"cmd/attestree/internal/command/trustcmd/roots.go":     "output/rootreport: JSON is escaped, text passes safe.NewWriter",
	"cmd/attestree/internal/command/keys.go":               "package output: JSON is escaped",
	"cmd/attestree/internal/command/screen/pager.go":       "the pager's own streams; what it is given to show is sanitised",
	"registry/helper.go":                                   "the stream of a credential helper, which is read and not shown",
	"ui/copymenu.go":                                       "copies what is called raw as it is, after it was named so: base64 on its way, and the person's to paste",
	"ui/fleet/keys.go":                                     "a safe.Line",
	"ui/clipboard.go":                                      "takes a safe.Text",
	"verifier/silence.go":                                  "takes standard error away from a library while that starts",
}

// leaks are the sinks of a module that no door accounts for.
func leaks(t *testing.T, folder string) (out []string) {
	t.Helper()
	found, err := Sinks(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range found {
		if !s.Safe && doors[s.File] == "" && !ofTools(s.File) {
			out = append(out, s.String())
		}
	}
	return out
}

func ofTools(file string) bool {
	return slices.ContainsFunc(tools, func(tool string) bool { return strings.HasPrefix(file, "cmd/attestree/internal/"+tool+"/") })
}

func TestNoTextReachesATerminalPastTheSanitiser(t *testing.T) {
	t.Parallel()
	for _, leak := range leaks(t, top) {
		t.Errorf("%s\n  write through safe.NewWriter, or say in doors why nothing raw can pass", leak)
	}
}

func TestEveryDoorIsOne(t *testing.T) {
	t.Parallel()
	found, err := Sinks(top)
	if err != nil {
		t.Fatal(err)
	}
	for file := range doors {
		if !slices.ContainsFunc(found, func(s Sink) bool { return s.File == file && !s.Safe }) {
			t.Errorf("%s hands on no stream any more", file)
		}
	}
}

func TestEveryKindOfLeakIsNoticed(t *testing.T) {
	t.Parallel()
	want := []string{
		"leak.go:18: fmt.Println", "leak.go:19: os.Stderr", "leak.go:20: .Stdout", "leak.go:21: println",
		"leak.go:22: tea.SetClipboard", "leak.go:23: tea.Println", "leak.go:24: WindowTitle",
	}
	if diff := cmp.Diff(want, leaks(t, filepath.Join("testdata", "leak"))); diff != "" {
		t.Errorf("-want +noticed\n%s", diff)
	}
}
