package trust

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"time"
)

// githubRoot is a root of the shape of GitHub's own: authorities and timestamp authorities of that organization, no logs.
func githubRoot(t *testing.T, organization string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Date(2026, 6, 12, 0, 0, 0, 0, time.UTC)
	name := pkix.Name{Organization: []string{organization}, CommonName: "Internal Services Root"}
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: name, NotBefore: begin, NotAfter: begin.AddDate(10, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{Organization: []string{organization}, CommonName: "TSA"},
		NotBefore: begin, NotAfter: begin.AddDate(1, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping},
	}
	certificate := func(c *x509.Certificate) map[string]any {
		raw, err := x509.CreateCertificate(rand.Reader, c, authority, key.Public(), key)
		if err != nil {
			t.Fatal(err)
		}
		return map[string]any{"rawBytes": raw}
	}
	chain := func(certificates ...*x509.Certificate) map[string]any {
		var list []any
		for _, c := range certificates {
			list = append(list, certificate(c))
		}
		return map[string]any{
			"uri": "example.com", "certChain": map[string]any{"certificates": list},
			"validFor": map[string]any{"start": begin.Format(time.RFC3339)},
		}
	}
	document, err := json.Marshal(map[string]any{
		"mediaType":              "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
		"certificateAuthorities": []any{chain(authority)},
		"timestampAuthorities":   []any{chain(leaf, authority)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(document)
}

// What `gh attestation trusted-root` prints: GitHub's root and the public-good one, a line each.
func TestGitHubsLinesKeepTheirRequirementsApart(t *testing.T) {
	line := strings.Join(strings.Fields(string(publicGood)), "")
	for name, data := range map[string]string{
		"public-good first": line + "\n" + githubRoot(t, GitHubOrganization) + "\n",
		"GitHub first":      githubRoot(t, GitHubOrganization) + "\n" + line,
	} {
		t.Run(name, func(t *testing.T) {
			roots, err := ParseRoot("roots.jsonl", SourceFile, []byte(data))
			if err != nil || len(roots) != 2 {
				t.Fatal(roots, err)
			}
			for _, r := range roots {
				if github := r.Info.Name == GitHubName; r.Requires.Log == github || r.Requires.SCT == github {
					t.Errorf("%s requires %+v", r.Info.Name, r.Requires)
				}
				for _, m := range r.Members() {
					if strings.Contains(m.Title, "GitHub") != (r.Info.Name == GitHubName) {
						t.Errorf("%s holds %+v", r.Info.Name, m)
					}
				}
			}
			if roots[0].Info.Name == roots[1].Info.Name || roots[0].Info.SHA256 == roots[1].Info.SHA256 {
				t.Errorf("%+v, %+v", roots[0].Info, roots[1].Info)
			}
		})
	}
}

func TestARootWithoutLogsIsGitHubsByItsOrganizationOnly(t *testing.T) {
	for organization, want := range map[string]string{GitHubOrganization: GitHubName, "GitHub": "r", "Example": "r"} {
		roots, err := ParseRoot("r", SourceFile, []byte(githubRoot(t, organization)))
		if err != nil || len(roots) != 1 || roots[0].Info.Name != want {
			t.Errorf("%q: %+v, %v", organization, roots, err)
		}
	}
}

func TestNothingMayFollowTheRoots(t *testing.T) {
	for _, rest := range []string{"}", "]", "\n} " + githubRoot(t, "Example"), "x"} {
		if roots, err := ParseRoot("r", SourceFile, append([]byte(testRootJSON(t)), rest...)); err == nil {
			t.Errorf("%q was ignored: %d roots", rest[:1], len(roots))
		}
	}
}

func TestMembersAreInOrder(t *testing.T) {
	r, err := PublicGood()
	if err != nil {
		t.Fatal(err)
	}
	counts := map[MemberKind]int{}
	for _, m := range r.Members() {
		counts[m.Kind]++
		if m.ID == "" || m.Name == "" || m.From.IsZero() || (m.Title == "") != (m.Kind == MemberLog || m.Kind == MemberCertificateLog) {
			t.Errorf("%+v", m)
		}
	}
	want := map[MemberKind]int{MemberAuthority: 2, MemberLog: 2, MemberCertificateLog: 2, MemberTimestampAuthority: 1}
	for kind, n := range want {
		if counts[kind] != n {
			t.Errorf("%d of kind %s, want %d", counts[kind], kind, n)
		}
	}
	if first := r.Members()[0]; first.Kind != MemberAuthority || first.Until.IsZero() {
		t.Errorf("first is %+v", first)
	}
}
