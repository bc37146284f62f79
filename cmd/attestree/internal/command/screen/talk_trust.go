package screen

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/export"
)

func (t *talk) trusted(context.Context, string) error {
	return t.plain.Trusted(t.out, t.backend.Signers())
}

// trust trusts the signer of a node for this run, as narrowly as can be, and judges everything again.
func (t *talk) trust(ctx context.Context, e *model.Entry, _ string) error {
	s, err := t.backend.Propose(e)
	if err != nil {
		return refused{err}
	}
	if err := t.backend.Pin(s); err != nil {
		return refused{err}
	}
	if err := t.say("Trusted for this run:"); err != nil {
		return err
	}
	if err := t.plain.Entry(t.out, s); err != nil {
		return err
	}
	return t.again(ctx)
}

func (t *talk) untrust(ctx context.Context, name string) error {
	if name == "" {
		return refused{errors.New("say whom: untrust, and then a name that trusted lists")}
	}
	if err := t.backend.Unpin(name); err != nil {
		return refused{err}
	}
	return t.again(ctx)
}

// save writes an entry to the policy file, where it counts in later runs.
func (t *talk) save(_ context.Context, name string) error {
	for _, s := range t.backend.Signers() {
		if s.Name != name {
			continue
		}
		path, err := t.backend.Save(s)
		if err != nil {
			return refused{err}
		}
		return t.say(s.Name + " is written to " + path)
	}
	return refused{fmt.Errorf("nobody who is trusted is called %q; trusted lists them", name)}
}

// again judges everything by whom is trusted now, and says what changed.
func (t *talk) again(ctx context.Context) error {
	before := map[string]model.Verdict{}
	t.tree.Walk(func(e *model.Entry) { before[e.Node.ID] = e.Standing.Verdict })
	for batch := range t.backend.Verify(ctx, nil) {
		for _, event := range batch {
			t.tree.Apply(event)
		}
	}
	t.read()
	var changed []string
	for i, e := range t.plain.Nodes() {
		if was, now := before[e.Node.ID], e.Standing.Verdict; was != now {
			changed = append(changed, fmt.Sprintf("Number %d was %s and is %s.", i+1, was, now))
		}
	}
	if len(changed) == 0 {
		changed = []string{"No verdict changed."}
	}
	for _, line := range changed {
		if err := t.say(line); err != nil {
			return err
		}
	}
	return nil
}

// parts are what a node may have that can be written.
var parts = []export.Part{export.Payload, export.Raw, export.Manifest, export.Certificate, export.Bundle}

// export writes a part of the node that is open to a new file.
func (t *talk) export(_ context.Context, e *model.Entry, rest string) error {
	part, file, _ := strings.Cut(rest, " ")
	if file = strings.TrimSpace(file); file == "" {
		return refused{errors.New("say which part, and to which new file: export payload payload.json")}
	}
	var said string
	var err error
	switch {
	case part == "node":
		said, err = t.backend.ExportNodes(t.tree, []string{e.Node.ID}, file)
	case slices.Contains(parts, export.Part(part)):
		said, err = t.backend.ExportPart([]*model.Entry{e}, export.Part(part), file)
	default:
		err = fmt.Errorf("there is no part %q: payload, raw, manifest, certificate, bundle or node", part)
	}
	if err != nil {
		return refused{err}
	}
	return t.say("Written: " + said)
}

// pack writes everything as an evidence pack.
func (t *talk) pack(_ context.Context, path string) error {
	if path == "" {
		return refused{errors.New("say where to: pack, and then a new folder, or a new file that ends in .tar")}
	}
	said, err := t.backend.ExportPack(t.tree, path)
	if err != nil {
		return refused{err}
	}
	return t.say("Written: " + said)
}
