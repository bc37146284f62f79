package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/page"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/survey"
)

// trustState is whom this run trusts and what the policy says of the tree.
type trustState struct {
	page.Trust
	version int // changes with any of it
	of      int // version of the tree that was judged
}

// recheck is everything being judged again after something changed, to say afterwards what came of it.
type recheck struct {
	stream int // 0 while there is none
	what   safe.Text
	before map[string]model.Verdict
	of     map[string]bool // what is judged again; never changed
	done   map[string]bool // what of it has been
	left   int
	met    bool // the policy was satisfied
	again  bool // discovery went on when it began: what came meanwhile was judged by who knows whom
}

// over begins with what is judged again.
func (r recheck) over(of map[string]bool) recheck {
	r.of, r.done, r.left = of, map[string]bool{}, len(of)
	return r
}

// with counts a node that has been judged again. Like the tree, the record belongs to the newest screen alone.
func (r recheck) with(id string) recheck {
	if r.of[id] && !r.done[id] {
		r.done[id] = true
		r.left--
	}
	return r
}

// readTrust takes over whom the backend trusts now, and by which roots.
func (a App) readTrust() App {
	a.trust.Signers, a.trust.Roots = a.backend.Signers(), a.backend.Roots()
	a.trust.version++
	return a
}

// askPolicy asks the policy about the tree, as soon as nothing is going on. An older answer stays in sight while
// everything is judged again.
func (a App) askPolicy() App {
	asked := a.trust.Judged && a.trust.of == a.version && !a.trust.Again
	if len(a.streams) > 0 || a.stale || !a.tree.Found || asked || a.tree.Len() >= survey.Many {
		return a // a large tree is asked about when it was judged, see onWeighed
	}
	return a.answered(a.backend.Policy(a.tree))
}

// answered takes the policy's answer about the tree as it is.
func (a App) answered(by model.PolicyAnswer) App {
	a.trust.Policy, a.trust.Judged, a.trust.Again = by, true, false
	a.trust.of = a.version
	a.trust.version++
	return a
}

// onTrustChanged has everything judged again by whom is trusted now.
func (a App) onTrustChanged(msg trustChangedMsg) (next App, cmd tea.Cmd) {
	switch {
	case msg.await && msg.err != nil:
		a.trust.Problem = msg.err.Error()
	case msg.await:
		a.trust.Problem = ""
	}
	if msg.await && msg.err == nil && !a.written.Empty() {
		msg.what = a.written // it was us
	}
	if msg.err != nil {
		failed := a.failure(msg.what, msg.err)
		a.note, a.pin.problem = failed, msg.err.Error()
		if !msg.changed {
			return a, nil
		}
		msg.what = failed.text
	}
	if a.overlay == overlayPin {
		a.overlay = overlayNone
	}
	a, cmd = a.readTrust().recheckAll(msg.what)
	if msg.await {
		cmd = tea.Batch(cmd, awaitPolicy(a.ctx, a.backend))
	}
	if msg.saved {
		a.written = msg.what
	}
	return a, cmd
}

// onSignerSaved says where an entry was written. Whom this run trusts changes only when the file is read again.
func (a App) onSignerSaved(msg signerSavedMsg) App {
	a.note, a.written = note{text: msg.what}, msg.what
	if msg.err != nil {
		a.note, a.written = a.failure(msg.what, msg.err), safe.Text{}
	}
	return a.readTrust()
}

func (a App) failure(what safe.Text, err error) note {
	return note{text: safe.Format("%s %s: %s", a.Styles.Glyphs.Error, what, safe.LineMax(err.Error(), 400))}
}

// recheckAll judges everything again. What has a verdict keeps it in sight until the next one comes.
func (a App) recheckAll(what safe.Text) (App, tea.Cmd) {
	a.note = note{text: what}
	if a.tree.Root() == nil {
		return a, nil
	}
	next := recheck{what: what, before: a.recheck.before, met: a.recheck.met}.over(a.judged())
	if a.recheck.stream == 0 {
		next.before, next.met = a.verdicts(), a.trust.Policy.Satisfied
	}
	_, next.again = a.streams[1]
	a, cmd := a.startVerify(nil)
	next.stream = a.last
	a.recheck, a.trust.Again = next, true
	a.trust.version++
	a.note = note{text: safe.Format("%s %s judging everything again", what, a.Styles.Glyphs.Bullet), counts: true}
	return a, cmd
}

// onRechecked says what changed, or begins once more where discovery went on meanwhile.
func (a App) onRechecked(ended int) (App, tea.Cmd) {
	r := a.recheck
	switch {
	case r.stream == 0:
		return a, nil
	case r.again && ended == 1:
		a, cmd := a.startVerify(nil)
		a.recheck.stream, a.recheck.again, a.trust.Again = a.last, false, true
		a.recheck = a.recheck.over(a.judged())
		return a, cmd
	case r.again || ended != r.stream:
		return a, nil
	}
	a.recheck = recheck{}
	if a = a.askPolicy(); len(a.streams) == 0 {
		a.trust.Again = false // an answer from before stays one while anything goes on
	}
	a.trust.version++
	said := a.judging.weighed.changed
	if a.tree.Len() < survey.Many {
		said = changes(r.before, a.verdicts())
	}
	if r.met != a.trust.Policy.Satisfied && a.trust.Judged {
		said += ", " + a.trust.Mark(a.Styles).Word.String()
	}
	a.note = note{text: safe.Format("%s %s %s", r.what, a.Styles.Glyphs.Bullet, safe.Line(said))}
	return a, nil
}

// judged is every node that has a report of its own.
func judged(tree *model.Tree) map[string]bool {
	out := map[string]bool{}
	tree.Walk(func(e *model.Entry) {
		if e.Report != nil {
			out[e.Node.ID] = true
		}
	})
	return out
}

// verdicts is the standing of every node.
func verdicts(tree *model.Tree) map[string]model.Verdict {
	out := map[string]model.Verdict{}
	tree.Walk(func(e *model.Entry) { out[e.Node.ID] = e.Standing.Verdict })
	return out
}

// changes is how many nodes have another verdict than before, and which.
func changes(before, after map[string]model.Verdict) string {
	kinds := map[string]int{}
	for id, v := range after {
		if was, known := before[id]; known && was != v {
			kinds[was.String()+" to "+v.String()]++
		}
	}
	if len(kinds) == 0 {
		return "no verdict changed"
	}
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		parts = append(parts, fmt.Sprintf("%d %s", kinds[kind], kind))
	}
	return strings.Join(parts, ", ")
}
