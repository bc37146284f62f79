package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/content"
	"github.com/attestree/attestree/ui/export"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/widget"
)

// exportPane is the overlay that writes evidence to files: first what, then where.
type exportPane struct {
	keys    keymap.Map
	nodes   []string // IDs: what is marked, else the selected node
	name    string   // of the one node
	items   []exportItem
	chosen  bool // what is; now where is typed
	path    widget.Edit
	busy    bool
	problem string // why nothing was written
	board   widget.Board
	typedAt int // the line of the board that is typed on
}

// exportItem is one thing that can be written.
type exportItem struct {
	part export.Part
	name safe.Text
	says string
	file string // proposed
}

// exportedMsg is what came of an export.
type exportedMsg struct {
	said string
	err  error
}

// openExport asks what should be written.
func (a App) openExport() App {
	e := a.aimed()
	if e == nil {
		return a
	}
	p := exportPane{keys: a.keys, nodes: []string{e.Node.ID}, name: model.EntryTitle(e)}
	if ids := a.marked(); len(ids) > 0 && a.inPane(paneTree) {
		p.nodes = ids
	}
	if len(p.nodes) > 1 {
		p.items = severalToExport(len(p.nodes))
	} else {
		p.items = exportsOf(a.tree.Entry(p.nodes[0]))
		p.name = model.EntryTitle(a.tree.Entry(p.nodes[0]))
	}
	if root := a.tree.Root(); root != nil && (root.Node.Kind == model.KindIndex || root.Node.Kind == model.KindImage) {
		p.items = append(p.items, exportItem{export.Pack, safe.Const("evidence pack"),
			"The whole image with everything attached, the trusted roots, the policy and the report: an OCI layout that attestree and cosign read",
			"evidence-" + shortHex(root.Node.Digest)})
	}
	a.export, a.overlay = p, overlayExport
	return a
}

// exportsOf are the parts that a node has.
func exportsOf(e *model.Entry) []exportItem {
	var out []exportItem
	add := func(part export.Part, name safe.Text, says string, bytes []byte, ending string) {
		if len(bytes) > 0 {
			out = append(out, exportItem{part, name, says + ", " + phrase.Bytes(int64(len(bytes))), fileName(e, part) + ending})
		}
	}
	if e.Attestation != nil {
		add(export.Payload, safe.Const("payload"), "What was signed", e.Attestation.Payload, ending(e.Attestation.Payload))
	}
	raw := content.Raw(e)
	name, says := safe.Const("raw bytes"), "The bytes as the registry has them"
	if e.Node.Format == model.FormatBundle {
		name, says = safe.Const("Sigstore bundle"), "Its exact bytes, as the registry has them"
	}
	add(export.Raw, name, says, raw.Bytes, ending(raw.Bytes))
	if e.Node.Blob.Digest != "" {
		add(export.Manifest, safe.Const("manifest"), "The manifest that names it", e.Node.Raw, ".json")
	}
	if r := e.Report; r != nil && (certified(r.Signer) || certified(r.Claimed)) {
		out = append(out, exportItem{export.Certificate, safe.Const("certificate"), "The certificate that it was signed with, as PEM", fileName(e, export.Certificate) + ".pem"})
	}
	if model.Convertible(e.Node) {
		out = append(out, exportItem{export.Bundle, safe.Const("Sigstore bundle"), "The same signature with its certificate and log entry, in the form that today's tools read", fileName(e, export.Bundle) + ".json"})
	}
	return append(out, exportItem{export.Node, safe.Const("node as JSON"), "What is known of it and of all below it, as in the JSON report", fileName(e, export.Node) + ".json"})
}

func certified(s *model.Signer) bool { return s != nil && s.Kind != model.SignerKey }

// severalToExport are the parts of several nodes: each has them or is left out.
func severalToExport(n int) []exportItem {
	of := safe.Format("of each of the %s marked nodes, in a new folder", safe.Int(n)).String()
	return []exportItem{
		{export.Payload, safe.Const("payloads"), "What was signed, " + of, "payloads"},
		{export.Raw, safe.Const("raw bytes"), "The bytes as the registry has them, " + of, "raw"},
		{export.Manifest, safe.Const("manifests"), "The manifests, " + of, "manifests"},
		{export.Certificate, safe.Const("certificates"), "The certificates, as PEM, " + of, "certificates"},
		{export.Bundle, safe.Const("Sigstore bundles"), "Of what is stored in the older way of cosign, as Sigstore bundles, " + of, "bundles"},
		{export.Node, safe.Const("nodes as JSON"), safe.Format("What is known of the %s marked nodes, as in the JSON report, in one file", safe.Int(n)).String(), "nodes.json"},
	}
}

