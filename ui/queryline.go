package ui

import tea "charm.land/bubbletea/v2"

// beginQuery opens the query line on the payload.
func (a App) beginQuery() (next App, cmd tea.Cmd) {
	a.overlay, a.search.place = overlaySearch, searchQuery
	a.detail, cmd = a.detail.BeginQuery()
	return a, cmd
}

// onQueryKey gives a key to the question, which may end.
func (a App) onQueryKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	next, cmd, open := a.detail.QueryKey(k)
	if a.detail = next; !open {
		a.overlay = overlayNone
	}
	return a, cmd
}
