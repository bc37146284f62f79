package tuf

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/theupdateframework/go-tuf/v2/metadata"
	"github.com/theupdateframework/go-tuf/v2/metadata/trustedmetadata"

	"github.com/attestree/attestree/verifier/trust"
)

// targetName is the file that holds the trusted root (sigstore/root-signing, and what scaffolding copies of it).
const targetName = "trusted_root.json"

// state is what an authenticated record proves.
type state struct {
	root             trust.Root
	version          int64 // of the targets role
	rootVersion      int64
	timestampVersion int64
	expires          time.Time // of the timestamp: until then nothing newer than this need exist
}

// newer reports whether s was published after o. Root keys outrank the rest: with new ones, counting may begin again.
func (s state) newer(o state) bool {
	if s.rootVersion != o.rootVersion {
		return s.rootVersion > o.rootVersion
	}
	return s.timestampVersion > o.timestampVersion
}

// authenticate proves a record from the instance's anchor as of the time at which it was fetched: that it has expired
// since is a matter of age. Nothing in it is believed without a signature but that time, which has to fit them.
func authenticate(in instance, r record) (s state, err error) {
	defer calm(&err)
	switch {
	case r.Name != in.name:
		return state{}, fmt.Errorf("the file belongs to %q", r.Name)
	case r.FetchedAt.IsZero() || r.Since.IsZero() || r.Since.After(r.FetchedAt):
		return state{}, errDamaged
	}
	if in.anchor == nil {
		in.anchor = r.Anchor
	}
	set, err := begin(in.anchor, r.FetchedAt)
	if err != nil {
		return state{}, err
	}
	if err := replay(set, r.Roots); err != nil {
		return state{}, err
	}
	if _, err := set.UpdateTimestamp(r.Timestamp); err != nil {
		return state{}, refused("timestamp.json", err)
	}
	if _, err := set.UpdateSnapshot(r.Snapshot, false); err != nil {
		return state{}, refused("snapshot.json", err)
	}
	if _, err := set.UpdateTargets(r.Targets); err != nil {
		return state{}, refused("targets.json", err)
	}
	return conclude(in, set, r)
}

// conclude compares the target with what the targets role signs for, and the record's own words with both.
func conclude(in instance, set *trustedmetadata.TrustedMetadata, r record) (state, error) {
	info, err := listed(set)
	if err != nil {
		return state{}, err
	}
	if err := info.VerifyLengthHashes(r.Target); err != nil {
		return state{}, refused(targetName, err)
	}
	s := state{
		version: set.Targets[metadata.TARGETS].Signed.Version, rootVersion: set.Root.Signed.Version,
		timestampVersion: set.Timestamp.Signed.Version, expires: set.Timestamp.Signed.Expires,
	}
	if r.Version != s.version || r.Length != int64(len(r.Target)) || r.SHA256 != sum(r.Target) {
		return state{}, errDamaged
	}
	roots, err := trust.ParseRoot(in.name, trust.SourceTUF, r.Target)
	if err != nil || len(roots) != 1 {
		return state{}, because(err, "%s is signed, but it is no trusted root that this version of attestree can use", targetName)
	}
	s.root = roots[0]
	s.root.Info.Date = r.Since.UTC().Format(time.DateOnly)
	if s.root.Info.SHA256 == in.sha256 {
		s.root.Info.Date = in.date
	}
	return s, in.accept(s)
}

// accept holds a state against what the program itself carries.
func (in instance) accept(s state) error {
	switch {
	case s.version < in.floor:
		return fmt.Errorf("version %d is older than %d, which is in this program: it was rolled back, or is from before an upgrade", s.version, in.floor)
	case s.version == in.floor && in.sha256 != "" && s.root.Info.SHA256 != in.sha256:
		return fmt.Errorf("version %d is in this program too, with another content", s.version)
	}
	return nil
}

// begin starts from an anchor, which must be signed by its own keys. It may have expired: its successors count.
func begin(anchor []byte, now time.Time) (*trustedmetadata.TrustedMetadata, error) {
	set, err := trustedmetadata.New(anchor)
	if err != nil {
		return nil, refused("the initial root.json", err)
	}
	set.RefTime = now
	return set, nil
}

// replay follows the chain of roots, each signed by its predecessor's keys and its own (TUF 5.3). Those before the anchor
// are left out: a newer program has a newer anchor.
func replay(set *trustedmetadata.TrustedMetadata, roots [][]byte) error {
	for _, raw := range roots {
		var claim struct {
			Signed struct {
				Version int64 `json:"version"`
			} `json:"signed"`
		}
		if err := json.Unmarshal(raw, &claim); err == nil && claim.Signed.Version <= set.Root.Signed.Version {
			continue
		}
		if _, err := set.UpdateRoot(raw); err != nil {
			return refused("root.json", err)
		}
	}
	return nil
}

// listed is what the targets role says about the trusted root.
func listed(set *trustedmetadata.TrustedMetadata) (*metadata.TargetFiles, error) {
	info := set.Targets[metadata.TARGETS].Signed.Targets[targetName]
	if info == nil {
		return nil, fmt.Errorf("targets.json does not list %s", targetName)
	}
	if len(info.Hashes["sha256"])+len(info.Hashes["sha512"]) == 0 {
		return nil, fmt.Errorf("targets.json lists %s without a SHA-2 hash", targetName)
	}
	return info, nil
}

// calm turns the panic of a parser that is not ours into an error: signed metadata can still be misshapen.
func calm(err *error) {
	if crash := recover(); crash != nil {
		*err = errors.New("the metadata is misshapen")
	}
}
