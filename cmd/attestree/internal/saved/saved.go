// Package saved reads the JSON that `verify -o json` and `tree -o json` print (docs/json.md) back, so that an image can be
// compared with what it was.
//
// It knows that contract and nothing of how the document was made. What it reads is somebody's word: nothing that comes
// from here is ever a verdict of this run.
package saved

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diff"
)

// errNotReport says that a file is something else.
var errNotReport = errors.New("not a report of attestree")

// Limits on what is read from a report, which may come from anybody.
const (
	mostNodes = 200_000
	deepest   = 64
)

// Looks reports whether bytes begin like a report: any other source that is JSON begins otherwise.
func Looks(begin []byte) bool {
	begin = bytes.TrimLeft(begin, " \t\r\n")
	return bytes.HasPrefix(begin, []byte("{")) && bytes.Contains(begin[:min(len(begin), 256)], []byte(`"schemaVersion"`))
}

// Side is the side of a comparison that a report holds.
func Side(name string, raw []byte) (diff.Side, error) {
	if !json.Valid(raw) {
		return diff.Side{}, fmt.Errorf("no JSON: %w", errNotReport)
	}
	doc := gjson.ParseBytes(raw)
	root := doc.Get("root")
	switch v := doc.Get("schemaVersion"); {
	case !doc.IsObject() || !v.Exists() || !root.IsObject():
		return diff.Side{}, errNotReport
	case v.String() != "1":
		return diff.Side{}, fmt.Errorf("it has schema version %q, and 1 is known", v.String())
	}
	s := diff.Side{
		Name: name, Saved: true, Resolved: doc.Get("resolved").String(), Digest: model.Digest(doc.Get("digest").String()),
		JudgedAt: instant(doc.Get("judgedAt")), Tool: doc.Get("tool").String(), Trust: trust(doc),
		Judged: doc.Get("verdict").String() != model.Unchecked.String(),
	}
	if s.Judged {
		s.Verdict, s.Reason = verdict(root), root.Get("reason").String()
		s.Policy = diff.PolicyNotSatisfied
		if doc.Get("policy.satisfied").Bool() {
			s.Policy = diff.PolicySatisfied
		}
	}
	s.Unseen = unseen(doc)
	r := reader{side: &s}
	if err := r.node(root, "", 0); err != nil {
		return diff.Side{}, err
	}
	return s, nil
}

// trust is the hashes of what was judged by.
func trust(doc gjson.Result) string {
	t := "policy " + doc.Get("policy.sha256").String()
	for _, r := range doc.Get("trustRoots").Array() {
		t += " root " + r.Get("name").String() + " " + r.Get("sha256").String()
	}
	return t
}

func unseen(doc gjson.Result) (list []string) {
	for _, l := range doc.Get("discovery").Array() {
		if status := model.LookupStatus(l.Get("status").String()); status.Incomplete() {
			list = append(list, l.Get("mechanism").String()+" of "+l.Get("subject").String()+" was "+string(status))
		}
	}
	if !doc.Get("complete").Bool() {
		list = append(list, "discovery did not come to its end")
	}
	return list
}

func instant(r gjson.Result) time.Time {
	t, err := time.Parse(time.RFC3339, r.String())
	if err != nil {
		return time.Time{}
	}
	return t
}

func verdict(n gjson.Result) string {
	if v := n.Get("verdict").String(); v != model.Covered.String() {
		return v
	}
	return diff.CoveredBy(n.Get("coverage").String())
}

// reader walks the nodes of a report.
type reader struct {
	side *diff.Side
	read int
}

func (r *reader) node(n gjson.Result, platform string, depth int) error {
	if r.read++; r.read > mostNodes || depth > deepest {
		return errors.New("it has more nodes than any image")
	}
	switch kind := model.Kind(n.Get("kind").String()); kind {
	case model.KindIndex, model.KindImage:
		platform = cmp.Or(n.Get("platform").String(), platform)
		if own := n.Get("platform").String(); own != "" && !slices.Contains(r.side.Platforms, own) {
			r.side.Platforms = append(r.side.Platforms, own)
		}
	default:
		r.side.Nodes = append(r.side.Nodes, r.attached(n, kind, platform))
	}
	for _, child := range n.Get("children").Array() {
		if err := r.node(child, platform, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) attached(n gjson.Result, kind model.Kind, platform string) diff.Node {
	out := diff.Node{
		ID: n.Get("id").String(), Title: n.Get("title").String(), Kind: string(kind), Platform: platform, Level: -1,
		PredicateType: cmp.Or(n.Get("predicateType").String(), n.Get("artifactType").String()),
		Facts:         diff.Flatten([]byte(n.Get("summary").Raw)),
	}
	out.Family = diff.FamilyOf(kind, out.PredicateType)
	for _, f := range n.Get("findings").Array() {
		if id := f.Get("id").String(); f.Get("severity").String() != string(model.SeverityInfo) && !slices.Contains(out.Findings, id) {
			out.Findings = append(out.Findings, id)
		}
	}
	if !r.side.Judged {
		return out
	}
	out.Verdict, out.Reason, out.SignedAt = verdict(n), n.Get("reason").String(), instant(n.Get("signedAt"))
	out.Signer = signer(n)
	if slsa := n.Get("slsa"); slsa.IsObject() {
		out.Level = int(slsa.Get("level").Int())
		out.Facts = append(out.Facts, diff.Proofs(slsa.Get("builder").String(), slsa.Get("source").String(),
			slsa.Get("ref").String(), slsa.Get("commit").String())...)
	}
	return out
}

func signer(n gjson.Result) diff.Signer {
	who, proven := n.Get("signer"), true
	if !who.IsObject() {
		who, proven = n.Get("claimedSigner"), false
	}
	if !who.IsObject() {
		return diff.Signer{}
	}
	return diff.Signer{
		Issuer: who.Get("issuer").String(), Subject: who.Get("subject").String(),
		Fingerprint: who.Get("fingerprint").String(), Proven: proven,
	}
}
