package filter

import (
	"strings"

	"github.com/attestree/attestree/model"
)

// word is something that stands after a colon alone.
type word struct {
	name  string
	means string
	holds func(*Facts) bool
}

// words are all of them: verdicts first, then kinds and families, then what else there is to ask.
var words = makeWords()

func makeWords() []word {
	var out []word
	for _, v := range model.Verdicts {
		out = append(out, word{v.String(), "verdict", func(f *Facts) bool { return f.Verdict == v }})
	}
	out = append(out,
		word{"signature", "family", func(f *Facts) bool { return f.Family == model.FamilySignature }},
		word{"provenance", "family", func(f *Facts) bool { return f.Family == model.FamilyProvenance }},
		word{"sbom", "family", func(f *Facts) bool { return f.Family == model.FamilySBOM || f.Kind == model.KindSBOM }},
	)
	for _, family := range []model.Family{model.FamilySCAI, model.FamilyVuln, model.FamilyVEX, model.FamilyVSA, model.FamilyOther} {
		out = append(out, word{string(family), "family", func(f *Facts) bool { return f.Family == family }})
	}
	for _, kind := range []model.Kind{
		model.KindIndex, model.KindImage, model.KindAttestation, model.KindAttestationManifest, model.KindArtifact,
		model.KindBundle, model.KindEnvelope, model.KindStatement, model.KindFile,
	} {
		out = append(out, word{string(kind), "kind", func(f *Facts) bool { return f.Kind == kind }})
	}
	return append(out,
		word{"signed", "carries a signature, good or bad", func(f *Facts) bool { return f.Signed }},
		word{"proven", "its signer is proven", func(f *Facts) bool { return f.Signer != "" }},
		word{"claimed", "says who signed and does not prove it", func(f *Facts) bool { return f.Claimed != "" }},
		word{"warning", "something about it is worth a warning", func(f *Facts) bool { return f.Warned }},
	)
}

// wordsFor are the word of that name, else all that begin so: a filter works while it is typed.
func wordsFor(name string) []word {
	var begin []word
	for _, w := range words {
		if w.name == name {
			return []word{w}
		}
		if strings.HasPrefix(w.name, name) {
			begin = append(begin, w)
		}
	}
	return begin
}

// Word is something that can stand after a colon alone, for help and completion.
type Word struct {
	Name  string // without the colon
	Means string // what it is, in a few words
}

// Words are all of them, in the order in which a person may want them.
func Words() []Word {
	out := make([]Word, len(words))
	for i, w := range words {
		out[i] = Word{w.name, w.means}
	}
	return out
}

// Fields are the names that can stand before a colon, in order.
func Fields() []string {
	return []string{"signer", "claimed", "platform", "predicate", "digest", "verdict", "kind", "family"}
}
