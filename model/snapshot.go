package model

import "slices"

// Snapshot is the tree as it is now, to be read elsewhere while events go on changing this one. It shares what never
// changes, such as payloads and reports; nothing can be applied to it that was still waiting for its node.
func (t *Tree) Snapshot() *Tree {
	out := *t
	out.Notes, out.Lookups = slices.Clone(t.Notes), slices.Clone(t.Lookups)
	out.early, out.orphans = map[string][]Event{}, map[string]bool{}
	out.entries = make(map[string]*Entry, len(t.entries))
	entries := make([]Entry, 0, len(t.entries)) // one allocation for all
	for id, e := range t.entries {
		entries = append(entries, *e)
		entries[len(entries)-1].Children = slices.Clone(e.Children)
		out.entries[id] = &entries[len(entries)-1]
	}
	return &out
}
