package ui

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// summary is what a node says, first what to believe of it; of an image first its card, whose lines lead to nodes.
func (s *sheet) summary(tree *model.Tree, e *model.Entry, trust trustState, now time.Time) (stops cardStops) {
	if e == tree.Root() && tree.Err != nil {
		s.put(s.styles.Warning.Bold(), safe.Concat(s.styles.Glyphs.Warning, safe.Const(" Discovery did not finish: there may be more than is shown")))
		s.sentence(tree.Err.Error(), s.styles.Text, 2)
		s.gap()
	}
	if !e.Verifying {
		stops = s.card(tree, e, trust, now)
	}
	if !stops.made {
		s.verdict(tree, e)
	}
	if e == tree.Root() {
		s.unseen(tree)
		s.gap()
		s.policy(tree, trust)
	}
	s.judged(e)
	s.packaged(tree, e, trust)
	s.slsa(e)
	s.said(e)
	s.attached(tree, e)
	s.findings(tree, e)
	s.stored(e)
	return stops
}

// verdict is the verdict with its reason, and what the word means.
func (s *sheet) verdict(tree *model.Tree, e *model.Entry) {
	v := e.Standing.Verdict
	if e.Verifying {
		s.put(s.styles.Quiet, safe.Const("being checked"))
		return
	}
	mark := s.styles.Standing(e.Standing)
	s.put(mark.Style, mark.Text())
	s.decided(e)
	s.sentence(e.Standing.Reason, s.styles.Text, 2)
	means := verdictMeans
	if !e.Node.Format.Signed() {
		means = vouchedMeans
	}
	s.sentence(means(v), s.styles.Quiet, 2)
	switch by, over := tree.Entry(e.Standing.VouchedBy), tree.Entry(e.Standing.CoveredBy); {
	case by != nil:
		s.voucher("Vouched for by", by)
	case over != nil:
		s.voucher("Covered by", over)
	}
}

// voucher names the node that a verdict is taken from. Enter leads to it. The word of its verdict goes first where there
// is no room for it beside the title.
func (s *sheet) voucher(how string, by *model.Entry) {
	mark := s.styles.Standing(by.Standing)
	lead, leads := safe.Format("  %s ", safe.Line(how)), safe.Format(" %s", s.styles.Glyphs.Enter)
	word := safe.Format(" %s%s", mark.Word, leads)
	room := max(s.width-lead.Width()-2, 8)
	title := safe.LineMax(model.EntryTitle(by), room)
	if title.Width()+word.Width() > room {
		title, word = title.Truncate(max(room-leads.Width(), 6)), leads
	}
	var l line
	l.add(s.styles.Label, lead)
	l.add(mark.Style, safe.Concat(mark.Glyph, safe.Spaces(1)))
	l.add(s.styles.Link, title)
	l.add(mark.Style, word)
	s.add(l)
}

// decided names the check that the verdict rests on, where that is the node's own and not good.
func (s *sheet) decided(e *model.Entry) {
	if e.Report == nil || e.Report.Verdict != e.Standing.Verdict {
		return
	}
	c := e.Report.Decisive()
	if c.ID == "" {
		return
	}
	mark := s.styles.Check(c.Status)
	var l line
	l.add(s.styles.Label, safe.Const("  decided by  "))
	l.add(s.styles.Strong, safe.LineMax(string(c.ID), s.width))
	l.add(mark.Style, safe.Format(" %s %s", mark.Glyph, mark.Word))
	s.add(l)
}

// judged says who signed, when, and by what that was judged.
func (s *sheet) judged(e *model.Entry) {
	r := e.Report
	if r == nil || len(r.Checks) == 0 || e.Verifying {
		return
	}
	s.gap()
	switch {
	case r.Signer != nil:
		s.field("Signed by", cmp.Or(r.Signer.Subject, r.Signer.Fingerprint), knownAs(r.Signer.Name), s.styles.Text)
		s.lookalike(*r.Signer)
	case r.Claimed != nil:
		who := cmp.Or(r.Claimed.Subject, r.Claimed.Fingerprint, r.Claimed.Hint, "nobody by name")
		s.field("Claims", who, "as its signer: not proven", s.styles.Claim)
		s.lookalike(*r.Claimed)
	}
	s.field("Signed at", moment(r.SignedAt), "", s.proof(r.Signer != nil))
	under := ""
	if r.TrustRoot != "" {
		under = "under root " + r.TrustRoot
	}
	s.field("Judged by", r.VerifiedBy, under, s.styles.Text)
}

// mostUnseen is how many look-ups a summary lists; the ledger has them all.
const mostUnseen = 20

// unseen lists the look-ups after which something may be there that is not shown.
func (s *sheet) unseen(tree *model.Tree) {
	n := missedIn(tree)
	if !n.any() {
		return
	}
	s.gap()
	s.put(s.styles.Warning.Bold(), safe.Format("%s Incomplete: look-ups %s", s.styles.Glyphs.Warning, n.text()))
	s.sentence("There may be more than is shown.", s.styles.Text, 2)
	listed := 0
	for _, l := range tree.Lookups {
		switch l.Status {
		case model.LookupFound, model.LookupNone, model.LookupUnsupported:
			continue
		case model.LookupDenied, model.LookupTruncated, model.LookupFailed:
		}
		if listed++; listed > mostUnseen {
			s.sentence("and more: see the ledger", s.styles.Quiet, 2)
			return
		}
		said := lookupResult(l).String()
		if l.Detail != "" {
			said += ": " + l.Detail
		}
		s.entry(mechanismName(l.Mechanism), said, "of "+l.Subject.Short(), s.styles.Text, 2, labelWidth+2)
	}
}

