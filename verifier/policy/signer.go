package policy

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// signerFields are those of an entry of trusted_keys, in the order in which they are written.
var signerFields = []string{
	"name", "keyless", "issuer", "subject", "subject_regexp", "key", "key_ref", "require_log", "source_repository",
	"source_repository_id", "triggers", "root", "for", "images", "mirrors", "require_name", "valid_from", "valid_until",
	"expires", "enabled",
}

// readSigners reads trusted_keys. Every entry has a name of its own, which is what it is changed by.
func (r *reader) readSigners(n *yaml.Node) (trust.Signers, []*yaml.Node) {
	switch {
	case n.Kind != yaml.SequenceNode:
		r.problem(n, "trusted_keys must be a list of entries")
		return nil, nil
	case len(n.Content) > maxSigners:
		r.problem(n, "more than %d trusted keys are too many", maxSigners)
		return nil, nil
	}
	var signers trust.Signers
	names := map[string]bool{}
	for _, item := range n.Content {
		signer := r.readSigner(item)
		if names[signer.Name] && signer.Name != "" {
			r.problem(item, "another entry is called %q already", signer.Name)
		}
		names[signer.Name] = true
		signers = append(signers, signer)
	}
	return signers, n.Content
}

// readSigner reads one entry (docs/policy.md).
func (r *reader) readSigner(n *yaml.Node) trust.Signer {
	before := len(r.problems)
	f := r.mapping(n, "a trusted key", signerFields...)
	s := trust.Signer{
		Name: r.text(f["name"]), Enabled: r.boolean(f["enabled"], true),
		Keyless: r.boolean(f["keyless"], false), Issuer: r.text(f["issuer"]), Subject: r.text(f["subject"]),
		SubjectRegexp: r.text(f["subject_regexp"]), NoLog: !r.boolean(f["require_log"], true),
		SourceRepository: r.text(f["source_repository"]), SourceRepositoryID: r.text(f["source_repository_id"]),
		Triggers: r.list(f["triggers"], false, r.text), Root: r.text(f["root"]),
		For: r.list(f["for"], false, r.readPurpose), Images: r.list(f["images"], false, r.readScope),
		Mirrors: r.list(f["mirrors"], false, r.readScope), RequireName: r.boolean(f["require_name"], false),
		ValidFrom: r.moment(f["valid_from"]), ValidUntil: r.moment(f["valid_until"]), Expires: r.moment(f["expires"]),
	}
	r.contradictions(n, f, s)
	r.identity(f, s)
	r.readKey(f, &s)
	if len(r.problems) > before || s.Key == nil && !s.Keyless {
		return s
	}
	prepared, err := trust.NewSigners(s)
	if err != nil {
		r.problem(n, "%s", err.Error())
		return s
	}
	return prepared[0]
}

func (r *reader) readPurpose(n *yaml.Node) string {
	return r.purpose(n, r.text(n), append([]string{string(model.FamilySignature)}, families...))
}

// contradictions reports fields that cannot stand together, each where the second of them is.
func (r *reader) contradictions(n *yaml.Node, f map[string]*yaml.Node, s trust.Signer) {
	for _, pair := range [][2]string{{"key", "key_ref"}, {"subject", "subject_regexp"}} {
		if f[pair[0]] != nil && f[pair[1]] != nil {
			r.problem(later(f[pair[0]], f[pair[1]]), "give %s or %s, not both", pair[0], pair[1])
		}
	}
	for _, key := range []string{"key", "key_ref"} {
		if f[key] == nil {
			continue
		}
		if s.Keyless {
			r.problem(later(f[key], f["keyless"]), "it is both keyless and a key")
			continue
		}
		for _, field := range []string{"issuer", "subject", "subject_regexp", "source_repository", "source_repository_id", "triggers"} {
			if f[field] != nil {
				r.problem(f[field], "a key says nothing about %s", field)
			}
		}
	}
	if n.Kind == yaml.MappingNode {
		r.missing(n, f, s)
	}
	if s.Keyless && s.NoLog {
		r.problem(f["require_log"], "only a key can do without a log entry")
	}
	r.times(f, s)
}

// later is the one of two nodes that comes later in the file.
func later(a, b *yaml.Node) *yaml.Node {
	if a.Line > b.Line || a.Line == b.Line && a.Column > b.Column {
		return a
	}
	return b
}

// missing reports what an entry does not say, although it must.
func (r *reader) missing(n *yaml.Node, f map[string]*yaml.Node, s trust.Signer) {
	anyKey := f["key"] != nil || f["key_ref"] != nil
	switch {
	case !anyKey && !s.Keyless && (f["issuer"] != nil || f["subject"] != nil || f["subject_regexp"] != nil):
		r.problem(n, "an entry with an issuer and a subject needs keyless: true")
	case !anyKey && !s.Keyless:
		r.problem(n, "the entry is neither keyless nor a key")
	case s.Keyless && f["issuer"] == nil:
		r.problem(n, "an identity needs an issuer: anybody could be called so elsewhere")
	case s.Keyless && f["subject"] == nil && f["subject_regexp"] == nil:
		r.problem(n, "an identity needs a subject or a subject_regexp")
	}
	if f["name"] == nil {
		r.problem(n, "the entry has no name")
	}
}

// times reports periods in which nothing can be.
func (r *reader) times(f map[string]*yaml.Node, s trust.Signer) {
	if !s.ValidFrom.IsZero() && !s.ValidUntil.IsZero() && s.ValidUntil.Before(s.ValidFrom) {
		r.problem(f["valid_until"], "it is valid until before it is valid from")
	}
	if !s.ValidFrom.IsZero() && !s.Expires.IsZero() && !s.Expires.After(s.ValidFrom) {
		r.problem(f["expires"], "it expires before it is valid from, so that it is never believed")
	}
}

// readKey reads the key of an entry, or lets its reference be resolved.
func (r *reader) readKey(f map[string]*yaml.Node, s *trust.Signer) {
	switch pem, ref := f["key"], f["key_ref"]; {
	case pem != nil && (pem.Kind != yaml.ScalarNode || pem.ShortTag() != "!!str"):
		r.problem(pem, "the public key itself is needed here, in PEM")
	case pem != nil:
		key, err := trust.ParseKey(s.Name, []byte(strings.TrimSpace(pem.Value)))
		if err != nil {
			r.problem(pem, "%s", err.Error())
			return
		}
		s.Key = &key
	case ref != nil:
		s.KeyRef = r.text(ref)
		r.resolveKey(ref, s)
	}
}

func (r *reader) resolveKey(n *yaml.Node, s *trust.Signer) {
	scheme, rest, found := strings.Cut(s.KeyRef, "://")
	switch {
	case s.KeyRef == "":
	case !found || scheme == "" || rest == "":
		r.problem(n, "a reference to a key is written KIND://NAME, like hashivault://release")
	case r.unknown || !s.Enabled:
	case r.resolve == nil:
		r.problem(n, "the key %s cannot be fetched: nothing here can resolve key references of %s; give the key itself under key, or disable the entry", s.KeyRef, scheme)
	default:
		key, err := r.resolve(s.KeyRef)
		if err == nil && key.Fingerprint == "" {
			r.problem(n, "the key %s cannot be fetched: the answer is empty", s.KeyRef)
			return
		}
		if err != nil {
			r.problem(n, "the key %s cannot be fetched: %s", s.KeyRef, err.Error())
			return
		}
		key.Name = s.Name
		s.Key = &key
	}
}
