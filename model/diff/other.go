package diff

// Other is a source to compare with.
type Other struct {
	Source string
	Why    string // "compared before", "another tag of this folder"
}
