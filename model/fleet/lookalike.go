package fleet

import (
	"slices"

	"github.com/attestree/attestree/model"
)

// mostLookalikes is how many names one row marks.
const mostLookalikes = 8

// lookalikes are the names of a row that mix letters of several scripts, so that they may only look like names that the
// reader knows, each with what it mixes: the reference, and who is proven to have signed.
func lookalikes(reference string, cells []Cell) []string {
	var out []string
	add := func(name string) {
		if mark := model.ScriptMark(name); mark != "" && len(out) < mostLookalikes && !slices.Contains(out, name+mark) {
			out = append(out, name+mark)
		}
	}
	add(reference)
	for _, c := range cells {
		for _, signer := range c.Signers {
			add(signer)
		}
	}
	return out
}
