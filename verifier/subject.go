package verifier

import (
	"encoding/hex"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// nothingToCompare is the detail of a subject check that could not be made.
const nothingToCompare = "there is nothing to compare with: say what it should be about with --artifact or --digest"

// subject compares what the signed bytes are about with what they are attached to. The manifest's own digest must be
// named; a further digest of the same bytes that is named with another value contradicts it (docs/verification.md).
func (j *judging) subject() result {
	want := j.ev.Subject
	if want == "" {
		j.at(model.CheckSubject).Required = false
		return skip("", strings.Join(j.subjects(), ", "), nothingToCompare)
	}
	switch {
	case j.s.claims.SimpleSigning != nil:
		return j.simpleSubject(want)
	case j.s.content.MessageSignatureContent() != nil:
		return j.messageSubject(want)
	case j.s.claims.Statement == nil:
		return notReached("the payload could not be read as a statement")
	}
	return j.statementSubject(want)
}

func (j *judging) simpleSubject(want model.Digest) result {
	claims := j.s.claims.SimpleSigning
	if claims.DockerReference != "" && j.ev.Repository != "" && model.ImageRepository(claims.DockerReference) != j.ev.Repository {
		j.nameMismatch(claims.DockerReference)
	}
	if got := model.Digest(claims.ManifestDigest); got != want {
		return j.otherSubject(want, string(got))
	}
	return pass(string(want), claims.ManifestDigest, "the signed payload names this digest")
}

func (j *judging) messageSubject(want model.Digest) result {
	m := j.messageDigest()
	got := m.Algorithm + ":" + hex.EncodeToString(m.Digest)
	known := append([]model.Digest{want}, j.ev.Also...)
	if bytes := j.ev.Artifact; bytes != nil && want.Matches(bytes) {
		algorithm := j.s.content.MessageSignatureContent().DigestAlgorithm()
		known = append(known, model.Digest(m.Algorithm+":"+hex.EncodeToString(hashAs(algorithm, bytes))))
	}
	for _, d := range known {
		if d.Algorithm() != m.Algorithm {
			continue
		}
		if string(d) == got {
			return pass(string(d), got, "the signature is over this digest")
		}
		return j.otherSubject(d, got)
	}
	return skip(string(want), got, "the signature names its digest in another algorithm, and the bytes are not at hand to compute that one")
}

func (j *judging) statementSubject(want model.Digest) result {
	known := append([]model.Digest{want}, j.ev.Also...)
	contradiction, misnamed := "", false
	for _, s := range j.s.claims.Statement.Subjects {
		own, wrong := compareDigests(s.Digests, want, known)
		switch {
		case own && !model.SameSubjectName(j.ev.Node.SubjectName, s.Name):
			misnamed = true
		case own && wrong == "":
			if s.Name != "" && j.ev.Repository != "" && model.NamesImage(s.Name) && model.ImageRepository(s.Name) != j.ev.Repository {
				j.nameMismatch(s.Name)
			}
			return pass(string(want), string(want), "a subject of the signed statement has this digest")
		case own:
			contradiction = wrong
		}
	}
	if misnamed {
		return j.misnamed()
	}
	if contradiction != "" {
		return fail(string(want), string(want)+" and "+contradiction,
			"the statement names this digest together with another one that these bytes do not have: it contradicts itself")
	}
	return j.otherSubject(want, strings.Join(j.subjects(), ", "))
}

// compareDigests says whether a digest set names the wanted digest, and which entry of it contradicts a known one.
func compareDigests(set []model.NamedDigest, want model.Digest, known []model.Digest) (own bool, wrong string) {
	for _, d := range set {
		for _, k := range known {
			if k.Algorithm() != strings.ToLower(d.Algorithm) {
				continue
			}
			switch {
			case k.Hex() != strings.ToLower(d.Value):
				wrong = d.Algorithm + ":" + d.Value
			case k == want && d.Algorithm == k.Algorithm() && d.Value == k.Hex():
				own = true
			}
		}
	}
	return own, wrong
}

// otherSubject is the answer where the signed bytes are about something else: another manifest of the same index,
// which is often a slip, or anything; of a package's file, another file.
func (j *judging) otherSubject(want model.Digest, got string) result {
	about := j.digests()
	if slices.ContainsFunc(about, func(d string) bool { return want.Capitals(model.Digest(d)) }) {
		return fail(string(want), got,
			"it names this digest in capital letters: a digest is written in small ones (OCI image-spec, in-toto digest_set.md), so that what is signed names nothing that programs agree on")
	}
	for _, sibling := range j.ev.Siblings {
		if sibling.Digest != want && slices.Contains(about, string(sibling.Digest)) {
			return fail(string(want), got+" ("+sibling.Name+")",
				"it is about "+sibling.Name+" of the same index and not about this manifest: it is attached in the wrong place, or the digests were mixed up when it was signed")
		}
	}
	if j.ev.Node.Package != nil && got != "" {
		return fail(string(want), got, "it is about other content: the file was replaced, or the attestation belongs to another file or version")
	}
	return otherSubject(string(want), got)
}

func otherSubject(want, got string) result {
	if got == "" {
		return fail(want, "nothing", "the signed payload names no digest at all")
	}
	return fail(want, got, "it is about something else: a signature of another image was attached to this one, or the image was replaced")
}

// maxListed is how many subjects are listed for a person.
const maxListed = 4

// subjects lists what the bytes are about, shortened.
func (j *judging) subjects() []string {
	list := j.digests()
	if len(list) > maxListed {
		return append(list[:maxListed:maxListed], "…")
	}
	return list
}

// digests are all that the bytes are about.
func (j *judging) digests() []string {
	if s := j.s.claims.SimpleSigning; s != nil {
		return []string{s.ManifestDigest}
	}
	if j.s.claims.Statement == nil {
		if m := j.s.content.MessageSignatureContent(); m != nil {
			return []string{j.messageDigest().Algorithm + ":" + hex.EncodeToString(m.Digest())}
		}
		return nil
	}
	var list []string
	for _, s := range j.s.claims.Statement.Subjects {
		for _, d := range s.Digests {
			list = append(list, d.Algorithm+":"+d.Value)
		}
	}
	return list
}

func (j *judging) nameMismatch(name string) {
	j.warn(model.FindingNameMismatch, "it was signed as "+name+" and is attached to "+j.ev.Repository+
		": a mirrored image, or somebody passes one image off as another")
}
