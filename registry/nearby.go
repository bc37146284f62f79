package registry

import (
	"archive/tar"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// Offer is an image in a folder that could be opened. Nothing of it but its name was read.
type Offer struct {
	Source string // to open it by; an absolute path
	Name   string // what it is called: its path in the folder, and its tag
	What   string // what holds it: "OCI layout", "archive", "compressed archive"
	Path   string // of the folder or file that holds it; absolute
}

// Bounds of a look around a folder.
const (
	mostOffers        = 100
	mostNearby        = 2000    // entries of the folder that are looked at
	mostNearbyMembers = 20_000  // members of an archive
	mostNearbyBytes   = 4 << 20 // of an index
)

// Nearby lists the images of the OCI layouts and archives in a folder, and of the folder itself where it is a layout.
// It opens no image, follows no link, goes one level deep and stops with ctx or when it has seen enough; all says whether
// it saw everything. What cannot be read is left out: it can still be named.
func Nearby(ctx context.Context, folder string) (offers []Offer, all bool) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, false
	}
	offers = nearbyLayout(folder, ".")
	dir, err := os.Open(folder)
	if err != nil {
		return offers, false
	}
	defer func() { _ = dir.Close() }() // only read from
	entries, err := dir.ReadDir(mostNearby)
	all = len(entries) < mostNearby && (err == nil || errors.Is(err, io.EOF))
	slices.SortFunc(entries, func(a, b os.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		if ctx.Err() != nil || len(offers) >= mostOffers {
			return offers[:min(len(offers), mostOffers)], false
		}
		name := e.Name()
		if strings.Contains(name, ":") || strings.Contains(name, "@sha") {
			continue // its tag could not be told from its name
		}
		switch path := filepath.Join(folder, name); {
		case e.IsDir():
			offers = append(offers, nearbyLayout(path, name)...)
		case e.Type().IsRegular():
			offers = append(offers, nearbyArchive(ctx, path, name)...)
		}
	}
	return offers[:min(len(offers), mostOffers)], all && len(offers) <= mostOffers
}

// nearbyLayout is what a folder's index.json names, nothing if it is no layout.
func nearbyLayout(path, name string) []Offer {
	if _, err := os.Lstat(filepath.Join(path, "oci-layout")); err != nil {
		return nil
	}
	info, err := os.Lstat(filepath.Join(path, "index.json"))
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	f, err := os.Open(filepath.Join(path, "index.json"))
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // only read from
	return offered(indexNames(f), "oci:", path, name, "OCI layout")
}

// nearbyArchive is what an archive holds, as far as its name says that it is one. Of one that is compressed the index is
// not looked for: that could mean reading all of it.
func nearbyArchive(ctx context.Context, path, name string) []Offer {
	lower := strings.ToLower(name)
	if strings.HasSuffix(lower, ".tar.gz") || strings.HasSuffix(lower, ".tgz") {
		return []Offer{{"archive:" + path, name, "compressed archive", path}}
	}
	if !strings.HasSuffix(lower, ".tar") {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // only read from
	saved := false
	reader := tar.NewReader(f) // which seeks over what members hold
	for range mostNearbyMembers {
		header, err := reader.Next()
		if err != nil || ctx.Err() != nil {
			break
		}
		switch filepath.Clean(header.Name) {
		case "index.json":
			return offered(indexNames(reader), "archive:", path, name, "archive")
		case "manifest.json":
			saved = true // by docker save, unless an index follows
		}
	}
	if saved {
		return []Offer{{"archive:" + path, name, "archive", path}}
	}
	return nil
}

// indexNames are the names of the images in an index.json, "" for one that has none. What is attached to them has names
// too, which are left out; nil is for no index.
func indexNames(r io.Reader) []string {
	raw, err := io.ReadAll(io.LimitReader(r, mostNearbyBytes+1))
	if err != nil || len(raw) > mostNearbyBytes {
		return nil
	}
	index, err := model.ParseManifest(raw)
	if err != nil || !index.Index {
		return nil
	}
	var all []string
	for _, entry := range index.Manifests {
		if describesSibling(entry) || cosignSuffix(entry) != "" || slices.ContainsFunc(names(entry), attachmentTag) {
			continue
		}
		if named := names(entry); len(named) > 0 && len(all) < mostOffers && !slices.Contains(all, named[0]) {
			all = append(all, named[0])
		}
	}
	if len(all) == 0 && len(index.Manifests) > 0 {
		return []string{""}
	}
	return all
}

func offered(names []string, prefix, path, name, what string) []Offer {
	var out []Offer
	for _, tag := range names {
		if tag == "" {
			out = append(out, Offer{prefix + path, name, what, path})
			continue
		}
		out = append(out, Offer{prefix + path + ":" + tag, name + ":" + tag, what, path})
	}
	return out
}
