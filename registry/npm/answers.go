package npm

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// Registry is where to ask.
type Registry struct {
	URL           *url.URL // without credentials
	Authorization string   // the header's value, "" for none
}

// Answers are a registry's documents about one version.
type Answers struct {
	Version      []byte    // the entry of the version
	Attestations []byte    // nil where there are none, or where they could not be had
	Published    time.Time // zero where nobody needed to know
	Asked        string    // the registry, "" for saved answers
	// Lookups are how the questions ended.
	Lookups []model.Lookup
}

// Ask asks for one version. Timed says of a key's ID whether the time of publication matters for signatures by it: only
// then the package's whole history is fetched, which is where the registry says it. The error means that nothing is
// known of the version.
func Ask(ctx context.Context, c *fetch.Client, r Registry, name, wanted string, timed func(keyID string) bool) (Answers, error) {
	a := Answers{Asked: r.URL.Host}
	raw, err := r.get(ctx, c, maxVersion, escape(name), url.PathEscape(wanted))
	if fetch.Is(err, fetch.NotFound) {
		raw, a.Published, err = r.fromHistory(ctx, c, name, wanted)
	}
	if err != nil {
		return a, fmt.Errorf("ask for %s@%s: %w", name, wanted, err)
	}
	v, err := parseVersion(raw, name, wanted)
	if err != nil {
		return a, fmt.Errorf("ask %s for %s@%s: %w", r.URL.Host, name, wanted, err)
	}
	a.Version = raw
	purl := PURL(name, wanted)
	a.note(model.MechanismPackageMetadata, purl, model.LookupFound, len(v.Dist.Signatures), "")
	for _, s := range v.Dist.Signatures {
		if timed != nil && timed(s.KeyID) && a.Published.IsZero() {
			if history, err := r.get(ctx, c, maxPackument, escape(name)); err == nil {
				a.Published = published(history, wanted)
			}
			break
		}
	}
	return a, a.askAttestations(ctx, c, r, v)
}

// fromHistory is the entry of a version in the package's whole history: not every registry answers about a version alone.
func (r Registry) fromHistory(ctx context.Context, c *fetch.Client, name, wanted string) (entry []byte, at time.Time, err error) {
	history, err := r.get(ctx, c, maxPackument, escape(name))
	if fetch.Is(err, fetch.NotFound) {
		return nil, at, fmt.Errorf("%s has no package %s", r.URL.Host, name)
	}
	if err != nil {
		return nil, at, err
	}
	if entry = extract(history, wanted); entry == nil {
		return nil, at, fmt.Errorf("%s has the package %s, and no version %s of it", r.URL.Host, name, wanted)
	}
	return entry, published(history, wanted), nil
}

// askAttestations asks for what was published with a version. Where the entry announces attestations, not to find them
// is a failure, and not their absence.
func (a *Answers) askAttestations(ctx context.Context, c *fetch.Client, r Registry, v version) error {
	purl := PURL(v.Name, v.Version)
	raw, err := r.get(ctx, c, maxAttestations, "-", "npm", "v1", "attestations", escape(v.Name+"@"+v.Version))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		status, detail := fetch.Lookup(err)
		if status == model.LookupNone && v.Dist.Attestations != nil {
			status, detail = model.LookupFailed, r.URL.Host+": the version's entry announces attestations, but they are not there"
		}
		a.note(model.MechanismPackageAttestations, purl, status, 0, detail)
		return nil
	}
	list, err := parseAttestations(raw)
	if err != nil {
		a.note(model.MechanismPackageAttestations, purl, model.LookupFailed, 0, r.URL.Host+": "+err.Error())
		return nil
	}
	a.Attestations = raw
	status := model.LookupFound
	detail := ""
	switch {
	case len(list) == 0 && v.Dist.Attestations != nil:
		status, detail = model.LookupFailed, r.URL.Host+": the version's entry announces attestations, but the list of them is empty"
	case len(list) == 0:
		status = model.LookupNone
	case !given(list, v.announces()):
		status = model.LookupFailed
		detail = fmt.Sprintf("%s: the version's entry announces provenance of the type %s, but the list of attestations has none", r.URL.Host, v.announces())
	}
	a.note(model.MechanismPackageAttestations, purl, status, len(list), detail)
	return nil
}

// given reports whether a list has an attestation of a type; "" asks for none.
func given(list []attestation, predicateType string) bool {
	return predicateType == "" || slices.ContainsFunc(list, func(a attestation) bool { return a.PredicateType == predicateType })
}

func (a *Answers) note(m model.Mechanism, purl string, status model.LookupStatus, count int, detail string) {
	a.Lookups = append(a.Lookups, model.Lookup{
		Mechanism: m, Subject: model.Digest(purl), Repository: purl, Status: status, Count: count, Detail: detail,
	})
}

// get asks for a path below the registry's address.
func (r Registry) get(ctx context.Context, c *fetch.Client, limit int64, path ...string) ([]byte, error) {
	return c.Get(ctx, fetch.Request{
		URL: r.URL.JoinPath(path...), Accept: "application/json", Authorization: r.Authorization, Limit: limit,
	})
}

// escape writes a name as one element of a path: "@scope%2fname".
func escape(name string) string { return url.PathEscape(name) }
