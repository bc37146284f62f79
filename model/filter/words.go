package filter

import (
	"strings"

	"github.com/attestree/attestree/model"
)

// word is something that stands after a colon alone.
type word struct {
	name  string
	holds func(*Facts) bool
}

// words are all of them: verdicts first, then kinds and families, then what else there is to ask.
var words = makeWords()

func makeWords() []word {
	var out []word
	for _, v := range model.Verdicts {
		out = append(out, word{v.String(), func(f *Facts) bool { return f.Verdict == v }})
	}
	out = append(out,
		word{"signature", func(f *Facts) bool { return f.Family == model.FamilySignature }},
		word{"provenance", func(f *Facts) bool { return f.Family == model.FamilyProvenance }},
		word{"sbom", func(f *Facts) bool { return f.Family == model.FamilySBOM || f.Kind == model.KindSBOM }},
	)
	for _, family := range []model.Family{model.FamilySCAI, model.FamilyVuln, model.FamilyVEX, model.FamilyVSA, model.FamilyOther} {
		out = append(out, word{string(family), func(f *Facts) bool { return f.Family == family }})
	}
	for _, kind := range []model.Kind{
		model.KindIndex, model.KindImage, model.KindAttestation, model.KindAttestationManifest, model.KindArtifact,
		model.KindBundle, model.KindEnvelope, model.KindStatement, model.KindFile,
	} {
		out = append(out, word{string(kind), func(f *Facts) bool { return f.Kind == kind }})
	}
	return append(out,
		word{"signed", func(f *Facts) bool { return f.Signed }}, // by anybody, well or badly
		word{"proven", func(f *Facts) bool { return f.Signer != "" }},
		word{"claimed", func(f *Facts) bool { return f.Claimed != "" }},
		word{"warning", func(f *Facts) bool { return f.Warned }},
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
