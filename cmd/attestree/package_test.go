package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
	"github.com/attestree/attestree/registry/npm/npmtest"
	"github.com/attestree/attestree/registry/pypi/pypitest"
)

const (
	npmTarget  = "@attestree/demo-server@1.4.0"
	npmPackage = "@attestree/demo-server"
	pypiTarget = "demo-notes@1.4.0"
	pypiWheel  = "demo_notes-1.4.0-py3-none-any.whl"
	pypiSdist  = "demo_notes-1.4.0.tar.gz"
	builder    = "https://github.com/attestree/demo-server/.github/workflows/release.yml@refs/heads/main"
	oidc       = "https://token.actions.githubusercontent.com"
)

var packageData = filepath.Join("..", "..", "testdata", "packages")

// shops are two registries on this machine that know what the demo's image wraps.
type shops struct {
	t    *testing.T
	npm  *npmtest.Registry
	pypi *pypitest.Index
	keys string // file of the npm registry's keys
}

func newShops(t *testing.T) *shops {
	t.Helper()
	s := &shops{t: t, npm: npmtest.New(t), pypi: pypitest.New(t), keys: filepath.Join(packageData, "npm-keys.json")}
	s.npm.Versions[npmTarget], s.npm.Histories[npmPackage] = s.read("npm", "version.json"), s.read("npm", "history.json")
	s.npm.Attestations[npmTarget] = s.read("npm", "attestations.json")
	s.pypi.Projects["demo-notes"] = s.read("pypi", "index.json")
	s.pypi.Provenance[pypiWheel], s.pypi.Provenance[pypiSdist] = s.read("pypi", pypiWheel+".json"), s.read("pypi", pypiSdist+".json")
	return s
}

func (s *shops) read(name ...string) []byte {
	s.t.Helper()
	raw, err := os.ReadFile(filepath.Join(append([]string{packageData}, name...)...))
	if err != nil {
		s.t.Fatal(err)
	}
	return raw
}

// run runs attestree with the demo's Sigstore and these registries, and gives the JSON and the exit code.
func (s *shops) run(args ...string) (gjson.Result, string, int) {
	s.t.Helper()
	return s.runKeeping("", args...)
}

// runKeeping is run with a folder in which things are kept for later.
func (s *shops) runKeeping(folder string, args ...string) (gjson.Result, string, int) {
	s.t.Helper()
	args = append(args, "-o", "json", "--trusted-root", filepath.Join("..", "..", "testdata", "demo", "trusted_root.json"),
		"--npm-registry", s.npm.URL(), "--pypi-index", s.pypi.URL(), "--npm-keys", s.keys)
	var stdout, stderr bytes.Buffer
	code := command.Main(s.t.Context(), "test", command.Environment{
		Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Now: time.Now,
		Getenv: func(string) string { return "" }, CacheFolder: folder,
	})
	return gjson.Parse(stdout.String()), stderr.String(), code
}

// replace changes every place of old in an answer.
func replace(answers map[string][]byte, key, old, by string) {
	answers[key] = bytes.ReplaceAll(answers[key], []byte(old), []byte(by))
}

// signKey is a registry's key of our own making; it signs what it is given.
func (s *shops) signKey() (id string, sign func(message string) string) {
	s.t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		s.t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(private.Public())
	if err != nil {
		s.t.Fatal(err)
	}
	point, err := private.PublicKey.Bytes()
	if err != nil {
		s.t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("\x00\x00\x00\x13ecdsa-sha2-nistp256\x00\x00\x00\x08nistp256\x00\x00\x00\x41" + string(point)))
	id = "SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:])
	list, err := json.Marshal(map[string]any{"keys": []any{map[string]any{
		"keyid": id, "keytype": "ecdsa-sha2-nistp256", "scheme": "ecdsa-sha2-nistp256", "key": der, "expires": nil,
	}}})
	if err != nil {
		s.t.Fatal(err)
	}
	s.keys = filepath.Join(s.t.TempDir(), "keys.json")
	if err := os.WriteFile(s.keys, list, 0o600); err != nil {
		s.t.Fatal(err)
	}
	return id, func(message string) string {
		digest := sha256.Sum256([]byte(message))
		sig, err := ecdsa.SignASN1(rand.Reader, private, digest[:])
		if err != nil {
			s.t.Fatal(err)
		}
		return base64.StdEncoding.EncodeToString(sig)
	}
}

