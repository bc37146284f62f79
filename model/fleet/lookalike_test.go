package fleet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNamesThatOnlyLookLikeOthersAreMarkedInARow(t *testing.T) {
	const o = "ghcr.i\u043e/org/app:1" // a Cyrillic letter
	marked := o + " (mixes Latin and Cyrillic letters)"
	failed := Failed(Image{Reference: o}, 0, Columns(nil), "unreachable", "no host of that name is known", "")
	if diff := cmp.Diff([]string{marked}, failed.Lookalikes); diff != "" {
		t.Error(diff)
	}
	if again := failed.As(Image{Reference: "ghcr.io/org/app:1"}, 1); len(again.Lookalikes) != 0 {
		t.Errorf("another reference has the mark of the first: %q", again.Lookalikes)
	}
	signer := "https://github.com/\u043erg/app (https://issuer.example)"
	cells := []Cell{{Signers: []string{signer, "https://github.com/org/app"}}, {Signers: []string{signer}}}
	if diff := cmp.Diff([]string{signer + " (mixes Latin and Cyrillic letters)"}, lookalikes("ghcr.io/org/app:1", cells)); diff != "" {
		t.Error(diff)
	}
}
