package registry

import (
	"context"
	"fmt"

	"github.com/attestree/attestree/model"
)

// watchTag asks what the tag of a reference names now that also names a digest. The digest decides what is looked at; that
// the tag has moved on is for a person to know, who may have meant the newer one.
//
// The answer is not remembered: it is about the tag, and what is remembered is about the digest.
func (c *crawl) watchTag(r *remote, tag string, pinned model.Digest) {
	c.queue.add(priorityNested, func(ctx context.Context) func() {
		got, err := r.readManifest(ctx, tag)
		return func() {
			if note, told := tagNote(tag, pinned, got.digest, asFailure(err)); told {
				c.emit(model.Noted{Finding: note})
			}
		}
	})
}

// tagNote is what there is to say of a tag beside a digest; nothing where the one names the other.
func tagNote(tag string, pinned, now model.Digest, f *failure) (note model.Finding, told bool) {
	note = model.Finding{ID: "tag-moved", Severity: model.SeverityWarning}
	switch {
	case f != nil && f.kind == KindNotFound:
		note.Message = fmt.Sprintf("the tag %s is not there any more; what is shown is %s, which was asked for", tag, pinned.Short())
	case f != nil:
		note.Severity = model.SeverityInfo
		note.Message = fmt.Sprintf("what the tag %s names now could not be asked: %s", tag, f.detail)
	case now != pinned:
		note.Message = fmt.Sprintf("the tag %s names %s now; what is shown is %s, which was asked for", tag, now.Short(), pinned.Short())
	default:
		return note, false
	}
	return note, true
}
