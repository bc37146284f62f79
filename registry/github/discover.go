package github

import (
	"bytes"
	"context"
	"encoding/json"
	"sync"

	"github.com/attestree/attestree/model"
)

// Discover finds what is attached to a source, as package registry does.
type Discover func(ctx context.Context, emit func(model.Event)) error

// bundleType is the media type of a bundle of which nothing else is known.
const bundleType = "application/vnd.dev.sigstore.bundle+json"

// Around is a discovery that also asks GitHub about the image and each of its platforms, while the other goes on. What it
// brings comes at the end, in the order in which the images were found. A bundle that is in the registry too is one node
// with two ways to it.
func (c *Client) Around(inner Discover) Discover {
	return func(ctx context.Context, emit func(model.Event)) error {
		a := &around{client: c, emit: emit, known: map[held]model.Node{}, bundles: map[string]model.Node{}}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		if err := inner(ctx, func(event model.Event) { a.observe(ctx, event) }); err != nil {
			cancel()
			a.asking.Wait()
			return err
		}
		a.asking.Wait()
		for _, q := range a.questions {
			a.tell(q)
		}
		return ctx.Err()
	}
}

// around is one discovery with GitHub asked beside it. The inner discovery's events come one after another, so that only
// the answers need care.
type around struct {
	client    *Client
	emit      func(model.Event)
	asking    sync.WaitGroup
	questions []*asked
	bundles   map[string]model.Node // nodes that are bundles, by ID
	known     map[held]model.Node   // and by what they hold, once that has come
}

// asked is one image about which GitHub was asked.
type asked struct {
	node   model.Node
	answer Answer
}

// held is what tells bundles of one subject apart: their content, whatever its white space.
type held struct {
	subject model.Digest
	content model.Digest
}

func (a *around) observe(ctx context.Context, event model.Event) {
	a.emit(event)
	switch e := event.(type) {
	case model.NodeFound:
		n := e.Node
		switch {
		case n.Format == model.FormatBundle:
			a.bundles[n.ID] = n
		case (n.Kind == model.KindIndex || n.Kind == model.KindImage) && n.Digest.Valid() && !a.about(n.Digest):
			q := &asked{node: n}
			a.questions = append(a.questions, q)
			a.asking.Go(func() { q.answer = a.client.Attestations(ctx, n.Digest) })
		}
	case model.BlobLoaded:
		if n, is := a.bundles[e.ID]; is && e.Bytes != nil {
			a.known[held{n.Subject, content(e.Bytes)}] = n
		}
	default:
	}
}

func (a *around) about(digest model.Digest) bool {
	for _, q := range a.questions {
		if q.node.Digest == digest {
			return true
		}
	}
	return false
}

// tell reports what GitHub has about one image.
func (a *around) tell(q *asked) {
	subject := q.node.Digest
	for _, raw := range q.answer.Bundles {
		key := held{subject, content(raw)}
		if n, again := a.known[key]; again {
			n.Found = []model.Found{model.FoundGitHub}
			a.emit(model.NodeFound{Node: n})
			continue
		}
		digest := model.DigestOf(raw)
		n := model.Node{
			ID: string(digest) + "@" + subject.Hex(), Parent: q.node.ID, Kind: model.KindAttestation, Format: model.FormatBundle,
			Digest: digest, Size: int64(len(raw)), MediaType: bundleType, Subject: subject, Found: []model.Found{model.FoundGitHub},
			Blob: model.Descriptor{MediaType: bundleType, Digest: digest, Size: int64(len(raw))},
		}
		a.known[key] = n
		a.emit(model.NodeFound{Node: n})
		a.emit(model.BlobLoaded{ID: n.ID, Bytes: raw})
	}
	a.emit(model.LookedUp{Lookup: model.Lookup{
		Mechanism: model.MechanismGitHub, Subject: subject, Status: q.answer.Status, Count: len(q.answer.Bundles),
		Detail: q.answer.Detail, Repository: a.client.Repository(),
	}})
}

// content is the digest of JSON whose members are in order and whose white space is gone, of other bytes their own.
func content(raw []byte) model.Digest {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return model.DigestOf(raw)
	}
	ordered, err := json.Marshal(value)
	if err != nil {
		return model.DigestOf(raw)
	}
	return model.DigestOf(ordered)
}
