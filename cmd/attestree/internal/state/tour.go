package state

// tourOffer is whether the tour was offered.
type tourOffer struct {
	Offered bool `json:"offered"`
}

const tourFile = "tour.json"

// TourOffered reports whether the tour was offered or taken in another run.
func (s Store) TourOffered() (bool, error) {
	var t tourOffer
	err := s.read(tourFile, &t)
	return t.Offered, err
}

// RememberTour has the tour not be offered again.
func (s Store) RememberTour() error { return s.write(tourFile, tourOffer{true}) }

// Remembers reports whether the store remembers anything.
func (s Store) Remembers() bool { return s.folder != "" }