// said are the fields that the predicate's decoder found worth reading first.
func (s *sheet) said(e *model.Entry) {
	a := e.Attestation
	switch {
	case a == nil:
		if p := cmp.Or(e.Node.Unavailable, e.BlobProblem); p != "" {
			s.heading(safe.Const("Could not be had"))
			s.sentence(p, s.styles.Warning, 0)
		}
		return
	case a.Problem != "":
		s.heading(safe.Const("Could not be read"))
		s.sentence(a.Problem, s.styles.Warning, 0)
	}
	if a.Predicate != nil {
		if fields := a.Predicate.Fields(); len(fields) > 0 {
			s.heading(safe.Const("What it says"))
			column := s.column(fields)
			for _, f := range fields {
				s.entry(safe.LineMax(f.Label, s.width), f.Value, f.Note, s.styles.Text, 0, column)
			}
		}
	}
	s.subjects(a)
}

// column is where the values of fields begin: after the longest label, unless that leaves too little for the values.
func (s *sheet) column(fields []model.Field) int {
	column := labelWidth
	for _, f := range fields {
		column = max(column, safe.LineMax(f.Label, s.width).Width()+2)
	}
	if column > min(s.width/3, wideLabels) {
		return labelWidth
	}
	return column
}

// mostSubjects is how many subjects a summary lists; the payload has them all.
const mostSubjects = 5

func (s *sheet) subjects(a *model.Attestation) {
	if p := a.SimpleSigning; p != nil {
		s.heading(safe.Const("What was signed"))
		s.field("Image", p.DockerReference, "a label: only the digest counts", s.styles.Text)
		s.field("Digest", p.ManifestDigest, "", s.styles.Text)
		s.field("Type", p.Type, "", s.styles.Text)
		for _, f := range p.Annotations() {
			s.field(f.Label, f.Value, "", s.styles.Text)
		}
	}
	if a.Message || a.Target != nil {
		s.heading(safe.Const("What was signed"))
		if a.MessageDigest != "" {
			s.field("Digest", string(a.MessageDigest), "of the signed bytes, as the bundle says", s.styles.Text)
		}
		if t := a.Target; t != nil {
			s.field("Target", string(t.Digest), t.MediaType, s.styles.Text)
		}
	}
	if a.Statement == nil || len(a.Statement.Subjects) == 0 {
		return
	}
	s.heading(safe.Const("About"))
	for i, subject := range a.Statement.Subjects {
		if i == mostSubjects {
			s.field("", "and "+strconv.Itoa(len(a.Statement.Subjects)-i)+" more: see Payload", "", s.styles.Quiet)
			break
		}
		s.field("Subject", cmp.Or(subject.Name, subject.URI, "(no name)"), "", s.styles.Text)
		for _, d := range subject.Digests {
			s.field("", d.Algorithm+":"+d.Value, "", s.styles.Quiet)
		}
		names := slices.Sorted(maps.Keys(subject.Annotations))
		for _, name := range names[:min(len(names), mostChildren)] {
			s.field("", name+": "+subject.Annotations[name], "", s.styles.Text)
		}
	}
}

// mostChildren is how many children a summary lists; the tree has them all.
const mostChildren = 50

// attached lists what hangs on the node.
func (s *sheet) attached(tree *model.Tree, e *model.Entry) {
	if len(e.Children) == 0 {
		return
	}
	s.heading(safe.Const("Attached"))
	for i, id := range e.Children {
		if i == mostChildren {
			s.sentence("and "+strconv.Itoa(len(e.Children)-i)+" more: see the tree", s.styles.Quiet, 0)
			break
		}
		child := tree.Entry(id)
		if child == nil {
			continue
		}
		mark := s.styles.Standing(child.Standing)
		var l line
		l.add(mark.Style, mark.Text().PadRight(labelWidth+3))
		l.add(s.styles.Text, safe.LineMax(model.EntryTitle(child), s.width))
		s.add(l)
	}
}

func (s *sheet) findings(tree *model.Tree, e *model.Entry) {
	findings := model.EntryFindings(e)
	if tree.Root() == e {
		findings = slices.Concat(tree.Notes, findings)
	}
	if len(findings) == 0 {
		return
	}
	s.heading(safe.Const("Findings"))
	s.remarks(findings)
}

// stored says what the node is in the registry, and how it was reached.
func (s *sheet) stored(e *model.Entry) {
	n := e.Node
	s.heading(safe.Const("Stored as"))
	s.field("Kind", kindName(n.Kind), "", s.styles.Text)
	s.field("Digest", string(n.Digest), "", s.styles.Text)
	if n.Size > 0 {
		s.field("Size", byteCount(n.Size), "", s.styles.Text)
	}
	s.field("Media type", n.MediaType, "", s.styles.Text)
	s.field("Artifact", n.ArtifactType, "", s.styles.Text)
	if e.Attestation != nil {
		s.field("Envelope", string(e.Attestation.Envelope), "", s.styles.Text)
		s.field("Predicate", e.Attestation.PredicateType, "", s.styles.Text)
	}
	s.field("Manifest", string(n.Manifest), "", s.styles.Text)
	s.field("Platform", n.Platform, "", s.styles.Text)
	s.field("Tag", n.Tag, "", s.styles.Text)
	s.field("Name", n.Name, "", s.styles.Text)
	var ways []string
	for _, f := range n.Found {
		ways = append(ways, foundBy(f))
	}
	s.field("Found by", strings.Join(ways, ", "), "", s.styles.Text)
	for _, l := range n.Layers {
		s.field("Layer", l.MediaType, byteCount(l.Size), s.styles.Text)
	}
	for _, k := range slices.Sorted(maps.Keys(n.Annotations)) {
		s.field(k, n.Annotations[k], "", s.styles.Quiet)
	}
}
