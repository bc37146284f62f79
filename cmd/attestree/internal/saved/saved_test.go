package saved

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model/diff"
)

const small = `{"schemaVersion":"1","digest":"sha256:1","verdict":"trusted","complete":true,"policy":{"satisfied":true},
"root":{"id":"a","kind":"index","verdict":"trusted","children":[
 {"id":"p","kind":"image","platform":"linux/amd64","verdict":"covered","coverage":"trusted","children":[
  {"id":"s","kind":"sbom","title":"SBOM","verdict":"covered","coverage":"trusted","summary":{"packages":3},"children":[]}]}]}}`

func TestAReportIsReadBack(t *testing.T) {
	s, err := Side("x", []byte(small))
	if err != nil {
		t.Fatal(err)
	}
	if !s.Saved || !s.Judged || s.Verdict != "trusted" || s.Policy != diff.PolicySatisfied || len(s.Platforms) != 1 || len(s.Unseen) != 0 {
		t.Errorf("%+v", s)
	}
	if len(s.Nodes) != 1 || s.Nodes[0].Platform != "linux/amd64" || s.Nodes[0].Verdict != "covered (trusted)" || len(s.Nodes[0].Facts) != 1 {
		t.Errorf("%+v", s.Nodes)
	}
}

func TestWhatIsNoReportIsRefused(t *testing.T) {
	for name, raw := range map[string]string{
		"no JSON":               `{"schemaVersion":"1",`,
		"another document":      `{"schemaVersion":"1","specs":[]}`,
		"a list":                `[1]`,
		"another version":       strings.Replace(small, `"1"`, `"2"`, 1),
		"a tree without an end": `{"schemaVersion":"1","root":` + strings.Repeat(`{"children":[`, 100) + strings.Repeat(`]}`, 100) + `}`,
	} {
		if _, err := Side("x", []byte(raw)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func TestOnlyReportsLookLikeOne(t *testing.T) {
	for raw, want := range map[string]bool{
		small: true, `{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}`: false, "": false, `[{"schemaVersion":"1"}]`: false,
		`{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json"}`: true, // Side says that it is none
	} {
		if Looks([]byte(raw)) != want {
			t.Errorf("%.40s: %v", raw, !want)
		}
	}
}

// A report comes from anybody: reading one never panics, and what comes out never has more nodes than there are bytes.
func FuzzAReportIsReadOrRefused(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(`{"schemaVersion":"1","root":{}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := Side("x", raw)
		if err == nil && (!s.Saved || len(s.Nodes) > len(raw)) {
			t.Errorf("%d nodes of %d bytes", len(s.Nodes), len(raw))
		}
		diff.Compare(s, s)
	})
}
