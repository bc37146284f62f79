package plain

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/model/breaking"
	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/model/pkg"
)

const hostile = "evil\x1b[2J\x1b]52;c;ZXZpbA==\x07\u009b31m\u202egnp.exe\u2066\u200b\x00\x7f\r\nnext\tline \xff"

// evil is a tree in which every text tries to break out.
func evil() *model.Tree {
	root, hung := model.DigestOf([]byte("root")), model.DigestOf([]byte("hung"))
	who := &model.Signer{Kind: hostile, Issuer: hostile, Subject: hostile, Fingerprint: hostile, Name: hostile, Authority: hostile, Algorithm: hostile,
		Extensions: []model.Extension{{OID: hostile, Name: hostile, Label: hostile, Value: hostile}}}
	report := model.Report{Verdict: model.Invalid, Reason: hostile, Signer: who, TrustRoot: hostile,
		Checks: []model.Check{{ID: model.CheckSignature, Status: model.CheckFailed, Expected: hostile, Actual: hostile, Detail: hostile, Proves: hostile}},
		Log:    []model.LogEntry{{Log: hostile}}, Timestamps: []model.Timestamp{{Authority: hostile}},
		Findings: []model.Finding{{ID: hostile, Severity: hostile, Message: hostile}}}
	t := model.NewTree()
	for _, e := range []model.Event{
		model.Resolved{Reference: hostile, Notes: []model.Finding{{Message: hostile}}},
		model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root, MediaType: hostile, Platform: hostile, Raw: []byte(hostile)}},
		model.NodeFound{Node: model.Node{ID: string(hung), Parent: string(root), Subject: root, Kind: model.KindAttestation, Format: model.FormatBundle, Digest: hung,
			Name: hostile, ArtifactType: hostile, Annotations: map[string]string{hostile: hostile}, Unavailable: hostile}},
		model.LookedUp{Lookup: model.Lookup{Mechanism: hostile, Subject: root, Status: hostile, Detail: hostile, Repository: hostile}},
		model.Opened{ID: string(hung), Attestation: &model.Attestation{Payload: []byte(hostile), PredicateType: hostile, Problem: hostile,
			Statement: &model.Statement{PredicateType: hostile, Subjects: []model.Subject{{Name: hostile}}}}},
		model.Judged{ID: string(hung), Report: report}, model.DiscoveryDone{}, model.Done{},
	} {
		t.Apply(e)
	}
	t.Judge()
	return t
}

