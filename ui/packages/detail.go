package packages

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// pageWriter writes the page of a package.
type pageWriter struct {
	widget.Sheet
	page  packagePage
	scene View
	tree  *model.Tree
	stops widget.Stops
	to    []pageLink
}

// link makes a stop of the lines from first on, and puts the sign of a link at the end of the last.
func (w *pageWriter) link(first int, to pageLink) {
	if len(w.Lines) <= first {
		return
	}
	w.Lines[len(w.Lines)-1].Add(w.Styles.Quiet, safe.Format(" %s", w.Styles.Glyphs.Enter))
	w.stops.Add(first, len(w.Lines))
	w.to = append(w.to, to)
}

func (w *pageWriter) write() {
	if w.page.unlisted {
		w.unlisted()
		return
	}
	d := w.page.detail
	w.Put(w.Styles.Strong, safe.LineMax(strings.TrimSpace(d.Name+" "+d.Version), w.Width))
	w.Field("Package URL", d.PURL, "", w.Styles.Text)
	w.Field("Licence", d.Licence, w.licences(d), w.Styles.Text)
	w.Field("Type", d.Type, "", w.Styles.Text)
	w.Field("Supplier", d.Supplier, "", w.Styles.Text)
	w.Field("Identifier", d.ID, "", w.Styles.Quiet)
	w.places()
	w.vulnerabilities()
	w.relations(d)
	w.hashes(d)
	for i, layer := range d.Layers {
		if i == 0 {
			w.Heading(safe.Const("Found in layers"))
		}
		w.Sentence(layer, w.Styles.Text, 0)
	}
	w.references(d)
	for i, f := range d.Fields {
		if i == 0 {
			w.Heading(safe.Const("Further fields"))
		}
		if w.Full() {
			break
		}
		w.Entry(safe.LineMax(f.Label, w.Width), widget.OneLine(f.Value), f.Note, w.Styles.Text, 0, fieldColumn)
	}
	if d.Truncated || w.Full() {
		w.Sentence("There is more in the payload.", w.Styles.Warning, 0)
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
	w.Heading(safe.Const("Described by"))
	for _, place := range t.Places(t.RowOf(w.page.place)) {
		source := t.Sources()[place.Source]
		e := w.tree.Entry(source.Node)
		if e == nil || w.Full() {
			continue
		}
		first, mark := len(w.Lines), w.Styles.Standing(e.Standing)
		var l widget.Line
		l.Add(mark.Style, safe.Format("%s  ", mark.Text()))
		l.Add(w.Styles.Text, safe.LineMax(source.Scope.Label()+", "+model.EntryTitle(e), w.Width/2))
		if place == w.page.place {
			l.Add(w.Styles.Quiet, safe.Format("  this page, at %s", safe.LineMax(w.page.detail.Location.Path, w.Width)))
			w.Add(l)
			w.link(first, pageLink{node: source.Node, tab: scene.TabPayload, place: place})
			continue
		}
		w.Add(l)
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
			if r.Role != role || w.Full() {
				continue
			}
			if n++; n > mostRelations {
				continue
			}
			if n == 1 {
				w.Heading(roleName(role))
			}
			w.relation(r)
		}
		if n > mostRelations {
			w.Sentence("and "+strconv.Itoa(n-mostRelations)+" more", w.Styles.Quiet, 0)
		}
	}
	if d.RelationsTotal > len(d.Relations) {
		w.Gap()
		w.Sentence("It has "+phrase.Thousands(d.RelationsTotal).String()+" relationships; the first "+phrase.Thousands(len(d.Relations)).String()+" were read.", w.Styles.Quiet, 0)
	}
}

func (w *pageWriter) relation(r packages.Relation) {
	first := len(w.Lines)
	kind, style := relationWords(r.Kind), w.Styles.Text
	switch r.Other.Kind {
	case packages.ElementOutside:
		style, kind = w.Styles.Claim, kind+", not in this document"
	case packages.ElementFile:
		kind += ", a file"
	case packages.ElementPackage, packages.ElementOther:
	}
	var l widget.Line
	l.Add(style, safe.LineMax(strings.TrimSpace(r.Other.Name+" "+r.Other.Version), max(w.Width*2/3, 1)))
	l.Add(w.Styles.Quiet, safe.Format("  %s", safe.LineMax(kind, w.Width)))
	w.Add(l)
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
			w.Heading(safe.Const("Hashes, as the document claims"))
		}
		w.Field(h.Algorithm, h.Value, "", w.Styles.Claim)
	}
}

func (w *pageWriter) references(d packages.Detail) {
	for i, r := range d.References {
		if i == 0 {
			w.Heading(safe.Const("References"))
		}
		if w.Full() {
			return
		}
		w.Entry(safe.LineMax(r.Kind, w.Width), widget.OneLine(r.Locator), r.Note, w.Styles.Text, 0, fieldColumn)
	}
}

// severityStyle is how grave a vulnerability looks.
func (w *pageWriter) severityMark(s packages.Severity) theme.Mark {
	m := theme.Mark{Glyph: w.Styles.Glyphs.Warning, Word: safe.Line(s.String()), Style: w.Styles.Warning}
	if s >= packages.SeverityHigh {
		m.Glyph, m.Style = w.Styles.Glyphs.Error, w.Styles.Bad
	}
	return m
}
