package ui

import (
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// header says what is looked at, and by whose trust it is judged.
func (a App) header() []string {
	b := drawer(a.width, a.styles)
	if a.regions.header.h < 2 {
		return []string{a.sourceLine().draw(b, a.styles.Bar)}
	}
	return []string{a.sourceLine().draw(b, a.styles.Bar), a.trustLine().draw(b, a.styles.Bar)}
}

func (a App) sourceLine() line {
	s := a.styles
	var l line
	l.add(s.Brand, safe.Const(" attestree  "))
	badges := a.badges(true)
	room := a.width - width(l.left) - width(badges) - 2
	if room < min(safe.Line(a.info.Source).Width(), recognisable) {
		badges = a.badges(false)
		room = a.width - width(l.left) - width(badges) - 2
	}
	l.add(s.Strong, safe.Line(a.info.Source).TruncateMiddle(max(room, 8)))
	l.spread(a.width, append(badges, rows.Part{Text: safe.Spaces(1)})...)
	return l
}

// recognisable is how much of a long source the header shows before it says less of anything else, in cells.
const recognisable = 32

// badges are what a reader must not overlook, in many words or in few.
func (a App) badges(detailed bool) []rows.Part {
	s := a.styles
	var out []rows.Part
	if a.incomplete() {
		said := safe.Const(" incomplete")
		if n := a.counts.missed; n.any() && detailed {
			said = safe.Format("%s: %s", said, n.text())
		}
		out = append(out, rows.Part{Style: s.Warning.Bold(), Text: said})
	}
	if a.misnamed() {
		out = append(out, rows.Part{Style: s.Warning.Bold(), Text: safe.Const(" signed under another name")})
	}
	if a.info.Demo {
		out = append(out, rows.Part{Style: s.Brand, Text: safe.Const(" demo")})
	}
	if a.info.Offline {
		out = append(out, rows.Part{Style: s.Brand, Text: safe.Const(" offline")})
	}
	return out
}

// misnamed reports whether something attached was signed for another name (trust rules §1: always visible).
func (a App) misnamed() bool { return a.counts.misnamed > 0 }

// incomplete reports whether something may be there that was not seen.
func (a App) incomplete() bool {
	return a.counts.missed.any() || a.tree.Err != nil
}

// wideHeader is the width from which the header names what it shows.
const wideHeader = 90

// trustLine says which digest it is and whose trust decides. What matters least goes first where room is short.
func (a App) trustLine() line {
	s := a.styles
	var l line
	if root := a.tree.Root(); root != nil {
		digest := safe.LineMax(root.Node.Digest.Short(), 24)
		if a.width < wideHeader {
			_, hex := digest.Split(len(root.Node.Digest.Algorithm()) + 1)
			digest = hex
		}
		l.add(s.Text, safe.Concat(safe.Spaces(1), digest))
		l.add(s.Quiet, safe.Concat(safe.Spaces(2), a.shape(root)))
	}
	signers := safe.Const("nobody pinned")
	if len(a.info.Signers) > 0 {
		signers = safe.Format("signers: %s", safe.LineMax(strings.Join(a.info.Signers, ", "), a.width/3))
	}
	pinned := rows.Part{Style: s.Text, Text: safe.Concat(signers, safe.Spaces(1))}
	judged := rows.Part{Style: s.Quiet, Text: safe.Format("  root %s ", a.rootNames())}
	if a.width < wideHeader {
		judged.Text = safe.Format("  %s ", a.rootNames())
	}
	if !a.rootNames().Empty() && l.spread(a.width, rows.Part{Style: s.Text, Text: signers}, judged) {
		return l
	}
	l.spread(a.width, pinned)
	return l
}

// shape is what the root is and how many platforms it has.
func (a App) shape(root *model.Entry) safe.Text {
	kind := safe.Line(kindName(root.Node.Kind))
	if root.Node.Kind != model.KindIndex {
		return kind
	}
	switch n := a.counts.platforms; n {
	case 0:
		return kind
	case 1:
		return safe.Format("%s %s 1 platform", kind, a.styles.Glyphs.Bullet)
	default:
		return safe.Format("%s %s %s platforms", kind, a.styles.Glyphs.Bullet, safe.Int(n))
	}
}

// rootNames are the trusted roots that everything is judged by, with the date that each is of.
func (a App) rootNames() safe.Text {
	var names []string
	for _, r := range a.info.Roots {
		names = append(names, strings.TrimSpace(r.Name+" "+r.Date))
	}
	return safe.LineMax(strings.Join(names, ", "), a.width/2)
}

// crumbs is the way to the selected node, where the tree is out of sight.
func (a App) crumbs() string {
	s := a.styles
	var parts []safe.Text
	for _, e := range lineage(a.tree, a.nodes.selected) {
		parts = append(parts, safe.LineMax(model.EntryTitle(e), a.width))
	}
	path := safe.Join(safe.Format(" %s ", s.Glyphs.Collapsed), parts...)
	var l line
	l.add(theme.Style{}, safe.Spaces(1))
	l.add(s.Quiet, path.TruncateLeft(a.width-2))
	return l.draw(drawer(a.width, a.styles), theme.Style{})
}
