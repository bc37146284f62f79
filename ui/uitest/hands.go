package uitest

import (
	"context"
	"errors"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/export"
)

// Hands is what a fake backend hands over. What is written is written down.
type Hands struct {
	Refuse error
	Wrote  []string
	Paged  []byte
}

// ExportPart implements export.Backend.
func (f Backend) ExportPart(nodes []*model.Entry, part export.Part, path string) (string, error) {
	if f.Hands == nil || f.Hands.Refuse != nil {
		return "", errors.Join(errors.New("write "+path), f.refusal())
	}
	f.Hands.Wrote = append(f.Hands.Wrote, fmt.Sprint(part, " of ", len(nodes), " to ", path))
	return "/home/ann/" + path + ": the " + string(part), nil
}

func (f Backend) refusal() error {
	if f.Hands == nil {
		return errors.New("permission denied")
	}
	return f.Hands.Refuse
}

// ExportPack implements export.Backend.
func (f Backend) ExportPack(t *model.Tree, path string) (string, error) {
	if f.Hands == nil || f.Hands.Refuse != nil {
		return "", f.refusal()
	}
	f.Hands.Wrote = append(f.Hands.Wrote, fmt.Sprint("pack of ", t.Root().Node.Digest.Short(), " to ", path))
	return "/home/ann/" + path + ": 20 nodes", nil
}

// ExportNodes implements export.Backend.
func (f Backend) ExportNodes(t *model.Tree, ids []string, path string) (string, error) {
	if f.Hands == nil || f.Hands.Refuse != nil {
		return "", f.refusal()
	}
	f.Hands.Wrote = append(f.Hands.Wrote, fmt.Sprint("nodes of ", t.Len(), ": ", len(ids), " to ", path))
	return "/home/ann/" + path + ": 1 node", nil
}

// Pager implements ui.Pager.
func (f Backend) Pager(_ context.Context, text []byte) (tea.ExecCommand, error) {
	if f.Hands == nil || f.Hands.Refuse != nil {
		return nil, f.refusal()
	}
	f.Hands.Paged = text
	return nobody{}, nil
}

// nobody is a pager that reads nothing.
type nobody struct{}

func (nobody) Run() error          { return nil }
func (nobody) SetStdin(io.Reader)  {}
func (nobody) SetStdout(io.Writer) {}
func (nobody) SetStderr(io.Writer) {}

// Handing is a backend that hands everything over.
func Handing() Backend {
	b := Trusting()
	b.Hands = &Hands{}
	return b
}
