package safe

import "github.com/attestree/attestree/model"

// MixedScript reports whether a name mixes letters of scripts that are not written together, so that it may look like
// another one, see model.MixedScript.
func MixedScript(s string) bool { return model.MixedScript(s) }
