package predicate

import "github.com/attestree/attestree/model"

// moment is a time as written, where it is there.
func moment(field, text string) []model.Moment {
	if text == "" {
		return nil
	}
	return []model.Moment{{Field: field, Text: text}}
}

// Moments are when the build began and ended.
func (p Provenance) Moments() []model.Moment {
	began := moment("the build's start", p.Started)
	for i := range began {
		began[i].Begins = true
	}
	return append(began, moment("the build's end", p.Finished)...)
}

// Moments are when the scan was made.
func (v Vuln) Moments() []model.Moment {
	return append(moment("the scan's start", v.Started), moment("the scan's end", v.Finished)...)
}

// Moments are when the document was made.
func (s SBOM) Moments() []model.Moment { return moment("the SBOM's date", s.Created) }

// Moments are when the document was written.
func (v VEX) Moments() []model.Moment { return moment("the VEX document's timestamp", v.Timestamp) }

// Moments are when it was verified.
func (v VSA) Moments() []model.Moment { return moment("timeVerified", v.Time) }

// Moments are the dates of the scans.
func (s SCAI) Moments() (all []model.Moment) {
	for _, a := range s.Attributes {
		if a.Scan != nil {
			all = append(all, moment("scanDate", a.Scan.Date)...)
		}
	}
	return all
}

// Moments are the times that the predicate names.
func (n Note) Moments() []model.Moment { return n.moments }

// Moments are those of the predicate itself.
func (n noticed) Moments() []model.Moment {
	if dated, ok := n.Predicate.(model.Dated); ok {
		return dated.Moments()
	}
	return nil
}
