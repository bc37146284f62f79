package contract_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"testing"
)

func TestEveryPackageStandsInTheArchitecture(t *testing.T) {
	root := os.DirFS("../../../..")
	page, err := fs.ReadFile(root, "ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, room := range []string{"cmd", "ui", "model", "verifier", "registry"} {
		err := fs.WalkDir(root, room, func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return err
			}
			if d.Name() == "testdata" {
				return fs.SkipDir
			}
			files, err := fs.Glob(root, path.Join(name, "*.go"))
			if err != nil || len(files) == 0 || regexp.MustCompile(`test$`).MatchString(d.Name()) {
				return err // no package, or one for tests of the package above it
			}
			count++
			short := path.Base(name)
			if !regexp.MustCompile(`\b` + regexp.QuoteMeta(short) + `\b`).Match(page) {
				t.Errorf("ARCHITECTURE.md does not name %s", name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if count < 20 {
		t.Errorf("only %d packages were found", count)
	}
}
