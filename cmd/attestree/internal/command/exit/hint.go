package exit

import (
	"errors"

	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/ui/safe"
)

// Hint is what the person can do about an error of the command that was asked for ("attestree verify"), "" where the
// error says it all.
func Hint(err error, asked string) string {
	var source *registry.SourceError
	if errors.As(err, &source) {
		return safe.Line(source.Hint).String()
	}
	var misused usageError
	switch {
	case !errors.As(err, &misused):
		return ""
	case misused.hint != "":
		return misused.hint
	}
	return "see " + asked + " --help"
}

// unusableSource reports whether the source itself was named in a way that cannot be understood.
func unusableSource(err error) bool {
	var source *registry.SourceError
	return errors.As(err, &source) && source.Usage()
}
