package auditcmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/command/basis"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model/audit"
)

// catalogue is what a checkout holds.
type catalogue struct {
	specs    []audit.Spec
	globals  []audit.Spec
	problems []audit.Problem
	skipped  []string // symbolic links that lead out of the folder
}

// maxSpecs is how many specifications of one catalogue are read.
const maxSpecs = 100000

const specFile = "spec.yaml"

// readCatalogue reads every specification below a folder, and nothing outside of it. What cannot be read is a problem
// and stops nothing; the error is that the folder itself cannot be read.
func readCatalogue(folder string) (catalogue, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return catalogue{}, err
	}
	defer func() { _ = root.Close() }() // only read from
	var c catalogue
	found := 0
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case err != nil:
			c.problems = append(c.problems, audit.Problem{Path: name, Message: err.Error()})
			return skipFolder(d)
		case d.IsDir() && d.Name() == ".git":
			return fs.SkipDir
		case d.IsDir() || (d.Name() != specFile && d.Name() != basis.GlobalFile):
			return nil
		case d.Type()&fs.ModeSymlink != 0 && outside(root, name):
			c.skipped = append(c.skipped, name)
			return nil
		}
		if found++; found > maxSpecs {
			return fmt.Errorf("more than %d specifications", maxSpecs)
		}
		c.read(root, name)
		return nil
	})
	return c, err
}

func skipFolder(d fs.DirEntry) error {
	if d != nil && d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// outside reports whether a symbolic link leads out of the root, or nowhere.
func outside(root *os.Root, name string) bool {
	_, err := root.Stat(name)
	return err != nil
}

// read adds one file.
func (c *catalogue) read(root *os.Root, name string) {
	data, err := userfile.ReadIn(root, name, audit.MaxSpec)
	if err == nil && path.Base(name) == basis.GlobalFile {
		var list []audit.Allowance
		if list, err = audit.ParseGlobal(name, data); err == nil {
			c.globals = append(c.globals, audit.Spec{
				Path: name, Name: path.Base(path.Dir(name)), Skill: strings.Contains(path.Dir(name), "skill"), Allowances: list,
			})
			return
		}
	}
	if err == nil {
		var s audit.Spec
		if s, err = audit.ParseSpec(name, data); err == nil {
			c.specs = append(c.specs, s)
			return
		}
	}
	problem := &audit.Problem{Path: name, Message: ""}
	if !errors.As(err, &problem) {
		problem.Message = strings.TrimPrefix(err.Error(), "read "+name+": ")
	}
	c.problems = append(c.problems, *problem)
}