func TestAPackageIsVerifiedByWhatIsSignedAboutIt(t *testing.T) {
	for target, files := range map[string]int64{"npm:" + npmTarget: 1, "pypi:" + pypiTarget: 2, "pkg:npm/%40attestree/demo-server@1.4.0": 1} {
		s := newShops(t)
		got, stderr, code := s.run("package", target)
		p := got.Get("packages.0")
		if code != 0 || !p.Get("verified").Bool() || p.Get("coverage").String() != "attestations" || p.Get("files.#").Int() != files {
			t.Errorf("%s: exit code %d, %s, %s", target, code, p.Raw, stderr)
		}
		if p.Get("publishers.0").String() != builder || got.Get("root.verdict").String() != "valid" {
			t.Errorf("%s: published by %s, root %s", target, p.Get("publishers").Raw, got.Get("root.verdict"))
		}
	}
}

func TestWhoeverIsNamedDecidesWhetherAPackageWillDo(t *testing.T) {
	s := newShops(t)
	for who, want := range map[string]int{builder: 0, "https://github.com/other/x/.github/workflows/release.yml@refs/heads/main": 3} {
		got, _, code := s.run("package", "npm:"+npmTarget, "--certificate-identity", who, "--certificate-oidc-issuer", oidc)
		if code != want {
			t.Errorf("%s: exit code %d, want %d: %s", who, code, want, got.Get("packages.0.reasons").Raw)
		}
	}
}

