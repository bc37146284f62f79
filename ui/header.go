package ui

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// header says what is looked at, and by whose trust it is judged.
func (a App) header() []string {
	b := widget.Drawer(a.Width, a.Styles)
	if a.regions.header.H < 2 {
		return []string{a.sourceLine().Draw(b, a.Styles.Bar)}
	}
	return []string{a.sourceLine().Draw(b, a.Styles.Bar), a.trustLine().Draw(b, a.Styles.Bar)}
}

func (a App) sourceLine() widget.Line {
	s := a.Styles
	var l widget.Line
	l.Add(s.Brand, safe.Const(" attestree  "))
	source := safe.Line(a.info.Source)
	badges := a.badges(true)
	room := func() int { return a.Width - widget.Width(l.Left) - widget.Width(badges) - 2 }
	if room() < min(source.Width(), recognisable) {
		badges = a.badges(false)
	}
	for len(badges) > 1 && room() < min(source.Width(), leastSource) {
		badges = badges[:len(badges)-1]
	}
	l.Add(s.Strong, source.TruncateMiddle(max(room(), leastSource)))
	if path, left := a.path(), room()-source.Width(); left > recognisable && !path.Empty() {
		l.Add(s.Quiet, path.TruncateLeft(left))
	}
	l.Spread(a.Width, append(badges, rows.Part{Text: safe.Spaces(1)})...)
	return l
}

// How much of a long source the header shows, in cells, before it says less of anything else, and before it leaves
// something out.
const recognisable, leastSource = 28, 8

// badges are what a reader must not overlook, in many words or in few, the most important first.
func (a App) badges(detailed bool) []rows.Part {
	s := a.Styles
	var out []rows.Part
	if a.incomplete() {
		said := safe.Const("  incomplete")
		if n := a.counts.missed; n.Any() && detailed {
			said = safe.Format("%s: %s", said, n.Text())
		}
		out = append(out, rows.Part{Style: s.Warning.Bold(), Text: said})
	}
	if said, is := a.senderBadge(); is {
		out = append(out, said)
	}
	if n := a.nodes.sieve.answer.hidden; n > 0 && a.nodes.sieve.on() {
		out = append(out, rows.Part{Style: s.Warning.Bold(), Text: safe.Format("  filter hides %s", safe.Int(n))})
	}
	if a.trust.Problem != "" {
		out = append(out, rows.Part{Style: s.Bad.Bold(), Text: safe.Const("  policy file unreadable")})
	}
	if a.misnamed() {
		out = append(out, rows.Part{Style: s.Warning.Bold(), Text: safe.Const("  signed under another name")})
	}
	if a.regions.header.H < 2 && a.trust.Judged { // there is no second line to say it
		mark := a.policyMark()
		out = append(out, rows.Part{Style: mark.Style, Text: safe.Format("  %s", mark.Text())})
	}
	if a.info.Demo {
		out = append(out, rows.Part{Style: s.Brand, Text: safe.Const("  demo")})
	}
	if a.info.Offline {
		out = append(out, rows.Part{Style: s.Brand, Text: safe.Const("  offline")})
	}
	return out
}

// misnamed reports whether something attached was signed for another name, which the header always says.
func (a App) misnamed() bool { return a.counts.misnamed > 0 }

// incomplete reports whether something may be there that was not seen.
func (a App) incomplete() bool {
	return a.counts.missed.Any() || a.tree.Err != nil
}

// wideHeader is the width from which the header names what it shows.
const wideHeader = 90

// target is a part of the second line of the header that opens something when it is clicked.
type target struct {
	from, to int
	opens    overlay
}

// trustPart is a part of the right end of that line.
type trustPart struct {
	rows.Part
	opens overlay
}

// trustLine says which digest it is, whose trust decides and what the policy says.
func (a App) trustLine() widget.Line {
	l, _ := a.layTrust()
	return l
}

// trustTargets are the parts that can be clicked.
func (a App) trustTargets() []target {
	if a.regions.header.H < 2 {
		return nil
	}
	_, targets := a.layTrust()
	return targets
}

// trustTarget is the part of that line in a cell of the screen.
func (a App) trustTarget(x, y int) (target, bool) {
	for _, t := range a.trustTargets() {
		if y == a.regions.header.H-1 && x >= t.from && x < t.to {
			return t, true
		}
	}
	return target{}, false
}

// layTrust lays the line out. What matters least goes first where room is short: the root, then the shape.
func (a App) layTrust() (widget.Line, []target) {
	parts := []trustPart{a.signersPart(), a.policyPart(), a.rootPart()}
	for _, try := range []struct{ left, right int }{{2, 3}, {2, 2}, {1, 2}, {0, 2}} {
		var l widget.Line
		for _, p := range a.subject()[:min(try.left, len(a.subject()))] {
			l.Add(p.Style, p.Text)
		}
		var right []rows.Part
		for _, p := range parts[:try.right] {
			right = append(right, p.Part)
		}
		from := a.Width - widget.Width(right)
		if !l.Spread(a.Width, right...) {
			continue
		}
		var targets []target
		for _, p := range parts[:try.right] {
			targets = append(targets, target{from, from + p.Text.Width(), p.opens})
			from += p.Text.Width()
		}
		return l, slices.DeleteFunc(targets, func(t target) bool { return t.opens == overlayNone })
	}
	var l widget.Line
	l.Add(theme.Style{}, safe.Spaces(1))
	l.Left = append(l.Left, parts[1].Part)
	return l, nil
}

