package pack

import (
	"archive/tar"
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// mostMembers bounds how many members of an archive are looked at to tell whether it is a pack. A pack's report comes last.
const mostMembers = 20_000

// Is reports whether a folder, or a file that ends in ".tar", has a report where packs have it. Nothing of it is read.
func Is(ctx context.Context, name string) bool {
	if !strings.HasSuffix(name, ".tar") {
		info, err := os.Lstat(filepath.Join(name, Beside, ReportFile))
		return err == nil && info.Mode().IsRegular()
	}
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // only read from
	r := tar.NewReader(f)            // which seeks over what members hold
	for range mostMembers {
		header, err := r.Next()
		if err != nil || ctx.Err() != nil {
			return false
		}
		if reportMember(header) {
			return true
		}
	}
	return false
}

// reportMember reports whether a member of an archive is the sender's report.
func reportMember(h *tar.Header) bool {
	return path.Clean(h.Name) == path.Join(Beside, ReportFile) && h.Typeflag == tar.TypeReg
}
