package kyverno

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/attestree/attestree/verifier/trust"
)

// whose says whose attestors are read: those of an attestation are not looked at as those of an image are.
type whose int

const (
	ofImage whose = iota
	ofAttestation
)

// maxNested is how deep attestors may lie in attestors.
const maxNested = 5

func (r *reader) attestors(path string, n *yaml.Node, of whose) []AttestorSet {
	var list []AttestorSet
	for i, item := range r.list(path, n) {
		list = append(list, r.set(fmt.Sprintf("%s[%d]", path, i), item, of, 0))
	}
	return list
}

func (r *reader) set(path string, n *yaml.Node, of whose, depth int) AttestorSet {
	f := r.mapping(path+".", n, "count", "entries")
	set := AttestorSet{Path: path, Line: n.Line}
	for k, entry := range r.list(path+".entries", f["entries"]) {
		set.Entries = append(set.Entries, r.attestor(fmt.Sprintf("%s.entries[%d]", path, k), entry, of, depth)...)
	}
	set.Count = len(set.Entries)
	if count := f["count"]; count != nil {
		wanted, err := strconv.Atoi(text(count))
		if err != nil || wanted < 1 || wanted > len(set.Entries) {
			r.unsupported(path+".count", count.Line, "a number from 1 to that of the entries is needed here")
		} else {
			set.Count = wanted
		}
	}
	if len(set.Entries) == 0 {
		r.unsupported(path+".entries", n.Line, "it names nobody")
		set.Count, set.Entries = 1, []Attestor{{Path: path, Line: n.Line}}
	}
	return set
}

// attestor reads one entry: an identity, keys, each of which is an attestor of its own, or a set of attestors.
func (r *reader) attestor(path string, n *yaml.Node, of whose, depth int) []Attestor {
	f := r.mapping(path+".", n, "keyless", "keys", "attestor", "signatureAlgorithm")
	r.algorithm(path, f["signatureAlgorithm"])
	given := 0
	for _, name := range []string{"keyless", "keys", "attestor"} {
		if f[name] != nil {
			given++
		}
	}
	switch {
	case given != 1:
		r.unsupported(path, n.Line, "one of keyless, keys and attestor is needed here")
		return []Attestor{{Path: path, Line: n.Line}}
	case f["keys"] != nil:
		return r.keys(path+".keys", f["keys"], of)
	case f["attestor"] != nil:
		return []Attestor{r.nested(path+".attestor", f["attestor"], of, depth)}
	}
	return []Attestor{r.keyless(path+".keyless", f["keyless"])}
}

func (r *reader) nested(path string, n *yaml.Node, of whose, depth int) Attestor {
	a := Attestor{Path: path, Line: n.Line}
	switch {
	case of == ofAttestation:
		r.unsupported(path, n.Line, "Kyverno does not look into attestors of an attestation, and takes one by anybody")
	case depth == maxNested:
		r.unsupported(path, n.Line, "it is nested too deep")
	default:
		set := r.set(path, n, of, depth+1)
		a.Nested = &set
	}
	return a
}

func (r *reader) keyless(path string, n *yaml.Node) Attestor {
	k := r.mapping(path+".", n, "issuer", "issuerRegExp", "subject", "subjectRegExp", "rekor", "ctlog")
	a := Attestor{
		Path: path, Line: n.Line, Issuer: text(k["issuer"]), IssuerRegexp: text(k["issuerRegExp"]),
		Subject: text(k["subject"]), SubjectRegexp: text(k["subjectRegExp"]),
	}
	a.NoLog, a.NoSCT = r.rekor(path+".rekor", k["rekor"]), r.ctlog(path+".ctlog", k["ctlog"])
	for _, p := range []struct{ name, pattern string }{{"issuerRegExp", a.IssuerRegexp}, {"subjectRegExp", a.SubjectRegexp}} {
		if _, err := regexp.Compile(p.pattern); err != nil {
			r.unsupported(path+"."+p.name, k[p.name].Line, "it is no regular expression")
		}
	}
	return a
}

// endOfKey is where one key of several ends.
const endOfKey = "-----END PUBLIC KEY-----"

func (r *reader) keys(path string, n *yaml.Node, of whose) []Attestor {
	f := r.mapping(path+".", n, "publicKeys", "signatureAlgorithm", "rekor", "ctlog")
	noLog, noSCT := r.rekor(path+".rekor", f["rekor"]), r.ctlog(path+".ctlog", f["ctlog"])
	r.algorithm(path, f["signatureAlgorithm"])
	pems := text(f["publicKeys"])
	if !strings.Contains(pems, endOfKey) {
		r.unsupported(path+".publicKeys", n.Line, "public keys in PEM are needed here; references are not followed")
		return []Attestor{{Path: path, Line: n.Line}}
	}
	if of == ofAttestation && strings.Count(pems, endOfKey) > 1 {
		r.unsupported(path+".publicKeys", n.Line, "of several keys Kyverno takes only the first one for attestations; make each an entry of its own")
	}
	var list []Attestor
	for _, one := range strings.SplitAfter(pems, endOfKey) {
		if strings.TrimSpace(one) == "" {
			continue
		}
		key, err := trust.ParseKey("publicKeys", []byte(one))
		if err != nil {
			r.unsupported(path+".publicKeys", n.Line, "a key in it cannot be read")
			continue
		}
		list = append(list, Attestor{Path: path, Line: n.Line, Key: &key, NoLog: noLog, NoSCT: noSCT})
	}
	return list
}

func (r *reader) algorithm(path string, n *yaml.Node) {
	if algorithm := text(n); algorithm != "" && algorithm != "sha256" {
		r.unsupported(path+".signatureAlgorithm", n.Line, "%q is not evaluated here; sha256 is", algorithm)
	}
}

// publicRekor is the log that Kyverno asks for where nothing else is said.
const publicRekor = "https://rekor.sigstore.dev"

// rekor reports whether no entry in the log is asked for.
func (r *reader) rekor(path string, n *yaml.Node) (ignored bool) {
	if n == nil {
		return false
	}
	f := r.mapping(path+".", n, "url", "ignoreTlog")
	if url := strings.TrimSuffix(text(f["url"]), "/"); url != "" && url != publicRekor {
		r.unsupported(path+".url", n.Line, "only the public log is evaluated here")
	}
	return r.flag(path+".ignoreTlog", f["ignoreTlog"], false)
}

// ctlog reports whether no proof that a certificate was logged is asked for.
func (r *reader) ctlog(path string, n *yaml.Node) (ignored bool) {
	if n == nil {
		return false
	}
	f := r.mapping(path+".", n, "ignoreSCT")
	return r.flag(path+".ignoreSCT", f["ignoreSCT"], false)
}
