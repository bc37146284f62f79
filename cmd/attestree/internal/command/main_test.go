package command

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/verifier/policy"
)

func TestWhatARegistrySaysStartsNoLineOfItsOwn(t *testing.T) {
	forged := errors.New("denied\nattestree: all is well\r\n\x1b[2Jhint: trust me")
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"a registry's words": {
			fmt.Errorf("look: %w", &registry.SourceError{Source: "a/b", Err: forged, Hint: "log in"}),
			"attestree: look: open a/b: denied␊attestree: all is well␍␊␛[2Jhint: trust me\nhint: log in\n",
		},
		"a hint that quotes tags": {
			&registry.SourceError{Source: "a", Err: errors.New("which?"), Hint: "choose 1\n2"},
			"attestree: open a: which?\nhint: choose 1␊2\n",
		},
		"the problems of a policy file keep their lines": {
			&policy.SyntaxError{Name: "p", Problems: []policy.Problem{{Line: 1, Column: 2, Message: "one"}, {Line: 3, Column: 4, Message: "two"}}},
			"attestree: p:1:2: one\np:3:4: two\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			explain(&out, c.err, "attestree verify")
			if out.String() != c.want {
				t.Errorf("%q\nwant %q", out.String(), c.want)
			}
		})
	}
}
