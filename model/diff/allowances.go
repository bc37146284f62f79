package diff

// allowances compares what scans were told to overlook.
func (r *Report) allowances() {
	a, b := r.Before.Allowed, r.After.Allowed
	if a == nil || b == nil {
		return
	}
	reasons := a.Reasons && b.Reasons
	was := map[string]Allowed{}
	for _, i := range a.Issues {
		was[i.Key] = i
	}
	for _, i := range b.Issues {
		before, known := was[i.Key]
		delete(was, i.Key)
		switch {
		case !known:
			r.add(Change{Area: AreaAllowance, Way: Gained, Weight: Worse, What: i.Key, After: allowed(i)})
		case before.Severity != i.Severity:
			r.add(Change{Area: AreaAllowance, Way: Changed, Weight: Look, What: i.Key, Detail: "severity", Before: before.Severity, After: i.Severity})
		}
		if known && reasons && before.Reason != i.Reason {
			r.add(Change{Area: AreaAllowance, Way: Changed, Weight: Look, What: i.Key, Detail: "reason", Before: before.Reason, After: i.Reason})
		}
	}
	for _, i := range a.Issues {
		if _, left := was[i.Key]; left {
			r.add(Change{Area: AreaAllowance, Way: Lost, Weight: Better, What: i.Key, Before: allowed(i)})
		}
	}
}

func allowed(i Allowed) string {
	switch {
	case i.Reason == "":
		return i.Severity
	case i.Severity == "":
		return i.Reason
	}
	return i.Severity + ": " + i.Reason
}
