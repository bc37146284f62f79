package doctor

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy/kyverno"
	"github.com/attestree/attestree/verifier/policy/pointer"
)

// kyverno holds a Kyverno file against the image.
func (e *examiner) kyverno(f File) []diagnosis.Rule {
	parsed, err := kyverno.Parse(f.Name, f.Data)
	if err != nil {
		return []diagnosis.Rule{{Rule: "file", Line: lineIn(err), Result: diagnosis.Unsupported, Message: "It is not evaluated: " + err.Error() + "."}}
	}
	image := e.image()
	var rules []diagnosis.Rule
	for _, o := range parsed.Judge(image) {
		r := e.kyvernoRule(o)
		r.Diagnosis = append(r.Diagnosis, e.aboutKyverno(o, image)...)
		rules = append(rules, r)
	}
	if len(rules) == 0 {
		return []diagnosis.Rule{{Rule: "file", Result: diagnosis.Unsupported, Message: "There is nothing in it that could be judged."}}
	}
	for _, rule := range parsed.Rules {
		e.aboutRule(rule, rules)
	}
	rules[0].Diagnosis = append(rules[0].Diagnosis, aboutNames(parsed, image)...)
	e.proposeKyverno(f, image, rules)
	return rules
}

// atLine finds the line that an error names.
var atLine = regexp.MustCompile(`line ([0-9]{1,7})`)

func lineIn(err error) int {
	if at := atLine.FindStringSubmatch(err.Error()); at != nil {
		n, _ := strconv.Atoi(at[1]) // seven digits are a number
		return n
	}
	return 0
}

// image is the requested digest as Kyverno meets it.
func (e *examiner) image() kyverno.Image {
	var image kyverno.Image
	image.References = e.references()
	root := e.tree.Root()
	if root == nil {
		return image
	}
	counted := map[model.Digest]bool{}
	e.tree.Walk(func(entry *model.Entry) {
		n := entry.Node
		if n.Subject == "" || n.Subject != root.Node.Digest {
			return
		}
		referrer := listed(n)
		if referrer && !counted[n.Digest] {
			counted[n.Digest] = true
			image.Referrers++
		}
		if referrer && broken(entry) {
			image.Broken = n.ID
		}
		if node, ok := kyvernoNode(entry); ok {
			node.Referrer = referrer
			image.Nodes = append(image.Nodes, node)
		}
	})
	return image
}

// broken reports whether something is called a Sigstore bundle by its manifest, and is none.
func broken(entry *model.Entry) bool {
	n := entry.Node
	if !strings.HasPrefix(n.ArtifactType, "application/vnd.dev.sigstore.bundle") {
		return false
	}
	return n.Format != model.FormatBundle || entry.Attestation != nil && entry.Attestation.Problem != ""
}

// listed reports whether a registry lists a node as a referrer. A manifest of a layout or an archive would be, where it
// is pushed; a document beside it, or an answer of another service, would not.
func listed(n model.Node) bool {
	return !n.Layered() && slices.ContainsFunc(n.Found, func(f model.Found) bool {
		return f == model.FoundReferrersAPI || f == model.FoundReferrersTag || f == model.FoundFile && n.Name == ""
	})
}

// references are the names under which the image may stand in a manifest.
func (e *examiner) references() []string {
	list := slices.Clone(e.options.Names)
	if e.tree.Reference != "" {
		list = append(list, e.tree.Reference)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// kyvernoNode is one signed thing with a proven signer; false for anything else.
func kyvernoNode(entry *model.Entry) (kyverno.Node, bool) {
	switch entry.Standing.Verdict {
	case model.Trusted, model.Valid, model.Untrusted:
	case model.Covered, model.Unsigned, model.Invalid, model.Unverifiable, model.Unavailable, model.Unchecked:
		return kyverno.Node{}, false
	}
	a, r := entry.Attestation, entry.Report
	if a == nil || r == nil || r.Signer == nil || r.Check(model.CheckSubject).Status != model.CheckPassed {
		return kyverno.Node{}, false
	}
	n := kyverno.Node{
		ID: entry.Node.ID, Trusted: entry.Standing.Verdict == model.Trusted, Signer: *r.Signer, Size: entry.Node.Blob.Size,
		Bundle: entry.Node.Format == model.FormatBundle, AtTag: slices.Contains(entry.Node.Found, model.FoundCosignTag) || entry.Node.Layered(),
		Logged: r.Check(model.CheckLog).Status == model.CheckPassed,
	}
	for _, t := range r.Timestamps {
		n.LogTime = n.LogTime || t.Verified && t.Kind == "log"
		n.Stamped = n.Stamped || t.Verified && t.Kind == "rfc3161"
	}
	switch {
	case a.SimpleSigning != nil, a.Message:
		n.Signature = true
	case a.Statement == nil:
		return n, false
	default:
		n.Signature = model.FamilyOf(a.Statement.PredicateType) == model.FamilySignature // and as a bundle an attestation, too
		n.Type = a.Statement.PredicateType
		if n.Problem = unfit(a); n.Problem == "" {
			n.Statement = decode(a.Payload, false)
		}
	}
	return n, true
}

func (e *examiner) kyvernoRule(o kyverno.Outcome) diagnosis.Rule {
	name := o.Path
	if o.Rule.Name != "" {
		name = fmt.Sprintf("%s/%s %s", o.Rule.Policy, o.Rule.Name, strings.TrimPrefix(strings.TrimPrefix(o.Path, o.Rule.Path), "."))
	}
	r := diagnosis.Rule{
		Rule: strings.TrimSpace(name), Line: o.Line, Result: o.Result, WouldBe: o.WouldBe, Expression: o.Expression,
		Node: o.Node, Trusted: o.Trusted, Message: o.Message,
	}
	for _, read := range o.Reads {
		shown := diagnosis.Read{Path: read.Text(), Missing: read.Missing != nil}
		if !shown.Missing {
			shown.Found = pointer.Show(read.Values)
		}
		r.Reads = append(r.Reads, shown)
	}
	slices.SortStableFunc(r.Reads, func(a, b diagnosis.Read) int { // what is missing decides
		switch {
		case a.Missing == b.Missing:
			return 0
		case a.Missing:
			return -1
		}
		return 1
	})
	if len(r.Reads) > 0 {
		r.Path, r.Found, r.Missing = r.Reads[0].Path, r.Reads[0].Found, r.Reads[0].Missing
	}
	return r
}
