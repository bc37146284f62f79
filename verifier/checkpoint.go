package verifier

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/sigstore/sigstore-go/pkg/root"
	"github.com/sigstore/sigstore-go/pkg/tlog"

	"github.com/attestree/attestree/verifier/trust"
)

// checkpoint is a log's signed statement of its size and root hash (C2SP tlog-checkpoint, signed-note), read to explain a
// proof that does not verify. It makes nothing good.
type checkpoint struct {
	origin string
	size   uint64
	root   []byte

	text       string // what the signatures are over
	signatures []noteSignature
}

type noteSignature struct {
	name string
	hint []byte // the first bytes of the id of the key
	sig  []byte
}

// hintSize is the length of a key hint, in bytes.
const hintSize = 4

// readCheckpoint reads a checkpoint; problem says what is wrong with it, "" if nothing is.
func readCheckpoint(envelope string) (c checkpoint, problem string) {
	text, signatures, found := strings.Cut(envelope, "\n\n")
	if signatures = strings.TrimSuffix(signatures, "\n"); !found || signatures == "" {
		return c, "it has no signatures"
	}
	c.text = text + "\n"
	lines := strings.Split(text, "\n")
	if len(lines) < 3 || lines[0] == "" {
		return c, "it lacks the log's name, size or root hash"
	}
	c.origin = lines[0]
	var err error
	if c.size, err = strconv.ParseUint(lines[1], 10, 64); err != nil {
		return c, "its second line is not the log's size"
	}
	if c.root, err = base64.StdEncoding.DecodeString(lines[2]); err != nil || len(c.root) == 0 {
		return c, "its third line is not a root hash"
	}
	for _, line := range strings.Split(signatures, "\n") {
		name, encoded, _ := strings.Cut(strings.TrimPrefix(line, "— "), " ")
		raw, err := base64.StdEncoding.DecodeString(encoded)
		if !strings.HasPrefix(line, "— ") || err != nil || len(raw) <= hintSize {
			return c, "one of its signatures is not readable"
		}
		c.signatures = append(c.signatures, noteSignature{name, raw[:hintSize], raw[hintSize:]})
	}
	return c, ""
}

// oldOrigin is how logs of Rekor 1 call themselves in a checkpoint: with the number of a tree. Those of Rekor 2 give a host.
var oldOrigin = regexp.MustCompile(`.* - [0-9]+$`)

// mixed reports whether an entry with a body of Rekor 2 has a checkpoint of Rekor 1. By the checkpoint, sigstore-go holds
// the proof against the body; by the body, it takes for granted that the proof was held against the signature. So nothing
// would say that the entry is for this signature, and it would take one that is for any other.
func mixed(entry *tlog.Entry) bool {
	origin, _, _ := strings.Cut(entry.TransparencyLogEntry().GetInclusionProof().GetCheckpoint().GetEnvelope(), "\n")
	return entry.IsRekorV2() && oldOrigin.MatchString(origin)
}

// explainProof finds out why an inclusion proof does not verify.
func explainProof(entry *tlog.Entry, known *root.TransparencyLog) result {
	proof := entry.TransparencyLogEntry().GetInclusionProof()
	c, problem := readCheckpoint(proof.GetCheckpoint().GetEnvelope())
	if problem != "" {
		return fail("a checkpoint signed by "+known.BaseURL, "a checkpoint that cannot be read",
			"the checkpoint of the inclusion proof is damaged: "+problem)
	}
	if r := c.explainSignature(entry, known); r.detail != "" {
		return r
	}
	if !entry.IsRekorV2() && (!bytes.Equal(c.root, proof.GetRootHash()) || c.size != uint64(proof.GetTreeSize())) {
		return fail(fmt.Sprintf("a proof for the log at size %d", c.size), fmt.Sprintf("one for size %d, with its own root hash", proof.GetTreeSize()),
			"the proof and the signed checkpoint are about different states of the log: one of them was taken from elsewhere or changed")
	}
	return fail("a path to the root hash that "+known.BaseURL+" signed", "a path that leads elsewhere",
		"the inclusion proof does not lead from this entry to the signed checkpoint: the entry, its index or the path was changed, or the entry is for another signature or certificate")
}

// explainSignature compares the checkpoint's signatures with the log; its detail is "" where the log did sign.
func (c checkpoint) explainSignature(entry *tlog.Entry, known *root.TransparencyLog) result {
	want := "a checkpoint signed by " + known.BaseURL
	host := c.origin
	if u, err := url.Parse(known.BaseURL); err == nil && u.Hostname() != "" && entry.IsRekorV2() {
		host = u.Hostname()
		if c.origin != host {
			return fail("a checkpoint of "+host, "one of "+c.origin, "the checkpoint says that it is another log's")
		}
	}
	key, err := trust.NewKey(known.BaseURL, known.PublicKey)
	if err != nil {
		return fail(want, "a log with a key of another kind", "the log's kind of key is not supported")
	}
	named := false
	for _, s := range c.signatures {
		if !bytes.HasPrefix([]byte(entry.LogKeyID()), s.hint) || entry.IsRekorV2() && s.name != host {
			continue
		}
		if named = true; key.Verifies([]byte(c.text), s.sig) {
			return result{}
		}
	}
	if !named {
		return fail(want, "one without a signature by its key", "none of the checkpoint's signatures is by this log: it was taken away, or the checkpoint is another log's")
	}
	return fail(want, "one with another signature", "the log's signature on the checkpoint is not right: the checkpoint or its signature was changed")
}
