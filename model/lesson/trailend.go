package lesson

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"strings"

	"github.com/attestree/attestree/model"
)

func hexText(b []byte) string { return hex.EncodeToString(b) }

// bundleAnnotation is where cosign's older forms keep the log's entry.
const bundleAnnotation = "dev.sigstore.cosign/bundle"

// envelope takes the payload out of its envelope, and puts together the exact bytes that were signed.
func (m *trail) envelope() {
	a, n := m.entry.Attestation, m.entry.Node
	if a == nil || len(m.entry.Blob) == 0 {
		return
	}
	if a.Problem != "" && len(a.Payload) == 0 && !a.Message {
		m.add(Step{Name: "What is inside", Says: "It ends here: what was signed cannot be read.", check: missing(a.Problem)})
		return
	}
	switch n.Format {
	case model.FormatSimpleSigning:
		m.signedSimply()
	case model.FormatDSSE, model.FormatBundle:
		if a.Message {
			m.signedMessage()
		} else {
			m.signedEnvelope()
		}
	case model.FormatNotationJWS, model.FormatNotationCOSE:
		m.signedByNotation()
	case model.FormatRegistrySignature:
		message := a.Payload
		m.add(Step{Name: "The exact bytes that were signed", Says: "Name, version and hash of the file, as one line of text. The registry's key signed this line.",
			Rows: []Row{{What: "text", Value: string(message)}}, Look: LookChecks, check: only(message, "nothing names it; the signature is over it")})
	case model.FormatStatement, model.FormatDocument, model.FormatOpaque, model.FormatNone:
		if n.Raw != nil || n.Layered() {
			m.add(Step{Name: "No signature", Says: "Nobody signed these bytes by themselves. What vouches for them, if anything, is a signature of what holds them, or one that is attached to them.",
				Look: LookChecks, check: nothing("there is nothing that was signed")})
		}
	}
}

// logEntry is where the log's entry of the node is, as far as it is stored beside it.
func (m *trail) logEntry() func() logged {
	if m.entry.Node.Format == model.FormatBundle {
		blob := m.entry.Blob
		return func() logged { return loggedIn(blob) }
	}
	annotation := m.entry.Node.Blob.Annotations[bundleAnnotation]
	return func() logged { return loggedBy(annotation) }
}

// compared hashes parts that belong together and compares that with what the log's entry beside them names. Whether the log
// really holds that entry is another question, and the check log answers it.
func compared(named func() model.Digest, otherwise string, parts ...[]byte) func() Result {
	return func() Result {
		want := named()
		got := sum(want.Algorithm(), parts)
		switch {
		case want == "":
			return Result{Computed, got, otherwise}
		case want != got:
			return Result{Differs, got, "the log's entry beside it names " + string(want)}
		}
		return Result{Same, got, "as the log's entry beside it names it"}
	}
}

// sum hashes parts as if they were one.
func sum(algorithm string, parts [][]byte) model.Digest {
	h := sha256.New()
	name := "sha256"
	if algorithm == "sha512" {
		h, name = sha512.New(), algorithm
	}
	for _, p := range parts {
		h.Write(p)
	}
	return model.Digest(name + ":" + hexText(h.Sum(nil)))
}

func (m *trail) signedSimply() {
	blob, entry := m.entry.Blob, m.logEntry()
	m.add(Step{
		Name: "The exact bytes that were signed", Look: LookRaw,
		Says:  "They are the layer's bytes, as they are. The signature stands beside them, in the layer's annotation dev.cosignproject.cosign/signature.",
		Rows:  []Row{{What: "signed", Value: bytesText(int64(len(blob)))}},
		check: compared(func() model.Digest { return entry().signed }, "no log entry names it; the check signature says whose key signed it", blob),
	})
}

func (m *trail) signedEnvelope() {
	payload, typ, entry := m.entry.Attestation.Payload, m.entry.Attestation.PayloadType, m.logEntry()
	m.add(Step{
		Name: "The payload in the envelope", Look: LookPayload,
		Says:  "The field payload holds it in base64. Taken out of that, these are the bytes of the statement.",
		Rows:  []Row{{What: "payload type", Value: typ, Note: bytesText(int64(len(payload)))}},
		check: compared(func() model.Digest { return entry().payload }, "no log entry names it", payload),
	})
	m.add(Step{
		Name: "The exact bytes that were signed", Look: LookChecks,
		Says: "Not the payload alone, but its pre-authentication encoding (PAE): the payload's type and length stand before it, so that it cannot pass as " +
			"something else.",
		Rows: []Row{{What: "begins", Value: paeHead(typ, len(payload)) + string(payload[:min(len(payload), 16)]) + "…"}},
		check: compared(func() model.Digest { return entry().signed }, "nothing names it; the check signature says whose key signed it",
			[]byte(paeHead(typ, len(payload))), payload),
	})
}