func TestARegistryThatLiesOrFailsIsNeverBelieved(t *testing.T) {
	denied := func(code int) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			if strings.Contains(r.URL.Path, "attestations") || strings.Contains(r.URL.Path, "integrity") {
				w.Header().Set("Retry-After", "4000")
				w.WriteHeader(code)
				return true
			}
			return false
		}
	}
	for what, c := range map[string]struct {
		target string
		change func(s *shops)
		code   int
		reason string
	}{
		"attestations denied":         {"npm:" + npmTarget, func(s *shops) { s.npm.Meddle = denied(403) }, 1, "denied"},
		"too many requests":           {"npm:" + npmTarget, func(s *shops) { s.npm.Meddle = denied(429) }, 1, "asks to wait"},
		"provenance denied":           {"pypi:" + pypiTarget, func(s *shops) { s.pypi.Meddle = denied(401) }, 1, "denied"},
		"announced and not there":     {"npm:" + npmTarget, func(s *shops) { s.npm.Attestations = nil }, 1, "announces attestations"},
		"provenance that is withheld": {"npm:" + npmTarget, func(s *shops) { keepAttestations(s, "0") }, 1, "announces provenance of the type https://slsa.dev/provenance/v1"},
		"provenance under a wrong label": {"npm:" + npmTarget, func(s *shops) {
			keepAttestations(s, "0")
			replace(s.npm.Attestations, npmTarget, "https://github.com/npm/attestation/tree/main/specs/publish/v0.1\",\"bundle", "https://slsa.dev/provenance/v1\",\"bundle")
		}, 3, "among its attestations there is none"},
		"an entry in which members are there twice": {"npm:" + npmTarget, func(s *shops) {
			replace(s.npm.Versions, npmTarget, `"dist":`, `"dist": {"integrity": "sha512-"}, "dist":`)
		}, 1, ""},
		"content under a name that npm does not read": {"npm:" + npmTarget, func(s *shops) {
			integrity := gjson.GetBytes(s.npm.Versions[npmTarget], "dist.integrity").String()
			replace(s.npm.Versions, npmTarget, `"integrity":`, `"integrity": "sha512-`+strings.Repeat("A", 86)+`==", "Integrity": "`+integrity+`", "was":`)
		}, 3, "invalid"},
		"another tarball": {"npm:" + npmTarget, func(s *shops) {
			sum := strings.Repeat("A", 86)
			integrity := gjson.GetBytes(s.npm.Versions[npmTarget], "dist.integrity").String()
			replace(s.npm.Versions, npmTarget, integrity, "sha512-"+sum+"==")
		}, 3, "invalid"},
		"an integrity that is none": {"npm:" + npmTarget, func(s *shops) {
			integrity := gjson.GetBytes(s.npm.Versions[npmTarget], "dist.integrity").String()
			replace(s.npm.Versions, npmTarget, integrity, "sha1-AAAA")
		}, 1, "could not be judged"},
		"a key that was replaced": {"npm:" + npmTarget, func(s *shops) { s.signKey() }, 3, "not among the registry's known ones"},
		"another version's signature": {"npm:" + npmTarget, func(s *shops) {
			id, sign := s.signKey()
			integrity := gjson.GetBytes(s.npm.Versions[npmTarget], "dist.integrity").String()
			replace(s.npm.Versions, npmTarget, gjson.GetBytes(s.npm.Versions[npmTarget], "dist.signatures.0.keyid").String(), id)
			replace(s.npm.Versions, npmTarget, gjson.GetBytes(s.npm.Versions[npmTarget], "dist.signatures.0.sig").String(), sign(npmPackage+"@1.3.0:"+integrity))
			withoutAttestations(s)
		}, 3, "the signature is not by that key over @attestree/demo-server@1.4.0"},
		"another package's attestations": {"npm:other@1.4.0", func(s *shops) {
			s.npm.Versions["other@1.4.0"] = bytes.ReplaceAll(s.npm.Versions[npmTarget], []byte(`"`+npmPackage+`"`), []byte(`"other"`))
			s.npm.Attestations["other@1.4.0"] = s.npm.Attestations[npmTarget]
		}, 3, "under another name"},
		"another file": {"pypi:" + pypiTarget, func(s *shops) {
			digest := gjson.GetBytes(s.pypi.Projects["demo-notes"], "files.1.hashes.sha256").String()
			replace(s.pypi.Projects, "demo-notes", digest, strings.Repeat("0", 64))
		}, 3, "invalid"},
		"another file's provenance": {"pypi:" + pypiTarget, func(s *shops) { s.pypi.Provenance[pypiWheel] = s.pypi.Provenance[pypiSdist] }, 3, "invalid"},
		"another publisher": {"pypi:" + pypiTarget, func(s *shops) {
			replace(s.pypi.Provenance, pypiWheel, `"repository": "attestree/demo-server"`, `"repository": "attestree/other"`)
		}, 3, "another publisher"},
		"a file without attestations": {"pypi:" + pypiTarget, func(s *shops) {
			s.pypi.Provenance[pypiSdist] = []byte(`{"version":1,"attestation_bundles":[]}`)
		}, 3, "nothing is signed about " + pypiSdist},
		"an attestation that is none": {"pypi:" + pypiTarget, func(s *shops) {
			s.pypi.Provenance[pypiSdist] = []byte(`{"version":1,"attestation_bundles":[{"publisher":{"kind":"GitHub"},"attestations":[{}]}]}`)
		}, 1, "unavailable"},
	} {
		t.Run(what, func(t *testing.T) {
			s := newShops(t)
			c.change(s)
			got, stderr, code := s.run("package", c.target)
			reasons := got.Get("packages.0.reasons").String()
			if code != c.code || !strings.Contains(reasons, c.reason) || got.Get("packages.0.satisfied").Bool() || got.Get("packages.0.verified").Bool() {
				t.Errorf("exit code %d, want %d; %s %s", code, c.code, reasons, stderr)
			}
		})
	}
}

