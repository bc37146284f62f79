package output

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
)

// ledger lists where was looked and not everything could be had. What was found is in the tree.
func (p *printer) ledger() {
	missed := Missed(p.tree.Lookups)
	if len(missed) == 0 && p.tree.Err == nil {
		return
	}
	p.line("")
	p.line(p.warning() + " not everything could be looked at; the tree may be incomplete:")
	for _, m := range missed {
		p.line("  " + Clean(m))
	}
}

// Missed says of which look-ups the answer is missing, one line for all that ended in the same way for the same reason.
// A line may quote a registry.
func Missed(all []model.Lookup) []string {
	var lines []string
	for _, m := range missedLookups(all) {
		lines = append(lines, m.String())
	}
	return lines
}

// missedLookup stands for all look-ups of several mechanisms about several digests that ended in the same way for the
// same reason, such as all those in a registry that cannot be reached.
type missedLookup struct {
	ending
	mechanisms string
	subjects   []model.Digest
}

// ending is how and where a look-up ended.
type ending struct {
	status             model.LookupStatus
	repository, detail string
}

// missedLookups brings the look-ups that did not end well together, in the order in which they began to fail: first by
// digest, so that the mechanisms of one are together, then digests that miss the same. So no line claims a pair of
// mechanism and digest that was not missed.
func missedLookups(all []model.Lookup) []*missedLookup {
	type about struct {
		ending
		subject model.Digest
	}
	var order []about
	mechanisms := map[about][]string{}
	for _, l := range all {
		if !l.Status.Incomplete() {
			continue
		}
		key := about{ending{l.Status, l.Repository, l.Detail}, l.Subject}
		if mechanisms[key] == nil {
			order = append(order, key)
		}
		mechanisms[key] = append(mechanisms[key], string(l.Mechanism))
	}
	type alike struct {
		ending
		mechanisms string
	}
	var missed []*missedLookup
	known := map[alike]*missedLookup{}
	for _, key := range order {
		same := alike{key.ending, strings.Join(mechanisms[key], ", ")}
		if known[same] == nil {
			known[same] = &missedLookup{ending: same.ending, mechanisms: same.mechanisms}
			missed = append(missed, known[same])
		}
		known[same].subjects = append(known[same].subjects, key.subject)
	}
	return missed
}

// namedSubjects is how many digests a line names; of further ones it gives the number.
const namedSubjects = 4

// String is one line; it may quote a registry.
func (m *missedLookup) String() string {
	where := ""
	if m.repository != "" {
		where = " in " + m.repository
	}
	var names []string
	for i, s := range m.subjects {
		if i == namedSubjects && len(m.subjects) > namedSubjects+1 {
			names = append(names, fmt.Sprintf("%d more", len(m.subjects)-i))
			break
		}
		names = append(names, s.Short())
	}
	return fmt.Sprintf("%s  %s%s of %s: %s", m.status, m.mechanisms, where, strings.Join(names, ", "), m.detail)
}
