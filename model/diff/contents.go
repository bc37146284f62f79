package diff

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/model/packages/exposure"
)

// ReadContents fills in what a side's SBOMs, scans and VEX documents list. t is the tree that the side is of. What is
// invalid is left out, because it says nothing of this image, and so is what cannot be read; Notes say so. The error is
// the context's.
func (s *Side) ReadContents(ctx context.Context, t *model.Tree) error {
	if root := t.Root(); root != nil {
		return s.ReadContentsOf(ctx, t, root.Node.ID)
	}
	return ctx.Err()
}

// ReadContentsOf is ReadContents for a side that is a part of the tree: the image with that ID.
func (s *Side) ReadContentsOf(ctx context.Context, t *model.Tree, id string) error {
	e := t.Entry(id)
	if e == nil {
		return ctx.Err()
	}
	r := contents{tree: t, side: s, root: e, indexes: map[string]*packages.Index{}, reports: map[string]*exposure.Report{}}
	r.readSBOMs()
	for _, image := range r.images() {
		if err := r.expose(ctx, image); err != nil {
			return err
		}
	}
	r.settle()
	return ctx.Err()
}

// contents is one run of ReadContents.
type contents struct {
	tree    *model.Tree
	side    *Side
	root    *model.Entry
	order   []string // IDs of the SBOMs
	indexes map[string]*packages.Index
	reports map[string]*exposure.Report // nil for a document that is none
	scanned bool                        // some scan was read
	open    map[[2]string]Vulnerability // by vulnerability and package
	unread  []string
}

func (r *contents) readSBOMs() {
	invalid := 0
	var sources []packages.Source
	walk(r.tree, r.root, func(e *model.Entry) {
		document := packages.Document(e)
		if !packages.IsSBOM(e) || len(document) == 0 {
			return
		}
		if e.Standing.Verdict == model.Invalid {
			invalid++
			return
		}
		index, err := packages.Build(document)
		if err != nil {
			return // what is no list of packages is compared as what it is: an attestation
		}
		r.order, r.indexes[e.Node.ID] = append(r.order, e.Node.ID), index
		sources = append(sources, packages.SourceOf(r.tree, e.Node.ID, index))
	})
	if len(sources) > 0 {
		r.side.Packages = packages.NewTable(sources...)
	}
	if invalid > 0 {
		r.side.Notes = append(r.side.Notes, fmt.Sprintf("of %d invalid SBOMs no packages are compared", invalid))
		if invalid == 1 {
			r.side.Notes[len(r.side.Notes)-1] = "of an invalid SBOM no packages are compared"
		}
	}
}

// images are the IDs of what has vulnerabilities of its own: the platforms, those of indexes in the index included, and
// the root.
func (r *contents) images() (ids []string) {
	var below func(index *model.Entry)
	below = func(index *model.Entry) {
		for _, id := range index.Children {
			e := r.tree.Entry(id)
			switch {
			case e == nil || !slices.Contains(e.Node.Within, index.Node.Digest):
			case e.Node.Kind == model.KindIndex:
				below(e)
			case e.Node.Kind == model.KindImage:
				ids = append(ids, id)
			}
		}
	}
	below(r.root)
	return append(ids, r.root.Node.ID)
}

// expose joins the SBOMs of an image with what is said of vulnerabilities in it.
func (r *contents) expose(ctx context.Context, id string) error {
	image, evidence := exposure.Gather(r.tree, id)
	var reports []*exposure.Report
	for _, e := range evidence {
		report, known := r.reports[e.Node]
		if !known && e.Standing.Verdict != model.Invalid {
			if read, ok := exposure.Read(e); ok {
				report = read
				r.take(report)
			}
		}
		r.reports[e.Node] = report
		if report != nil {
			reports = append(reports, report)
		}
	}
	for _, node := range exposure.Unread(r.tree, id) {
		if !slices.Contains(r.unread, node) {
			r.unread = append(r.unread, node)
		}
	}
	if len(reports) == 0 {
		return ctx.Err()
	}
	var sources []packages.Source
	for _, sbom := range packages.Related(r.tree, id) {
		if index := r.indexes[sbom]; index != nil {
			sources = append(sources, packages.SourceOf(r.tree, sbom, index))
		}
	}
	table := packages.NewTable(sources...)
	joined, err := exposure.Join(ctx, table, image, reports)
	if err != nil {
		return err
	}
	for row := range table.Len() {
		for _, v := range joined.Of(row) {
			p := table.Row(row)
			r.add(v, p.Name, p.Version)
		}
	}
	for _, v := range joined.Outside() {
		r.add(v, target(v.Target), "")
	}
	return nil
}

