package trust

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheEmbeddedRootAsksForEverything(t *testing.T) {
	r, err := PublicGood()
	if err != nil {
		t.Fatal(err)
	}
	if r.Info.Name != PublicGoodName || r.Info.Source != SourceEmbedded || r.Info.Date != "2025-09-22" ||
		r.Info.SHA256 != "6494e21ea73fa7ee769f85f57d5a3e6a08725eae1e38c755fc3517c9e6bc0b66" {
		t.Errorf("info %+v", r.Info)
	}
	if !r.Requires.Log || !r.Requires.SCT {
		t.Errorf("requires %+v", r.Requires)
	}
}

func testRootJSON(tb testing.TB) string {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join("..", "testdata", "fixtures", "trusted_root.json"))
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

func TestRootsComeAloneOrAsLines(t *testing.T) {
	one := strings.TrimSpace(testRootJSON(t))
	roots, err := ParseRoot("mine.json", SourceFile, []byte(one+"\n"+string(publicGood)))
	if err != nil {
		t.Fatal(err)
	}
	if len(roots) != 2 || roots[0].Info.Name != "mine.json" || roots[1].Info.Name != "mine.json#2" || roots[0].Info.SHA256 == roots[1].Info.SHA256 {
		t.Errorf("%+v", roots)
	}
}

func TestWhatIsNoTrustedRootIsNamed(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"an empty file":     {"  \n", "empty"},
		"not JSON":          {"hello", "not JSON"},
		"a list":            {"[]", "not a JSON object"},
		"TUF metadata":      {`{"signed":{},"signatures":[]}`, "TUF metadata"},
		"a bundle":          {`{"mediaType":"x","verificationMaterial":{}}`, "Sigstore bundle"},
		"another type":      {`{"mediaType":"text/plain"}`, "media type"},
		"nothing in it":     {`{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}`, "no authority"},
		"a log without key": {`{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","tlogs":[{}]}`, "not usable"},
		"a log without a start": {strings.Replace(string(publicGood), `"start": "2021-01-12T11:53:27Z"`, `"end": "2031-01-12T11:53:27Z"`, 1),
			"validFor.start"},
		"a damaged log's key":         {strings.Replace(string(publicGood), `"rawBytes": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2G2Y`, `"rawBytes": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2G2Z`, 1), "damaged public key"},
		"an authority with no chain":  {`{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","timestampAuthorities":[{"uri":"https://tsa","certChain":{}}]}`, `timestamp authority "https://tsa" has no certificate`},
		"an authority that is no DER": {`{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","certificateAuthorities":[{"certChain":{"certificates":[{"rawBytes":"aaaa"}]}}]}`, "damaged certificate"},
		"fields of other kinds":       {`{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","tlogs":7}`, "another kind"},
		"many roots":                  {strings.Repeat(`{"mediaType":"x"} `, 20), "more than"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseRoot("r", SourceFile, []byte(c.data))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "read trusted root r: ") {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func FuzzARootThatParsesTrustsSomebody(f *testing.F) {
	f.Add([]byte(testRootJSON(f)))
	f.Add([]byte(`{"signed":{}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		roots, err := ParseRoot("r", SourceFile, data)
		if err == nil && len(roots) == 0 {
			t.Fatal("no error and no root")
		}
		for _, r := range roots {
			m := r.Material()
			if len(m.FulcioCertificateAuthorities())+len(m.RekorLogs())+len(m.TimestampingAuthorities()) == 0 {
				t.Fatal("an empty root was accepted")
			}
		}
	})
}
