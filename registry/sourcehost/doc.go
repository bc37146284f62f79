// Package sourcehost reads single files of a commit from the host of a source repository, such as the specification by
// which something was scanned.
//
// It knows how the raw files of GitHub and GitLab are addressed, and is told of other hosts. It must not choose the
// repository: who calls it names one that a certificate proves. A host's answer is its word, sent over TLS; nothing
// here shows that a file is the one of the commit.
package sourcehost
