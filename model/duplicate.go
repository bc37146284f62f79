package model

import (
	"cmp"
	"fmt"
	"slices"
)

// sameness is in what nodes must agree to be duplicates: who signed what sort of thing about what, and how that came out.
type sameness struct {
	subject               Digest
	predicateType, signer string
	verdict               Verdict
	size                  int
}

// duplicates is what was found out about nodes that say the same.
type duplicates struct {
	original map[string]string // by the ID of a node, the one that it is a duplicate of
	payloads map[*Entry]Digest // what was hashed for it
}

// findDuplicates finds nodes that say the same as another: cosign v3 attaches one more each time that it is run, also
// where nothing changed (one for each tag that is signed). The first in the order of their IDs is the one that the
// others are duplicates of.
func (t *Tree) findDuplicates(found map[string][]Finding) duplicates {
	alike := map[sameness][]*Entry{}
	for _, e := range t.entries {
		if s, ok := e.sameness(); ok {
			alike[s] = append(alike[s], e)
		}
	}
	out := duplicates{original: map[string]string{}, payloads: map[*Entry]Digest{}}
	for _, group := range alike {
		if len(group) < 2 { // so that nothing is hashed that has nothing to be compared with
			continue
		}
		slices.SortFunc(group, func(a, b *Entry) int { return cmp.Compare(a.Node.ID, b.Node.ID) })
		byPayload := map[Digest][]*Entry{}
		for _, e := range group {
			d := e.payloadDigest()
			out.payloads[e] = d
			byPayload[d] = append(byPayload[d], e)
		}
		for _, same := range byPayload {
			for _, e := range same[1:] {
				out.original[e.Node.ID] = same[0].Node.ID
				found[e.Node.ID] = append(found[e.Node.ID], duplicate(same))
			}
		}
	}
	return out
}

func duplicate(same []*Entry) Finding {
	return Finding{
		ID: "duplicate", Severity: SeverityInfo,
		Message: fmt.Sprintf("the same signer attached the same payload %d times; the first is %s", len(same), same[0].Node.Digest.Short()),
	}
}

// sameness is that of a node that somebody is proven to have signed; ok is false for any other.
func (e *Entry) sameness() (s sameness, ok bool) {
	if e.Report == nil || e.Report.Signer == nil || e.Attestation == nil || rank(e.Standing.Verdict) == 0 {
		return sameness{}, false
	}
	a, signer := e.Attestation, e.Report.Signer
	s = sameness{subject: e.Node.Subject, verdict: e.Standing.Verdict, size: len(a.Payload)}
	if s.size == 0 && a.MessageDigest == "" {
		return sameness{}, false
	}
	if a.Statement != nil {
		s.predicateType = a.Statement.PredicateType
	}
	s.signer = signer.Fingerprint
	if signer.Kind == SignerCertificate { // each signature has a certificate of its own
		s.signer = signer.Issuer + "\n" + signer.Subject
	}
	return s, true
}

// payloadDigest is the digest of what is signed. Who judges the tree keeps it, so that it is computed once.
func (e *Entry) payloadDigest() Digest {
	switch {
	case e.payload != "":
		return e.payload
	case len(e.Attestation.Payload) > 0:
		return DigestOf(e.Attestation.Payload)
	}
	return e.Attestation.MessageDigest
}
