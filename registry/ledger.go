package registry

import (
	"fmt"
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// line is a line of the discovery ledger being written. It is emitted once everything that it lists has been opened,
// since only then it is known whether what was listed belongs there. A nil line takes everything and says nothing.
type line struct {
	lookup  model.Lookup
	emit    func(model.Event)
	pending int
	strange int // listed, but their manifests name another subject or none
	left    int // listed, and more than are looked at
	closed  bool
}

func (c *crawl) line(m model.Mechanism, s model.Digest, p place) *line {
	l := &line{lookup: model.Lookup{Mechanism: m, Subject: s}, emit: c.emit, pending: 1}
	if p != c.places[0] {
		l.lookup.Repository = p.repository()
	}
	return l
}

// end says how the look-up ended; the line is emitted when all that it listed has arrived.
func (l *line) end(status model.LookupStatus, count int, detail string) {
	l.lookup.Status, l.lookup.Count = status, count
	if detail != "" {
		l.note("%s", detail)
	}
	l.release()
}

func (l *line) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if l == nil || text == "" {
		return
	}
	if l.lookup.Detail != "" {
		text = l.lookup.Detail + "; " + text
	}
	l.lookup.Detail = fetch.Short(text)
}

// named leaves out the entries of a list that name nothing, and says so: something may be there that nobody can ask for.
func (l *line) named(entries []model.Descriptor, status model.LookupStatus) ([]model.Descriptor, model.LookupStatus) {
	kept := slices.DeleteFunc(slices.Clone(entries), func(d model.Descriptor) bool { return d.Digest == "" })
	if nameless := len(entries) - len(kept); nameless > 0 {
		l.note("%d without a digest left out", nameless)
		if !status.Incomplete() {
			status = model.LookupTruncated
		}
	}
	return kept, status
}

// expect says that the line has to wait for one more manifest.
func (l *line) expect() {
	if l != nil {
		l.pending++
	}
}

// arrived says that one manifest is there, or never will be.
func (l *line) arrived(o *opening, subject model.Digest) {
	if l == nil {
		return
	}
	if o.failure == nil && l.declares() && (o.manifest.Subject == nil || o.manifest.Subject.Digest != subject) {
		l.strange++
	}
	l.release()
}

// declares reports whether what this mechanism lists must name its subject (distribution-spec, "Listing Referrers").
func (l *line) declares() bool {
	return l.lookup.Mechanism == model.MechanismReferrersAPI || l.lookup.Mechanism == model.MechanismReferrersTag
}

func (l *line) release() {
	l.pending--
	if l.pending > 0 || l.closed {
		return
	}
	l.closed = true
	if l.strange > 0 {
		l.note("%d of them do not name it as their subject", l.strange)
	}
	if l.left > 0 {
		l.note("%d left out: too much is attached", l.left)
		if !l.lookup.Status.Incomplete() {
			l.lookup.Status = model.LookupTruncated
		}
	}
	l.emit(model.LookedUp{Lookup: l.lookup})
}
