package page

import (
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// Sender is what whoever made an evidence pack says of the image in it. It is shown beside what the reader's own trust
// makes of it, and decides nothing.
type Sender struct {
	Verdict  string
	Policy   string // "satisfied", or what else their report says
	Tool     string
	JudgedAt time.Time
	Problem  string // why their report cannot be read, "" where it can
}

// Word is the sender's word, as it is shown.
func (s Sender) Word() string {
	switch {
	case s.Problem != "":
		return "unreadable"
	case s.Verdict == "":
		return "nothing"
	}
	return s.Verdict
}

// Differs reports whether the sender's verdict is another than that of the reader's trust.
func (s Sender) Differs(root *model.Entry) bool {
	return root != nil && s.Word() != root.Standing.Verdict.String()
}

// The columns of both verdicts, in cells.
const senderLabel, senderOwn = 10, 24

// sender puts the sender's verdict beside the reader's, at the head of the image's summary.
func (p writer) sender(root *model.Entry, s *Sender, trust Trust) {
	if s == nil {
		return
	}
	st := p.Styles
	own := min(senderOwn, max((p.Width-senderLabel)/2, 1))
	row := func(label string, style theme.Style, mine safe.Text, theirStyle theme.Style, theirs safe.Text) {
		var l widget.Line
		l.Add(st.Label, safe.Line(label).PadRight(senderLabel))
		l.Add(style, mine.Fit(own-1))
		l.Add(theme.Style{}, safe.Spaces(1))
		l.Add(theirStyle, theirs.Truncate(max(p.Width-senderLabel-own, 1)))
		p.Add(l)
	}
	p.Put(st.Heading, safe.Const("An evidence pack"))
	row("", st.Label, safe.Const("by your own trust"), st.Label, safe.Const("the sender's report"))
	mark := st.Standing(root.Standing)
	theirs := st.Claim
	if s.Differs(root) {
		theirs = st.Warning
	}
	row("verdict", mark.Style, mark.Text(), theirs, safe.LineMax(s.Word(), p.Width))
	if s.Problem == "" {
		policy := safe.Const("not judged yet")
		switch {
		case trust.Again:
			policy = safe.Const("judging again…")
		case trust.Judged && trust.Policy.Satisfied:
			policy = safe.Const("satisfied")
		case trust.Judged:
			policy = safe.Const("not satisfied")
		}
		row("policy", st.Text, policy, st.Claim, safe.LineMax(s.Policy, p.Width))
	}
	said := "Theirs is their word alone. Nothing of it is believed here."
	if !s.JudgedAt.IsZero() {
		said = "Theirs is of " + phrase.Moment(s.JudgedAt) + ", by " + widget.OneLine(s.Tool) + ": their word alone. Nothing of it is believed here."
	}
	if s.Problem != "" {
		said = "Their report cannot be read: " + widget.OneLine(s.Problem) + ". Nothing of it is believed here anyway."
	}
	p.Sentence(said, st.Quiet, 0)
	p.Gap()
}
