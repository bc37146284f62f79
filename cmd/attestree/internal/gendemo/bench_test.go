package main

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier"
	"github.com/attestree/attestree/verifier/trust"
)

// BenchmarkThreeHundredAttestations opens and judges what hangs on one image, each signed by a workflow of its own with a
// certificate, a log entry and a payload of its own. Compare the two: every core is to be used.
func BenchmarkThreeHundredAttestations(b *testing.B) {
	const count = 300
	s := newSigstore()
	image := oci.Descriptor{Digest: "sha256:" + fmt.Sprintf("%064x", 1)}
	nodes, blobs := make([]model.Node, count), make([][]byte, count)
	for i := range count {
		id := githubWorkflow(project, fmt.Sprintf("attest-%d.yml", i), "Attest", projectRef, commit, attempt)
		payload := about(image, repository, statementV1, fmt.Sprintf("https://example.com/report-%d", i), []byte(`{"number":1}`))
		blobs[i] = marshal(s.attest(s.keyless(id, fmt.Sprint("bench ", i), signed), payload, signed))
		nodes[i] = model.Node{
			ID: fmt.Sprint(i), Kind: model.KindAttestation, Format: model.FormatBundle, Subject: model.Digest(image.Digest),
			Blob: model.Descriptor{Digest: model.DigestOf(blobs[i]), Size: int64(len(blobs[i]))},
		}
	}
	roots, err := trust.ParseRoot("demo", trust.SourceFile, s.trustedRoot())
	if err != nil {
		b.Fatal(err)
	}
	judge, err := verifier.New(verifier.Options{Roots: roots, Now: func() time.Time { return signed }})
	if err != nil {
		b.Fatal(err)
	}
	var discover session.Discover = func(_ context.Context, emit func(model.Event)) error {
		for i := range nodes {
			emit(model.NodeFound{Node: nodes[i]})
			emit(model.BlobLoaded{ID: nodes[i].ID, Bytes: blobs[i]})
		}
		return nil
	}
	for _, cores := range []int{1, 2} {
		b.Run(fmt.Sprintf("cores=%d", cores), func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
			for b.Loop() {
				good := 0
				err := session.New(session.Config{Discover: discover, Judge: judge}).Run(b.Context(), func(e model.Event) {
					if j, is := e.(model.Judged); is && j.Report.Verdict == model.Valid {
						good++
					}
				})
				if err != nil || good != count {
					b.Fatalf("%d of %d are valid: %v", good, count, err)
				}
			}
		})
	}
}
