package ui

import (
	"context"
	"errors"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
)

// fakeHands is what a fake backend hands over. What is written is written down.
type fakeHands struct {
	refuse error
	wrote  []string
	paged  []byte
}

func (f fakeBackend) ExportPart(nodes []*model.Entry, part ExportPart, path string) (string, error) {
	if f.hands == nil || f.hands.refuse != nil {
		return "", errors.Join(errors.New("write "+path), f.refusal())
	}
	f.hands.wrote = append(f.hands.wrote, fmt.Sprint(part, " of ", len(nodes), " to ", path))
	return "/home/ann/" + path + ": the " + string(part), nil
}

func (f fakeBackend) refusal() error {
	if f.hands == nil {
		return errors.New("permission denied")
	}
	return f.hands.refuse
}

func (f fakeBackend) ExportPack(t *model.Tree, path string) (string, error) {
	if f.hands == nil || f.hands.refuse != nil {
		return "", f.refusal()
	}
	f.hands.wrote = append(f.hands.wrote, fmt.Sprint("pack of ", t.Root().Node.Digest.Short(), " to ", path))
	return "/home/ann/" + path + ": 20 nodes", nil
}

func (f fakeBackend) ExportNodes(t *model.Tree, ids []string, path string) (string, error) {
	if f.hands == nil || f.hands.refuse != nil {
		return "", f.refusal()
	}
	f.hands.wrote = append(f.hands.wrote, fmt.Sprint("nodes of ", t.Len(), ": ", len(ids), " to ", path))
	return "/home/ann/" + path + ": 1 node", nil
}

func (f fakeBackend) Pager(_ context.Context, text []byte) (tea.ExecCommand, error) {
	if f.hands == nil || f.hands.refuse != nil {
		return nil, f.refusal()
	}
	f.hands.paged = text
	return nobody{}, nil
}

// nobody is a pager that reads nothing.
type nobody struct{}

func (nobody) Run() error          { return nil }
func (nobody) SetStdin(io.Reader)  {}
func (nobody) SetStdout(io.Writer) {}
func (nobody) SetStderr(io.Writer) {}

// handing is a backend that hands everything over.
func handing() fakeBackend {
	b := trusting()
	b.hands = &fakeHands{}
	return b
}
