package model

import (
	"strings"
	"testing"
)

const (
	predicateSLSA = "https://slsa.dev/provenance/v1"
	predicateSPDX = "https://spdx.dev/Document"
)

// named makes well-formed digests that a reader can tell apart.
func named(name string) Digest { return DigestOf([]byte(name)) }

var (
	index = named("index")
	amd64 = named("amd64")
	arm64 = named("arm64")
)

// plant is a node of a test's tree with what is known about it.
type plant struct {
	node     Node
	opened   *Attestation
	report   *Report
	blob     BlobState
	problem  string
	judging  bool
	children []plant
}

func grow(p plant, more ...Event) *Tree {
	t := NewTree()
	for _, event := range append(growing(p), more...) {
		t.Apply(event)
	}
	t.Judge()
	return t
}

// growing is the events by which a plant becomes a tree.
func growing(p plant) (events []Event) {
	var add func(p plant, parent string)
	add = func(p plant, parent string) {
		n := p.node
		n.Parent = parent
		events = append(events, NodeFound{Node: n})
		switch p.blob {
		case BlobLoadedOK:
			events = append(events, BlobLoaded{ID: n.ID, Bytes: []byte("bytes")})
		case BlobMissing:
			events = append(events, BlobLoaded{ID: n.ID, Problem: p.problem})
		case BlobTampered:
			events = append(events, BlobLoaded{ID: n.ID, Problem: p.problem, Tampered: true})
		case BlobSkipped:
			events = append(events, BlobLoaded{ID: n.ID, Skipped: true})
		case BlobPending:
		}
		if p.opened != nil {
			events = append(events, Opened{ID: n.ID, Attestation: p.opened})
		}
		if p.report != nil {
			events = append(events, Judged{ID: n.ID, Report: *p.report})
		}
		if p.judging {
			events = append(events, VerifyStarted{ID: n.ID})
		}
		for _, child := range p.children {
			add(child, n.ID)
		}
	}
	add(p, "")
	return events
}

var finished = []Event{DiscoveryDone{}, Done{}}

func image(d Digest, children ...plant) plant {
	return plant{node: Node{ID: string(d), Kind: KindImage, Digest: d}, children: children}
}

func indexOf(children ...plant) plant {
	return plant{node: Node{ID: string(index), Kind: KindIndex, Digest: index}, children: children}
}

func platform(d Digest, children ...plant) plant {
	return plant{node: Node{
		ID: string(d), Kind: KindImage, Digest: d, Platform: "linux/" + string(d[7:9]), Within: []Digest{index},
	}, children: children}
}

func said(v Verdict) *Report {
	return &Report{Verdict: v, Reason: v.String() + " reason", Checks: []Check{{ID: CheckSubject, Status: CheckPassed}}}
}

func statementAbout(predicateType string, subjects ...Digest) *Attestation {
	s := &Statement{Type: StatementV1, PredicateType: predicateType}
	for _, d := range subjects {
		s.Subjects = append(s.Subjects, Subject{Digests: []NamedDigest{{Algorithm: d.Algorithm(), Value: d.Hex()}}})
	}
	return &Attestation{Statement: s, PredicateType: predicateType}
}

// bundle is a bundle attached to subject, with a statement about it.
func bundle(name string, subject Digest, predicateType string, r *Report) plant {
	d := named(name)
	a := statementAbout(predicateType, subject)
	a.Envelope = EnvelopeBundle
	return plant{
		node: Node{
			ID: string(d), Kind: KindAttestation, Format: FormatBundle, Digest: d, Subject: subject,
			Blob: Descriptor{Digest: named(name + " blob"), Size: 5},
		},
		opened: a, report: r, blob: BlobLoadedOK,
	}
}

func signed(subject Digest, v Verdict) plant {
	return bundle("signature "+v.String(), subject, predicateCosignSign, said(v))
}

// buildKitStatement is a layer of a BuildKit attestation manifest inside the index.
func buildKitStatement(filedUnder, about Digest) plant {
	manifest := named("buildkit " + string(filedUnder))
	d := named("statement " + string(filedUnder))
	return plant{
		node: Node{
			ID: string(manifest) + "#0", Kind: KindAttestation, Format: FormatStatement, Digest: d, Manifest: manifest,
			Subject: filedUnder, Within: []Digest{manifest, index}, Blob: Descriptor{Digest: d, Size: 5},
		},
		opened: statementAbout(predicateSLSA, about), blob: BlobLoadedOK,
	}
}

// artifact is an unsigned artifact attached to subject.
func artifact(name string, subject Digest, children ...plant) plant {
	d := named(name)
	return plant{node: Node{
		ID: string(d), Kind: KindArtifact, Format: FormatOpaque, Digest: d, Subject: subject,
		Blob: Descriptor{Digest: named(name + " blob"), Size: 5},
	}, blob: BlobLoadedOK, children: children}
}

func with(p plant, change func(*plant)) plant {
	change(&p)
	return p
}

func wantStanding(t *testing.T, tree *Tree, id string, want Verdict, reason string) {
	t.Helper()
	e := tree.Entry(id)
	if e == nil {
		t.Fatalf("no node %s", id)
	}
	if e.Standing.Verdict != want || !strings.Contains(e.Standing.Reason, reason) {
		t.Errorf("standing of %s = %v %q, want %v with %q", id, e.Standing.Verdict, e.Standing.Reason, want, reason)
	}
}
