//go:build memory

// What the program takes at most is measured by a step of its own (make memory): it is slow, and means nothing under the
// race detector, whose own memory the system counts too.

package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
)

// peakFile names the file in which the program, run by this test, leaves the most memory that it took, in KiB.
const peakFile = "ATTESTREE_TEST_PEAK"

func init() {
	file := os.Getenv(peakFile)
	if file == "" {
		return
	}
	code := command.Main(context.Background(), "test", command.System())
	status, err := os.ReadFile("/proc/self/status") // the parent's figures would count in what wait(2) gives
	if err != nil {
		panic(err)
	}
	peak := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	if err := os.WriteFile(file, peak[1], 0o600); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// mostMemory is what the program may take at most, whatever it is served; in KiB, as Linux counts.
const mostMemory = 512 << 10

// heavy serves an image with many attachments that are as large as they may be. They are made when they are asked for,
// since all of them together would not fit into memory here either.
type heavy struct {
	make     func(n int) (manifest, payload []byte)
	image    []byte
	manifest map[string]int // by digest
	payload  map[string]int
	list     []byte
}

func sum(raw []byte) string {
	digest := sha256.Sum256(raw)
	return "sha256:" + hex.EncodeToString(digest[:])
}

func newHeavy(count int, build func(n int, subject string) (manifest, payload []byte)) *heavy {
	h := &heavy{manifest: map[string]int{}, payload: map[string]int{}}
	h.image = []byte(`{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"` + sum(nil) + `","size":0},"layers":[]}`)
	h.make = func(n int) ([]byte, []byte) { return build(n, sum(h.image)) }
	var entries []string
	for n := range count {
		manifest, payload := h.make(n)
		h.manifest[sum(manifest)], h.payload[sum(payload)] = n, n
		entries = append(entries, fmt.Sprintf(`{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":%q,"size":%d}`, sum(manifest), len(manifest)))
	}
	h.list = []byte(`{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[` + strings.Join(entries, ",") + `]}`)
	return h
}

var heavyRoute = regexp.MustCompile(`/(manifests|blobs|referrers)/(.*)$`)

// ServeHTTP is http.Handler.
func (h *heavy) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	match := heavyRoute.FindStringSubmatch(req.URL.Path)
	if match == nil {
		return // the ping
	}
	kind, reference := match[1], match[2]
	var raw []byte
	switch n, known := h.manifest[reference]; {
	case kind == "referrers" && reference == sum(h.image):
		raw = h.list
	case kind == "manifests" && reference == "1":
		raw = h.image
	case kind == "manifests" && known:
		raw, _ = h.make(n)
	case kind == "blobs":
		if n, known := h.payload[reference]; known {
			_, raw = h.make(n)
		}
	default:
		http.NotFound(w, req)
		return
	}
	_, _ = w.Write(raw)
}

// heavyType is what every attachment is.
const heavyType = "application/vnd.dev.sigstore.bundle.v0.3+json"

// attachment is a manifest with one layer and some annotations, as JSON.
func attachment(subject, annotations string, payload []byte) []byte {
	return fmt.Appendf(nil, `{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","artifactType":%q,`+
		`"config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":%q,"size":2},"layers":[{"mediaType":%q,"digest":%q,"size":%d}],`+
		`"subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":%q,"size":1},"annotations":{%s}}`,
		heavyType, sum([]byte("{}")), heavyType, sum(payload), len(payload), subject, annotations)
}

// TestMemoryStaysWithinItsBoundWhateverIsServed runs the program as a process and asks the system what it took.
func TestMemoryStaysWithinItsBoundWhateverIsServed(t *testing.T) {
	statement := func(n int, predicate string) []byte {
		raw, err := json.Marshal(map[string]any{
			"mediaType": heavyType, "verificationMaterial": map[string]any{"publicKey": map[string]any{"hint": "x"}},
			"dsseEnvelope": map[string]any{
				"payloadType": "application/vnd.in-toto+json", "signatures": []any{map[string]any{"sig": "YQ=="}},
				"payload": []byte(fmt.Sprintf(`{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"%064d"}}],"predicateType":"https://spdx.dev/Document","predicate":%s}`, n, predicate)),
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	for name, c := range map[string]struct {
		count int
		build func(n int, subject string) (manifest, payload []byte)
	}{
		"manifests with one huge annotation": {40, func(n int, subject string) ([]byte, []byte) {
			return attachment(subject, fmt.Sprintf(`"n%d":%q`, n, strings.Repeat("x", 4_000_000)), []byte{}), []byte{}
		}},
		"manifests with annotations without number": {12, func(n int, subject string) ([]byte, []byte) {
			var b strings.Builder
			for i := range 300_000 {
				fmt.Fprintf(&b, `"%x":"",`, i)
			}
			return attachment(subject, b.String()+fmt.Sprintf(`"n%d":""`, n), []byte{}), []byte{}
		}},
		"documents as large as they may be": {3, func(n int, subject string) ([]byte, []byte) {
			payload := statement(n, `{"spdxVersion":"SPDX-2.3","comment":"`+strings.Repeat("x", 45<<20)+`"}`)
			return attachment(subject, "", payload), payload
		}},
		"documents of many small things": {6, func(n int, subject string) ([]byte, []byte) {
			payload := statement(n, `{"spdxVersion":"SPDX-2.3","packages":[{}`+strings.Repeat(",{}", 4<<20)+`]}`)
			return attachment(subject, "", payload), payload
		}},
		"bundles of many log entries": {1, func(n int, subject string) ([]byte, []byte) {
			payload := fmt.Appendf(nil, `{"mediaType":%q,"verificationMaterial":{"publicKey":{"hint":"%d"},"tlogEntries":[{}%s]},"dsseEnvelope":{"payload":"e30=","payloadType":"x","signatures":[{"sig":"YQ=="}]}}`, heavyType, n, strings.Repeat(",{}", 4<<20))
			return attachment(subject, "", payload), payload
		}},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(newHeavy(c.count, c.build))
			defer server.Close()
			run := program(t.Context(), t.TempDir(), "verify", strings.TrimPrefix(server.URL, "http://")+"/a/b:1", "-o", "json")
			run.Stdout, run.Stderr = io.Discard, io.Discard
			peak := filepath.Join(t.TempDir(), "peak")
			run.Env = append(run.Env, peakFile+"="+peak)
			_ = run.Run() // nothing is good here; that it ended by itself is looked at below
			raw, err := os.ReadFile(peak)
			if err != nil {
				t.Fatalf("it ended with %v: %v", run.ProcessState, err)
			}
			took, err := strconv.Atoi(strings.TrimSpace(string(raw)))
			if err != nil || took > mostMemory {
				t.Errorf("it took %d MiB, want at most %d (%v)", took>>10, mostMemory>>10, err)
			}
			t.Logf("%d MiB", took>>10)
		})
	}
}
