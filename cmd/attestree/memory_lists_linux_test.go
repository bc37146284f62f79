//go:build memory

package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// imagesWithLists is how many images an index has, each with a list of what is attached to it. They are asked for at once,
// since so many requests may be under way over HTTP/2.
const imagesWithLists = 32

// longList is a list of nothing worth having that takes many times its bytes once it is parsed.
var longList = func() []byte {
	var b bytes.Buffer
	b.WriteString(`{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[],"annotations":{"":""`)
	for i := range 300_000 {
		fmt.Fprintf(&b, `,"%x":""`, i)
	}
	b.WriteString(`}}`)
	return b.Bytes()
}()

// lists serves an index, its images, and for each of them that list.
type lists struct {
	index  []byte
	images map[string][]byte // by digest
	served atomic.Int64      // lists
}

func newLists() *lists {
	l := &lists{images: map[string][]byte{}}
	var entries []string
	for n := range imagesWithLists {
		config := fmt.Append(nil, n)
		image := fmt.Appendf(nil, `{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",`+
			`"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":%q,"size":%d},"layers":[]}`, sum(config), len(config))
		l.images[sum(image)] = image
		entries = append(entries, fmt.Sprintf(`{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":%q,"size":%d}`, sum(image), len(image)))
	}
	l.index = []byte(`{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[` + strings.Join(entries, ",") + `]}`)
	return l
}

// ServeHTTP is http.Handler.
func (l *lists) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	match := heavyRoute.FindStringSubmatch(req.URL.Path)
	if match == nil {
		return // the ping
	}
	kind, reference := match[1], match[2]
	switch image, known := l.images[reference]; {
	case kind == "manifests" && reference == "1":
		_, _ = w.Write(l.index)
	case kind == "manifests" && known:
		_, _ = w.Write(image)
	case kind == "referrers":
		l.served.Add(1)
		w.Header().Set("Content-Type", "application/vnd.oci.image.index.v1+json")
		_, _ = w.Write(longList)
	default:
		http.NotFound(w, req)
	}
}

// TestMemoryStaysWithinItsBoundWhateverIsListed runs the program on lists that take many times their bytes.
func TestMemoryStaysWithinItsBoundWhateverIsListed(t *testing.T) {
	served := newLists()
	server := httptest.NewUnstartedServer(served)
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // the program asks without TLS too
	server.StartTLS()
	defer server.Close()
	run := program(t.Context(), t.TempDir(), "tree", strings.TrimPrefix(server.URL, "https://")+"/a/b:1", "-o", "json", "--allow-insecure-registry")
	run.Stdout, run.Stderr = io.Discard, io.Discard
	peak := filepath.Join(t.TempDir(), "peak")
	run.Env = append(run.Env, peakFile+"="+peak)
	_ = run.Run() // that it ended by itself is looked at below
	raw, err := os.ReadFile(peak)
	if err != nil {
		t.Fatalf("it ended with %v: %v", run.ProcessState, err)
	}
	took, err := strconv.Atoi(strings.TrimSpace(string(raw)))
	if err != nil || took > mostMemory {
		t.Errorf("it took %d MiB, want at most %d (%v)", took>>10, mostMemory>>10, err)
	}
	if got := served.served.Load(); got < imagesWithLists {
		t.Errorf("%d lists were asked for, want at least %d", got, imagesWithLists)
	}
	t.Logf("%d MiB", took>>10)
}
