package exposure

// assert takes the statements that say that something is affected, or may be, for sightings: no scan need have found it.
// CycloneDX has them among what was found already.
func (j *joiner) assert(source int, r *Report) {
	for i := range r.claims {
		c := &r.claims[i]
		if !c.status.asserts() || len(c.refs) > 0 {
			continue
		}
		f := &found{ids: c.ids, severity: c.severity, title: c.impact}
		s := Sighting{Source: source, ID: f.ids0(), Severity: c.severity}
		for _, p := range c.products {
			j.assertOf(p, f, s)
		}
		if c.everything {
			s.Match = MatchImage
			j.addOutside("", f, s)
		}
	}
}

// assertOf files what is said of one product under the packages that it names.
func (j *joiner) assertOf(p product, f *found, s Sighting) {
	parts := p.subcomponents
	if len(parts) == 0 {
		parts = [][]identifier{p.names}
	}
	for _, names := range parts {
		covered := false
		for _, id := range names {
			if !id.isPURL {
				continue
			}
			s.Match = MatchPURL
			for _, row := range j.finder.Covered(id.purl) {
				covered = true
				j.add(row, "", f, s)
			}
		}
		if covered {
			continue
		}
		switch {
		case j.image.is(p) && len(p.subcomponents) == 0:
			s.Match = MatchImage
			j.addOutside("", f, s)
		case len(names) > 0:
			s.Match = MatchNone
			j.addOutside(names[0].text, f, s)
		}
	}
}

// addOutside files what is in no row, unless a row has it: then nothing is gained by saying it of the image again.
func (j *joiner) addOutside(target string, f *found, s Sighting) {
	for _, id := range f.ids {
		if target == "" && j.inRows[fold(id)] {
			return
		}
	}
	j.add(-1, target, f, s)
}
