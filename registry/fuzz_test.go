package registry

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-containerregistry/pkg/name"

	"github.com/attestree/attestree/model"
)

func FuzzReference(f *testing.F) {
	for _, s := range []string{"alpine", "ghcr.io/x/y:1@sha256:" + strings.Repeat("a", 64), "localhost:5000/x", "a//b", "x@y@z", "[::1]:5000/x", "x:\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := parseReference(s, false)
		if err != nil {
			return
		}
		if r.digest != "" && !r.digest.Valid() || r.identifier() == "" {
			t.Fatalf("%q gives %+v", s, r)
		}
		again := normalName(r.repo)
		if r.tag != "" {
			again += ":" + r.tag
		}
		if r.digest != "" {
			again += "@" + string(r.digest)
		}
		b, err := parseReference(again, false)
		if err != nil || normalName(b.repo) != normalName(r.repo) || b.tag != r.tag || b.digest != r.digest {
			t.Fatalf("%q is %q, which is %+v (%v)", s, again, b, err)
		}
	})
}

func FuzzLink(f *testing.F) {
	for _, s := range []string{`</v2/x?last=1>; rel="next"`, `<a>; rel=prev, <b>; rel="x next"`, `<http://evil/x>;rel=next`, `<//evil/x>; rel=next`, `<a;b`, `<a>;title="x,y";rel=next`, "<\x00>;rel=next"} {
		f.Add(s)
	}
	repo, err := name.NewRepository("registry.example/x")
	if err != nil {
		f.Fatal(err)
	}
	r := newRemote(repo, NewClient(quick()), quick())
	f.Fuzz(func(t *testing.T, header string) {
		at := r.url("referrers", "sha256:x")
		target, unreadable := nextLink([]string{header})
		next, _ := r.follow(link{from: at, target: target, unreadable: unreadable})
		if next == nil {
			return
		}
		if next.Host != at.Host || next.Scheme != at.Scheme || next.User != nil {
			t.Fatalf("%q leads to %s", header, next)
		}
		if _, err := url.Parse(next.String()); err != nil {
			t.Fatalf("%q leads to an address that is none: %v", header, err)
		}
	})
}

func FuzzLines(f *testing.F) {
	f.Add([]byte(aBundle + "\n" + anEnvelope))
	f.Add([]byte("\xef\xbb\xbf{}\r\n\n{}"))
	f.Add([]byte(`{"attestations":[{"bundle":` + aBundle + `}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		lines := splitLines(raw)
		for _, line := range lines {
			if !bytes.Contains(raw, line) || bytes.ContainsRune(line, '\n') || len(bytes.TrimSpace(line)) != len(line) || len(line) == 0 {
				t.Fatalf("%q is not a line of %q", line, raw)
			}
		}
		if kept, all := bytes.Join(lines, nil), bytes.Join(bytes.Fields(raw), nil); !bytes.Equal(bytes.Join(bytes.Fields(kept), nil), all) {
			t.Fatalf("lines keep %q of %q", kept, all)
		}
		documents, err := documentsIn(raw)
		if err != nil {
			return
		}
		good := 0
		for _, d := range documents {
			if !bytes.Contains(raw, d.raw) {
				t.Fatalf("%q is not in %q", d.raw, raw)
			}
			if d.problem == "" {
				good++
			}
		}
		if len(documents) == 0 || (good == 0 && len(unwrap(raw)) == 0) {
			t.Fatalf("%q was taken, and nothing in it is known", raw)
		}
	})
}

func FuzzArchive(f *testing.F) {
	blob := `{"schemaVersion":2,"manifests":[]}`
	raw := packed(f, fstest.MapFS{
		"index.json":                           {Data: []byte(blob)},
		blobPath(model.DigestOf([]byte(blob))): {Data: []byte(blob)},
		"blobs/sha512/none":                    {Data: []byte("x")},
	})
	f.Add(raw, false)
	f.Add(zipped(f, raw), true)
	f.Add(saved(f, "c.json", []byte("{}")), false)
	limits := Limits{Archive: 1 << 20, Memory: 1 << 20, Manifest: 1 << 16}.withDefaults()
	f.Fuzz(func(t *testing.T, raw []byte, compressed bool) {
		a, err := openArchive(context.Background(), bytes.NewReader(raw), int64(len(raw)), compressed, limits)
		if err != nil {
			return
		}
		for memberName, m := range a.members {
			got, err := readFile(a, memberName, 1<<16)
			if err != nil {
				continue
			}
			if int64(len(got)) > m.size || (!compressed && !bytes.Contains(raw, got)) {
				t.Fatalf("%q has %d bytes, and %d came", memberName, m.size, len(got))
			}
		}
		digests, _ := a.blobs(10)
		for _, d := range digests {
			if !d.Valid() || !a.has(blobPath(d)) {
				t.Fatalf("%s is no blob of the archive", d)
			}
		}
		l := &layout{files: a, limits: limits, tags: map[string]model.Digest{}}
		for _, d := range digests {
			if got, err := l.manifest(context.Background(), string(d)); err == nil && !d.Matches(got.raw) {
				t.Fatalf("%s came with other bytes", d)
			}
		}
	})
}
