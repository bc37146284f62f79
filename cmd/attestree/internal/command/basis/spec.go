package basis

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// FindSpec looks for the specification of the scan that counts: in the checkout that was named, else among what is
// attached to the image.
func (f *Files) FindSpec(c *audit.Case, t *model.Tree, notes *[]string) error {
	claim := audit.Leading(t)
	switch {
	case c.Spec != nil, claim == nil:
		return nil
	case f.Specs == "":
		var problem string
		if c.Spec, problem = audit.AttachedSpec(t, claim); problem != "" {
			*notes = append(*notes, problem)
		}
		return nil
	case claim.ConfigFile == "":
		return errors.New("--specs: the attestation does not name its configuration file; name it with --spec")
	}
	root, err := os.OpenRoot(f.Specs)
	if err != nil {
		return fmt.Errorf("--specs: %w", err)
	}
	defer func() { _ = root.Close() }() // only read from
	// The name is the attestation's: the root keeps it inside the folder.
	data, err := userfile.ReadIn(root, filepath.FromSlash(claim.ConfigFile), audit.MaxSpec)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("--specs: there is no %s in %s, and the attestation names that as its configuration; without --specs the rest is audited", claim.ConfigFile, f.Specs)
	case err != nil:
		return fmt.Errorf("--specs: the specification, which the attestation names: %w", err)
	}
	s, err := audit.ParseSpec(claim.ConfigFile, data)
	if err != nil {
		return fmt.Errorf("--specs: %w", err)
	}
	c.Spec = &audit.SpecFile{
		Spec: s, From: filepath.Join(f.Specs, filepath.FromSlash(claim.ConfigFile)), Commit: checkedOut(root), Vouched: true,
		Trust: "it is of a checkout, in which changes that are in no commit would not be noticed",
	}
	if c.Spec.Commit == "" {
		c.Spec.Trust = "it is of a folder whose commit cannot be told: nothing shows that it is the file of the signed commit"
	}
	return readGlobalList(c, root, claim.Skill)
}

// globalPath is where the list for every server or skill is in a repository.
func globalPath(skill bool) string {
	if skill {
		return "scripts/skill-scan/" + GlobalFile
	}
	return "scripts/mcp-scan/" + GlobalFile
}

// readGlobalList reads the list that holds for every server or skill. A checkout without one has an empty one.
func readGlobalList(c *audit.Case, root *os.Root, skill bool) error {
	name := globalPath(skill)
	data, err := userfile.ReadIn(root, filepath.FromSlash(name), audit.MaxSpec)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		c.Global, err = audit.ParseGlobal(name, data)
	}
	if err != nil {
		return fmt.Errorf("--specs: %w", err)
	}
	c.HasGlobal = true
	return nil
}

// GlobalFile is what catalogues call a list that holds for every server or skill.
const GlobalFile = "global_allowed_issues.yaml"
