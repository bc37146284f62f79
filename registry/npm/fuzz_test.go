package npm_test

import (
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/npm"
)

func FuzzEverythingSignedHangsOnTheTarballThatTheEntryNames(f *testing.F) {
	f.Add([]byte(`{"name":"a","version":"1.0.0","dist":{"integrity":"sha512-AA==","signatures":[{"keyid":"k","sig":"s"}]}}`), []byte(`{"attestations":[{"bundle":{}}]}`))
	f.Add([]byte(`{"name":"a","version":"1.0.0","repository":7,"deprecated":false,"dist":{}}`), []byte(`{"attestations":[null]}`))
	f.Fuzz(func(t *testing.T, entry, attestations []byte) {
		a := npm.Answers{Version: entry, Attestations: attestations}
		var file model.Node
		err := a.Emit("a", "1.0.0", "", nil, func(e model.Event) {
			found, is := e.(model.NodeFound)
			switch n := found.Node; {
			case !is:
			case n.Kind == model.KindPackageFile:
				file = n
			case n.Kind != model.KindPackage && (n.Parent != file.ID || n.Subject != file.Digest):
				t.Errorf("%s hangs on %q and is about %q; the tarball is %q, %q", n.ID, n.Parent, n.Subject, file.ID, file.Digest)
			}
		})
		if err == nil && file.ID == "" {
			t.Error("a version without a tarball")
		}
	})
}
