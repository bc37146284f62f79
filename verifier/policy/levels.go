package policy

import "github.com/attestree/attestree/model"

// levels is nil as long as nothing judges levels: then none is reached.
func (f *File) levels(*model.Tree) Levels { return nil }
