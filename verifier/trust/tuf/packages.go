package tuf

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/theupdateframework/go-tuf/v2/metadata"
	"github.com/theupdateframework/go-tuf/v2/metadata/trustedmetadata"
)

// Packages is what an instance publishes of a registry of packages, by a delegated role: the keys that it signs with.
type Packages struct {
	Host   string // of the registry, which the target's path names
	Target []byte // the keys
}

// packageTarget is the file of a registry's keys, below a folder with the registry's name.
const packageTarget = "keys.json"

// delegated is a delegated role and its one target, as the cache holds them.
type delegated struct {
	Role     string `json:"role"`
	Metadata []byte `json:"metadata"`
	Path     string `json:"path"`
	Target   []byte `json:"target"`
}

// PackageKeys is what the last Update kept of a registry of packages in dir. It opens no connection. It says false without
// an error where nothing is kept; the error says why what is kept must not be used.
func PackageKeys(dir string) (p Packages, found bool, err error) {
	defer calm(&err)
	if checkFolder(dir) != nil {
		return p, false, nil // there is no folder in which anything could be kept
	}
	in, err := known(filepath.Base(dir))
	if err != nil {
		return p, false, err
	}
	r, err := read(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p, false, nil
	case err != nil:
		return p, false, unusable(in, err)
	case r.Packages == nil:
		return p, false, nil
	}
	if _, err := authenticate(in, r); err != nil {
		return p, false, unusable(in, err)
	}
	host, err := authenticatePackages(in, r)
	if err != nil {
		return p, false, fmt.Errorf("the keys of packages that the last update kept are not used: %w", err)
	}
	return Packages{Host: host, Target: r.Packages.Target}, true, nil
}

// authenticatePackages proves the delegated part of a record whose other parts are proven, and gives the registry's name.
func authenticatePackages(in instance, r record) (string, error) {
	if in.anchor == nil {
		in.anchor = r.Anchor
	}
	set, err := begin(in.anchor, r.FetchedAt)
	if err != nil {
		return "", err
	}
	if err := replay(set, r.Roots); err != nil {
		return "", err
	}
	if _, err := set.UpdateTimestamp(r.Timestamp); err != nil {
		return "", refused("timestamp.json", err)
	}
	if _, err := set.UpdateSnapshot(r.Snapshot, false); err != nil {
		return "", refused("snapshot.json", err)
	}
	if _, err := set.UpdateTargets(r.Targets); err != nil {
		return "", refused("targets.json", err)
	}
	role, target := packageRole(set)
	if role == "" || role != r.Packages.Role || target != r.Packages.Path {
		return "", errDamaged
	}
	info, err := packageInfo(set, r.Packages.Metadata, role, target)
	if err != nil {
		return "", err
	}
	if err := info.VerifyLengthHashes(r.Packages.Target); err != nil {
		return "", refused(target, err)
	}
	return path.Dir(target), nil
}

// packageRole is the first role to which the instance delegates the folder of a registry, and the keys' path in it.
func packageRole(set *trustedmetadata.TrustedMetadata) (role, target string) {
	delegations := set.Targets[metadata.TARGETS].Signed.Delegations
	if delegations == nil {
		return "", ""
	}
	for i := range delegations.Roles {
		r := &delegations.Roles[i]
		for _, pattern := range r.Paths {
			host, all := strings.CutSuffix(pattern, "/*")
			if !all || host == "" || strings.ContainsAny(host, "/*?[") {
				continue
			}
			target := path.Join(host, packageTarget)
			if is, err := r.IsDelegatedPath(target); err == nil && is {
				return r.Name, target
			}
		}
	}
	return "", ""
}

// packageInfo is what a delegated role says of its target.
func packageInfo(set *trustedmetadata.TrustedMetadata, raw []byte, role, target string) (*metadata.TargetFiles, error) {
	if _, err := set.UpdateDelegatedTargets(raw, role, metadata.TARGETS); err != nil {
		return nil, refused(role+".json", err)
	}
	info := set.Targets[role].Signed.Targets[target]
	if info == nil {
		return nil, fmt.Errorf("%s.json does not list %s", role, target)
	}
	if len(info.Hashes["sha256"])+len(info.Hashes["sha512"]) == 0 {
		return nil, fmt.Errorf("%s.json lists %s without a SHA-2 hash", role, target)
	}
	return info, nil
}

// packages fetches the keys of a registry of packages, where the instance publishes any (TUF 5.6.7). The trusted root is
// worth having without them, so that they are left out where they cannot be had or proven.
func (r *refresh) packages(ctx context.Context) error {
	role, target := packageRole(r.set)
	if role == "" {
		return nil
	}
	got, err := r.fetchPackages(ctx, role, target)
	if err == nil {
		r.got.Packages = got
	}
	return ctx.Err()
}

func (r *refresh) fetchPackages(ctx context.Context, role, target string) (*delegated, error) {
	announced := r.set.Snapshot.Signed.Meta[role+".json"]
	if announced == nil {
		return nil, errors.New("the snapshot announces no such role")
	}
	raw, err := r.file(ctx, role+".json", r.versioned(announced.Version), limit(announced.Length, maxTargets))
	if err != nil {
		return nil, err
	}
	info, err := packageInfo(r.set, raw, role, target)
	if err != nil {
		return nil, err
	}
	body, err := r.fetch.get(ctx, r.mirror.JoinPath(r.targetPath(target, info)).String(), limit(info.Length, maxTarget))
	if err != nil {
		return nil, err
	}
	if err := info.VerifyLengthHashes(body); err != nil {
		return nil, err
	}
	return &delegated{Role: role, Metadata: raw, Path: target, Target: body}, nil
}

// targetPath is where a target lies on the mirror: its name carries its hash where the instance keeps old ones.
func (r *refresh) targetPath(target string, info *metadata.TargetFiles) string {
	folder, name := path.Split(target)
	if r.set.Root.Signed.ConsistentSnapshot {
		hash := info.Hashes["sha256"]
		if len(hash) == 0 {
			hash = info.Hashes["sha512"]
		}
		name = hash.String() + "." + name
	}
	return path.Join("targets", folder, name)
}
