package page

import (
	"strconv"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// Policy is whether the policy is satisfied, and each thing that it asks: what meets it, or what is missing. The stops
// are the requirements, nodes what they lead to.
func Policy(sheet *widget.Sheet, tree *model.Tree, trust Trust) (stops []widget.Block, nodes []string) {
	s := writer{sheet}
	mark := trust.Mark(s.Styles)
	s.Put(mark.Style, mark.Text())
	answer := trust.Policy
	switch {
	case answer.Path != "":
		s.Field("File", answer.Path, "", s.Styles.Quiet)
		s.Field("", answer.SHA256, "", s.Styles.Quiet)
	default:
		s.Sentence("There is no policy file: what was asked for has to be trusted.", s.Styles.Quiet, 2)
	}
	if trust.Problem != "" {
		s.Sentence("The file changed and could not be read, so that this is by what it said before: "+trust.Problem, s.Styles.Bad, 2)
	}
	if !trust.Judged {
		s.Sentence("It is asked when everything has been checked.", s.Styles.Quiet, 2)
		return nil, nil
	}
	if trust.Again {
		s.Sentence("Until then, this is by what was trusted before.", s.Styles.Quiet, 2)
	}
	s.Gap()
	said := map[string]bool{}
	for i, r := range answer.Requirements {
		if s.Full() {
			s.Sentence("and "+strconv.Itoa(len(answer.Requirements)-i)+" more", s.Styles.Quiet, 0)
			break
		}
		first := len(s.Lines)
		s.requirement(tree, r)
		said[r.Message] = true
		stops, nodes = append(stops, widget.Block{First: first, End: len(s.Lines)}), append(nodes, r.Node)
	}
	for _, reason := range answer.Reasons {
		if !said[reason] {
			s.Entry(s.Styles.Glyphs.Error, reason, "", s.Styles.Text, 0, 2)
		}
	}
	return stops, nodes
}

// requirement is one line of the policy's answer with what meets it, or what is missing.
func (s writer) requirement(tree *model.Tree, r model.Requirement) {
	mark := s.Styles.Requirement(r.Status)
	var l widget.Line
	l.Add(mark.Style, safe.Concat(mark.Glyph, safe.Spaces(1)))
	l.Add(s.Styles.Strong, safe.LineMax(r.ID, s.Width))
	if on := tree.Entry(string(r.On)); on != nil && on != tree.Root() {
		l.Add(s.Styles.Text, safe.Format(" on %s", safe.LineMax(model.EntryTitle(on), s.Width)))
	}
	l.Add(s.Styles.Quiet, safe.Format("  %s", safe.LineMax(r.Wants, max(s.Width-widget.Width(l.Left)-2, 0))))
	l.End(mark.Style, safe.Format("  %s ", mark.Word))
	s.Add(l)
	s.Sentence(r.Message, s.Styles.Text, 2)
	if e := tree.Entry(r.Node); e != nil {
		standing := s.Styles.Standing(e.Standing)
		var by widget.Line
		by.Add(s.Styles.Quiet, safe.Format("  %s ", s.Styles.Glyphs.Right))
		by.Add(standing.Style, safe.Concat(standing.Glyph, safe.Spaces(1)))
		by.Add(s.Styles.Link, safe.LineMax(model.EntryTitle(e), max(s.Width-widget.Width(by.Left), 0)))
		s.Add(by)
	}
}
