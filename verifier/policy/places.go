package policy

import "github.com/attestree/attestree/model"

// Place is a digest that something can be said of, with what is attached to it.
type Place struct {
	Name    string // "linux/amd64 of image ghcr.io/org/app:1"
	Entries []*model.Entry
}

// Places are what was asked for, and the platforms of it that can be run: what is attached to anything else, to an SBOM
// say, says nothing about the image.
func Places(t *model.Tree, name string) (root Place, runnable []Place) {
	at := t.Root()
	if at == nil {
		return Place{}, nil
	}
	on := attached(t)
	for _, p := range platforms(t, at, name, on) {
		runnable = append(runnable, Place{Name: p.what, Entries: p.entries})
	}
	p := rootPlace(t, at, name, on)
	return Place{Name: p.what, Entries: p.entries}, runnable
}
