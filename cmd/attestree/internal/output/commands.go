package output

import (
	"io"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
)

// NodeCommands is a node with the commands of other programs that show and verify the same.
type NodeCommands struct {
	Entry    *model.Entry
	Commands []equivalent.Command
}

// Commands writes them for a person. A command stands on a line of its own, to be copied.
func (p *Page) Commands(all []NodeCommands) error {
	for i, n := range all {
		if i > 0 {
			p.Line("")
		}
		mark := p.styles.Standing(n.Entry.Standing)
		p.Line("%s %s  %s", mark.Style.Render(mark.Glyph), Clean(model.EntryTitle(n.Entry)), p.styles.Quiet.Render(line(n.Entry.Node.ID)))
		for _, c := range n.Commands {
			p.Line("  # %s: %s %s%s", Clean(c.Tool), c.Purpose, Clean(c.Does), parenthesised(c.Note))
			for part := range strings.Lines(c.Line) {
				p.Line("  %s", Clean(strings.TrimSuffix(part, "\n")))
			}
		}
	}
	return p.Flush()
}

func parenthesised(note string) string {
	if note == "" {
		return ""
	}
	return " (" + Clean(note) + ")"
}

type commandsDocument struct {
	SchemaVersion string               `json:"schemaVersion"`
	Tool          string               `json:"tool"`
	Nodes         []commandsOfDocument `json:"nodes"`
}

type commandsOfDocument struct {
	ID       string            `json:"id"`
	Title    string            `json:"title"`
	Verdict  string            `json:"verdict"`
	Commands []commandDocument `json:"commands"`
}

type commandDocument struct {
	Tool    string `json:"tool"`
	Purpose string `json:"purpose"`
	Does    string `json:"does"`
	Line    string `json:"line"`
	Note    string `json:"note"`
}

// CommandsJSON writes them as docs/json.md says.
func CommandsJSON(w io.Writer, tool string, all []NodeCommands) error {
	d := commandsDocument{SchemaVersion: "1", Tool: tool, Nodes: []commandsOfDocument{}}
	for _, n := range all {
		of := commandsOfDocument{
			ID: n.Entry.Node.ID, Title: model.EntryTitle(n.Entry), Verdict: n.Entry.Standing.Verdict.String(), Commands: []commandDocument{},
		}
		for _, c := range n.Commands {
			of.Commands = append(of.Commands, commandDocument{c.Tool, string(c.Purpose), c.Does, c.Line, c.Note})
		}
		d.Nodes = append(d.Nodes, of)
	}
	return Encode(w, d)
}
