package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

func (s auditScene) key(on stage, k tea.KeyPressMsg) (next scene, i intent, taken bool) {
	switch {
	case s.form != nil:
		return s.formKey(on, k)
	case s.typing:
		s, taken = s.typingKey(on, k)
		return s, nil, taken
	case s.reading:
		if w, moved := on.keys.scroll(s.page.window, k); moved {
			s.page.window = w
			return s, nil, true
		}
	default:
		if t, moved := s.table.key(on.keys, k); moved {
			s.table = t
			return s, nil, true
		}
	}
	if t, sorted := s.table.sort(on.keys, k); sorted {
		s.table = t
		return s, nil, true
	}
	return s.commandKey(on, k)
}

func (s auditScene) commandKey(on stage, k tea.KeyPressMsg) (next scene, i intent, taken bool) {
	keys := on.keys
	switch {
	case key.Matches(k, keys.NextPane, keys.PrevPane):
		s.reading = !s.reading
	case key.Matches(k, keys.Filter):
		s.typing, s.reading = true, false
	case key.Matches(k, keys.Review):
		s = s.beginReview()
	case key.Matches(k, keys.Report):
		s = s.beginReport()
	case key.Matches(k, keys.Copy):
		return s, s.copied(), true
	case key.Matches(k, keys.Enter):
		if id := s.node(); id != "" {
			i = visitNode{id: id, detail: true, tab: tabSummary}
		}
	case key.Matches(k, keys.Audit):
		i = closeScene{}
	case key.Matches(k, keys.Back) && s.reading:
		s.reading = false
	case key.Matches(k, keys.Back) && s.filter.text != "":
		s.filter = edit{}
	default:
		return s, nil, false
	}
	return s, i, true
}

// typingKey types the filter. Keys that move work meanwhile.
func (s auditScene) typingKey(on stage, k tea.KeyPressMsg) (auditScene, bool) {
	switch {
	case key.Matches(k, on.keys.Enter):
		s.typing = false
	case key.Matches(k, on.keys.Back):
		s.typing, s.filter = false, edit{}
	case k.Code == tea.KeyUp, k.Code == tea.KeyDown, k.Code == tea.KeyPgUp, k.Code == tea.KeyPgDown:
		s.table, _ = s.table.key(on.keys, k)
	default:
		var taken bool
		s.filter, taken = s.filter.key(k)
		return s, taken
	}
	return s, true
}

// node is the attestation that the selected row rests on, "" where there is none.
func (s auditScene) node() string {
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

func (s auditScene) copied() intent {
	at, chosen := s.selected()
	if !chosen {
		return nil
	}
	switch row, r := s.rows[at], s.answer.Report; row.kind {
	case auditIssue:
		return copyText{"reason", r.Current.Issues[row.at].Issue.Reason}
	case auditEntry:
		return copyText{"reason", r.Spec.Entries[row.at].Allowance.Reason}
	case auditScan, auditSpec, auditOther, auditKinds:
	}
	return nil
}

func (s auditScene) paste(text string) scene {
	switch {
	case s.form != nil:
		f := *s.form
		f.form = f.paste(text)
		s.form = &f
	case s.typing:
		s.filter = s.filter.insert(text)
	}
	return s
}

func (s auditScene) points(stage) string { return s.node() }
