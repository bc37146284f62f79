package plain

import (
	"io"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/model/lesson"
)

// Learn writes what a node is, what it proves and what not, how it is stored, and follows the bytes, each hashed again.
func (p *Reading) Learn(w io.Writer, e *model.Entry) error {
	l := lesson.For(p.tree, e)
	p.say("%s", spoken(l.Title))
	p.say("What it is: %s", l.What)
	for _, text := range l.Proves {
		p.say("Proves, when all required checks pass: %s", text)
	}
	for _, text := range l.Not {
		p.say("Does not prove: %s", text)
	}
	p.say("How it is stored: %s", l.Form.Stored)
	if l.Form.Signed != "" {
		p.say("What is signed: %s", l.Form.Signed)
	}
	p.trail(lesson.Trail(p.tree, e))
	for _, word := range l.Words {
		p.say("Word: %s: %s", word.Word, word.Means)
	}
	for _, link := range l.AllLinks() {
		p.say("Read on: %s: %s", link.Name, link.URL)
	}
	return p.flush(w)
}

// trail follows the bytes step by step.
func (p *Reading) trail(steps []lesson.Step) {
	p.say("Steps from the name to what is said: %d.", len(steps))
	for i, s := range steps {
		p.say("Step %d: %s. %s", i+1, s.Name, s.Says)
		for _, r := range s.Rows {
			p.say("%s: %s%s", r.What, r.Value, noted(r.Note))
		}
		r := s.Recompute()
		switch said := strings.TrimSpace(string(r.Digest) + " " + r.Text); r.Status {
		case lesson.Same:
			p.say("Hashed again, the same: %s", said)
		case lesson.Differs:
			p.say("Hashed again, and it differs: %s", said)
		case lesson.Computed:
			p.say("Hashed: %s", said)
		case lesson.Missing:
			p.say("Not hashed: %s", said)
		case lesson.Nothing, lesson.Pending:
		}
	}
}

// LearnCheck writes what one check asks, and what it means when it fails.
func (p *Reading) LearnCheck(w io.Writer, e *model.Entry, id model.CheckID) error {
	c := lesson.AboutCheck(id, e.Node.Format)
	if c.Title == "" {
		p.say("There is no check %q.", string(id))
		return p.flush(w)
	}
	for _, part := range []struct{ label, value string }{
		{"Check", c.Title}, {"Asks", c.Asks}, {"How", c.How}, {"Proves", c.Proves}, {"Does not prove", c.Not}, {"When it fails", c.Fails},
	} {
		if part.value != "" {
			p.say("%s: %s", part.label, part.value)
		}
	}
	for _, link := range c.Links {
		p.say("Read on: %s: %s", link.Name, link.URL)
	}
	return p.flush(w)
}

// Commands writes the commands of other programs that show and verify the same. Each stands on a line of its own.
func (p *Reading) Commands(w io.Writer, e *model.Entry, of equivalent.Context) error {
	all := equivalent.For(p.tree, e, of)
	p.say("Commands: %d.", len(all))
	for _, c := range all {
		p.say("%s, to %s: %s%s", c.Tool, c.Purpose, c.Does, noted(c.Note))
		for part := range strings.Lines(c.Line) {
			p.say("%s", strings.TrimSuffix(part, "\n"))
		}
	}
	return p.flush(w)
}