// subject is the digest, and what it is the digest of.
func (a App) subject() []rows.Part {
	root := a.tree.Root()
	if root == nil {
		return nil
	}
	digest := safe.LineMax(root.Node.Digest.Short(), 24)
	if a.Width < wideHeader {
		_, hex := digest.Split(len(root.Node.Digest.Algorithm()) + 1)
		digest = hex
	}
	return []rows.Part{
		{Style: a.Styles.Text, Text: safe.Concat(safe.Spaces(1), digest)},
		{Style: a.Styles.Quiet, Text: safe.Concat(safe.Spaces(2), a.shape(root))},
	}
}

// signersPart is whom we trust. It opens their list.
func (a App) signersPart() trustPart {
	signers := safe.Const("nobody pinned")
	if names := a.trust.Names(); len(names) > 0 {
		signers = safe.Format("signers: %s", safe.LineMax(strings.Join(names, ", "), max(a.Width/4, 8)))
	}
	return trustPart{rows.Part{Style: a.Styles.Text, Text: safe.Format(" %s %s  ", signers, a.Styles.Glyphs.Expanded)}, overlaySigners}
}

// policyPart is whether the policy is satisfied. It opens the answer.
func (a App) policyPart() trustPart {
	mark := a.policyMark()
	return trustPart{rows.Part{Style: mark.Style, Text: safe.Format("%s ", mark.Text())}, overlayPolicy}
}

// policyMark is whether the policy is satisfied. Of a source that could not be opened nobody knows.
func (a App) policyMark() theme.Mark {
	if a.tree.Err != nil && a.tree.Root() == nil {
		return theme.Mark{Glyph: a.Styles.Glyphs.Bullet, Word: safe.Const("nothing to judge"), Style: a.Styles.Quiet}
	}
	return a.trust.Mark(a.Styles)
}

// rootPart is the trusted roots, where there are any. It opens what asks for a newer one.
func (a App) rootPart() trustPart {
	names := a.rootNames()
	if names.Empty() {
		return trustPart{}
	}
	return trustPart{rows.Part{Style: a.Styles.Quiet, Text: safe.Format(" root %s ", names)}, overlayRoot}
}

// shape is what the root is and how many platforms it has.
func (a App) shape(root *model.Entry) safe.Text {
	kind := safe.Line(phrase.Kind(root.Node.Kind))
	if root.Node.Kind != model.KindIndex {
		return kind
	}
	switch n := a.counts.platforms; n {
	case 0:
		return kind
	case 1:
		return safe.Format("%s %s 1 platform", kind, a.Styles.Glyphs.Bullet)
	default:
		return safe.Format("%s %s %s platforms", kind, a.Styles.Glyphs.Bullet, safe.Int(n))
	}
}

// rootNames are the trusted roots that everything is judged by, with the date that each is of.
func (a App) rootNames() safe.Text {
	var names []string
	for _, r := range a.trust.Roots {
		names = append(names, strings.TrimSpace(r.Name+" "+r.Date))
	}
	return safe.LineMax(strings.Join(names, ", "), a.Width/2)
}

// crumbs is the way to the selected node, where the tree is out of sight.
func (a App) crumbs() string {
	s := a.Styles
	var l widget.Line
	l.Add(theme.Style{}, safe.Spaces(1))
	l.Add(s.Quiet, safe.Concat(safe.LineMax(a.rootTitle(), a.Width), a.path()).TruncateLeft(a.Width-2))
	return l.Draw(widget.Drawer(a.Width, a.Styles), theme.Style{})
}

// path is the way from the root to the selected node, without the root.
func (a App) path() safe.Text {
	var parts []safe.Text
	for _, e := range survey.Lineage(a.tree, a.nodes.selected) {
		if e != a.tree.Root() {
			parts = append(parts, safe.Format(" %s %s", a.Styles.Glyphs.Collapsed, safe.LineMax(model.EntryTitle(e), a.Width)))
		}
	}
	return safe.Concat(parts...)
}

func (a App) rootTitle() string {
	if root := a.tree.Root(); root != nil {
		return model.EntryTitle(root)
	}
	return ""
}

// senderBadge is the sender's verdict for the header.
func (a App) senderBadge() (badge rows.Part, shown bool) {
	s := a.info.Sender
	if s == nil {
		return rows.Part{}, false
	}
	style := a.Styles.Brand
	if s.Differs(a.tree.Root()) {
		style = a.Styles.Warning.Bold()
	}
	return rows.Part{Style: style, Text: safe.Format("  sender says %s", safe.LineMax(s.Word(), 14))}, true
}
