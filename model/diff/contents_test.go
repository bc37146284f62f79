package diff

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
)

const (
	spdx = `{"spdxVersion":"SPDX-2.3","name":"sbom","SPDXID":"SPDXRef-DOCUMENT","packages":[
{"name":"qs","SPDXID":"SPDXRef-qs","versionInfo":"6.11.0","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/qs@6.11.0"}]},
{"name":"express","SPDXID":"SPDXRef-express","versionInfo":"4.19.2","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/express@4.19.2"}]}]}`
	trivy = `{"scanner":{"uri":"pkg:github/aquasecurity/trivy@0.66.0","result":{"SchemaVersion":2,"Results":[{"Target":"node","Type":"npm","Vulnerabilities":[
{"VulnerabilityID":"CVE-2026-0001","PkgName":"qs","InstalledVersion":"6.11.0","Severity":"HIGH","PkgIdentifier":{"PURL":"pkg:npm/qs@6.11.0"}},
{"VulnerabilityID":"CVE-2026-0003","PkgName":"gone","InstalledVersion":"1.0.0","Severity":"LOW","PkgIdentifier":{"PURL":"pkg:npm/gone@1.0.0"}}]}]}}}`
	openvex = `{"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://example.org/vex","author":"security","timestamp":"2026-01-19T12:00:00Z","version":1,"statements":[
{"vulnerability":{"name":"CVE-2026-0001"},"products":[{"@id":"pkg:npm/qs@6.11.0"}],"status":"not_affected","justification":"vulnerable_code_not_in_execute_path"}]}`

	typeSPDX, typeVuln, typeVEX = "https://spdx.dev/Document", "https://cosign.sigstore.dev/attestation/vuln/v1", "https://openvex.dev/ns/v0.2.0"
)

// attached is something that hangs on an image, and how it was judged.
type attached struct {
	kind, document string
	verdict        model.Verdict
	on             string // the platform, "" for the root
}

// image is a judged tree with that attached.
func image(platforms []string, things ...attached) *model.Tree {
	t := model.NewTree()
	root := model.DigestOf([]byte("root"))
	kind := model.KindImage
	if len(platforms) > 0 {
		kind = model.KindIndex
	}
	t.Apply(model.Resolved{Reference: "registry.example/app@" + string(root), Digest: root})
	t.Apply(model.NodeFound{Node: model.Node{ID: string(root), Kind: kind, Digest: root}})
	for _, p := range platforms {
		d := model.DigestOf([]byte(p))
		t.Apply(model.NodeFound{Node: model.Node{
			ID: string(d), Parent: string(root), Kind: model.KindImage, Digest: d, Platform: p, Within: []model.Digest{root}, Found: []model.Found{model.FoundIndexChild},
		}})
	}
	for i, a := range things {
		subject := root
		if a.on != "" {
			subject = model.DigestOf([]byte(a.on))
		}
		d := model.DigestOf([]byte(fmt.Sprint(i, a)))
		t.Apply(model.NodeFound{Node: model.Node{ID: string(d), Parent: string(subject), Kind: model.KindAttestation, Format: model.FormatBundle, Digest: d, Subject: subject}})
		t.Apply(model.Opened{ID: string(d), Attestation: &model.Attestation{
			PredicateType: a.kind, RawPredicate: []byte(a.document), Statement: &model.Statement{PredicateType: a.kind, Subjects: []model.Subject{
				{Name: "app", Digests: []model.NamedDigest{{Algorithm: "sha256", Value: subject.Hex()}}},
			}},
		}})
		t.Apply(model.Judged{ID: string(d), Report: model.Report{Verdict: a.verdict}})
	}
	t.Apply(model.DiscoveryDone{})
	t.Apply(model.Done{})
	t.Judge()
	return t
}

