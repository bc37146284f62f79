package phrase

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// VerdictMeans says what a verdict means and what it does not, in one sentence.
func VerdictMeans(v model.Verdict) string {
	switch v {
	case model.Trusted:
		return "Every required check passed, and the signer is one of the pinned ones."
	case model.Valid:
		return "Every required check passed. Nobody is pinned, so who signed is shown and not judged."
	case model.Untrusted:
		return "Every other required check passed, but this signer is not one of the pinned ones."
	case model.Covered:
		return "No signature of its own: its bytes are inside something that a verified signature vouches for. " +
			"Nobody vouched for what it says, only that it has not changed since."
	case model.Unsigned:
		return "Nothing vouches for it."
	case model.Invalid:
		return "A required check failed."
	case model.Unverifiable:
		return "It cannot be checked with what is at hand."
	case model.Unavailable:
		return "It could not be fetched, which is not the same as being absent."
	case model.Unchecked:
	}
	return "Not judged yet."
}

// VouchedMeans is VerdictMeans for what carries no signature of its own, like an image: what is directly about it decides.
func VouchedMeans(v model.Verdict) string {
	switch v {
	case model.Trusted:
		return "A signature or provenance about it passed every required check, and its signer is one of the pinned ones."
	case model.Valid:
		return "A signature or provenance about it passed every required check. Nobody is pinned, so who signed is shown and not judged."
	case model.Untrusted:
		return "A signature or provenance about it passed every other required check, but its signer is not one of the pinned ones."
	case model.Covered, model.Unsigned, model.Invalid, model.Unverifiable, model.Unavailable, model.Unchecked:
	}
	return VerdictMeans(v)
}

// Kind is what a node is, in a person's words.
func Kind(k model.Kind) string {
	switch k {
	case model.KindAttestationManifest:
		return "attestation manifest"
	case model.KindSBOM:
		return "SBOM"
	case model.KindPackage:
		return "version of a package"
	case model.KindPackageFile:
		return "file of a package"
	case model.KindIndex, model.KindImage, model.KindSignature, model.KindAttestation, model.KindArtifact,
		model.KindBundle, model.KindEnvelope, model.KindStatement, model.KindFile:
		return string(k)
	default:
		return string(k)
	}
}

// FoundBy is a way to a node, in a person's words.
func FoundBy(f model.Found) string {
	switch f {
	case model.FoundRoot:
		return "asked for"
	case model.FoundIndexChild:
		return "child of the index"
	case model.FoundCosignTag:
		return "cosign's tag"
	case model.FoundReferrersAPI:
		return "referrers API"
	case model.FoundReferrersTag:
		return "referrers fallback tag"
	case model.FoundBuildKit:
		return "BuildKit, inside the index"
	case model.FoundFile:
		return "in the file"
	case model.FoundGitHub:
		return "GitHub's attestations API"
	case model.FoundPackageRegistry:
		return "the registry of packages"
	default:
		return string(f)
	}
}

// Bytes is a size as a person reads it.
func Bytes(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1000*1000:
		return fmt.Sprintf("%.1f kB", float64(n)/1000)
	default:
		return fmt.Sprintf("%.1f MB", float64(n)/1000/1000)
	}
}

// Moment is a time as it is written everywhere on the screen, "" for none.
func Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04:05Z")
}

// Verdicts is the order in which counts are shown, the same as model.Verdicts.
var Verdicts = [...]model.Verdict{
	model.Trusted, model.Valid, model.Untrusted, model.Covered, model.Unsigned, model.Invalid,
	model.Unverifiable, model.Unavailable, model.Unchecked,
}

// KnownAs says by what name the reader knows a signer, "" for none.
func KnownAs(name string) string {
	if name == "" {
		return ""
	}
	return "known as " + name
}

// MixedScript reports whether one of a signer's names mixes letters of several scripts.
func MixedScript(g model.Signer) bool {
	for _, x := range g.Extensions {
		if safe.MixedScript(x.Value) {
			return true
		}
	}
	return safe.MixedScript(g.Subject) || safe.MixedScript(g.Issuer) || safe.MixedScript(g.Authority) || safe.MixedScript(g.Name)
}

// Reference is how commands name one digest of the image that is looked at.
func Reference(tree *model.Tree, d model.Digest) string {
	repository, _, found := strings.Cut(tree.Reference, "@")
	if !found || repository == "" {
		repository = "REGISTRY/REPOSITORY"
	}
	return repository + "@" + string(d)
}

// MostName is how much of a name is said in a note, in cells.
const MostName = 60

// Counted is a number of things, in the words for one and for many.
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// Thousands is a number with its digits in groups.
func Thousands(n int) safe.Text {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return safe.Line(digits)
}

// StandingRank orders standings, the best first.
func StandingRank(s model.Standing) int {
	v := s.Verdict
	if v == model.Covered {
		v = s.Coverage // only as good as what covers it
	}
	rank := 2 * slices.Index(Verdicts[:], v)
	if s.Verdict == model.Covered {
		rank++
	}
	return rank
}
