package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// screenView is a view of the screen: how one gets there, what tells that it is there, and which types and overlays of
// package ui it shows.
type screenView struct {
	name  string
	keys  []string // each is typed when the screen shows what stands before it
	shows string
	parts []string
	// start is another way to begin than to open the image: the program's arguments, and what tells that it is ready.
	start func(t *testing.T, h hostile, home, folder string) (args []string, ready string)
}

// screenViews is every view. A test wants every scene and overlay of package ui to be in it.
func screenViews() []screenView {
	attested := []string{"jjjjjjj"}
	return []screenView{
		{name: "tree", shows: "index", parts: []string{"overlayNone"}},
		{name: "summary", keys: append(attested, "1"), shows: "┤ Human review"},
		{name: "checks", keys: append(attested, "2"), shows: "[2 "},
		{name: "signer", keys: append(attested, "3"), shows: "[3 "},
		{name: "payload", keys: append(attested, "4"), shows: "[4 "},
		{name: "payload, long", keys: append(attested, "4", "G"), shows: "[4 "},
		{name: "raw", keys: append(attested, "5"), shows: "[5 "},
		{name: "hex", keys: append(attested, "5", "x"), shows: "00000000"},
		{name: "ledger", keys: []string{"\t\tG"}, shows: "┤ How it was found"},
		{name: "help", keys: []string{"?"}, shows: "esc closes", parts: []string{"overlayHelp"}},
		{name: "search", keys: []string{"/evil"}, shows: "/evil", parts: []string{"overlaySearch"}},
		{name: "filter", keys: []string{"fevil"}, shows: "evil"},
		{name: "pin", keys: append(attested, "t"), shows: "Trust this signer", parts: []string{"overlayPin"}},
		{name: "save", keys: append(attested, "t", "w"), shows: "olicy file", parts: []string{"overlaySave"}},
		{name: "signers", keys: []string{"s"}, shows: "Trusted signers", parts: []string{"overlaySigners"}},
		{name: "policy", keys: []string{"p"}, shows: "┤ Policy", parts: []string{"overlayPolicy"}},
		{name: "trusted root", keys: []string{"u"}, shows: "Trusted root", parts: []string{"overlayRoot"}},
		{name: "palette", keys: []string{":"}, shows: "actions, views, nodes", parts: []string{"overlayPalette"}},
		{name: "palette, nodes", keys: []string{":owned"}, shows: ":owned"},
		{name: "audit", keys: []string{"a"}, shows: "Audit of allowed issues", parts: []string{"audit.View"}},
		{name: "packages", keys: []string{"P"}, shows: "┤ Packages", parts: []string{"packages.View"}},
		{name: "a package", keys: []string{"P", "\r"}, shows: "┤ Package"},
		{name: "coverage", keys: []string{"c"}, shows: "┤ Coverage", parts: []string{"coverage.View"}},
		{name: "a cell", keys: []string{"c", "\r"}, shows: "┤ Signature of index", parts: []string{"coverage.cellView"}},
		{name: "compare", keys: []string{"d"}, shows: "┤ Compare", parts: []string{"diff.View"}},
		{name: "compared", keys: []string{"d", "demo\r"}, shows: "┤ Compare with demo"},
		{name: "breaking", keys: append(attested, "x"), shows: "BROKEN ON PURPOSE", parts: []string{"breaking.View"}},
		{name: "policy doctor", keys: []string{"D"}, shows: "octor", parts: []string{"doctor.View"}},
		{name: "copy menu", keys: append(attested, "y"), shows: "┤ Copy", parts: []string{"overlayCopy"}},
		{name: "export", keys: append(attested, "e"), shows: "┤ Export", parts: []string{"overlayExport"}},
		{name: "by signer", keys: []string{"b"}, shows: "proven signers", parts: []string{"signers.View"}},
		{name: "learn", keys: append(attested, "6"), shows: "[6 "},
		{name: "learn, to its end", keys: append(attested, "6", "G"), shows: "[6 "},
		{name: "query", keys: append(attested, "4", "f@this"), shows: "@this"},
		{name: "marked", keys: []string{" j j ", "y"}, shows: "┤ Copy"},
		{name: "start", shows: "To look around", start: startWithHostileNames},
		{name: "start, something chosen", keys: []string{"\t" + "evil\u202e\u009b2J:x"}, shows: "evil⟨U+202E⟩2J:x", start: startWithHostileNames},
		{name: "start, nothing there", keys: []string{"\tnowhere/\u202e\u009b2J\r"}, shows: "could not open", start: startWithHostileNames},
		{name: "fleet", shows: "done,", start: startFleet},
		{name: "fleet, an image", keys: []string{"\r"}, shows: "Attached", start: startFleet},
		{name: "fleet, narrowed", keys: []string{"/evil"}, shows: "filter: evil", start: startFleet},
		{name: "compared with a saved report", shows: "┤ Compare with", keys: []string{"d", "REPORT\r"}},
		{name: "lines", shows: "help or quit", start: func(_ *testing.T, h hostile, _, _ string) ([]string, string) {
			return append([]string{h.reference, "--plain", "--no-cache"}, h.trust()...), "help or quit"
		}},
	}
}

