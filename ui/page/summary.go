package page

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// Summary is what a node says, first what to believe of it; of an image first its card, whose lines lead to nodes. It only
// reads the tree.
func Summary(sheet *widget.Sheet, tree *model.Tree, e *model.Entry, trust Trust, about About) (stops Stops) {
	s := writer{sheet}
	if e == tree.Root() {
		s.sender(e, about.Sender, trust)
	}
	if e == tree.Root() && tree.Err != nil {
		s.Put(s.Styles.Warning.Bold(), safe.Concat(s.Styles.Glyphs.Warning, safe.Const(" Discovery did not finish: there may be more than is shown")))
		s.Sentence(tree.Err.Error(), s.Styles.Text, 2)
		s.Gap()
	}
	if !e.Verifying {
		stops = s.card(tree, e, trust, about.Now)
	}
	if !stops.made {
		s.verdict(tree, e)
	}
	speaks := e.Attestation != nil // then what it says comes first, of a file as of what hangs on an image
	if e == tree.Root() {
		s.unseen(tree)
		if !speaks {
			s.policy(tree, trust)
		}
	}
	s.judged(e)
	s.packaged(tree, e, trust)
	s.slsa(e)
	s.said(e)
	s.attached(tree, e)
	s.findings(tree, e)
	if e == tree.Root() && speaks {
		s.policy(tree, trust)
	}
	s.stored(e)
	return stops
}

func (s writer) policy(tree *model.Tree, trust Trust) {
	s.Gap()
	Policy(s.Sheet, tree, trust)
}

// verdict is the verdict with its reason, and what the word means.
func (s writer) verdict(tree *model.Tree, e *model.Entry) {
	v := e.Standing.Verdict
	if e.Verifying {
		s.Put(s.Styles.Quiet, safe.Const("being checked"))
		return
	}
	mark := s.Styles.Standing(e.Standing)
	s.Put(mark.Style, mark.Text())
	s.decided(e)
	s.Sentence(e.Standing.Reason, s.Styles.Text, 2)
	means := phrase.VerdictMeans
	if !e.Node.Format.Signed() {
		means = phrase.VouchedMeans
	}
	s.Sentence(means(v), s.Styles.Quiet, 2)
	switch by, over := tree.Entry(e.Standing.VouchedBy), tree.Entry(e.Standing.CoveredBy); {
	case by != nil:
		s.voucher("Vouched for by", by)
	case over != nil:
		s.voucher("Covered by", over)
	}
}

// voucher names the node that a verdict is taken from. Enter leads to it. The word of its verdict goes first where there
// is no room for it beside the title.
func (s writer) voucher(how string, by *model.Entry) {
	mark := s.Styles.Standing(by.Standing)
	lead, leads := safe.Format("  %s ", safe.Line(how)), safe.Format(" %s", s.Styles.Glyphs.Enter)
	word := safe.Format(" %s%s", mark.Word, leads)
	room := max(s.Width-lead.Width()-2, 8)
	title := safe.LineMax(model.EntryTitle(by), room)
	if title.Width()+word.Width() > room {
		title, word = title.Truncate(max(room-leads.Width(), 6)), leads
	}
	var l widget.Line
	l.Add(s.Styles.Label, lead)
	l.Add(mark.Style, safe.Concat(mark.Glyph, safe.Spaces(1)))
	l.Add(s.Styles.Link, title)
	l.Add(mark.Style, word)
	s.Add(l)
}

// decided names the check that the verdict rests on, where that is the node's own and not good.
func (s writer) decided(e *model.Entry) {
	if e.Report == nil || e.Report.Verdict != e.Standing.Verdict {
		return
	}
	c := e.Report.Decisive()
	if c.ID == "" {
		return
	}
	mark := s.Styles.Check(c.Status)
	var l widget.Line
	l.Add(s.Styles.Label, safe.Const("  decided by  "))
	l.Add(s.Styles.Strong, safe.LineMax(string(c.ID), s.Width))
	l.Add(mark.Style, safe.Format(" %s %s", mark.Glyph, mark.Word))
	s.Add(l)
}

