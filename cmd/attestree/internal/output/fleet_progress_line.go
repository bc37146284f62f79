package output

// Line is how far it is and how long it may take, for whoever shows that elsewhere. Nothing from outside is in it.
func (p *FleetProgress) Line() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.line(p.now())
}
