package detail

import (
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// BeginQuery begins a question to the payload, or takes up the last one.
func (p Pane) BeginQuery() (next Pane, cmd tea.Cmd) {
	p.payload, cmd = p.payload.beginQuery()
	return p, cmd
}

// EndQuery puts the payload back as it was left. The question can be taken up again.
func (p Pane) EndQuery() Pane {
	p.payload = p.payload.endQuery()
	return p
}

// ForgetQuery is EndQuery, and the next question begins with nothing.
func (p Pane) ForgetQuery() Pane {
	p.payload = p.payload.forgetQuery()
	return p
}

// Ask changes the question.
func (p Pane) Ask(text string) (next Pane, cmd tea.Cmd) {
	p.payload, cmd = p.payload.ask(widget.Typable(text))
	return p, cmd
}

// Asked is the question, as it is typed.
func (p Pane) Asked() string { return p.payload.query.text }

// QuerySaid is how the question stands.
func (p Pane) QuerySaid() safe.Text { return p.payload.query.said() }

// ShowsAnswer reports whether an answer stands where the payload does, and is on screen.
func (p Pane) ShowsAnswer() bool { return p.tab == scene.TabPayload && p.payload.query.shown }

// QueryKey edits the question, goes over its answer, and ends on a value of it. open is false when the line is done with.
func (p Pane) QueryKey(k tea.KeyPressMsg) (next Pane, cmd tea.Cmd, open bool) {
	p.payload, cmd, open = p.payload.queryKey(p.keys, k)
	return p, cmd, open
}

func (t payloadTab) forgetQuery() payloadTab {
	t = t.endQuery()
	t.query.text = ""
	return t
}

func (t payloadTab) queryKey(keys keymap.Map, k tea.KeyPressMsg) (next payloadTab, cmd tea.Cmd, open bool) {
	text := t.query.text
	switch {
	case !t.query.live: // its payload has gone
		return t, nil, false
	case key.Matches(k, keys.Back):
		return t.forgetQuery(), nil, false
	case key.Matches(k, keys.Enter):
		next, open = t.finishQuery()
		return next, nil, open
	case k.String() == "tab":
		t, cmd = t.completeQuery(1)
	case k.String() == "shift+tab":
		t, cmd = t.completeQuery(-1)
	case k.String() == "up":
		t.window = t.window.Move(-1)
	case k.String() == "down":
		t.window = t.window.Move(1)
	case k.String() == "backspace":
		_, size := utf8.DecodeLastRuneInString(text)
		t, cmd = t.ask(widget.Typable(text[:len(text)-size]))
	case k.String() == "ctrl+u":
		t, cmd = t.ask("")
	case k.Text != "":
		t, cmd = t.ask(widget.Typable(text + k.Text))
	}
	return t, cmd, true
}

// finishQuery goes to the value under the cursor. What was computed has no place in the payload and stays where it is.
func (t payloadTab) finishQuery() (next payloadTab, open bool) {
	switch {
	case question(t.query.text) == "":
		return t.forgetQuery(), false
	case !t.query.ready || t.query.problem != "" || !t.query.answer.Found():
		return t, true // there is nothing to go to, and the line says why
	}
	return t.jump(), false
}

// completeQuery puts the next key into the query, or has the keys looked for that it may go on with.
func (t payloadTab) completeQuery(step int) (payloadTab, tea.Cmd) {
	next, text, found := t.complete(step)
	if !found {
		doc := t.whole().view.Document()
		if doc == nil {
			return t, nil
		}
		return t, findCompletions(t.key, doc, t.query.text)
	}
	chosen := next.query.choices
	next, cmd := next.ask(widget.Typable(text))
	if len(chosen.texts) > 1 {
		next.query.choices = chosen
	}
	return next, cmd
}

// offered takes the choices, unless something else was typed by now.
func (t payloadTab) offered(msg completionsFoundMsg) (payloadTab, tea.Cmd) {
	if msg.key != t.key || msg.text != t.query.text || !t.query.live || len(msg.choices) == 0 {
		return t, nil
	}
	t.query.choices = choices{msg.choices, len(msg.choices) - 1} // from where the first is next
	return t.completeQuery(1)
}
