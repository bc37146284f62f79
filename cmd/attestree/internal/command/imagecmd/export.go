package imagecmd

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/pack"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/verifier"
	"github.com/attestree/attestree/verifier/trust"
)

// The parts of a node that can be exported.
const (
	partPayload     = "payload"
	partRaw         = "raw"
	partManifest    = "manifest"
	partCertificate = "certificate"
	partBundle      = "bundle"
	partNode        = "node"
)

// parts are what can be asked for, and partNames the same in a sentence.
var parts = []string{partPayload, partRaw, partManifest, partCertificate, partBundle, partNode}

const partNames = "payload, raw, manifest, certificate, bundle or node"

// NewExport is "attestree export".
func NewExport(a *run.App) *cobra.Command {
	var node, part string
	c := &cobra.Command{
		Use:   "export SOURCE PATH",
		Short: "Write everything attached to SOURCE as an evidence pack, or one part of it as a file",
		Long: `Write an evidence pack: an OCI layout with the manifests of SOURCE and everything attached to them, and beside it the
trusted roots, the policy and the report that they were judged by. PATH is a new folder, or a new file where it ends in
.tar. "attestree PATH" opens it without a network and judges it by the reader's own trust; cosign reads it with
--local-image. Nothing is ever overwritten.

With --node, one part of that node is written to the file PATH instead: its payload, its exact bytes (raw), its manifest,
the certificate that it was signed with, all that is known of it as JSON (node), or, where it is stored in the older way of
cosign, the same signature as a Sigstore bundle. ID is as in the JSON, or the beginning of it.

Exit code 0: written; 1: it could not be, or not everything could be looked at (it is written then, and says so); 2: the
command line cannot be understood.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return exit.Usage(errors.New("a source and a path are needed"))
			}
			if args[1] == "-" {
				return exit.Usage(errors.New("nothing is exported to standard output: give the path of a new file or folder"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(parts, part) {
				return exit.Usage(fmt.Errorf("--part is %s, and not %q", partNames, part))
			}
			return export(cmd.Context(), a, args[0], args[1], node, part)
		},
	}
	c.Flags().StringVar(&node, "node", "", "export a part of this node only (its ID, or how that begins)")
	c.Flags().StringVar(&part, "part", partPayload, "which part of the node: "+partNames)
	return c
}

func export(ctx context.Context, a *run.App, source, path, node, part string) error {
	j, tree, err := a.Judge(ctx, source)
	if err != nil {
		return err
	}
	if node != "" {
		e, err := nodeNamed(tree, node)
		if err != nil {
			return exit.Usage(err)
		}
		var what string
		if part == partNode {
			what, err = ExportNodes(tree, []string{e.Node.ID}, path)
		} else {
			what, err = ExportPart(e, part, path)
		}
		return said(a, what, err)
	}
	what, err := ExportPack(a, j, tree, path)
	if err := said(a, what, err); err != nil {
		return err
	}
	if run.Incomplete(tree) || run.Outdated(tree) {
		return exit.With(exit.Incomplete)
	}
	return nil
}

// said prints what was done, which may quote a file's name.
func said(a *run.App, what string, err error) error {
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.Stdout, safe.Line(what).String())
	return err
}

// ExportPack writes an evidence pack and says what is in it.
func ExportPack(a *run.App, j run.Job, tree *model.Tree, path string) (string, error) {
	root := tree.Root()
	if root == nil || root.Node.Kind != model.KindIndex && root.Node.Kind != model.KindImage {
		return "", errors.New("export: only an image can be packed; a file is its own evidence")
	}
	facts := a.Facts(j, j.Trust.Policy(tree), true)
	var report bytes.Buffer
	if err := output.JSON(&report, tree, facts); err != nil {
		return "", err
	}
	beside := []pack.File{{Name: pack.ReportFile, Data: report.Bytes()}}
	roots := rootDocuments(j.Trust.TrustedRoots())
	if len(roots) > 0 {
		beside = append(beside, pack.File{Name: "trusted_root.jsonl", Data: roots})
	}
	about := pack.About{
		Tool: facts.Tool, Source: facts.Source, Resolved: tree.Reference, Digest: root.Node.Digest, At: a.Now(),
		Verdict: root.Standing.Verdict.String(), Policy: "policy not satisfied", Roots: len(roots),
	}
	if facts.Policy.Satisfied {
		about.Policy = "policy satisfied"
	}
	if name := facts.Policy.Path; name != "" {
		raw, err := userfile.Read(name, userfile.ConfigSize)
		if err != nil {
			return "", fmt.Errorf("export the policy: %w", err)
		}
		beside = append(beside, pack.File{Name: "policy.yaml", Data: raw})
		about.PolicyFile = true
	}
	contents := pack.Collect(tree)
	beside = append(beside, pack.File{Name: "README.md", Data: pack.Readme(about, contents)})
	if err := pack.Write(path, contents, beside, a.Now()); err != nil {
		return "", err
	}
	said := fmt.Sprintf("%s: %d nodes in %d blobs", path, contents.Nodes, len(contents.Blobs))
	if n := len(contents.Missing); n > 0 {
		said += fmt.Sprintf("; %d could not be had: see %s/README.md", n, pack.Beside)
	}
	return said, nil
}

// rootDocuments are trusted roots as JSON lines.
func rootDocuments(roots []trust.Root) []byte {
	var out bytes.Buffer
	for _, r := range roots {
		var line bytes.Buffer
		if json.Compact(&line, r.Raw()) == nil && line.Len() > 0 {
			out.Write(append(line.Bytes(), '\n'))
		}
	}
	return out.Bytes()
}

// nodeNamed is the one node whose ID begins like that.
func nodeNamed(t *model.Tree, id string) (*model.Entry, error) {
	if e := t.Entry(id); e != nil {
		return e, nil
	}
	var found []*model.Entry
	t.Walk(func(e *model.Entry) {
		if strings.HasPrefix(e.Node.ID, id) || strings.HasPrefix(strings.TrimPrefix(e.Node.ID, "sha256:"), id) {
			found = append(found, e)
		}
	})
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, fmt.Errorf("--node: no node has an ID that begins with %q", id)
	}
	return nil, fmt.Errorf("--node: %d nodes have an ID that begins with %q", len(found), id)
}

// ExportPart writes a part of a node to a new file, and says how much.
func ExportPart(e *model.Entry, part, path string) (string, error) {
	data, err := PartOf(e, part)
	if err != nil {
		return "", err
	}
	if err := create(path, data); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s: the %s of %s, %d bytes", path, part, model.EntryTitle(e), len(data)), nil
}

// ExportNodes writes what is known of nodes, as the JSON report says it, to a new file: one with all that is below it, or a
// list of several.
func ExportNodes(t *model.Tree, ids []string, path string) (string, error) {
	var data bytes.Buffer
	if err := output.Nodes(&data, t, ids); err != nil {
		return "", err
	}
	if err := create(path, data.Bytes()); err != nil {
		return "", err
	}
	if len(ids) == 1 {
		return fmt.Sprintf("%s: %s, %d bytes", path, model.EntryTitle(t.Entry(ids[0])), data.Len()), nil
	}
	return fmt.Sprintf("%s: %d nodes, %d bytes", path, len(ids), data.Len()), nil
}

// create writes a new file, whole or not at all. Nothing is overwritten.
func create(path string, data []byte) error {
	err := userfile.Create(path, data)
	if errors.Is(err, fs.ErrExist) {
		err = pack.ErrExists
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// PartOf is one part of a node, as it is: what is exported is not made readable.
func PartOf(e *model.Entry, part string) ([]byte, error) {
	var data []byte
	switch part {
	case partPayload:
		if e.Attestation != nil {
			data = e.Attestation.Payload
		}
	case partManifest:
		data = e.Node.Raw
	case partCertificate:
		data = model.CertificatePEM(e.Node, e.Blob)
	case partBundle:
		made, err := verifier.AsBundle(model.Evidence{Node: e.Node, Blob: e.Blob})
		if err != nil {
			return nil, fmt.Errorf("export a bundle of %s: %w", model.EntryTitle(e), err)
		}
		data = made
	default:
		if data = e.Blob; data == nil && e.Node.Blob.Digest == "" {
			data = e.Node.Raw
		}
	}
	if len(data) == 0 {
		return nil, fmt.Errorf("%s has no %s to export", model.EntryTitle(e), part)
	}
	return data, nil
}