// take notes what a document that was read says of the whole.
func (r *contents) take(report *exposure.Report) {
	if !report.Scan() {
		return
	}
	r.scanned = true
	r.side.ScanTrusted = r.side.ScanTrusted || report.Evidence.Trusted()
	if report.Truncated || report.Doubt() != "" {
		r.unread = append(r.unread, report.Evidence.Node)
	}
}

// target is what has a vulnerability where no SBOM lists it, without its version: as an SBOM would call it.
func target(written string) string {
	p, ok := packages.ParsePURL(written)
	if !ok {
		name, _, _ := strings.Cut(written, " ")
		return cmp.Or(name, "the image")
	}
	kind, name, _ := strings.Cut(p.Package, "/")
	switch kind {
	case "npm", "golang", "composer", "github", "swift": // whose names have slashes
		return name
	}
	return name[strings.LastIndexByte(name, '/')+1:]
}

// add keeps a vulnerability. Of the same one in several places the one that is excused nowhere counts, then the gravest.
func (r *contents) add(v exposure.Vulnerability, in, version string) {
	out := Vulnerability{ID: commonID(v), Package: in, Version: version, Severity: cmp.Or(v.Severity.String(), packages.SeverityUnknown.String())}
	if v.Excused {
		out.Excuse = excuse(v)
	}
	if r.open == nil {
		r.open = map[[2]string]Vulnerability{}
	}
	key := [2]string{out.ID, out.Package}
	if have, known := r.open[key]; known && !worseThan(out, have) {
		return
	}
	r.open[key] = out
}

func worseThan(a, b Vulnerability) bool {
	if open := a.Excuse == ""; open != (b.Excuse == "") {
		return open
	}
	return packages.ParseSeverity(a.Severity) > packages.ParseSeverity(b.Severity)
}

// commonID is the name that most scanners know a vulnerability by: its CVE, where it has one.
func commonID(v exposure.Vulnerability) string {
	for _, id := range append([]string{v.ID}, v.Aliases...) {
		if strings.HasPrefix(strings.ToUpper(id), "CVE-") {
			return strings.ToUpper(id)
		}
	}
	return v.ID
}

// excuse is why a vulnerability does not matter, in the words of the claim that counts.
func excuse(v exposure.Vulnerability) string {
	for _, c := range v.Claims {
		if c.Counts && c.Status.Excuses() {
			words := strings.ReplaceAll(string(c.Status), "_", " ")
			if why := cmp.Or(c.Justification, c.Impact); why != "" {
				words += ": " + strings.ReplaceAll(why, "_", " ")
			}
			return words
		}
	}
	return "excused by a trusted VEX"
}

// settle puts everything in a fixed order.
func (r *contents) settle() {
	for _, id := range r.unread {
		r.side.ScansUnread = append(r.side.ScansUnread, model.EntryTitle(r.tree.Entry(id)))
	}
	if !r.scanned {
		return
	}
	r.side.Vulnerabilities = make([]Vulnerability, 0, len(r.open))
	for _, v := range r.open {
		r.side.Vulnerabilities = append(r.side.Vulnerabilities, v)
	}
	slices.SortFunc(r.side.Vulnerabilities, func(a, b Vulnerability) int {
		return cmp.Or(cmp.Compare(packages.ParseSeverity(b.Severity), packages.ParseSeverity(a.Severity)),
			strings.Compare(a.ID, b.ID), strings.Compare(a.Package, b.Package))
	})
}
