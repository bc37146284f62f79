package policy

import (
	"crypto/sha256"
	"encoding/hex"

	"go.yaml.in/yaml/v3"

	"github.com/attestree/attestree/verifier/slsa"
	"github.com/attestree/attestree/verifier/trust"
)

// KeyResolver fetches the public key that a reference like "hashivault://release" names. It is the caller's: this
// package reaches nothing.
type KeyResolver func(ref string) (trust.Key, error)

// File is a policy file that has been read and is sound: who is trusted, and what an image needs.
type File struct {
	name    string
	sum     string
	rules   rules
	signers trust.Signers
}

// Signers are the trusted keys, in the order of the file. A disabled entry is among them and trusts nobody; one with a
// key_ref then has no key, since disabled references are not resolved.
func (f *File) Signers() trust.Signers { return f.signers }

// Table is the table of builders and verifiers that levels are judged by: the built-in one, and what the file adds.
func (f *File) Table() slsa.Table {
	table := slsa.Known().With(f.rules.builders...)
	for _, v := range f.rules.verifiers {
		table.Verifiers = append(table.Verifiers, slsa.Verifier{Signer: v.signer, ID: v.verifier})
	}
	return table
}

// Parse reads a policy file. name is used in messages only. resolve may be nil: then an enabled entry with a key_ref is
// an error. Every problem that is found is in the error, a *SyntaxError; there is no File then.
func Parse(name string, data []byte, resolve KeyResolver) (*File, error) {
	r := &reader{resolve: resolve}
	policy, problems := r.read(data)
	if len(problems) > 0 {
		return nil, newSyntaxError(name, problems)
	}
	sum := sha256.Sum256(data)
	return &File{name: name, sum: hex.EncodeToString(sum[:]), rules: policy.rules, signers: policy.signers}, nil
}

// contents is what a policy file says, with the nodes that say it.
type contents struct {
	rules   rules
	signers trust.Signers
	policy  *yaml.Node   // the value of signing_policy, nil if there is none
	keys    *yaml.Node   // the value of trusted_keys, nil if there is none
	entries []*yaml.Node // of the signers
}

func (r *reader) read(data []byte) (contents, []Problem) {
	var c contents
	document, problems := readDocument(data)
	if len(problems) > 0 {
		return c, problems
	}
	top := r.mapping(document, "the file", "signing_policy")
	policy := top["signing_policy"]
	switch {
	case policy == nil && document != nil && len(r.problems) == 0:
		r.problem(document, "there is no signing_policy in it")
	case policy == nil:
		return c, r.problems
	case isNull(policy):
		c.policy = policy
		return c, r.problems
	}
	c.policy = policy
	f := r.mapping(policy, "signing_policy",
		"require_signature", "require", "scai", "sbom", "max_age", "slsa", "vsa", "trusted_keys")
	c.rules = r.readRules(f)
	if c.keys = f["trusted_keys"]; c.keys != nil && !isNull(c.keys) {
		c.signers, c.entries = r.readSigners(c.keys)
	}
	r.checkNames(f["vsa"], f["slsa"], c)
	return c, r.problems
}

// checkNames holds the signers that vsa and slsa name against the list of trusted keys.
func (r *reader) checkNames(vsa, slsa *yaml.Node, c contents) {
	for _, pair := range c.rules.verifiers {
		if pair.signer != "" && index(c.signers, pair.signer) < 0 {
			r.problem(vsa, "vsa names the signer %q, which is not among trusted_keys", pair.signer)
		}
	}
	for _, b := range c.rules.builders {
		if b.Signer != "" && index(c.signers, b.Signer) < 0 {
			r.problem(slsa, "slsa names the signer %q, which is not among trusted_keys", b.Signer)
		}
	}
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }
