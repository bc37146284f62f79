package ui

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// pageWriter writes the page of a package.
type pageWriter struct {
	sheet
	page  packagePage
	scene packagesScene
	tree  *model.Tree
	stops stops
	to    []pageLink
}

// link makes a stop of the lines from first on, and puts the sign of a link at the end of the last.
func (w *pageWriter) link(first int, to pageLink) {
	if len(w.lines) <= first {
		return
	}
	w.lines[len(w.lines)-1].add(w.styles.Quiet, safe.Format(" %s", w.styles.Glyphs.Enter))
	w.stops.add(first, len(w.lines))
	w.to = append(w.to, to)
}

func (w *pageWriter) write() {
	if w.page.unlisted {
		w.unlisted()
		return
	}
	d := w.page.detail
	w.put(w.styles.Strong, safe.LineMax(strings.TrimSpace(d.Name+" "+d.Version), w.width))
	w.field("Package URL", d.PURL, "", w.styles.Text)
	w.field("Licence", d.Licence, w.licences(d), w.styles.Text)
	w.field("Type", d.Type, "", w.styles.Text)
	w.field("Supplier", d.Supplier, "", w.styles.Text)
	w.field("Identifier", d.ID, "", w.styles.Quiet)
	w.places()
	w.vulnerabilities()
	w.relations(d)
	w.hashes(d)
	for i, layer := range d.Layers {
		if i == 0 {
			w.heading(safe.Const("Found in layers"))
		}
		w.sentence(layer, w.styles.Text, 0)
	}
	w.references(d)
	for i, f := range d.Fields {
		if i == 0 {
			w.heading(safe.Const("Further fields"))
		}
		if w.full() {
			break
		}
		w.entry(safe.LineMax(f.Label, w.width), oneLine(f.Value), f.Note, w.styles.Text, 0, fieldColumn)
	}
	if d.Truncated || w.full() {
		w.sentence("There is more in the payload.", w.styles.Warning, 0)
	}
}

// fieldColumn is where the values of further fields begin.
const fieldColumn = 22

// licences says which licence was declared and which concluded, where they differ.
func (w *pageWriter) licences(d packages.Detail) string {
	switch {
	case d.Declared == d.Concluded, d.Concluded == "", d.Declared == "":
		return ""
	}
	return "declared " + d.Declared + ", concluded " + d.Concluded
}

// places are the SBOMs that describe the package, and where in them. What each says may differ.
func (w *pageWriter) places() {
	t := w.page.table
	w.heading(safe.Const("Described by"))
	for _, place := range t.Places(t.RowOf(w.page.place)) {
		source := t.Sources()[place.Source]
		e := w.tree.Entry(source.Node)
		if e == nil || w.full() {
			continue
		}
		first, mark := len(w.lines), w.styles.Standing(e.Standing)
		var l line
		l.add(mark.Style, safe.Format("%s  ", mark.Text()))
		l.add(w.styles.Text, safe.LineMax(source.Scope.Label()+", "+model.EntryTitle(e), w.width/2))
		if place == w.page.place {
			l.add(w.styles.Quiet, safe.Format("  this page, at %s", safe.LineMax(w.page.detail.Location.Path, w.width)))
			w.add(l)
			w.link(first, pageLink{node: source.Node, tab: tabPayload, place: place})
			continue
		}
		w.add(l)
		w.link(first, pageLink{isPackage: true, place: place})
	}
}

// roleNames are the headings of relationships.
func roleName(r packages.Role) safe.Text {
	switch r {
	case packages.RoleNeeds:
		return safe.Const("Depends on")
	case packages.RoleNeededBy:
		return safe.Const("Needed by")
	case packages.RoleContains:
		return safe.Const("Contains")
	case packages.RoleWithin:
		return safe.Const("Lies in")
	case packages.RoleEvidence:
		return safe.Const("Shown by the files")
	case packages.RoleDescribes:
		return safe.Const("Described by the document")
	case packages.RoleOther:
	}
	return safe.Const("Other relationships")
}

// mostRelations is how many relationships of one kind a page lists.
const mostRelations = 200

// relations are the relationships, each kind under its heading. Those that are packages lead there.
func (w *pageWriter) relations(d packages.Detail) {
	for role := packages.RoleNeeds; role <= packages.RoleOther; role++ {
		n := 0
		for _, r := range d.Relations {
			if r.Role != role || w.full() {
				continue
			}
			if n++; n > mostRelations {
				continue
			}
			if n == 1 {
				w.heading(roleName(role))
			}
			w.relation(r)
		}
		if n > mostRelations {
			w.sentence("and "+strconv.Itoa(n-mostRelations)+" more", w.styles.Quiet, 0)
		}
	}
	if d.RelationsTotal > len(d.Relations) {
		w.gap()
		w.sentence("It has "+thousands(d.RelationsTotal).String()+" relationships; the first "+thousands(len(d.Relations)).String()+" were read.", w.styles.Quiet, 0)
	}
}

func (w *pageWriter) relation(r packages.Relation) {
	first := len(w.lines)
	kind, style := relationWords(r.Kind), w.styles.Text
	switch r.Other.Kind {
	case packages.ElementOutside:
		style, kind = w.styles.Claim, kind+", not in this document"
	case packages.ElementFile:
		kind += ", a file"
	case packages.ElementPackage, packages.ElementOther:
	}
	var l line
	l.add(style, safe.LineMax(strings.TrimSpace(r.Other.Name+" "+r.Other.Version), max(w.width*2/3, 1)))
	l.add(w.styles.Quiet, safe.Format("  %s", safe.LineMax(kind, w.width)))
	w.add(l)
	if r.Other.Kind == packages.ElementPackage && r.Other.Package >= 0 {
		w.link(first, pageLink{isPackage: true, place: packages.Place{Source: w.page.place.Source, Package: r.Other.Package}})
	}
}

// relationWords are the words of a kind of relationship: "DEPENDS_ON" and "dependsOn" are "depends on".
func relationWords(kind string) string {
	if kind == strings.ToUpper(kind) {
		return strings.ToLower(strings.ReplaceAll(kind, "_", " "))
	}
	var out strings.Builder
	for i, r := range kind {
		if i > 0 && unicode.IsUpper(r) {
			out.WriteByte(' ')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}

func (w *pageWriter) hashes(d packages.Detail) {
	for i, h := range d.Hashes {
		if i == 0 {
			w.heading(safe.Const("Hashes, as the document claims"))
		}
		w.field(h.Algorithm, h.Value, "", w.styles.Claim)
	}
}

func (w *pageWriter) references(d packages.Detail) {
	for i, r := range d.References {
		if i == 0 {
			w.heading(safe.Const("References"))
		}
		if w.full() {
			return
		}
		w.entry(safe.LineMax(r.Kind, w.width), oneLine(r.Locator), r.Note, w.styles.Text, 0, fieldColumn)
	}
}

// severityStyle is how grave a vulnerability looks.
func (w *pageWriter) severityMark(s packages.Severity) theme.Mark {
	m := theme.Mark{Glyph: w.styles.Glyphs.Warning, Word: safe.Line(s.String()), Style: w.styles.Warning}
	if s >= packages.SeverityHigh {
		m.Glyph, m.Style = w.styles.Glyphs.Error, w.styles.Bad
	}
	return m
}
