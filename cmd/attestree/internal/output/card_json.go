package output

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/card"
)

type cardDocument struct {
	Verdict    string          `json:"verdict"`
	Answer     string          `json:"answer"`
	Lines      []cardLine      `json:"lines"`
	Guarantees []cardGuarantee `json:"guarantees"`
}

type cardLine struct {
	Section  string `json:"section"`
	ID       string `json:"id"`
	Text     string `json:"text"`
	Note     string `json:"note"`
	Basis    string `json:"basis"`
	Severity string `json:"severity"`
	Node     string `json:"node"`
	Verdict  string `json:"verdict"`
}

type cardGuarantee struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Support string   `json:"support"`
	Text    string   `json:"text"`
	Nodes   []string `json:"nodes"`
	Verdict string   `json:"verdict"`
	Check   string   `json:"check"`
}

// newCard is the image's card, nil for what is no image and for what was listed only.
func newCard(t *model.Tree, f Facts) *cardDocument {
	if !f.Verified {
		return nil
	}
	c, ok := card.Make(t, card.Facts{JudgedAt: f.JudgedAt, Policy: &f.Policy})
	if !ok {
		return nil
	}
	d := &cardDocument{Verdict: c.Verdict.String(), Answer: c.Answer, Lines: []cardLine{}, Guarantees: []cardGuarantee{}}
	for _, l := range c.Lines {
		verdict := ""
		if l.Node != "" {
			verdict = l.Verdict.String()
		}
		d.Lines = append(d.Lines, cardLine{
			Section: string(l.Section), ID: l.ID, Text: l.Text, Note: l.Note, Basis: string(l.Basis),
			Severity: string(l.Severity), Node: l.Node, Verdict: verdict,
		})
	}
	for _, g := range c.Guarantees {
		verdict := ""
		if len(g.Nodes) > 0 {
			verdict = g.Verdict.String()
		}
		d.Guarantees = append(d.Guarantees, cardGuarantee{
			ID: string(g.ID), Title: g.ID.Title(), Support: string(g.Support), Text: g.Text,
			Nodes: append([]string{}, g.Nodes...), Verdict: verdict, Check: g.Check,
		})
	}
	return d
}
