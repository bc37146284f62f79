package plain

import (
	"fmt"
	"io"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/breaking"
)

// Breaks writes the ways in which a node can be broken on purpose.
func (p *Reading) Breaks(w io.Writer, all []breaking.Break) error {
	if len(all) == 0 {
		p.say("Nothing is signed here that could be broken.")
		return p.flush(w)
	}
	p.say("Ways to break it, in memory only: %d.", len(all))
	for _, b := range all {
		variants := ""
		if b.Variants > 1 {
			variants = fmt.Sprintf(" Variants: 1 to %d.", b.Variants)
		}
		p.say("%s: %s. %s%s", b.ID, b.Title, b.Why, variants)
	}
	return p.flush(w)
}

// Broken writes what was changed on purpose, and which check notices. Every line says that it is broken.
func (p *Reading) Broken(w io.Writer, b breaking.Broken, before, after model.Report) error {
	p.say("Broken on purpose, in memory only: %s.", b.Break.Title)
	p.say("Broken on purpose, where: %s", b.Where)
	p.say("Broken on purpose, before: %s", b.Before)
	p.say("Broken on purpose, after: %s", b.After)
	by, caught := breaking.Caught(before, after)
	switch {
	case !caught:
		p.say("Broken on purpose, and nothing catches it. %s", breaking.Unnoticed(b.Break.ID, before, after))
	case by.ID == "":
		p.say("Broken on purpose, and the verdict says it: %s. %s", after.Verdict, after.Reason)
	default:
		p.say("Broken on purpose, and caught by the check %s: %s. %s", by.ID, by.Status, by.Detail)
	}
	p.say("The node itself is as it was.")
	return p.flush(w)
}