// signedMessage is a bundle without a statement: what is signed is what it is attached to.
func (m *trail) signedMessage() {
	s := Step{
		Name: "The exact bytes that were signed",
		Says: "There is no statement: the signature is over the bytes of what the bundle is attached to, and the bundle notes their digest.",
		Rows: []Row{{What: "digest", Value: string(m.entry.Attestation.MessageDigest)}},
	}
	switch {
	case m.subject == nil || m.subject.Node.Raw == nil:
		s.check = missing("those bytes are not at hand")
	case m.entry.Attestation.MessageDigest == "":
		s.check = only(m.subject.Node.Raw, "the bundle does not say what it signs")
	default:
		s.check, s.Node, s.Look = hashed(m.subject.Node.Raw, m.entry.Attestation.MessageDigest, "the bundle"), m.subject.Node.ID, LookRaw
	}
	m.add(s)
}

func (m *trail) signedByNotation() {
	blob, input := m.entry.Blob, jwsInput
	says := "The protected header and the payload as they stand in the envelope, in base64url, with a full stop between them."
	if m.entry.Node.Format == model.FormatNotationCOSE {
		input, says = coseInput, "A CBOR list of the word Signature1, the protected header, nothing, and the payload."
	}
	m.add(Step{Name: "The exact bytes that were signed", Says: says, Look: LookChecks, check: func() Result {
		signed := input(blob)
		if signed == nil {
			return Result{Status: Missing, Text: "they cannot be put together from this envelope"}
		}
		return Result{Computed, model.DigestOf(signed), "nothing names it; the check signature says whose key signed it"}
	}})
}

// said is what was signed, held against the image: the circle closes.
func (m *trail) said() {
	a := m.entry.Attestation
	switch {
	case a == nil:
	case a.Statement != nil:
		var rows []Row
		for i, s := range a.Statement.Subjects[:min(len(a.Statement.Subjects), 4)] {
			rows = append(rows, Row{What: "subject", Value: digestsText(s), Note: s.Name})
			if i == 3 && len(a.Statement.Subjects) > 4 {
				rows = append(rows, Row{What: "and", Value: counted(len(a.Statement.Subjects)-4, "more subject")})
			}
		}
		m.closes("The statement", "It names what it is about by digest. That has to be the digest that this trail began with; then the circle is closed.", rows, a.Statement.Names)
		m.add(Step{
			Name: "The predicate", Look: LookPayload, Says: "What is said, in the form that its type names. It has no hash of its own: it is part of the bytes that were signed.",
			Rows:  []Row{{What: "type", Value: a.Statement.PredicateType, Note: bytesText(int64(len(a.Statement.Predicate)))}},
			check: nothing("part of the bytes above"),
		})
	case a.SimpleSigning != nil:
		m.closes("What it names", "The document names the image's digest in critical.image.docker-manifest-digest. That has to be the digest that this trail began with.",
			[]Row{{What: "digest", Value: a.SimpleSigning.ManifestDigest}, {What: "calls it", Value: a.SimpleSigning.DockerReference}},
			func(d model.Digest) bool { return a.SimpleSigning.ManifestDigest == string(d) })
	case a.Target != nil:
		m.closes("What it names", "The payload names the image's descriptor in targetArtifact. Its digest has to be the one that this trail began with.",
			[]Row{{What: "digest", Value: string(a.Target.Digest)}, {What: "media type", Value: a.Target.MediaType}},
			func(d model.Digest) bool { return a.Target.Digest == d })
	case a.RegistrySignature != nil:
		m.closes("What it names", "The integrity in that text is the hash of the file.", []Row{{What: "digest", Value: string(a.RegistrySignature.Digest())}},
			func(d model.Digest) bool { return a.RegistrySignature.Digest() == d })
	}
}

// closes is the step that compares what was signed with what it is attached to: with that one's bytes, where they are there.
func (m *trail) closes(name, says string, rows []Row, names func(model.Digest) bool) {
	s := Step{Name: name, Says: says, Rows: rows, Look: LookPayload}
	switch subject := m.entry.Node.Subject; {
	case subject == "":
		s.check = missing("there is nothing to compare it with: give the file with --artifact or its digest with --digest")
	case m.subject == nil || m.subject.Node.Raw == nil:
		s.check = func() Result { return verdict(names(subject), subject, "the bytes of that are not at hand") }
	default:
		raw := m.subject.Node.Raw
		s.check = func() Result {
			d := model.Compute(subject.Algorithm(), raw)
			return verdict(d != "" && names(d), d, "")
		}
	}
	m.add(s)
}

func verdict(same bool, d model.Digest, but string) Result {
	if same {
		return Result{Same, d, strings.TrimSuffix("it names what it is attached to; "+but, "; ")}
	}
	return Result{Differs, d, strings.TrimSuffix("it does not name what it is attached to: it is about something else; "+but, "; ")}
}