// fileName proposes a name that only we choose: nothing attested is in it.
func fileName(e *model.Entry, part export.Part) string {
	what := string(e.Node.Kind)
	if f := model.EntryFamily(e); f != "" && f != model.FamilyOther {
		what = string(f)
	}
	return strings.Trim(what, "-") + "-" + shortHex(e.Node.Digest) + "-" + string(part)
}

func shortHex(d model.Digest) string {
	hex := d.Hex()
	for _, c := range hex {
		if !strings.ContainsRune("0123456789abcdef", c) {
			return "unnamed"
		}
	}
	return hex[:min(len(hex), 12)]
}

// ending is how the name of a file with these bytes ends.
func ending(b []byte) string {
	switch head := strings.TrimLeft(string(b[:min(len(b), 64)]), " \t\r\n"); {
	case strings.HasPrefix(head, "{"), strings.HasPrefix(head, "["):
		return ".json"
	case content.IsText(b):
		return ".txt"
	}
	return ".bin"
}

// typing reports whether the path has the keys.
func (p exportPane) typing() bool { return p.chosen }

// onExportKey chooses what, types where, and writes it.
func (a App) onExportKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	p := &a.export
	switch {
	case key.Matches(k, a.keys.Back) && p.chosen && !p.busy:
		p.chosen, p.problem = false, ""
	case key.Matches(k, a.keys.Back):
		a.overlay = overlayNone
	case a.regions.tooSmall, p.busy:
	case key.Matches(k, a.keys.Enter) && p.chosen:
		return a.writeExport()
	case key.Matches(k, a.keys.Enter):
		return a.chooseExport(), nil
	case p.chosen:
		p.path, _ = p.path.Key(k)
		p.problem = ""
	case key.Matches(k, a.keys.Export):
		a.overlay = overlayNone
	default:
		p.board = p.board.Key(a.keys, k)
	}
	return a, nil
}

// item is what is selected.
func (p exportPane) item() (exportItem, bool) {
	if p.board.At < 0 || p.board.At >= len(p.items) {
		return exportItem{}, false
	}
	return p.items[p.board.At], true
}

// chooseExport goes on to where.
func (a App) chooseExport() App {
	if item, any := a.export.item(); any && !a.export.chosen {
		a.export.chosen, a.export.path, a.export.problem = true, widget.Edit{Text: item.file}, ""
	}
	return a
}

// writeExport writes what was chosen to the path that was typed.
func (a App) writeExport() (App, tea.Cmd) {
	p := &a.export
	item, any := p.item()
	path := strings.TrimSpace(p.path.Text)
	switch {
	case !any:
		return a, nil
	case path == "":
		p.problem = "Name the file that it should be written to."
		return a, nil
	}
	p.busy, p.problem = true, ""
	if item.part == export.Node {
		return a, exportNodes(a.backend, a.shared, a.tree, p.nodes, path)
	}
	if item.part == export.Pack {
		return a, exportPack(a.backend, a.shared, a.tree, path)
	}
	var nodes []*model.Entry
	for _, id := range p.nodes {
		if e := a.tree.Entry(id); e != nil {
			nodes = append(nodes, scene.Copied(e))
		}
	}
	return a, exportPart(a.backend, nodes, item.part, path)
}

func exportPack(b Backend, tree *survey.Shared, t *model.Tree, path string) tea.Cmd {
	return func() tea.Msg {
		said, err := b.ExportPack(tree.Snapshot(t), path)
		return exportedMsg{said, err}
	}
}

func exportNodes(b Backend, tree *survey.Shared, t *model.Tree, ids []string, path string) tea.Cmd {
	return func() tea.Msg {
		said, err := b.ExportNodes(tree.Snapshot(t), ids, path)
		return exportedMsg{said, err}
	}
}

func exportPart(b Backend, nodes []*model.Entry, part export.Part, path string) tea.Cmd {
	return func() tea.Msg {
		said, err := b.ExportPart(nodes, part, path)
		return exportedMsg{said, err}
	}
}

// onExported says what came of it, where it is still being asked for or in the status line.
func (a App) onExported(msg exportedMsg) App {
	a.export.busy = false
	switch {
	case msg.err != nil && a.overlay == overlayExport:
		a.export.problem = msg.err.Error()
	case msg.err != nil:
		a.note = a.failure(safe.Const("nothing was written"), msg.err)
	default:
		if a.overlay == overlayExport {
			a.overlay = overlayNone
		}
		a.note = note{text: safe.Format("written: %s", safe.LineMax(msg.said, 4*phrase.MostName))}
	}
	return a
}
