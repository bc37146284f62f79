package detail

// contentKey names the bytes that a tab shows, and how wide. Bytes of a node never change once they are there, so that
// together with their number it says which result of a command still belongs to what is on screen.
type contentKey struct {
	id    string
	name  string
	size  int
	width int // of wrapped text; 0 where it does not matter
}

// anyWidth is the key of the bytes alone.
func (k contentKey) anyWidth() contentKey {
	k.width = 0
	return k
}
