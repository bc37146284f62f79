package pypi_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
	"github.com/attestree/attestree/registry/pypi"
	"github.com/attestree/attestree/registry/pypi/pypitest"
)

const (
	name    = "demo-notes"
	version = "1.4.0"
	wheel   = "demo_notes-1.4.0-py3-none-any.whl"
	sdist   = "demo_notes-1.4.0.tar.gz"
)

func answer(t *testing.T, file string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "packages", "pypi", file))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func serve(t *testing.T) (*pypitest.Index, pypi.Index) {
	t.Helper()
	i := pypitest.New(t)
	i.Projects[name] = answer(t, "index.json")
	i.Provenance[wheel], i.Provenance[sdist] = answer(t, wheel+".json"), answer(t, sdist+".json")
	where, err := pypi.Parse(i.URL())
	if err != nil {
		t.Fatal(err)
	}
	return i, where
}

func ask(t *testing.T, where pypi.Index) (found []model.Node, lookups []model.Lookup) {
	t.Helper()
	a, err := pypi.Ask(t.Context(), &fetch.Client{}, where, name, version)
	if err != nil {
		t.Fatal(err)
	}
	err = a.Emit(name, version, "", nil, func(e model.Event) {
		switch e := e.(type) {
		case model.NodeFound:
			found = append(found, e.Node)
		case model.LookedUp:
			lookups = append(lookups, e.Lookup)
		default:
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, lookups
}

func TestAVersionBecomesItsFilesWithTheAttestationsOfEach(t *testing.T) {
	_, where := serve(t)
	found, lookups := ask(t, where)
	type short struct{ Kind, Name, SubjectName, Publisher string }
	var got []short
	for _, n := range found {
		got = append(got, short{string(n.Kind), n.Name, n.SubjectName, n.Publisher.String()})
	}
	by := "GitHub attestree/demo-server release.yml"
	want := []short{
		{"package", "", "", ""},
		{"package-file", wheel, "", ""}, {"attestation", "", wheel, by}, {"attestation", "", wheel, by},
		{"package-file", sdist, "", ""}, {"attestation", "", sdist, by},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(lookups) != 3 {
		t.Errorf("ledger %+v", lookups)
	}
}

func TestAnIndexThatIsTooOldForLinksIsAskedForProvenanceAllTheSame(t *testing.T) {
	i, where := serve(t)
	var project map[string]any
	if err := json.Unmarshal(i.Projects[name], &project); err != nil {
		t.Fatal(err)
	}
	for _, f := range project["files"].([]any) {
		delete(f.(map[string]any), "provenance")
	}
	raw, err := json.Marshal(project)
	if err != nil {
		t.Fatal(err)
	}
	i.Projects[name] = raw
	if found, _ := ask(t, where); len(found) != 6 {
		t.Errorf("%d nodes, want 6", len(found))
	}
	i.Provenance = map[string][]byte{}
	_, lookups := ask(t, where)
	for _, l := range lookups[1:] {
		if l.Status != model.LookupUnsupported {
			t.Errorf("an index without provenance gives %s: it does not say that there is none", l.Status)
		}
	}
}

func TestWhatCannotBeHadIsNeverCalledNone(t *testing.T) {
	for what, c := range map[string]struct {
		change func(i *pypitest.Index)
		want   model.LookupStatus
		detail string
	}{
		"denied": {func(i *pypitest.Index) {
			i.Meddle = func(w http.ResponseWriter, r *http.Request) bool {
				if strings.HasPrefix(r.URL.Path, "/integrity") {
					w.WriteHeader(http.StatusForbidden)
					return true
				}
				return false
			}
		}, model.LookupDenied, "403"},
		"linked and not there": {func(i *pypitest.Index) { i.Provenance = map[string][]byte{} }, model.LookupFailed, "links the provenance"},
		"at another host": {func(i *pypitest.Index) {
			i.Projects[name] = bytes.ReplaceAll(i.Projects[name], []byte(`"/integrity`), []byte(`"https://elsewhere.example/integrity`))
		}, model.LookupFailed, "another host (elsewhere.example)"},
		"of a version that is not known": {func(i *pypitest.Index) {
			for f := range i.Provenance {
				i.Provenance[f] = []byte(`{"version":2,"attestation_bundles":[]}`)
			}
		}, model.LookupFailed, "version 2"},
	} {
		t.Run(what, func(t *testing.T) {
			i, where := serve(t)
			c.change(i)
			_, lookups := ask(t, where)
			for _, l := range lookups[1:] {
				if l.Status != c.want || !strings.Contains(l.Detail, c.detail) {
					t.Errorf("ledger says %s, %q", l.Status, l.Detail)
				}
			}
		})
	}
}

func TestAnAnswerAboutSomethingElseIsRefused(t *testing.T) {
	for what, body := range map[string]string{
		"another project":   `{"name":"other","files":[{"filename":"demo_notes-1.4.0.tar.gz","hashes":{}}]}`,
		"no such version":   `{"name":"demo-notes","files":[{"filename":"demo_notes-1.4.1.tar.gz","hashes":{}}]}`,
		"a page for people": `<html>`,
	} {
		i, where := serve(t)
		i.Projects[name] = []byte(body)
		if a, err := pypi.Ask(t.Context(), &fetch.Client{}, where, name, version); err == nil {
			t.Errorf("%s was accepted: %s", what, a.Index)
		}
	}
}

func TestWhatIsNoAttestationIsNotConverted(t *testing.T) {
	for _, bad := range []string{
		``, `null`, `{}`, `{"version":2,"verification_material":{},"envelope":{}}`, `{"version":1,"envelope":{}}`,
		`{"version":1,"verification_material":{"certificate":"%"},"envelope":{}}`,
		`{"version":1,"verification_material":{"timestamps":["%"]},"envelope":{}}`,
		`{"version":1,"verification_material":{"timestamps":[7]},"envelope":{}}`,
	} {
		if out, err := pypi.Convert([]byte(bad)); err == nil {
			t.Errorf("%s became %s", bad, out)
		}
	}
}

func FuzzAConvertedAttestationIsABundleOfTheSameBytes(f *testing.F) {
	f.Add([]byte(`{"version":1,"verification_material":{"certificate":"YQ==","transparency_entries":[{}],"timestamps":["Yg=="]},"envelope":{"statement":"Yw==","signature":"ZA=="}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		out, err := pypi.Convert(raw)
		if err != nil {
			return
		}
		var in struct {
			Envelope struct {
				Statement, Signature []byte
			}
		}
		var bundle struct {
			DsseEnvelope struct {
				Payload    []byte
				Signatures []struct{ Sig []byte }
			}
		}
		if json.Unmarshal(raw, &in) != nil || json.Unmarshal(out, &bundle) != nil {
			t.Fatalf("%s became %s", raw, out)
		}
		e := bundle.DsseEnvelope
		if !bytes.Equal(e.Payload, in.Envelope.Statement) || len(e.Signatures) != 1 || !bytes.Equal(e.Signatures[0].Sig, in.Envelope.Signature) {
			t.Errorf("%s became %s", raw, out)
		}
	})
}

func TestTheIndexComesFromPipsSettings(t *testing.T) {
	home, config := t.TempDir(), t.TempDir()
	write := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(home, ".pip", "pip.conf"), "[global]\nindex-url = https://old.example/simple\n")
	write(filepath.Join(config, "pip", "pip.conf"), "# ours\n[global]\nindex_url: https://all.example/simple\n[install]\nindex-url = https://me:secret@install.example/simple\n")
	none := func(string) string { return "" }
	for what, c := range map[string]struct {
		getenv             func(string) string
		home, config, want string
		authorization      string
	}{
		"install counts more than global": {none, home, config, "https://install.example/simple", "Basic bWU6c2VjcmV0"},
		"the old place":                   {none, home, "", "https://old.example/simple", ""},
		"the environment counts most": {func(k string) string {
			return map[string]string{"PIP_INDEX_URL": "https://env.example/simple"}[k]
		}, home, config, "https://env.example/simple", ""},
		"a relative file is no setting": {func(k string) string {
			return map[string]string{"PIP_CONFIG_FILE": "pip.conf"}[k]
		}, home, "relative", "https://old.example/simple", ""},
	} {
		in, _, err := pypi.Configured(c.getenv, c.home, c.config)
		if err != nil || in.URL == nil || in.URL.String() != c.want || in.Authorization != c.authorization {
			t.Errorf("%s: %v, %+v", what, err, in)
		}
	}
}