func TestWhatSavedAnswersLackIsNotSaidToBeAbsent(t *testing.T) {
	file := func(name ...string) string { return filepath.Join(append([]string{packageData}, name...)...) }
	index, wheel, sdist := file("pypi", "index.json"), file("pypi", pypiWheel+".json"), file("pypi", pypiSdist+".json")
	for what, c := range map[string]struct {
		args   []string
		code   int
		reason string
	}{
		"all of it":                          {[]string{"pypi:" + pypiTarget, "--saved", index, "--saved", wheel, "--saved", sdist}, 0, "everything about it was verified"},
		"no provenance of the wheel":         {[]string{"pypi:" + pypiTarget, "--saved", index, "--saved", sdist}, 1, pypiWheel + " could not be judged: the index says that there is provenance of it, which was not saved"},
		"nothing that says what the file is": {[]string{wheel}, 1, "nothing says what its content is"},
	} {
		s := newShops(t)
		got, stderr, code := s.run(append([]string{"package"}, c.args...)...)
		if reasons := got.Get("packages.0.reasons").String(); code != c.code || !strings.Contains(reasons, c.reason) {
			t.Errorf("%s: exit code %d, want %d; %s %s", what, code, c.code, reasons, stderr)
		}
		if proves := got.Get("packages.0.proves").String(); strings.Contains(proves, "this very file") != (len(c.args) > 1) {
			t.Errorf("%s: said to be proven: %s", what, proves)
		}
	}
}

