package verifier

import (
	"fmt"

	"github.com/attestree/attestree/model"
)

// plain judges a node that carries no signature of its own: all that can be said is whether its bytes are the right
// ones. Whether a signed index vouches for it is the tree's to say.
func plain(ev model.Evidence) model.Report {
	l := newLadder(model.CheckContent)
	l.set(model.CheckContent, content(ev))
	l.require(model.CheckContent)
	report := model.Report{Verdict: model.Unsigned, Reason: "it carries no signature of its own", Checks: l}
	if l.failed(model.CheckContent) {
		report.Verdict, report.Reason = model.Invalid, l[0].Detail
	}
	return report
}

// tampered is the report of a signed node whose bytes are not those that the manifest names: they are not even looked
// at.
func tampered(ev model.Evidence) model.Report {
	l := newLadder(steps...)
	l.require(model.CheckContent, model.CheckEnvelope, model.CheckSignature, model.CheckSubject)
	l.set(model.CheckContent, content(ev))
	l.close()
	return model.Report{Verdict: model.Invalid, Reason: l[0].Detail, Checks: l}
}

// content compares the bytes with what the manifest says of them. The room that fetched them has done so already; it is
// cheap to be sure.
func content(ev model.Evidence) result {
	named := ev.Node.Blob
	bytes := ev.Blob
	if named.Digest == "" && ev.Node.Raw != nil {
		named = model.Descriptor{Digest: ev.Node.Digest, Size: int64(len(ev.Node.Raw))}
		bytes = ev.Node.Raw
	}
	expected := string(named.Digest)
	if named.Size > 0 {
		expected = fmt.Sprintf("%s, %d bytes", named.Digest, named.Size)
	}
	switch {
	case ev.Tampered:
		actual := "other bytes"
		if ev.Problem != "" {
			actual = ev.Problem
		}
		return fail(expected, actual, "the bytes are not those that the manifest names: they were changed, or the registry is damaged")
	case named.Digest == "":
		return skip("", "", "this was read from a file: no manifest says what its digest should be")
	case bytes == nil:
		return skip(expected, "", "the payload was left alone, it is not needed to judge this node")
	case !named.Digest.Matches(bytes):
		actual := model.Compute(named.Digest.Algorithm(), bytes)
		return fail(expected, string(actual), "the bytes are not those that the manifest names: they were changed, or the registry is damaged")
	case named.Size > 0 && named.Size != int64(len(bytes)):
		return fail(expected, fmt.Sprintf("%d bytes", len(bytes)), "the size is not the one that the manifest names")
	}
	return pass(expected, fmt.Sprintf("%s, %d bytes", named.Digest, len(bytes)), "")
}
