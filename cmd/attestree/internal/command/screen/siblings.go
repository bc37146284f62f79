package screen

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
)

// progressInterval is how often a screen is told how far something is.
const progressInterval = 100 * time.Millisecond

// siblings are the other tags of the OCI layout that a source names, as its index.json lists them; none of anything else.
// No registry is asked.
func siblings(source string) (out []string) {
	folder, tag := layoutOf(source)
	if folder == "" {
		return nil
	}
	raw, err := userfile.ReadRegular(filepath.Join(folder, "index.json"), userfile.ConfigSize)
	if err != nil {
		return nil
	}
	m, err := model.ParseManifest(raw)
	if err != nil {
		return nil
	}
	for _, entry := range m.Manifests {
		name := entry.Annotations["org.opencontainers.image.ref.name"]
		if name == "" || name == tag || attachmentTag(name) || slices.Contains(out, "oci:"+folder+":"+name) {
			continue
		}
		out = append(out, "oci:"+folder+":"+name)
	}
	slices.Sort(out)
	return out
}

// layoutOf is the folder of an OCI layout that a source names, and the tag in it; "" where it names none.
func layoutOf(source string) (folder, tag string) {
	rest := strings.TrimPrefix(source, "oci:")
	isLayout := func(path string) bool {
		_, err := os.Stat(filepath.Join(path, "oci-layout"))
		return err == nil
	}
	if isLayout(rest) {
		return rest, ""
	}
	if at := strings.LastIndexByte(rest, ':'); at > 0 && isLayout(rest[:at]) {
		return rest[:at], rest[at+1:]
	}
	if path, _, found := strings.Cut(rest, "@sha"); found && isLayout(path) {
		return path, ""
	}
	return "", ""
}

// attachmentTag reports whether a tag is one of cosign's, or of the referrers tag schema (distribution-spec): what hangs
// on an image, and no image.
func attachmentTag(tag string) bool {
	rest, is := strings.CutPrefix(tag, "sha256-")
	return is && len(rest) >= 64
}
