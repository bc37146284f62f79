package screen

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/attestree/attestree/cmd/attestree/internal/command/imagecmd"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/pack"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/export"
	"github.com/attestree/attestree/ui/page"
)

// ExportPart writes a part of nodes to the path that a person typed: of one to a new file, of several to files in a new
// folder, where those that have no such part are left out and counted.
func (b backend) ExportPart(nodes []*model.Entry, part export.Part, path string) (string, error) {
	name, err := typedPath(path)
	if err != nil {
		return "", fmt.Errorf("export: %w", err)
	}
	if len(nodes) == 1 {
		return imagecmd.ExportPart(nodes[0], string(part), name)
	}
	return exportParts(nodes, string(part), name)
}

// exportParts writes a part of several nodes, each to a file that is named by its place among them and its digest.
func exportParts(nodes []*model.Entry, part, folder string) (string, error) {
	parts := make([][]byte, len(nodes))
	have := 0
	for i, e := range nodes {
		if data, err := imagecmd.PartOf(e, part); err == nil {
			parts[i] = data
			have++
		}
	}
	if have == 0 {
		return "", fmt.Errorf("none of the %d nodes has a %s to export", len(nodes), part)
	}
	if err := os.Mkdir(folder, 0o750); err != nil {
		if errors.Is(err, os.ErrExist) {
			err = pack.ErrExists
		}
		return "", fmt.Errorf("write %s: %w", folder, err)
	}
	for i, data := range parts {
		if data == nil {
			continue
		}
		file := fmt.Sprintf("%03d-%s-%s", i+1, fileSafe(nodes[i].Node.Digest), part)
		if err := userfile.Create(filepath.Join(folder, file), data); err != nil {
			return "", fmt.Errorf("write into %s: %w", folder, err)
		}
	}
	said := fmt.Sprintf("%s: the %s of %d nodes", folder, part, have)
	if left := len(nodes) - have; left > 0 {
		said += fmt.Sprintf("; %d have none", left)
	}
	return said, nil
}

// fileSafe is the beginning of a digest, if it is one: nothing else that was attested becomes part of a file's name.
func fileSafe(d model.Digest) string {
	if !d.Valid() || len(d.Hex()) < 12 {
		return "unnamed"
	}
	return d.Hex()[:12]
}

// ExportNodes writes what is known of nodes to the path that a person typed.
func (b backend) ExportNodes(t *model.Tree, ids []string, path string) (string, error) {
	name, err := typedPath(path)
	if err != nil {
		return "", fmt.Errorf("export: %w", err)
	}
	return imagecmd.ExportNodes(t, ids, name)
}

// ExportPack writes an evidence pack of the image to the path that a person typed.
func (b backend) ExportPack(t *model.Tree, path string) (string, error) {
	name, err := typedPath(path)
	if err != nil {
		return "", fmt.Errorf("export: %w", err)
	}
	return imagecmd.ExportPack(b.auditor.app, b.auditor.job, t, name)
}

// shownSender is what a sender says, for the screen; nil where there is none.
func shownSender(s *output.Sender) *page.Sender {
	if s == nil {
		return nil
	}
	return &page.Sender{Verdict: s.Verdict, Policy: s.Policy, Tool: s.Tool, JudgedAt: s.JudgedAt, Problem: s.Problem}
}