func TestASpecificationIsComparedWithWhatIsProven(t *testing.T) {
	write := func(provenance string) string {
		path := filepath.Join(t.TempDir(), "spec.yaml")
		text := "metadata: {name: demo, protocol: npx}\nspec: {package: \"@attestree/demo-server\", version: 1.4.0}\nprovenance:\n" + provenance
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const source = "  repository_uri: https://github.com/attestree/demo-server\n"
	for what, c := range map[string]struct {
		spec, want string
		code       int
		change     func(s *shops)
	}{
		"as it is":           {source + "  repository_ref: refs/heads/main\n  attestations: {available: true, verified: true, publisher: {kind: GitHub, repository: attestree/demo-server, workflow: release.yml}}\n", "", 0, nil},
		"another repository": {"  repository_uri: https://github.com/attestree/other\n", "spec-repository-mismatch", 3, nil},
		"another ref":        {source + "  repository_ref: refs/tags/v1.4.0\n", "spec-ref-mismatch", 0, nil},
		"another workflow":   {source + "  attestations: {available: true, publisher: {kind: GitHub, repository: attestree/demo-server, workflow: nightly.yml}}\n", "spec-publisher-mismatch", 3, nil},
		"another kind":       {source + "  attestations: {available: true, publisher: {kind: GitLab, repository: attestree/demo-server}}\n", "spec-publisher-mismatch", 3, nil},
		"the branch alone":   {source + "  repository_ref: main\n", "", 0, nil},
		"the commit":         {source + "  repository_ref: 5f0c1c8a4c1f3c2b7f3c1f6f3d8f4f6e0a9b7d21\n", "", 0, nil},
		"another commit":     {source + "  repository_ref: 6f0c1c8a4c1f3c2b7f3c1f6f3d8f4f6e0a9b7d21\n", "spec-ref-mismatch", 0, nil},
		"a tag of the name":  {source + "  repository_ref: refs/tags/main\n", "spec-ref-mismatch", 0, nil},
		"an unknown kind":    {source + "  attestations: {available: true, publisher: {kind: Nobody, repository: attestree/demo-server}}\n", "spec-publisher-unknown", 0, nil},
		"the signer":         {source + "  signer_identity: /.github/workflows/release.yml\n  cert_issuer: " + oidc + "\n  runner_environment: github-hosted\n", "", 0, nil},
		"the signer in full": {source + "  signer_identity: " + builder + "\n", "", 0, nil},
		"another signer":     {source + "  signer_identity: /.github/workflows/nightly.yml\n", "spec-signer-mismatch", 3, nil},
		"another issuer":     {source + "  cert_issuer: https://gitlab.com\n", "spec-signer-mismatch", 3, nil},
		"another runner":     {source + "  runner_environment: self-hosted\n", "spec-signer-mismatch", 3, nil},
		"an instance":        {source + "  sigstore_url: tuf-repo-cdn.sigstore.dev\n", "spec-sigstore-unchecked", 0, nil}, // the demo has a root of its own
		"a signer of none":   {source + "  signer_identity: /.github/workflows/release.yml\n", "spec-signer-unproven", 0, withoutAttestations},
		"none, it says":      {source + "  attestations: {available: false}\n", "spec-attestations-unmentioned", 0, nil},
		"available, it says": {source + "  attestations: {available: true}\n", "spec-attestations-missing", 3, withoutAttestations},
		"verified, it says":  {source + "  attestations: {verified: true}\n", "spec-attestations-unverified", 3, withoutAttestations},
	} {
		t.Run(what, func(t *testing.T) {
			s := newShops(t)
			if c.change != nil {
				c.change(s)
			}
			got, stderr, code := s.run("package", "--spec", write(c.spec))
			var found []string
			for _, f := range got.Get("packages.0.findings").Array() {
				if id := f.Get("id").String(); strings.HasPrefix(id, "spec-") && f.Get("severity").String() != "info" {
					found = append(found, id)
				}
			}
			if code != c.code || c.want != "" && !strings.Contains(strings.Join(found, " "), c.want) || c.want == "" && len(found) > 0 {
				t.Errorf("exit code %d, want %d; findings %v, want %q %s", code, c.code, found, c.want, stderr)
			}
		})
	}
}

// keepAttestations has the registry know one of the attestations alone.
func keepAttestations(s *shops, which string) {
	one := gjson.GetBytes(s.npm.Attestations[npmTarget], "attestations."+which)
	s.npm.Attestations[npmTarget] = []byte(`{"attestations":[{"predicateType":"` + one.Get("predicateType").String() + `","bundle":` + one.Get("bundle").Raw + `}]}`)
}

// withoutAttestations has the registry know none, and announce none.
func withoutAttestations(s *shops) {
	s.npm.Attestations = nil
	replace(s.npm.Versions, npmTarget, `"attestations"`, `"nothing"`)
}

func TestThePackageInsideAnImageHangsBelowIt(t *testing.T) {
	layout := "oci:" + filepath.Join("..", "..", "testdata", "demo", "layout")
	s := newShops(t)
	got, stderr, _ := s.run("verify", layout, "--package")
	node := got.Get(`root.children.#(kind=="package")`)
	if node.Get("verdict").String() != "valid" || node.Get("children.0.children.#").Int() != 3 || len(s.npm.Asked()) == 0 {
		t.Errorf("%s %s", node.Raw, stderr)
	}
	if p := got.Get("packages.0"); !p.Get("satisfied").Bool() || p.Get("comparedTo").String() == "" {
		t.Errorf("%s", p.Raw)
	}
	if f := got.Get("packages.0.findings.#(id==image-without-package)"); f.Exists() {
		t.Errorf("the SBOM lists it, but: %s", f.Raw)
	}

	s = newShops(t)
	stdout, _, _ := run(t, "verify", layout, "-o", "json")
	if strings.Contains(stdout, `"package"`) || len(s.npm.Asked()) > 0 {
		t.Error("a registry is asked although nobody said --package")
	}

	got, _, code := s.run("verify", layout, "--package=npm:absent@1.0.0")
	if code == 0 || got.Get(`discovery.#(mechanism=="package-metadata").status`).String() != "failed" {
		t.Errorf("exit code %d, %s", code, got.Get("discovery").Raw)
	}
	if got.Get("root.kind").String() != "index" {
		t.Error("the image is lost with its package")
	}
}

func TestTheArtifactHasToBeOneOfThePackagesFiles(t *testing.T) {
	s := newShops(t)
	write := func(text string) string {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if got, _, code := s.run("package", "npm:"+npmTarget, "--artifact", write("what npm pack would have made of the demo server")); code != 0 {
		t.Errorf("the right tarball: exit code %d, %s", code, got.Get("packages.0.reasons").Raw)
	}
	if _, _, code := s.run("package", "npm:"+npmTarget, "--artifact", write("another")); code != 3 {
		t.Errorf("another file: exit code %d", code)
	}
}

func TestACatalogueIsGoneThroughOnceAndGoesOnWhereItStopped(t *testing.T) {
	s := newShops(t)
	catalogue := t.TempDir()
	add := func(name, text string) {
		folder := filepath.Join(catalogue, name)
		if err := os.MkdirAll(folder, 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "spec.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	add("npx/demo", "metadata: {name: demo, protocol: npx}\nspec: {package: \"@attestree/demo-server\", version: 1.4.0}\n")
	add("npx/gone", "metadata: {name: gone, protocol: npx}\nspec: {package: gone, version: 1.0.0}\n")
	add("uvx/notes", "metadata: {name: notes, protocol: uvx}\nspec: {package: demo-notes, version: 1.4.0}\n")
	add("go/mod", "metadata: {name: mod, protocol: go}\nspec: {package: example.com/mod, version: 1.0.0}\n")
	add("skills/tidy", "metadata: {name: tidy}\nspec: {repository: https://example.com/tidy, version: 1.0.0}\n")
	kept := filepath.Join(t.TempDir(), "registry")
	got, stderr, code := s.runKeeping(kept, "audit", "--specs", catalogue, "--packages")
	if code != 1 || got.Get("packages.#").Int() != 4 {
		t.Fatalf("exit code %d, %s %s", code, got.Raw, stderr)
	}
	for path, want := range map[string]string{
		`totals.#(protocol=="npx").packages`: "2", `totals.#(protocol=="npx").unknown`: "1", `totals.#(protocol=="npx").verified`: "1",
		`totals.#(protocol=="uvx").attestations`: "1", `totals.#(protocol=="go").none`: "1",
		`packages.#(name=="demo").publishers.0`: builder,
	} {
		if v := got.Get(path).String(); v != want {
			t.Errorf("%s is %q, want %q", path, v, want)
		}
	}

	asked := len(s.npm.Asked()) + len(s.pypi.Asked())
	again, _, _ := s.runKeeping(kept, "audit", "--specs", catalogue, "--packages")
	if more := len(s.npm.Asked()) + len(s.pypi.Asked()) - asked; more != 2 {
		t.Errorf("%d questions the second time, want two: about the version that was not there, and about its package", more)
	}
	if again.Get("packages").Raw != got.Get("packages").Raw && again.Get("totals").Raw != got.Get("totals").Raw {
		t.Errorf("the second time: %s", again.Raw)
	}
	s.signKey()
	if other, _, _ := s.runKeeping(kept, "audit", "--specs", catalogue, "--packages"); other.Get(`packages.#(name=="demo").verified`).Bool() {
		t.Error("what was verified by other keys counts")
	}
	if offline, _, code := s.runKeeping(filepath.Join(t.TempDir(), "registry"), "audit", "--specs", catalogue, "--packages", "--offline"); code != 1 ||
		!strings.Contains(offline.Get(`packages.#(name=="demo").problem`).String(), "not asked") {
		t.Errorf("offline: exit code %d, %s", code, offline.Raw)
	}
}
