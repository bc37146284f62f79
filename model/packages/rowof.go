package packages

// RowOf is the row that a package is in: its own, or that of others which are the same.
func (t *Table) RowOf(p Place) int {
	if t.single() {
		return p.Package
	}
	return int(t.of[t.firsts[p.Source]+p.Package])
}
