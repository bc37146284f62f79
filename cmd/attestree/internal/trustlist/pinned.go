package trustlist

// Pinned reports whether the reader trusts anybody by name, so that nobody else will do.
func (l *List) Pinned() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.entries() {
		if e.signer.Enabled {
			return true
		}
	}
	return false
}
