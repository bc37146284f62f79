package survey

import (
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

func TestDigestsInATextAreFound(t *testing.T) {
	a, b := model.DigestOf([]byte("a")), model.DigestOf([]byte("b"))
	long := model.Compute("sha512", []byte("x"))
	for _, c := range []struct {
		name, text string
		want       []model.Digest
	}{
		{"with its algorithm", "image@" + string(a) + " is", []model.Digest{a}},
		{"as digits alone", `"` + a.Hex() + `"`, []model.Digest{a}},
		{"several, each once", string(a) + " " + a.Hex(), []model.Digest{a}},
		{"two", string(a) + " " + string(b), []model.Digest{a, b}},
		{"the longer algorithm", string(long), []model.Digest{long}},
		{"another algorithm is another digest", "blake3:" + a.Hex(), nil},
		{"after a colon that names none", `{"sha256": "` + a.Hex() + `", "":` + b.Hex() + `}`, []model.Digest{a, b}},
		{"too few digits", string(a)[:70], nil},
		{"capitals are no digest", strings.ToUpper(a.Hex()), nil},
		{"nothing", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := digestsIn(c.text); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

func FuzzDigestsThatAreFoundAreWellFormedAndThere(f *testing.F) {
	f.Add("a sha256:"+model.DigestOf([]byte("a")).Hex()+" b", uint8(3))
	f.Fuzz(func(t *testing.T, text string, cut uint8) {
		text += model.DigestOf([]byte("seed")).Hex()[:64-int(cut%3)]
		for _, d := range digestsIn(text) {
			if !d.Valid() || !strings.Contains(text, d.Hex()) {
				t.Errorf("%q in %q", d, text)
			}
		}
	})
}
