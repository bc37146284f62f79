package state

// Sizes is how the screen is divided, in percent; 0 for as the program likes.
type Sizes struct {
	Beside int `json:"beside"` // the tree's share of the width, beside the detail
	Above  int `json:"above"`  // and of the height, above it
}

const sizesFile = "sizes.json"

// Sizes are those of the last run.
func (s Store) Sizes() (Sizes, error) {
	var z Sizes
	err := s.read(sizesFile, &z)
	return z, err
}

// KeepSizes has them be so in the next run.
func (s Store) KeepSizes(z Sizes) error { return s.write(sizesFile, z) }
