package plain

import (
	"bytes"
	"io"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/filter"
)

// mostRead bounds how much of a payload is looked through, in bytes.
const mostRead = 64 << 20

// Find writes every node that has a text in its title, digests, signer or types, or in its payload.
func (p *Reading) Find(w io.Writer, text string) error {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		p.say("Say what to find: find, and then a text.")
		return p.flush(w)
	}
	var found []string
	p.eachFact(func(i int, e *model.Entry, f *filter.Facts) {
		switch {
		case strings.Contains(f.Text, text):
			found = append(found, p.numbered(i, e))
		case says(e, text):
			found = append(found, p.numbered(i, e)+"; in the payload")
		}
	})
	p.say("Found: %d of %d.", len(found), len(p.nodes))
	for _, row := range found {
		p.say("%s", row)
	}
	return p.flush(w)
}

// says reports whether the payload of a node has a text, whatever the case of letters.
func says(e *model.Entry, text string) bool {
	if e.Attestation == nil {
		return false
	}
	payload := e.Attestation.Payload
	return bytes.Contains(bytes.ToLower(payload[:min(len(payload), mostRead)]), []byte(text))
}

// Filter writes the nodes that answer a filter such as ":invalid" or "signer:dockyard", and how many do not.
func (p *Reading) Filter(w io.Writer, text string) error {
	q := filter.Parse(text)
	switch {
	case q.Problem() != "":
		p.say("Nothing answers: %s", q.Problem())
		return p.flush(w)
	case q.Empty():
		p.say("Say what to show: filter, and then such as :invalid, :sbom, platform:arm64 or signer:dockyard.")
		return p.flush(w)
	}
	var found []string
	p.eachFact(func(i int, e *model.Entry, f *filter.Facts) {
		if q.Match(f) {
			found = append(found, p.numbered(i, e))
		}
	})
	p.say("Nodes: %d. Hidden: %d.", len(found), len(p.nodes)-len(found))
	for _, row := range found {
		p.say("%s", row)
	}
	return p.flush(w)
}

// eachFact visits every node with what it can be found by.
func (p *Reading) eachFact(visit func(i int, e *model.Entry, f *filter.Facts)) {
	platforms := map[string]string{}
	for i, e := range p.nodes {
		f := filter.Of(e, platforms[e.Node.Parent])
		platforms[e.Node.ID] = f.Platform
		visit(i, e, &f)
	}
}
