package verifier

import (
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/pkgsig"
)

// byPackageRegistry judges an attestation of a package by the registry's key that it names. false leaves everything as it
// was: it names none. The entry in the log is required as of any key, and the key's window is held against its time.
func (j *judging) byPackageRegistry() bool {
	if j.ev.Node.Package == nil {
		return false
	}
	known := j.v.packageKeys.Named(j.s.hint, pkgsig.UseAttestations)
	for _, k := range known {
		if j.signedByKey(k.Key) {
			j.use(k.Key)
			j.registry = true
			j.set(model.CheckSignature, pass("a signature by a key of the registry", k.ID, ""))
			j.keyEvidence()
			return true
		}
	}
	if len(known) > 0 {
		j.set(model.CheckSignature, fail("a signature by a key of the registry", "not by "+known[0].ID,
			"it names that key of the registry, but is not by it over these bytes: payload or signature was changed"))
	}
	return len(known) > 0
}

// named is the key that a signature names, in a few words.
func (j *judging) named() string {
	if j.s.hint == "" {
		return "no key is named"
	}
	return "key " + j.s.hint
}

// strangeRegistry is what can be done about an attestation of a package by a key that is not known.
func (j *judging) strangeRegistry() string {
	if j.s.hint == "" {
		return "it carries no certificate and names no key, so it is checked with keys: give the public key of whoever signed it with --key"
	}
	return "it names " + unknownRegistryKey + "; the key of anybody else is given with --key"
}

// notInForce is what a key was outside of its window.
func (j *judging) notInForce() string {
	if j.registry {
		return "this key of the registry was not in use"
	}
	return "the key's certificate was not valid"
}

// misnamed is the answer to a statement about the right content under a wrong name.
func (j *judging) misnamed() result {
	var names []string
	for _, s := range j.s.claims.Statement.Subjects {
		if names = append(names, s.Name); len(names) == maxListed {
			break
		}
	}
	return fail(j.ev.Node.SubjectName, strings.Join(names, ", "),
		"the statement names this content under another name: it is about another package or version")
}
