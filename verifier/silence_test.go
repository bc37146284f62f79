package verifier

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

// hostileChild is set in the process that judges a hostile entry for TestNothingIsPrinted.
const hostileChild = "ATTESTREE_TEST_HOSTILE_CHILD"

func TestNothingIsPrinted(t *testing.T) {
	if os.Getenv(hostileChild) != "" {
		judgeHostileEntries(t)
		judgeWrongSignatures(t)
		return
	}
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestNothingIsPrinted$")
	child.Env = append(os.Environ(), hostileChild+"=1")
	var stdout, stderr bytes.Buffer
	child.Stdout, child.Stderr = &stdout, &stderr
	if err := child.Run(); err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	for line := range strings.Lines(stdout.String() + stderr.String()) {
		if line != "PASS\n" && !strings.HasPrefix(line, "coverage: ") {
			t.Errorf("printed: %s", line)
		}
	}
}

func judgeHostileEntries(t *testing.T) {
	good := named(t, bundleRekor1)
	for _, kind := range []string{"hashedrekord", "dsse", "intoto", "rekord", "cose", "other"} {
		for _, version := range []string{"0.0.1", "0.0.2", "no version", "9.9.9", "\x1b[2J"} {
			body := `{"apiVersion":"` + strings.ReplaceAll(version, "\x1b", `\u001b`) + `","kind":"` + kind + `","spec":{"content":{"envelope":{}}}}`
			document := edit(t, string(good.Blob), "verificationMaterial.tlogEntries.0.canonicalizedBody", func(string) string {
				return base64.StdEncoding.EncodeToString([]byte(body))
			})
			r := testVerifier(t).Verify(t.Context(), withBlob(good, document))
			if r.Verdict != model.Invalid && r.Verdict != model.Unverifiable {
				t.Errorf("%s %q: %s", kind, version, r.Verdict)
			}
		}
	}
}

func judgeWrongSignatures(t *testing.T) {
	i := newInstance(t)
	s := i.stamper()
	for name, signing := range signings(t, i) {
		leaf := i.leaf(signing.public, true)
		envelope, _ := s.enveloped(func([]byte) []byte { return signing.by([]byte("other bytes")) })
		message, _ := s.message(func([]byte) []byte { return signing.by([]byte("other bytes")) }, signing.digest)
		for _, content := range []map[string]any{envelope, message} {
			for _, certificate := range []*x509.Certificate{leaf, nil} {
				r := s.verifier().Verify(t.Context(), withArtifact(s.bundle(certificate, content)))
				if r.Verdict != model.Invalid && r.Verdict != model.Unverifiable {
					t.Errorf("%s: %s", name, r.Verdict)
				}
			}
		}
	}
}
