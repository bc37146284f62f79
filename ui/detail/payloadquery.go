package detail

import (
	"bytes"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model/document"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
)

// payloadQuery is a question to a payload in gjson's syntax. While it is live, its answer stands where the payload does,
// as a tree like it; the payload is kept as it was left. Questions are answered by a command, one at a time: what is
// typed meanwhile is asked afterwards, and only the newest of it.
type payloadQuery struct {
	live    bool
	text    string
	problem string // why it is not asked, in a sentence
	running bool   // an answer is on its way, be it to this or to an older text
	ready   bool   // there is an answer to this text, or a problem
	shown   bool   // an answer stands where the payload does

	payload payloadDocument // while an answer is shown
	window  rows.Window
	answer  document.Answer
	of      string  // the text that it is the answer to
	choices choices // of completing the text
}

// whole is the outline of the payload itself, whatever stands in its place.
func (t payloadTab) whole() payloadDocument {
	if t.query.shown {
		return t.query.payload
	}
	return t.payload
}

// beginQuery begins a question, or takes up the last one. A search ends: its matches are not those of an answer.
func (t payloadTab) beginQuery() (payloadTab, tea.Cmd) {
	t.hunt, t.query.live = hunt{}, true
	return t.ask(t.query.text)
}

// endQuery puts the payload back as it was left.
func (t payloadTab) endQuery() payloadTab {
	t = t.unanswered()
	t.query.live = false
	return t
}

// unanswered takes the answer away and leaves the question.
func (t payloadTab) unanswered() payloadTab {
	if t.query.shown {
		t.payload, t.window = t.query.payload, t.query.window.Resize(t.window.Height())
	}
	q := t.query
	t.query = payloadQuery{live: q.live, text: q.text, running: q.running}
	return t
}

// ask changes the question.
func (t payloadTab) ask(text string) (payloadTab, tea.Cmd) {
	doc := t.whole().view.Document()
	if doc == nil || !t.query.live {
		return t, nil
	}
	q := &t.query
	q.text, q.ready, q.choices = text, false, choices{}
	if question(text) == "" {
		return t.unanswered(), nil
	}
	if q.problem = complaint(text, len(doc.Raw())); q.problem != "" {
		q.ready = true // what stands there stays until the question can be asked
		return t, nil
	}
	if q.running {
		return t, nil
	}
	q.running = true
	return t, askPayload(t.key, doc, text)
}

// answered takes an answer. One to a text that has changed since is dropped, and the text as it is now is asked.
func (t payloadTab) answered(msg queryAnsweredMsg) (payloadTab, tea.Cmd) {
	if msg.key != t.key || !t.query.running {
		return t, nil
	}
	t.query.running = false
	switch {
	case !t.query.live:
		return t, nil
	case msg.text != t.query.text && t.query.problem == "":
		kept := t.query.choices
		next, cmd := t.ask(t.query.text)
		next.query.choices = kept
		return next, cmd
	case msg.text != t.query.text:
		return t, nil
	}
	q := &t.query
	if !q.shown {
		q.payload, q.window, q.shown = t.payload, t.window, true
	}
	q.answer, q.of, q.ready = msg.answer, msg.text, true
	t.payload = msg.payload
	t.window = rows.NewWindow(t.payload.view.Len(), t.window.Height())
	return t, nil
}

// origin is the value of the payload that value i of what is shown is, -1 where it was computed.
func (t payloadTab) origin(i int) int {
	if !t.query.shown {
		return i
	}
	d, whole, nodes := t.payload.view.Document(), t.query.payload.view.Document(), t.query.answer.Nodes
	switch {
	case i < 0 || len(nodes) == 0:
		return -1
	case bytes.Equal(whole.Value(nodes[0]), d.Raw()): // one value: the same outline, further in
		return nodes[0] + i
	case i == 0:
		return nodes[0]
	}
	match := i
	for d.Parent(match) > 0 {
		match = d.Parent(match)
	}
	at := d.Position(match)
	if at >= len(nodes) || !bytes.Equal(whole.Value(nodes[at]), d.Value(match)) {
		return -1
	}
	return nodes[at] + i - match
}

// jump ends the question on the value under the cursor, unless that was computed and is no part of the payload.
func (t payloadTab) jump() payloadTab {
	i := t.origin(t.at())
	if i < 0 {
		return t
	}
	return t.endQuery().reveal(i)
}

// path is where in the payload the value under the cursor is, "" where it was computed. The whole of an answer that is
// not one value of the payload has no path but the question.
func (t payloadTab) path() string {
	i := t.origin(t.at())
	switch {
	case t.query.shown && t.at() == 0 && (i < 0 || !bytes.Equal(t.whole().view.Document().Value(i), t.payload.view.Document().Raw())):
		return question(t.query.of)
	case i < 0:
		return ""
	}
	return t.whole().view.Document().Path(i)
}

// said is how the question stands.
func (q payloadQuery) said() safe.Text {
	switch n := len(q.answer.Nodes); {
	case question(q.text) == "":
		return safe.Text{}
	case !q.ready:
		return safe.Const("asking")
	case q.problem != "":
		return safe.Line(q.problem)
	case !q.answer.Found():
		return safe.Const("no answer")
	case n == 0:
		return safe.Const("computed")
	case n == 1:
		return safe.Const("1 match")
	default:
		return safe.Format("%s matches", safe.Int(n))
	}
}

// question is what is asked of a text that is being typed: a path that ends in a separator goes on.
func question(text string) string {
	text = strings.TrimSpace(text)
	for {
		cut := strings.TrimRight(text, ".|")
		if cut == text || strings.HasSuffix(cut, `\`) {
			return text
		}
		text = cut
	}
}
