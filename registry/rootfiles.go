package registry

import (
	"archive/tar"
	"path"
	"slices"
	"strings"

	"github.com/attestree/attestree/registry/fetch"
)

// rootFiles say which images an archive holds. Blobs are hashed whenever they are read; nothing says what is in these.
var rootFiles = []string{"index.json", "manifest.json", "oci-layout", "repositories"}

// unpacking follows where a program that unpacks an archive would write. Members that are left out here, such as links
// and absolute paths, are not left out there.
type unpacking struct {
	files map[string]bool // those of rootFiles that were there
	links map[string]bool // symbolic links
	other map[string]bool // whatever is left out here, but folders
}

func newUnpacking() unpacking {
	return unpacking{files: map[string]bool{}, links: map[string]bool{}, other: map[string]bool{}}
}

// member takes one more member of the archive. It fails where a file that says which images there are would be written
// twice: which of the two counts depends on the program, so that one image may be verified and another one loaded.
func (u unpacking) member(h *tar.Header) error {
	switch h.Typeflag {
	case tar.TypeDir:
		return nil
	case tar.TypeXGlobalHeader:
		return renames(h)
	}
	// Leading "/" and "../" are taken off when it is unpacked, and some file systems do not tell letters' case.
	name := strings.ToLower(path.Clean("/" + h.Name)[1:])
	if _, plain := memberName(h); !plain {
		u.other[name] = true
	}
	says := slices.Contains(rootFiles, name)
	if !says && slices.Contains(rootFiles, path.Base(name)) {
		for above := path.Dir(name); above != "."; above = path.Dir(above) {
			says = says || u.links[above]
		}
		if says {
			name = path.Base(name)
		}
	}
	if says && u.files[name] {
		return failed(KindBroken, "it has two members called %s, and programs disagree about which of them counts", name)
	}
	if says {
		u.files[name] = true
	}
	if h.Typeflag == tar.TypeSymlink {
		u.links[name] = true
	}
	return nil
}

// replaced fails if one of the files would be written over, or written elsewhere: blobs are hashed here, and not by every
// program that takes them from where an archive was unpacked.
func (u unpacking) replaced(files map[string]member) error {
	for name := range files {
		for at := strings.ToLower(name); at != "."; at = path.Dir(at) {
			if u.other[at] {
				return failed(KindBroken, "it has a link or the like in the place of %s, and programs disagree about which of them counts", fetch.Short(name))
			}
		}
	}
	return nil
}

// renames refuses a header for all members that follow which would give them another name, place or size: some programs
// heed it, and Go's library does not.
func renames(h *tar.Header) error {
	for record := range h.PAXRecords {
		if record == "path" || record == "linkpath" || record == "size" || strings.HasPrefix(record, "GNU.sparse.") {
			return failed(KindBroken, "it gives all members another %s, which programs do not agree on", record)
		}
	}
	return nil
}