// judged says who signed, when, and by what that was judged.
func (s writer) judged(e *model.Entry) {
	r := e.Report
	if r == nil || len(r.Checks) == 0 || e.Verifying {
		return
	}
	if r.Signer == nil && r.Claimed == nil && r.SignedAt.IsZero() && r.VerifiedBy == "" {
		return // of what nobody signed there is nothing to say, and no room to leave for it
	}
	s.Gap()
	switch {
	case r.Signer != nil:
		s.Field("Signed by", cmp.Or(r.Signer.Subject, r.Signer.Fingerprint), phrase.KnownAs(r.Signer.Name), s.Styles.Text)
		s.lookalike(*r.Signer)
	case r.Claimed != nil:
		who := cmp.Or(r.Claimed.Subject, r.Claimed.Fingerprint, r.Claimed.Hint, "nobody by name")
		s.Field("Claims", who, "as its signer: not proven", s.Styles.Claim)
		s.lookalike(*r.Claimed)
	}
	s.Field("Signed at", phrase.Moment(r.SignedAt), "", s.Proof(r.Signer != nil))
	under := ""
	if r.TrustRoot != "" {
		under = "under root " + r.TrustRoot
	}
	s.Field("Judged by", r.VerifiedBy, under, s.Styles.Text)
}

// mostUnseen is how many look-ups a summary lists; the ledger has them all.
const mostUnseen = 20

// unseen lists the look-ups after which something may be there that is not shown.
func (s writer) unseen(tree *model.Tree) {
	n := phrase.MissedIn(tree)
	if !n.Any() {
		return
	}
	s.Gap()
	s.Put(s.Styles.Warning.Bold(), safe.Format("%s Incomplete: look-ups %s", s.Styles.Glyphs.Warning, n.Text()))
	s.Sentence("There may be more than is shown.", s.Styles.Text, 2)
	listed := 0
	for _, l := range tree.Lookups {
		switch l.Status {
		case model.LookupFound, model.LookupNone, model.LookupUnsupported:
			continue
		case model.LookupDenied, model.LookupTruncated, model.LookupFailed:
		}
		if listed++; listed > mostUnseen {
			s.Sentence("and more: see the ledger", s.Styles.Quiet, 2)
			return
		}
		said := phrase.LookupResult(l).String()
		if l.Detail != "" {
			said += ": " + l.Detail
		}
		s.Entry(phrase.Mechanism(l.Mechanism), said, "of "+l.Subject.Short(), s.Styles.Text, 2, widget.LabelWidth+2)
	}
}

// said are the fields that the predicate's decoder found worth reading first.
func (s writer) said(e *model.Entry) {
	a := e.Attestation
	switch {
	case a == nil:
		if p := cmp.Or(e.Node.Unavailable, e.BlobProblem); p != "" {
			s.Heading(safe.Const("Could not be had"))
			s.Sentence(p, s.Styles.Warning, 0)
		}
		return
	case a.Problem != "":
		s.Heading(safe.Const("Could not be read"))
		s.Sentence(a.Problem, s.Styles.Warning, 0)
	}
	if a.Predicate != nil {
		if fields := a.Predicate.Fields(); len(fields) > 0 {
			s.Heading(safe.Const("What it says"))
			column := s.column(fields)
			for _, f := range fields {
				s.Entry(safe.LineMax(f.Label, s.Width), f.Value, f.Note, s.Styles.Text, 0, column)
			}
		}
	}
	s.subjects(a)
}

// column is where the values of fields begin: after the longest label, unless that leaves too little for the values.
func (s writer) column(fields []model.Field) int {
	column := widget.LabelWidth
	for _, f := range fields {
		column = max(column, safe.LineMax(f.Label, s.Width).Width()+2)
	}
	if column > min(s.Width/3, wideLabels) {
		return widget.LabelWidth
	}
	return column
}

// mostSubjects is how many subjects a summary lists; the payload has them all.
const mostSubjects = 5

