package packages

import (
	"strconv"
	"strings"
)

// Location is where in a document something is said.
type Location struct {
	From, To int // bytes of Index.Text
	// Path leads there in gjson's syntax ("packages.17", "components.3.components.0"), from the document on; "" for the
	// tag-value form and for what has no path of its own.
	Path string
}

// Location is where package i is described.
func (x *Index) Location(i int) Location {
	r := &x.packages[i]
	return Location{From: int(r.from), To: int(r.to), Path: x.path(i)}
}

// Raw is all that the document says of package i in one place, as it was written. It must not be changed.
func (x *Index) Raw(i int) []byte {
	r := &x.packages[i]
	return x.text.doc[r.from:r.to]
}

// path leads to package i, through those that it lies in.
func (x *Index) path(i int) string {
	var steps []string // from the inside out
	for at := int32(i); at >= 0 && len(steps) < 3*maxDepth; {
		r := &x.packages[at]
		step := r.list().step()
		if step == "" {
			return ""
		}
		steps = append(steps, strconv.Itoa(r.ordinal()), step)
		at = r.parent
	}
	for l, r := 0, len(steps)-1; l < r; l, r = l+1, r-1 {
		steps[l], steps[r] = steps[r], steps[l]
	}
	return strings.Join(steps, ".")
}