// startWithHostileNames begins without a source, in a folder whose files have hostile names, and with a history of them.
func startWithHostileNames(t *testing.T, _ hostile, home, folder string) ([]string, string) {
	t.Helper()
	for _, name := range []string{attack, "a\u202egpj.exe", "b\u200b"} {
		if err := os.CopyFS(filepath.Join(folder, strings.ReplaceAll(name, "/", "_")), unzip(t, "../hostile/image.zip")); err != nil {
			t.Fatal(err)
		}
	}
	kept := filepath.Join(home, "state", "attestree")
	raw, err := json.Marshal(map[string]any{"opened": []any{
		map[string]any{"source": attack, "at": "2026-11-01T00:00:00Z"}, map[string]any{"source": "r.example/a\u202eb:1", "at": "2026-11-02T00:00:00Z"},
	}})
	if err := errors.Join(err, os.MkdirAll(kept, 0o700), os.WriteFile(filepath.Join(kept, "opened.json"), raw, 0o600)); err != nil {
		t.Fatal(err)
	}
	return []string{"--no-animation"}, "To look around"
}

// startFleet begins with a list in which hostile lines stand beside the image.
func startFleet(_ *testing.T, h hostile, _, _ string) ([]string, string) {
	list := h.list(":1.4.0", "evil\x1b[2J\u202e\u009b2J\xff:1", "r.example/a\u200b:1")
	return append([]string{"fleet", list, "--no-animation", "--no-cache"}, h.trust()...), "done,"
}

// hiddenSign is what stands for a character that a terminal would have obeyed or not shown. Whatever view it is in, the
// reader is told.
var hiddenSign = regexp.MustCompile(`[\x{2400}-\x{2408}\x{240b}-\x{2421}]|⟨(U\+(00[89]|200|202|206)|x[0-9A-F]{2}⟩)`)

// ownSequences are what the program itself tells a terminal, by the renderer of Bubble Tea.
var ownSequences = regexp.MustCompile("^(?:" + strings.Join([]string{
	`[\r\n\x08\t]`,
	`\x1b\[[0-9;:]*[A-HJKLMPSTXZ@bdm]`,          // cursor, erasing, inserting, colours
	`\x1b\[[?>=<][0-9;]*(?:[hlmnuqW]|\$p)`,      // modes, and questions about them
	`\x1b\[[0-9;]*(?:[rhlcn]| q)`,               // scroll region, cursor's shape
	`\x1b\[>?[0-9]*[cq]`,                        // who are you
	`\x1bP\+q[0-9A-Fa-f;]*\x1b\\`,               // what can you do
	`\x1b\]2;(?:attestree)?(?:\x07|\x1b\\)`,     // the title, which is ours
	`\x1b\]1[0-2];\?(?:\x07|\x1b\\)`,            // which colours have you
	`\x1b\]11[0-2](?:\x07|\x1b\\)`,              // take them back
	`\x1b\]22;[a-z]*(?:\x07|\x1b\\)`,            // the pointer's shape
	`\x1b[78M=>]`,                               // cursor kept and put back
	`\x1b\]52;c;[0-9A-Za-z+/=]*(?:\x07|\x1b\\)`, // what was copied
}, "|") + ")")