func TestWhatASideContainsIsRead(t *testing.T) {
	sbom := attached{kind: typeSPDX, document: spdx, verdict: model.Trusted}
	scan := attached{kind: typeVuln, document: trivy, verdict: model.Trusted}
	with := func(a attached, v model.Verdict) attached { a.verdict = v; return a }
	vex := attached{kind: typeVEX, document: openvex, verdict: model.Trusted}
	const qs, gone = "CVE-2026-0001 qs@6.11.0 high []", "CVE-2026-0003 gone@ low []"
	on := func(a attached, p string) attached { a.on = p; return a }
	for name, c := range map[string]struct {
		tree     *model.Tree
		packages int
		want     string // vulnerabilities, a line each; "nil" where they are not known
		notes    int
		trusted  bool
		unread   int
	}{
		"nothing is attached":             {tree: image(nil), want: "nil"},
		"an SBOM alone":                   {tree: image(nil, sbom), packages: 2, want: "nil"},
		"a scan":                          {tree: image(nil, sbom, scan), packages: 2, want: qs + "\n" + gone, trusted: true},
		"a scan by somebody else":         {tree: image(nil, sbom, with(scan, model.Untrusted)), packages: 2, want: qs + "\n" + gone},
		"an excuse by somebody trusted":   {tree: image(nil, sbom, scan, vex), packages: 2, want: "CVE-2026-0001 qs@6.11.0 high [not affected: vulnerable code not in execute path]\n" + gone, trusted: true},
		"an excuse by somebody else":      {tree: image(nil, sbom, scan, with(vex, model.Valid)), packages: 2, want: qs + "\n" + gone, trusted: true},
		"an excuse that is invalid":       {tree: image(nil, sbom, scan, with(vex, model.Invalid)), packages: 2, want: qs + "\n" + gone, trusted: true},
		"an invalid SBOM":                 {tree: image(nil, with(sbom, model.Invalid), scan), want: "CVE-2026-0001 qs@ high []\n" + gone, notes: 1, trusted: true},
		"an invalid scan":                 {tree: image(nil, sbom, with(scan, model.Invalid)), packages: 2, want: "nil"},
		"a VEX without a scan":            {tree: image(nil, sbom, vex), packages: 2, want: "nil"},
		"a scan that cannot be read":      {tree: image(nil, sbom, attached{kind: typeVuln, document: `{"odd":1}`, verdict: model.Trusted}), packages: 2, want: "nil", unread: 1},
		"a clean scan":                    {tree: image(nil, sbom, attached{kind: typeVuln, document: `{"scanner":{"result":{"Results":[{"Target":"node"}]}}}`, verdict: model.Trusted}), packages: 2, trusted: true},
		"a scan that looked at nothing":   {tree: image(nil, sbom, attached{kind: typeVuln, document: `{"scanner":{"result":{"Results":[]}}}`, verdict: model.Trusted}), packages: 2, trusted: true, unread: 1},
		"platforms with the same finding": {tree: image([]string{"linux/amd64", "linux/arm64"}, on(sbom, "linux/amd64"), on(sbom, "linux/arm64"), on(scan, "linux/amd64"), on(scan, "linux/arm64")), packages: 2, want: qs + "\n" + gone, trusted: true},
		"one platform that is not excused": {tree: image([]string{"linux/amd64", "linux/arm64"}, on(sbom, "linux/amd64"), on(sbom, "linux/arm64"), on(scan, "linux/amd64"), on(scan, "linux/arm64"), on(vex, "linux/amd64")),
			packages: 2, want: qs + "\n" + gone, trusted: true},
	} {
		t.Run(name, func(t *testing.T) {
			s := FromTree(c.tree, "x", true)
			if err := s.ReadContents(t.Context(), c.tree); err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, v := range s.Vulnerabilities {
				lines = append(lines, fmt.Sprintf("%s %s@%s %s [%s]", v.ID, v.Package, v.Version, v.Severity, v.Excuse))
			}
			got := strings.Join(lines, "\n")
			if s.Vulnerabilities == nil {
				got = "nil"
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("vulnerabilities (-want +got)\n%s", diff)
			}
			have := 0
			if s.Packages != nil {
				have = s.Packages.Len()
			}
			if have != c.packages || len(s.Notes) != c.notes || s.ScanTrusted != c.trusted || len(s.ScansUnread) != c.unread {
				t.Errorf("%d packages, notes %q, trusted %v, unread %q", have, s.Notes, s.ScanTrusted, s.ScansUnread)
			}
		})
	}
}

func TestReadingWhatASideContainsEndsWithItsContext(t *testing.T) {
	tree := image(nil, attached{kind: typeSPDX, document: spdx}, attached{kind: typeVuln, document: trivy})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := FromTree(tree, "x", true)
	if err := s.ReadContents(ctx, tree); err == nil {
		t.Error("no error")
	}
}

func TestAVulnerabilityIsOnlyLostWhereAllScansWereSeen(t *testing.T) {
	scanned := func(trusted bool, found ...Vulnerability) Side {
		s := side()
		s.Vulnerabilities, s.ScanTrusted = append([]Vulnerability{}, found...), trusted
		return s
	}
	cve := Vulnerability{ID: "CVE-1", Package: "a", Version: "1", Severity: "high"}
	newer := cve
	newer.Version = "2"
	unread, denied := scanned(true), scanned(true)
	unread.ScansUnread, denied.Unseen = []string{"Vulnerability scan"}, []string{"referrers-api was denied"}
	for name, c := range map[string]struct {
		before, after Side
		want          string
	}{
		"it is gone":                     {scanned(true, cve), scanned(true), "vulnerability lost better: CVE-1 in a [high -> ]"},
		"it is new":                      {scanned(true), scanned(true, cve), "vulnerability gained worse: CVE-1 in a [ -> high]"},
		"the package has moved on":       {scanned(true, cve), scanned(true, newer), ""},
		"gone by the word of a stranger": {scanned(true, cve), scanned(false), "vulnerability lost look: CVE-1 in a [high -> ]"},
		"a scan cannot be read":          {scanned(true, cve), unread, "vulnerability unseen look: CVE-1 in a [high -> ]"},
		"a look-up was denied":           {scanned(true, cve), denied, "vulnerability unseen look: CVE-1 in a [high -> ]"},
		"it may have been there before":  {unread, scanned(true, cve), "vulnerability unseen look: CVE-1 in a [ -> high]"},
		"nobody scanned":                 {scanned(true, cve), side(), ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := Compare(c.before, c.after)
			if diff := cmp.Diff(c.want, told(r.Changes)); diff != "" {
				t.Error(diff)
			}
			if without := c.after.Vulnerabilities == nil; without != strings.Contains(strings.Join(r.Notes, "\n"), "no scan") {
				t.Errorf("notes %q", r.Notes)
			}
		})
	}
}