func TestNothingThatIsSaidIsObeyedByATerminal(t *testing.T) {
	tree := evil()
	p := New(tree, output.Facts{Source: hostile, Notes: []string{hostile}, Verified: true, Roots: []model.TrustRoot{{Name: hostile, Source: hostile, Date: hostile}},
		Policy:   model.PolicyAnswer{Path: hostile, Reasons: []string{hostile}, Requirements: []model.Requirement{{Wants: hostile, Message: hostile}}},
		Packages: []pkg.Summary{{Package: &model.Package{PURL: hostile, Asked: hostile}, Chosen: hostile, Proves: []string{hostile}}}})
	signer := model.TrustedSigner{Name: hostile, Subject: hostile, Issuer: hostile, For: []string{hostile}, Images: []string{hostile}, Origin: hostile}
	change := diff.Change{Weight: diff.Worse, What: hostile, Detail: hostile, Before: hostile, After: hostile}
	issue := audit.IssueReport{Issue: audit.Issue{Tool: hostile, Message: hostile, Reason: hostile, Severity: hostile}, Written: hostile, Applied: hostile}
	said := map[string]func(io.Writer) error{
		"tree": p.Tree, "coverage": p.Coverage, "signers": p.Signers, "policy": p.Policy,
		"find":    func(w io.Writer) error { return p.Find(w, "evil") },
		"filter":  func(w io.Writer) error { return p.Filter(w, "evil") },
		"wrong":   func(w io.Writer) error { return p.Filter(w, ":"+hostile) },
		"trusted": func(w io.Writer) error { return p.Trusted(w, []model.TrustedSigner{signer}) },
		"audit": func(w io.Writer) error {
			return p.Audit(w, audit.Answer{Notes: []string{hostile}, Report: audit.Report{
				Flags: audit.Flags{{ID: hostile, Severity: hostile, Message: hostile}}, Current: &audit.ScanReport{Issues: []audit.IssueReport{issue}}}})
		},
		"diff": func(w io.Writer) error {
			return p.Diff(w, diff.Report{Before: diff.Side{Name: hostile, Judged: true, Verdict: hostile}, Notes: []string{hostile}, Changes: []diff.Change{change},
				Packages: &diff.PackageReport{Changes: []diff.PackageChange{{Name: hostile, Before: hostile}}}})
		},
		"broken": func(w io.Writer) error {
			return p.Broken(w, breaking.Broken{Where: hostile, Before: hostile, After: hostile}, model.Report{}, model.Report{Reason: hostile})
		},
	}
	for i, e := range p.Nodes() {
		for name, write := range map[string]func(io.Writer, *model.Entry) error{
			"node": p.Node, "checks": p.Checks, "payload": p.Payload, "signer": p.Signer, "learn": p.Learn, "lookups": p.Lookups,
			"commands": func(w io.Writer, e *model.Entry) error {
				return p.Commands(w, e, equivalent.Context{Key: hostile, TrustedRoot: hostile})
			},
			"no check": func(w io.Writer, e *model.Entry) error { return p.LearnCheck(w, e, hostile) },
		} {
			said[name+string(rune('0'+i))] = func(w io.Writer) error { return write(w, e) }
		}
	}
	for name, write := range said {
		var out bytes.Buffer
		if err := write(&out); err != nil || out.Len() == 0 {
			t.Errorf("%s: %v, %d bytes", name, err, out.Len())
		}
		if at := strings.IndexFunc(out.String(), func(r rune) bool {
			return r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp)) || r == unicode.ReplacementChar
		}); at >= 0 {
			t.Errorf("%s: %q", name, out.String()[max(0, at-40):])
		}
	}
}

func TestWhatWasNotSeenIsNotCalledAbsent(t *testing.T) {
	root := model.DigestOf([]byte("root"))
	for status, want := range map[model.LookupStatus]string{
		model.LookupNone: "signature: none\n", model.LookupDenied: "signature: not known, for not everything could be looked at\n",
		model.LookupFailed: "signature: not known", model.LookupTruncated: "signature: not known",
	} {
		tree := model.NewTree()
		for _, e := range []model.Event{
			model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}},
			model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismCosignSig, Subject: root, Status: status}}, model.DiscoveryDone{}, model.Done{},
		} {
			tree.Apply(e)
		}
		tree.Judge()
		var out bytes.Buffer
		if err := New(tree, output.Facts{Verified: true}).Coverage(&out); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%s: %v %s", status, err, out.String())
		}
	}
}

// One name that two issuers vouch for is two signers, and each says which.
func TestSignersOfOneNameStandApart(t *testing.T) {
	root := model.DigestOf([]byte("root"))
	tree := model.NewTree()
	tree.Apply(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}})
	for _, issuer := range []string{"https://one.example", "https://two.example"} {
		id := model.DigestOf([]byte(issuer))
		tree.Apply(model.NodeFound{Node: model.Node{ID: string(id), Parent: string(root), Kind: model.KindSignature, Format: model.FormatBundle, Subject: root, Digest: id}})
		tree.Apply(model.Judged{ID: string(id), Report: model.Report{
			Verdict: model.Valid, Signer: &model.Signer{Kind: model.SignerCertificate, Subject: "ann@example.org", Issuer: issuer},
		}})
	}
	tree.Judge()
	var out bytes.Buffer
	if err := New(tree, output.Facts{Verified: true}).Signers(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Groups: 3.\n", ", https://one.example: 1.\n", ", https://two.example: 1.\n", "Signed by nobody itself: 1.\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it does not say %q:\n%s", want, out.String())
		}
	}
}
