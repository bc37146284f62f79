package audit

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// Key implements scene.Scene.
func (s View) Key(on scene.Stage, k tea.KeyPressMsg) (next scene.Scene, i scene.Intent, taken bool) {
	switch {
	case s.form != nil:
		return s.formKey(on, k)
	case s.Typing:
		s.Filtering, s.table, taken = s.TypeOver(s.table, on.Keys, k)
		return s, nil, taken
	case s.reading:
		if w, moved := on.Keys.Scroll(s.page.window, k); moved {
			s.page.window = w
			return s, nil, true
		}
	default:
		if t, moved := s.table.Key(on.Keys, k); moved {
			s.table = t
			return s, nil, true
		}
	}
	if t, sorted := s.table.Sort(on.Keys, k); sorted {
		s.table = t
		return s, nil, true
	}
	return s.commandKey(on, k)
}

func (s View) commandKey(on scene.Stage, k tea.KeyPressMsg) (next scene.Scene, i scene.Intent, taken bool) {
	keys := on.Keys
	switch {
	case key.Matches(k, keys.NextPane, keys.PrevPane):
		s.reading = !s.reading
	case key.Matches(k, keys.Filter):
		s.Typing, s.reading = true, false
	case key.Matches(k, keys.Review):
		s = s.beginReview()
	case key.Matches(k, keys.Report):
		s = s.beginReport()
	case key.Matches(k, keys.Copy):
		return s, s.copied(), true
	case key.Matches(k, keys.Enter):
		if id := s.node(); id != "" {
			i = scene.VisitNode{ID: id, Detail: true, Tab: scene.TabSummary}
		}
	case key.Matches(k, keys.Audit):
		i = scene.CloseScene{}
	case key.Matches(k, keys.Back) && s.reading:
		s.reading = false
	case key.Matches(k, keys.Back) && s.Filter.Text != "":
		s.Filter = widget.Edit{}
	default:
		return s, nil, false
	}
	return s, i, true
}

// node is the attestation that the selected row rests on, "" where there is none.
func (s View) node() string {
	at, chosen := s.selected()
	r := s.answer.Report
	switch {
	case chosen && s.rows[at].kind == auditOther:
		return r.Others[s.rows[at].at].ID
	case r.Current != nil:
		return r.Current.ID
	}
	return ""
}

func (s View) copied() scene.Intent {
	at, chosen := s.selected()
	if !chosen {
		return nil
	}
	switch row, r := s.rows[at], s.answer.Report; row.kind {
	case auditIssue:
		return scene.CopyText{What: "reason", Text: r.Current.Issues[row.at].Issue.Reason}
	case auditEntry:
		return scene.CopyText{What: "reason", Text: r.Spec.Entries[row.at].Allowance.Reason}
	case scan, auditSpec, auditOther, kinds:
	}
	return nil
}

// Paste implements scene.Scene.
func (s View) Paste(text string) scene.Scene {
	switch {
	case s.form != nil:
		f := *s.form
		f.Form = f.Paste(text)
		s.form = &f
	case s.Typing:
		s.Filter = s.Filter.Insert(text)
	}
	return s
}

// Points implements scene.Pointing.
func (s View) Points(scene.Stage) string { return s.node() }