func (s writer) subjects(a *model.Attestation) {
	if p := a.SimpleSigning; p != nil {
		s.Heading(safe.Const("What was signed"))
		s.Field("Image", p.DockerReference, "a label: only the digest counts", s.Styles.Text)
		s.Field("Digest", p.ManifestDigest, "", s.Styles.Text)
		s.Field("Type", p.Type, "", s.Styles.Text)
		for _, f := range p.Annotations() {
			s.Field(f.Label, f.Value, "", s.Styles.Text)
		}
	}
	if a.Message || a.Target != nil {
		s.Heading(safe.Const("What was signed"))
		if a.MessageDigest != "" {
			s.Field("Digest", string(a.MessageDigest), "of the signed bytes, as the bundle says", s.Styles.Text)
		}
		if t := a.Target; t != nil {
			s.Field("Target", string(t.Digest), t.MediaType, s.Styles.Text)
		}
	}
	if a.Statement == nil || len(a.Statement.Subjects) == 0 {
		return
	}
	s.Heading(safe.Const("About"))
	for i, subject := range a.Statement.Subjects {
		if i == mostSubjects {
			s.Field("", "and "+strconv.Itoa(len(a.Statement.Subjects)-i)+" more: see Payload", "", s.Styles.Quiet)
			break
		}
		s.Field("Subject", cmp.Or(subject.Name, subject.URI, "(no name)"), "", s.Styles.Text)
		for _, d := range subject.Digests {
			s.Field("", d.Algorithm+":"+d.Value, "", s.Styles.Quiet)
		}
		names := slices.Sorted(maps.Keys(subject.Annotations))
		for _, name := range names[:min(len(names), mostChildren)] {
			s.Field("", name+": "+subject.Annotations[name], "", s.Styles.Text)
		}
	}
}

// mostChildren is how many children a summary lists; the tree has them all.
const mostChildren = 50

// attached lists what hangs on the node.
func (s writer) attached(tree *model.Tree, e *model.Entry) {
	if len(e.Children) == 0 {
		return
	}
	s.Heading(safe.Const("Attached"))
	for i, id := range e.Children {
		if i == mostChildren {
			s.Sentence("and "+strconv.Itoa(len(e.Children)-i)+" more: see the tree", s.Styles.Quiet, 0)
			break
		}
		child := tree.Entry(id)
		if child == nil {
			continue
		}
		mark := s.Styles.Standing(child.Standing)
		var l widget.Line
		l.Add(mark.Style, mark.Text().PadRight(widget.LabelWidth+3))
		l.Add(s.Styles.Text, safe.LineMax(model.EntryTitle(child), s.Width))
		s.Add(l)
	}
}

func (s writer) findings(tree *model.Tree, e *model.Entry) {
	findings := model.EntryFindings(e)
	if tree.Root() == e {
		findings = slices.Concat(tree.Notes, findings)
	}
	if len(findings) == 0 {
		return
	}
	s.Heading(safe.Const("Findings"))
	s.Remarks(findings)
}

// stored says what the node is in the registry, and how it was reached.
func (s writer) stored(e *model.Entry) {
	n := e.Node
	s.Heading(safe.Const("Stored as"))
	s.Field("Kind", phrase.Kind(n.Kind), "", s.Styles.Text)
	s.Field("Digest", string(n.Digest), "", s.Styles.Text)
	if n.Size > 0 {
		s.Field("Size", phrase.Bytes(n.Size), "", s.Styles.Text)
	}
	s.Field("Media type", n.MediaType, "", s.Styles.Text)
	s.Field("Artifact", n.ArtifactType, "", s.Styles.Text)
	if e.Attestation != nil {
		s.Field("Envelope", string(e.Attestation.Envelope), "", s.Styles.Text)
		s.Field("Predicate", e.Attestation.PredicateType, "", s.Styles.Text)
	}
	s.Field("Manifest", string(n.Manifest), "", s.Styles.Text)
	s.Field("Platform", n.Platform, "", s.Styles.Text)
	s.Field("Tag", n.Tag, "", s.Styles.Text)
	s.Field("Name", n.Name, "", s.Styles.Text)
	var ways []string
	for _, f := range n.Found {
		ways = append(ways, phrase.FoundBy(f))
	}
	s.Field("Found by", strings.Join(ways, ", "), "", s.Styles.Text)
	for _, l := range n.Layers {
		s.Field("Layer", l.MediaType, phrase.Bytes(l.Size), s.Styles.Text)
	}
	for _, k := range slices.Sorted(maps.Keys(n.Annotations)) {
		s.Field(k, n.Annotations[k], "", s.Styles.Quiet)
	}
}
