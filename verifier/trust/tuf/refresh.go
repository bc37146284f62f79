package tuf

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strconv"
	"time"

	"github.com/theupdateframework/go-tuf/v2/metadata"
	"github.com/theupdateframework/go-tuf/v2/metadata/trustedmetadata"
)

// Sizes of single files, in bytes. Those of snapshot, targets and target follow from what announces them, within these.
const (
	maxRoot      = 512 << 10
	maxTimestamp = 16 << 10
	maxSnapshot  = 2 << 20
	maxTargets   = 4 << 20
	maxTarget    = 4 << 20
	maxRotations = 256 // of the root, in one update
)

// refresh is one walk through the client workflow (TUF 5.2–5.7): root, timestamp, snapshot, targets, target. What was
// kept from before takes part as what may not be taken back.
type refresh struct {
	fetch  *fetcher
	mirror *url.URL
	set    *trustedmetadata.TrustedMetadata
	old    *record // authenticated; nil if there is none
	got    record
}

// run returns what the mirror has now, authenticated.
func (r *refresh) run(ctx context.Context, in instance, now time.Time) (rec record, s state, err error) {
	defer calm(&err)
	if r.set, err = begin(in.anchor, now); err != nil {
		return record{}, state{}, err
	}
	r.got = record{Name: in.name, Mirror: r.mirror.String(), FetchedAt: now}
	for _, step := range []func(context.Context) error{r.roots, r.timestamp, r.snapshot, r.targets, r.target, r.packages} {
		if err := step(ctx); err != nil {
			return record{}, state{}, err
		}
	}
	r.got.Version = r.set.Targets[metadata.TARGETS].Signed.Version
	r.got.Length, r.got.SHA256, r.got.Since = int64(len(r.got.Target)), sum(r.got.Target), now
	if r.old != nil && r.old.SHA256 == r.got.SHA256 {
		r.got.Since = r.old.Since
	}
	s, err = conclude(in, r.set, r.got)
	return r.got, s, err
}

// file fetches a file of metadata, whose name carries the version where the instance keeps old ones.
func (r *refresh) file(ctx context.Context, name string, version, limit int64) ([]byte, error) {
	if version > 0 {
		name = strconv.FormatInt(version, 10) + "." + name
	}
	return r.fetch.get(ctx, r.mirror.JoinPath(name).String(), limit)
}

// versioned is version where files are kept under their versions (TUF 6.2, consistent snapshots), else 0.
func (r *refresh) versioned(version int64) int64 {
	if r.set.Root.Signed.ConsistentSnapshot {
		return version
	}
	return 0
}

// roots follows the chain of roots to its end, one version at a time (TUF 5.3).
func (r *refresh) roots(ctx context.Context) error {
	if r.old != nil {
		if err := replay(r.set, r.old.Roots); err != nil {
			return err
		}
		r.got.Roots = r.old.Roots
	}
	for range maxRotations {
		raw, err := r.file(ctx, "root.json", r.set.Root.Signed.Version+1, maxRoot)
		if errors.Is(err, errNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := r.set.UpdateRoot(raw); err != nil {
			return refused("the mirror's next root.json", err)
		}
		r.got.Roots = append(r.got.Roots, raw)
	}
	return fmt.Errorf("the mirror has more than %d new versions of root.json", maxRotations)
}

// timestamp fetches the only file without a version in its name (TUF 5.4).
func (r *refresh) timestamp(ctx context.Context) error {
	if r.old != nil {
		// Whatever is wrong with the old one, expiry above all, is for the new one to mend: if it is signed by the keys of
		// today, go-tuf remembers its versions.
		_, _ = r.set.UpdateTimestamp(r.old.Timestamp)
	}
	raw, err := r.file(ctx, "timestamp.json", 0, maxTimestamp)
	if err != nil {
		return err
	}
	_, err = r.set.UpdateTimestamp(raw)
	r.got.Timestamp = raw
	if errors.Is(err, &metadata.ErrEqualVersionNumber{}) { // only what is known has a version to be equal to
		r.got.Timestamp, err = r.old.Timestamp, nil
		if r.set.Timestamp.Signed.IsExpired(r.set.RefTime) {
			err = &metadata.ErrExpiredMetadata{}
		}
	}
	switch {
	case err == nil:
		return nil
	case r.set.Root.Signed.IsExpired(r.set.RefTime):
		return refused("the mirror's newest root.json", err)
	}
	return refused("the mirror's timestamp.json", err)
}

// snapshot fetches the list of all versions, unless the old one is still it (TUF 5.5).
func (r *refresh) snapshot(ctx context.Context) error {
	announced := r.set.Timestamp.Signed.Meta["snapshot.json"]
	if announced == nil {
		return errors.New("the mirror's timestamp.json announces no snapshot")
	}
	if r.old != nil {
		_, err := r.set.UpdateSnapshot(r.old.Snapshot, true)
		if err == nil && announced.VerifyLengthHashes(r.old.Snapshot) == nil {
			r.got.Snapshot = r.old.Snapshot
			return nil
		}
	}
	raw, err := r.file(ctx, "snapshot.json", r.versioned(announced.Version), limit(announced.Length, maxSnapshot))
	if err != nil {
		return err
	}
	if _, err := r.set.UpdateSnapshot(raw, false); err != nil {
		return refused("the mirror's snapshot.json", err)
	}
	r.got.Snapshot = raw
	return nil
}

// targets fetches the list of files, unless the old one is still it (TUF 5.6).
func (r *refresh) targets(ctx context.Context) error {
	if r.old != nil {
		if _, err := r.set.UpdateTargets(r.old.Targets); err == nil {
			r.got.Targets = r.old.Targets
			return nil
		}
	}
	announced := r.set.Snapshot.Signed.Meta["targets.json"]
	if announced == nil {
		return errors.New("the mirror's snapshot.json announces no targets")
	}
	raw, err := r.file(ctx, "targets.json", r.versioned(announced.Version), limit(announced.Length, maxTargets))
	if err != nil {
		return err
	}
	if _, err := r.set.UpdateTargets(raw); err != nil {
		return refused("the mirror's targets.json", err)
	}
	r.got.Targets = raw
	return nil
}

// target fetches the trusted root itself, unless the old one is still it (TUF 5.7).
func (r *refresh) target(ctx context.Context) error {
	info, err := listed(r.set)
	if err != nil {
		return err
	}
	if r.old != nil && info.VerifyLengthHashes(r.old.Target) == nil {
		r.got.Target = r.old.Target
		return nil
	}
	if info.Length > maxTarget {
		return fmt.Errorf("the mirror's targets.json lists %s as larger than %d MiB, which no trusted root is", targetName, maxTarget>>20)
	}
	name := targetName
	if r.set.Root.Signed.ConsistentSnapshot {
		hash := info.Hashes["sha256"]
		if len(hash) == 0 {
			hash = info.Hashes["sha512"]
		}
		name = hash.String() + "." + name
	}
	raw, err := r.fetch.get(ctx, r.mirror.JoinPath(path.Join("targets", name)).String(), limit(info.Length, maxTarget))
	if err != nil {
		return err
	}
	r.got.Target = raw // conclude compares it with info
	return nil
}

// limit is the announced length of a file in bytes, where there is one, within the most that is ever read.
func limit(announced, most int64) int64 {
	if announced > 0 && announced < most {
		return announced
	}
	return most
}
