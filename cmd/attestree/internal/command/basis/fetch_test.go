package basis

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

const (
	scannedCommit = "0123456789abcdef0123456789abcdef01234567"
	scannedImage  = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	scanID        = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
)

// scannedTree is an image with a scan by a run of org/catalogue, which claims another producer.
func scannedTree(v model.Verdict, configFile string) *model.Tree {
	predicate := json.RawMessage(`{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"configFile":"` + configFile + `"}}],
		"producer":{"uri":"https://github.com/mallory/catalogue","digest":{"gitCommit":"ffffffffffffffffffffffffffffffffffffffff"}}}`)
	t := model.NewTree()
	for _, e := range []model.Event{
		model.NodeFound{Node: model.Node{ID: scannedImage, Kind: model.KindImage, Digest: scannedImage}},
		model.NodeFound{Node: model.Node{ID: scanID, Parent: scannedImage, Kind: model.KindAttestation, Format: model.FormatBundle, Digest: scanID, Subject: scannedImage, Blob: model.Descriptor{Digest: scanID}}},
		model.BlobLoaded{ID: scanID, Bytes: []byte("{}")},
		model.Opened{ID: scanID, Attestation: &model.Attestation{
			Statement:     &model.Statement{PredicateType: "https://in-toto.io/attestation/scai/v0.3", Subjects: []model.Subject{{Digests: []model.NamedDigest{{Algorithm: "sha256", Value: strings.TrimPrefix(scannedImage, "sha256:")}}}}},
			PredicateType: "https://in-toto.io/attestation/scai/v0.3", RawPredicate: predicate,
		}},
		model.Judged{ID: scanID, Report: model.Report{Verdict: v, Signer: &model.Signer{Kind: model.SignerCertificate, Extensions: []model.Extension{
			{Name: "sourceRepositoryURI", Value: "https://github.com/org/catalogue"}, {Name: "sourceRepositoryDigest", Value: scannedCommit},
		}}}},
		model.DiscoveryDone{}, model.Done{},
	} {
		t.Apply(e)
	}
	t.Judge()
	return t
}

// secret is an environment that holds a token.
func secret(string) string { return "secret" }

const notesSpec = "metadata:\n  name: notes\n  protocol: npx\nspec:\n  package: notes\n  version: 1.0.0\n"

func TestASpecificationIsFetchedFromWhereItsCertificateSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		verdict model.Verdict
		config  string
		global  string
		vouched bool
		fail    string
		asked   int
	}{
		{"a trusted scan", model.Trusted, "npx/notes/spec.yaml", "allowed_issues: []\n", true, "", 2},
		{"without a list for every server", model.Trusted, "npx/notes/spec.yaml", "", true, "", 2},
		{"a signer whom nobody pinned", model.Valid, "npx/notes/spec.yaml", "", false, "", 2},
		{"a stranger, whose certificate would send us to his own repository", model.Untrusted, "npx/notes/spec.yaml", "", false, "nobody who counts", 0},
		{"a broken signature", model.Invalid, "npx/notes/spec.yaml", "", false, "nobody who counts", 0},
		{"a path that leads elsewhere", model.Trusted, "../../mallory/catalogue/spec.yaml", "", false, "not a path inside", 0},
		{"no path", model.Trusted, "", "", false, "does not name its configuration file", 0},
		{"what is not there", model.Trusted, "npx/other/spec.yaml", "", false, "no such file", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			asked := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked++
				name, ours := strings.CutPrefix(r.URL.Path, "/org/catalogue/"+scannedCommit+"/")
				switch {
				case !ours || r.Header.Get("Authorization") != "":
					t.Errorf("%s was asked for", r.URL.Path)
				case name == "npx/notes/spec.yaml":
					_, _ = w.Write([]byte(notesSpec))
					return
				case name == "scripts/mcp-scan/global_allowed_issues.yaml" && c.global != "":
					_, _ = w.Write([]byte(c.global))
					return
				}
				http.NotFound(w, r)
			}))
			t.Cleanup(server.Close)
			f := &Files{Fetch: fetchFlags{ask: true, base: server.URL}}
			var got audit.Case
			err := f.Fetcher(secret, "test").Read(t.Context(), &got, scannedTree(c.verdict, c.config))
			if asked != c.asked {
				t.Errorf("%d requests, want %d", asked, c.asked)
			}
			if c.fail != "" {
				if err == nil || !strings.Contains(err.Error(), c.fail) || got.Spec != nil {
					t.Errorf("%v with %v, want an error with %q", err, got.Spec, c.fail)
				}
				return
			}
			if err != nil || got.Spec == nil {
				t.Fatalf("%v: %v", got.Spec, err)
			}
			if got.Spec.Spec.Name != "notes" || got.Spec.Commit != scannedCommit || got.Spec.Vouched != c.vouched || got.HasGlobal != (c.global != "") {
				t.Errorf("%+v, list: %v", got.Spec, got.HasGlobal)
			}
			if want := model.DigestOf([]byte(notesSpec)).Hex(); !strings.Contains(got.Spec.Trust, want) {
				t.Errorf("%q does not say how to check it", got.Spec.Trust)
			}
		})
	}
}

func TestNothingIsFetchedUnlessItIsAskedFor(t *testing.T) {
	t.Parallel()
	var c audit.Case
	if err := (&Files{}).Fetcher(secret, "test").Read(t.Context(), &c, scannedTree(model.Trusted, "npx/notes/spec.yaml")); err != nil || c.Spec != nil {
		t.Errorf("%v, %v", c.Spec, err)
	}
	bare := model.NewTree()
	if err := (&Files{Fetch: fetchFlags{ask: true}}).Fetcher(secret, "test").Read(t.Context(), &c, bare); err != nil || c.Spec != nil {
		t.Errorf("without a scan: %v, %v", c.Spec, err)
	}
}

func TestNobodyWhoIsNotTrustedChoosesWhereATokenIsSent(t *testing.T) {
	t.Parallel()
	f := &Files{Fetch: fetchFlags{ask: true, tokenEnv: "TOKEN"}}
	var c audit.Case
	err := f.Fetcher(secret, "test").Read(t.Context(), &c, scannedTree(model.Valid, "npx/notes/spec.yaml"))
	if err == nil || !strings.Contains(err.Error(), "--source-base") {
		t.Errorf("%v, want that nothing was fetched", err)
	}
}

func TestTheScreenFetchesOnceForEachScan(t *testing.T) {
	t.Parallel()
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if strings.HasSuffix(r.URL.Path, "/spec.yaml") {
			_, _ = w.Write([]byte(notesSpec))
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(server.Close)
	files := &Files{Fetch: fetchFlags{ask: true, base: server.URL}}
	fetcher := files.Fetcher(func(string) string { return "" }, "test")
	for _, step := range []struct {
		verdict model.Verdict
		asked   int
		vouched bool
	}{{model.Valid, 2, false}, {model.Valid, 2, false}, {model.Trusted, 4, true}} {
		var c audit.Case
		if err := fetcher.Once(t.Context(), &c, scannedTree(step.verdict, "npx/notes/spec.yaml")); err != nil || c.Spec == nil {
			t.Fatalf("%v: %v", c.Spec, err)
		}
		if asked != step.asked || c.Spec.Vouched != step.vouched {
			t.Errorf("%s: %d requests, vouched %v; want %d, %v", step.verdict, asked, c.Spec.Vouched, step.asked, step.vouched)
		}
	}
}
