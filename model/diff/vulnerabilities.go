package diff

// vulnerabilities compares what reports tell of, and what is excused.
func (r *Report) vulnerabilities() {
	if r.Before.Vulnerabilities == nil || r.After.Vulnerabilities == nil {
		return
	}
	type place struct{ id, in string }
	was := map[place]Vulnerability{}
	for _, v := range r.Before.Vulnerabilities {
		was[place{v.ID, v.Package}] = v
	}
	for _, v := range r.After.Vulnerabilities {
		at := place{v.ID, v.Package}
		before, known := was[at]
		delete(was, at)
		c := Change{Area: AreaVulnerability, What: v.ID + " in " + v.Package}
		switch {
		case !known && r.Before.unsure():
			c.Way, c.Weight, c.After = Unseen, Look, v.text()
		case !known:
			c.Way, c.Weight, c.After = Gained, Worse, v.text()
			if v.Excuse != "" {
				c.Weight = Neutral
			}
		case before.Excuse == "" && v.Excuse != "":
			c.Way, c.Weight, c.Before, c.After = Changed, Look, before.text(), v.text()
		case before.Excuse != "" && v.Excuse == "":
			c.Way, c.Weight, c.Before, c.After = Changed, Worse, before.text(), v.text()
		case before.Severity != v.Severity, before.Excuse != v.Excuse:
			c.Way, c.Weight, c.Before, c.After = Changed, Look, before.text(), v.text()
		default:
			continue
		}
		r.add(c)
	}
	for _, v := range r.Before.Vulnerabilities {
		if _, left := was[place{v.ID, v.Package}]; left {
			c := Change{Area: AreaVulnerability, Way: Lost, Weight: Better, What: v.ID + " in " + v.Package, Before: v.text()}
			switch {
			case r.After.unsure():
				c.Way, c.Weight = Unseen, Look
			case r.Before.ScanTrusted && !r.After.ScanTrusted:
				c.Weight = Look // on nobody's word
			}
			r.add(c)
		}
	}
}

// unsure reports whether a scan may be there that was not seen.
func (s Side) unsure() bool { return len(s.Unseen) > 0 || len(s.ScansUnread) > 0 }

func (v Vulnerability) text() string {
	if v.Excuse == "" {
		return v.Severity
	}
	return v.Severity + ", excused: " + v.Excuse
}
