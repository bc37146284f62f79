package verifier

import (
	"bytes"
)

// predicate judges the outline of the payload. Whether a predicate's fields make sense is its decoder's to say; here it
// only has to be there, be an object, and be what it was announced as.
func (j *judging) predicate() result {
	claims := j.s.claims
	switch {
	case claims.SimpleSigning != nil:
		return pass("a simple-signing payload", "a simple-signing payload", "")
	case claims.Statement == nil:
		return skip("", "", "there is no statement whose predicate could be judged")
	}
	statement := claims.Statement
	announced := j.ev.Node.Annotations["dev.sigstore.bundle.predicateType"]
	if announced == "" {
		announced = j.ev.Node.Blob.Annotations["predicateType"]
	}
	predicate := bytes.TrimSpace(statement.Predicate)
	switch {
	case statement.PredicateType == "":
		return fail("a predicate type", "none", "the statement does not say what it claims")
	case announced != "" && announced != statement.PredicateType:
		j.warn("announced-type", "the manifest announces "+announced+", the signed statement says "+statement.PredicateType)
		return fail(announced, statement.PredicateType, "the manifest announces another predicate type than was signed; only the signed one counts")
	case len(predicate) == 0 || bytes.Equal(predicate, []byte("null")):
		return fail("a predicate", "none", "the statement has no content")
	case predicate[0] != '{':
		return fail("a predicate that is an object", "another JSON value", "tools that expect an object cannot read this predicate")
	}
	return pass(statement.PredicateType, statement.PredicateType, "")
}
