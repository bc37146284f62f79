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

// platformCard is the card of one platform of an index.
type platformCard struct {
	Node     string        `json:"node"`
	Platform string        `json:"platform"`
	Card     *cardDocument `json:"card"`
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
	return describeCard(c)
}

// newPlatformCards are the cards of an index's platforms, in the order of the tree; never nil. No policy asks anything
// of a platform alone, so there is none in them.
func newPlatformCards(t *model.Tree, f Facts) []platformCard {
	out := []platformCard{}
	root := t.Root()
	if !f.Verified || root == nil {
		return out
	}
	for _, id := range root.Children {
		if c, ok := card.Of(t, id, card.Facts{JudgedAt: f.JudgedAt}); ok {
			out = append(out, platformCard{Node: id, Platform: t.Entry(id).Node.Platform, Card: describeCard(c)})
		}
	}
	return out
}

func describeCard(c card.Card) *cardDocument {
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
