package screen

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/command/imagecmd"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/export"
)

// exporting is the demo with a backend that can write, in an empty folder.
func exporting(t *testing.T) (backend, *model.Tree, string) {
	t.Helper()
	b, tree := whole(t)
	a := &run.App{Environment: run.Environment{Getenv: func(string) string { return "" }, Now: b.now}}
	j, err := a.PrepareJudging(t.Context(), run.DemoSource)
	if err != nil {
		t.Fatal(err)
	}
	b.auditor = &auditor{app: a, job: j}
	return b, tree, t.TempDir()
}

func TestPartsOfNodesAreWrittenAsTheyAre(t *testing.T) {
	b, tree, folder := exporting(t)
	written := 0
	tree.Walk(func(e *model.Entry) {
		for _, part := range []export.Part{export.Payload, export.Raw, export.Manifest, export.Certificate} {
			file := filepath.Join(folder, strings.ReplaceAll(e.Node.ID, ":", "-")+string(part))
			want, missing := imagecmd.PartOf(e, string(part))
			said, err := b.ExportPart([]*model.Entry{e}, part, file)
			if (err != nil) != (missing != nil) {
				t.Errorf("%s of %s: %v, want %v", part, e.Node.ID, err, missing)
			}
			if err != nil {
				continue
			}
			written++
			got, err := os.ReadFile(file)
			if err != nil || !bytes.Equal(got, want) || !strings.HasPrefix(said, file) {
				t.Errorf("%s of %s: %d bytes, want %d; %q, %v", part, e.Node.ID, len(got), len(want), said, err)
			}
			if _, err := b.ExportPart([]*model.Entry{e}, part, file); err == nil {
				t.Errorf("%s was overwritten", file)
			}
		}
	})
	if written < 20 {
		t.Errorf("%d files were written", written)
	}
}

func TestSeveralNodesAreWrittenIntoANewFolder(t *testing.T) {
	b, tree, folder := exporting(t)
	var all []*model.Entry
	tree.Walk(func(e *model.Entry) { all = append(all, e) })
	to := filepath.Join(folder, "certificates")
	said, err := b.ExportPart(all, export.Certificate, to)
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(to)
	if err != nil || len(files) < 3 || !strings.Contains(said, "have none") {
		t.Errorf("%d files, %q, %v", len(files), said, err)
	}
	if _, err := b.ExportPart(all, export.Certificate, to); err == nil {
		t.Error("a folder that is there was written into")
	}
	if _, err := b.ExportPart(all[:0], export.Certificate, filepath.Join(folder, "none")); err == nil {
		t.Error("nothing was written, and nobody says so")
	}
}

func TestAPackIsOfferedAsOne(t *testing.T) {
	b, tree, folder := exporting(t)
	for _, name := range []string{"pack", "pack.tar"} {
		if _, err := b.ExportPack(tree.Snapshot(), filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	bare := filepath.Join(folder, "bare")
	if err := os.CopyFS(bare, os.DirFS(filepath.Join(folder, "pack"))); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(bare, "attestree")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	offers, _ := shelf{}.Nearby(t.Context())
	got := map[string]string{}
	for _, o := range offers {
		got[o.Name] = o.What
	}
	want := map[string]string{"pack": "evidence pack", "pack.tar": "evidence pack", "bare": "OCI layout"}
	if !maps.Equal(got, want) {
		t.Errorf("offered are %v, want %v", got, want)
	}
}

func TestAPackFromTheScreenIsOneThatCanBeOpened(t *testing.T) {
	b, tree, folder := exporting(t)
	to := filepath.Join(folder, "pack")
	if _, err := b.ExportPack(tree.Snapshot(), to); err != nil {
		t.Fatal(err)
	}
	s := run.Sender(to)
	if s == nil || s.Verdict != "trusted" || s.Problem != "" {
		t.Errorf("its sender says %+v", s)
	}
	if got := shownSender(s); got == nil || got.Verdict != "trusted" {
		t.Errorf("the screen is told %+v", got)
	}
	if shownSender(run.Sender(folder)) != nil {
		t.Error("a folder that is no pack has a sender")
	}
	if _, err := b.ExportPack(tree.Snapshot(), to); err == nil {
		t.Error("a pack was overwritten")
	}
}

// What is broken on the bench stays there: the report and what is exported are the same before and after.
func TestNothingThatWasBrokenLeaks(t *testing.T) {
	b, tree, folder := exporting(t)
	report := func() []byte {
		var out bytes.Buffer
		if err := output.JSON(&out, tree, output.Facts{}); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	files := func(name string) map[string][]byte {
		to, all := filepath.Join(folder, name), map[string][]byte{}
		if _, err := b.ExportPack(tree.Snapshot(), to); err != nil {
			t.Fatal(err)
		}
		err := filepath.Walk(to, func(path string, info os.FileInfo, err error) error {
			if err == nil && !info.IsDir() && !strings.Contains(path, "attestree"+string(filepath.Separator)) {
				at, _ := filepath.Rel(to, path)
				all[at], err = os.ReadFile(path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	before, packed := report(), files("before")
	tried := 0
	tree.Walk(func(e *model.Entry) {
		for _, way := range b.Breaks(e) {
			broken, judged, err := b.Break(t.Context(), e, way.ID, 0)
			if err != nil || judged.Verdict == model.Unchecked {
				t.Errorf("%s: %s: %v", e.Node.ID, way.ID, err)
			}
			if len(broken.Evidence.Blob) > 0 && &broken.Evidence.Blob[0] == &e.Blob[0] {
				t.Errorf("%s: %s shares its bytes with the tree", e.Node.ID, way.ID)
			}
			tried++
		}
	})
	tree.Judge()
	b.Reverify(t.Context(), nil, func(e model.Event) {
		if _, judged := e.(model.Judged); judged {
			tree.Apply(e)
		}
	})
	tree.Judge()
	if after := report(); !bytes.Equal(before, after) {
		t.Errorf("the report is another, after %d breaks", tried)
	}
	after := files("after")
	for name, data := range packed {
		if !bytes.Equal(after[name], data) {
			t.Errorf("%s in the pack is another", name)
		}
	}
	if len(after) != len(packed) || tried < 50 || !json.Valid(before) {
		t.Errorf("%d files, were %d; %d breaks", len(after), len(packed), tried)
	}
}