// TestNothingOfAHostileImageActsOnTheScreen looks at every view of the hostile image in a real terminal, and at every
// byte that was written to it.
func TestNothingOfAHostileImageActsOnTheScreen(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	report := filepath.Join(t.TempDir(), "report.json")
	stdout, _, _ := run(t, append([]string{"verify", h.reference, "-o", "json"}, h.trust()...)...)
	if err := os.WriteFile(report, []byte(stdout), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, v := range screenViews() {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			home, folder := t.TempDir(), t.TempDir()
			args, ready := append([]string{h.reference, "--no-animation", "--no-cache"}, h.trust()...), "✓ policy satisfied"
			if v.start != nil {
				args, ready = v.start(t, h, home, folder)
			}
			term, cmd := startTerminalIn(t, folder, home, args...)
			term.shows(ready)
			if len(v.keys) > 0 && strings.Contains(term.text(), v.shows) {
				t.Errorf("%q is there before a key was typed: it does not tell that the view is", v.shows)
			}
			for _, keys := range v.keys {
				term.press(strings.ReplaceAll(keys, "REPORT", report))
			}
			term.shows(v.shows)
			if _, screen := term.sofar(); v.name != "lines" && hiddenSign.MatchString(screen) { // lines have words of their own
				term.shows("hidden character")
			}
			written, screen := term.sofar()
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // its exit code is that of a program which was told to end
			<-term.ended
			whole, _ := term.sofar()
			onlyOurs(t, whole)
			if first, _, _ := strings.Cut(screen, "\n"); v.start == nil && strings.Contains(first, "OWNED") && !strings.Contains(first, "attestree") {
				t.Errorf("the first line is not ours: %s", first)
			}
			record(t, v.name, written, screen, v.name == "lines")
		})
	}
}

// onlyOurs fails if a terminal was told anything but what the program itself says.
func onlyOurs(t *testing.T, written []byte) {
	t.Helper()
	var text strings.Builder
	for rest := written; len(rest) > 0; {
		if own := ownSequences.Find(rest); own != nil {
			if _, copied, is := bytes.Cut(own, []byte("]52;c;")); is {
				plain, _ := base64.StdEncoding.DecodeString(strings.TrimRight(string(copied), "\x07\x1b\\"))
				harmless(t, "the clipboard", string(plain))
			}
			text.WriteByte('\n') // what stands apart on the screen stays apart here
			rest = rest[len(own):]
			continue
		}
		text.WriteByte(rest[0])
		rest = rest[1:]
	}
	harmless(t, "the screen", text.String())
}

// record keeps what was written for a second emulator, see .ci/xterm: for whoever names a folder.
func record(t *testing.T, name string, written []byte, screen string, lines bool) {
	t.Helper()
	folder := os.Getenv("ATTESTREE_RECORD")
	if folder == "" {
		return
	}
	raw, err := json.Marshal(map[string]any{"name": name, "columns": 120, "rows": 36, "written": written, "screen": screen, "lines": lines})
	if err != nil {
		t.Fatal(err)
	}
	file := strings.NewReplacer(" ", "-", ",", "").Replace(name) + ".json"
	if err := os.WriteFile(filepath.Join(folder, file), raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestEveryViewIsLookedAt reads the sources of the screen: every scene and every overlay must be among the views.
func TestEveryViewIsLookedAt(t *testing.T) {
	t.Parallel()
	var listed []string
	for _, v := range screenViews() {
		listed = append(listed, v.parts...)
	}
	exist := screenParts(t, "../../ui")
	if len(exist) < 10 {
		t.Fatalf("only %v was found", exist)
	}
	for _, part := range exist {
		if !slices.Contains(listed, part) {
			t.Errorf("no view of the hostile image shows %s: add it to screenViews", part)
		}
	}
}

// screenParts are the scenes of the screen, which are the types below it whose method "Wheel" gives a scene, and its overlays.
func screenParts(t *testing.T, folder string) (parts []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	below, err := filepath.Glob(filepath.Join(folder, "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, below...) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if name, is := receiver(n); is && n.Name.Name == "Wheel" && gives(n, "scene", "Scene") {
					parts = append(parts, parsed.Name.Name+"."+name)
				}
			case *ast.GenDecl:
				if n.Tok == token.CONST {
					parts = append(parts, overlays(n)...)
				}
			}
			return true
		})
	}
	return parts
}

func receiver(f *ast.FuncDecl) (string, bool) {
	if f.Recv == nil {
		return "", false
	}
	of := f.Recv.List[0].Type
	if star, is := of.(*ast.StarExpr); is {
		of = star.X
	}
	name, is := of.(*ast.Ident)
	if !is {
		return "", false
	}
	return name.Name, true
}

func gives(f *ast.FuncDecl, from, result string) bool {
	if f.Type.Results == nil || len(f.Type.Results.List) != 1 {
		return false
	}
	of, is := f.Type.Results.List[0].Type.(*ast.SelectorExpr)
	if !is || of.Sel.Name != result {
		return false
	}
	in, is := of.X.(*ast.Ident)
	return is && in.Name == from
}

func overlays(d *ast.GenDecl) (names []string) {
	for _, spec := range d.Specs {
		for _, name := range spec.(*ast.ValueSpec).Names {
			if strings.HasPrefix(name.Name, "overlay") {
				names = append(names, name.Name)
			}
		}
	}
	return names
}
