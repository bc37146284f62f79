package basis

import (
	"os"
	"regexp"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
)

var (
	commitHash = regexp.MustCompile(`^[0-9a-f]{40}([0-9a-f]{24})?$`)
	branchName = regexp.MustCompile(`^refs/[A-Za-z0-9._/-]+$`)
)

// refsSize is how much of a file of git's is read, in bytes.
const refsSize = 16 << 20

// checkedOut is the commit that a checkout is at, "" where that cannot be told (gitrepository-layout(5): HEAD, loose
// refs, packed-refs). A linked work tree keeps its HEAD elsewhere, outside of the folder, and is not followed.
func checkedOut(root *os.Root) string {
	head := gitFile(root, "HEAD")
	if commitHash.MatchString(head) {
		return head
	}
	ref, is := strings.CutPrefix(head, "ref: ")
	if !is || !branchName.MatchString(ref) {
		return ""
	}
	if commit := gitFile(root, ref); commitHash.MatchString(commit) {
		return commit
	}
	for line := range strings.Lines(gitFile(root, "packed-refs")) {
		if commit, name, found := strings.Cut(strings.TrimSpace(line), " "); found && name == ref && commitHash.MatchString(commit) {
			return commit
		}
	}
	return ""
}

func gitFile(root *os.Root, name string) string {
	data, err := userfile.ReadIn(root, ".git/"+name, refsSize)
	if err != nil {
		return "" // then the commit cannot be told, which is what is said
	}
	return strings.TrimSpace(string(data))
}
