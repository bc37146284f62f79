package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/attestree/attestree/registry/registrytest"
)

// TestDepthEndsNothing has JSON that is nested as deep as it fits, wherever JSON is read. A parser that calls itself for
// each level ends the program, and nothing can recover from that.
func TestDepthEndsNothing(t *testing.T) {
	const levels = 10_000_000
	deep := strings.Repeat("[", levels) + strings.Repeat("]", levels)
	for name, blob := range map[string]string{
		"a bundle":     fmt.Sprintf(`{"mediaType":%q,"verificationMaterial":{"publicKey":{"hint":""}},"x":%s}`, registrytest.BundleType, deep),
		"nothing else": deep,
		"a log entry": fmt.Sprintf(`{"mediaType":%q,"verificationMaterial":{"publicKey":{"hint":""},"tlogEntries":[{"canonicalizedBody":%q}]},"dsseEnvelope":{}}`,
			registrytest.BundleType, base64.StdEncoding.EncodeToString([]byte(deep))),
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			s.attach("", s.image("1", "x"), []byte(blob))
			if report, code := s.verify(":1"); code == 0 {
				t.Errorf("exit code 0: %s", report.Get("policy"))
			}
		})
	}
	nested := strings.Repeat(`{"components":[`, levels/20) + strings.Repeat(`]}`, levels/20)
	for name, document := range map[string]string{
		"an SBOM":                      `{"bomFormat":"CycloneDX","specVersion":"1.5","x":` + deep + `}`,
		"an SBOM in an SBOM":           `{"bomFormat":"CycloneDX","specVersion":"1.5","components":[` + nested + `]}`,
		"a scan":                       `{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":` + deep + `}`,
		"an SBOM of packages":          `{"spdxVersion":"SPDX-2.3","packages":` + deep + `}`,
		"an SBOM that is a graph":      `{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":` + deep + `}`,
		"what excuses vulnerabilities": `{"@context":"https://openvex.dev/ns/v0.2.0","statements":` + deep + `}`,
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			image := s.image("1", "x")
			for _, kind := range []string{"application/vnd.cyclonedx+json", "application/spdx+json", "application/sarif+json", "application/json"} {
				s.Attach(t, attacked, "", image, kind, []byte(document))
			}
			reference := s.Host() + "/" + attacked + ":1"
			if _, _, code := run(t, "diff", reference, reference); code == 2 {
				t.Error("exit code 2")
			}
		})
	}
	t.Run("a saved report", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "report.json")
		if err := os.WriteFile(path, []byte(`{"schemaVersion":"1","root":{},"x":`+deep+`}`), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, stderr, code := run(t, "diff", path, path); code != 1 || !strings.Contains(stderr, "not a report") {
			t.Errorf("exit code %d: %s", code, stderr)
		}
	})
}
