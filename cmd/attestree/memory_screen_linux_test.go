//go:build memory

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// mostForDocument is what the program may take at most beyond what it takes on a small image, for an unsigned document of
// 50 MB that is opened, listed and outlined; in KiB.
const mostForDocument = 60_000_000 >> 10

// documentOf is an SPDX document of so many packages, each needed by another: about five hundred bytes for one.
func documentOf(packages int) []byte {
	var b strings.Builder
	b.WriteString(`{"spdxVersion":"SPDX-2.3","dataLicense":"CC0-1.0","SPDXID":"SPDXRef-DOCUMENT","name":"sbom",` +
		`"documentNamespace":"https://example.com/x","creationInfo":{"created":"2026-01-01T00:00:00Z","creators":["Tool: gen"]},"packages":[`)
	for i := range packages {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"SPDXID":"SPDXRef-Package-%d","name":"package-%d","versionInfo":"1.%d.%d","downloadLocation":"NOASSERTION",`+
			`"filesAnalyzed":false,"licenseConcluded":"NOASSERTION","licenseDeclared":%q,"supplier":"Organization: Example",`+
			`"copyrightText":"NOASSERTION","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl",`+
			`"referenceLocator":"pkg:npm/package-%d@1.%d.%d"}]}`, i, i, i%10, i%7, []string{"MIT", "Apache-2.0", "BSD-3-Clause"}[i%3], i, i%10, i%7)
	}
	b.WriteString(`],"relationships":[{"spdxElementId":"SPDXRef-DOCUMENT","relationshipType":"DESCRIBES","relatedSpdxElement":"SPDXRef-Package-0"}`)
	for i := 1; i < packages; i++ {
		fmt.Fprintf(&b, `,{"spdxElementId":"SPDXRef-Package-%d","relationshipType":"DEPENDS_ON","relatedSpdxElement":"SPDXRef-Package-%d"}`, i/8, i)
	}
	b.WriteString("]}")
	return []byte(b.String())
}

// layoutWith is an OCI layout of an image with an SBOM beside it, as BuildKit writes it.
func layoutWith(t *testing.T, sbom []byte) string {
	t.Helper()
	dir := t.TempDir()
	put := func(raw []byte) string {
		digest := sum(raw)
		name := filepath.Join(dir, "blobs", "sha256", strings.TrimPrefix(digest, "sha256:"))
		if err := os.WriteFile(name, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf(`"digest":%q,"size":%d`, digest, len(raw))
	}
	if err := os.MkdirAll(filepath.Join(dir, "blobs", "sha256"), 0o700); err != nil {
		t.Fatal(err)
	}
	const manifest, index = "application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json"
	config := put([]byte(`{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]}}`))
	of := func(layers string) []byte {
		return fmt.Appendf(nil, `{"schemaVersion":2,"mediaType":%q,"config":{"mediaType":"application/vnd.oci.image.config.v1+json",%s},"layers":[%s]}`, manifest, config, layers)
	}
	image := put(of(""))
	digest := sum(of(""))
	statement := fmt.Appendf(nil, `{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://spdx.dev/Document","subject":[{"name":"_","digest":{"sha256":%q}}],"predicate":%s}`,
		strings.TrimPrefix(digest, "sha256:"), sbom)
	beside := put(of(fmt.Sprintf(`{"mediaType":"application/vnd.in-toto+json",%s,"annotations":{"in-toto.io/predicate-type":"https://spdx.dev/Document"}}`, put(statement))))
	root := put(fmt.Appendf(nil, `{"schemaVersion":2,"mediaType":%q,"manifests":[{"mediaType":%q,%s,"platform":{"os":"linux","architecture":"amd64"}},`+
		`{"mediaType":%q,%s,"platform":{"os":"unknown","architecture":"unknown"},"annotations":{"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":%q}}]}`,
		index, manifest, image, manifest, beside, digest))
	for name, text := range map[string]string{
		"oci-layout": `{"imageLayoutVersion":"1.0.0"}`,
		"index.json": fmt.Sprintf(`{"schemaVersion":2,"manifests":[{"mediaType":%q,%s}]}`, index, root),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// peakOnScreen opens a source in a terminal, lists the packages of its SBOM, goes to its payload and searches in it, and
// asks the system for the most memory that the program has had, in KiB.
func peakOnScreen(t *testing.T, home, source string, packages int) int {
	t.Helper()
	term, cmd := startTerminalAt(t, home, source)
	term.shows("SBOM SPDX 2.3")
	term.shows("unsigned")
	listed := regexp.MustCompile(fmt.Sprintf(`(\d,?)+ of %s`, grouped(packages)))
	term.press("P")
	term.until(func(screen string) bool { return listed.MatchString(screen) }, "the packages were never listed")
	term.press("\x1b")
	term.hides("Packages")
	term.press("/SBOM SPDX\r")
	term.press("\r4")
	term.shows("spdxVersion")
	term.press("/")
	term.press(fmt.Sprintf("package-%d", packages-1))
	term.shows("matches")
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	if match == nil {
		t.Fatalf("no peak in %s", status)
	}
	peak, err := strconv.Atoi(string(match[1]))
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	return peak
}

// grouped is a number as the screen writes it.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

func TestMemoryOfALargeDocumentOnTheScreen(t *testing.T) {
	const few, many = 100, 97_000
	large := documentOf(many)
	t.Logf("%d bytes", len(large))
	served := newScene(t)
	served.Attach(t, attacked, "", served.image("few", "x"), "application/spdx+json", documentOf(few))
	served.Attach(t, attacked, "", served.image("many", "y"), "application/spdx+json", large)
	reference := served.Host() + "/" + attacked
	ofLayout := peakOnScreen(t, t.TempDir(), layoutWith(t, documentOf(few)), few)
	ofRegistry := peakOnScreen(t, t.TempDir(), reference+":few", few)
	home := t.TempDir()
	for _, c := range []struct {
		name, home, source string
		small              int
	}{
		{"in a layout", t.TempDir(), layoutWith(t, large), ofLayout},
		{"from a registry", home, reference + ":many", ofRegistry},
		{"from a registry, again", home, reference + ":many", ofRegistry},
	} {
		t.Run(c.name, func(t *testing.T) {
			took := peakOnScreen(t, c.home, c.source, many) - c.small
			if took > mostForDocument {
				t.Errorf("it took %d KiB more than on a small image, want at most %d", took, mostForDocument)
			}
			t.Logf("%d KiB above the %d of a small image", took, c.small)
		})
	}
}
