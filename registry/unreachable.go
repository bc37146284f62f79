package registry

import (
	"errors"
	"strings"

	"github.com/attestree/attestree/registry/fetch"
)

// unreachable is what kept a connection from bringing an answer, in a few words of our own.
func unreachable(err error) string {
	if words := fetch.Trouble(err); words != "" {
		return words
	}
	if words := tokenTrouble(err); words != "" {
		return words
	}
	var open unencrypted
	if errors.As(err, &open) {
		return open.Error()
	}
	return "the connection failed"
}

// notReached is that a connection brought no answer.
func notReached(err error) *failure {
	f := failed(KindUnreachable, "%s", unreachable(err))
	f.remedy = remedy(err)
	return f
}

// tokenTrouble is unreachable for what the library finds wrong with a token service, "" for anything else. It has words
// only, and may quote in them what the service said, which may be somebody's secret.
func tokenTrouble(err error) string {
	for _, known := range []struct{ theirs, ours string }{
		{"private or link-local", "its token service is at a private address: not asked"},
		{"no token in bearer response", "its token service answers without a token"},
		{"challenge scheme", "it wants a login of a kind that is not known"},
		{"realm", "what it says of its token service makes no sense"},
	} {
		if strings.Contains(err.Error(), known.theirs) {
			return known.ours
		}
	}
	return ""
}
