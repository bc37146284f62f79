package tuf

import (
	"errors"
	"io/fs"
	"net/url"
	"time"
)

// ErrUnknown says that Options leave out what is not known from the last time either.
var ErrUnknown = errors.New("unknown instance")

// plan is an update with everything settled that can be without a network.
type plan struct {
	in      instance
	private bool
	mirror  *url.URL
	old     *record // what was kept, authenticated; nil if there is nothing or it cannot be used
	before  state   // that old proves
	note    string  // why what was kept cannot be used
	now     time.Time
}

// plan looks at what was kept, for the anchor and the mirror of a private instance are there.
func (o Options) plan(in instance) (plan, error) {
	p := plan{in: in, private: in.anchor == nil, now: time.Now()}
	if o.Now != nil {
		p.now = o.Now()
	}
	p.now = p.now.UTC().Truncate(time.Second)
	if !p.private && o.Root != nil {
		return plan{}, errors.New("its initial root.json is part of this program; that of a private instance goes with a name of its own")
	}
	if o.Root != nil {
		p.in.anchor = o.Root
	}
	kept, err := read(o.Dir)
	if err == nil {
		p.before, err = authenticate(p.in, kept)
	}
	switch {
	case err == nil:
		p.old = &kept
		if p.in.anchor == nil {
			p.in.anchor = kept.Anchor
		}
	case !errors.Is(err, fs.ErrNotExist):
		p.note = "what was kept before is not used: " + err.Error()
	}
	if p.in.anchor == nil {
		if p.note != "" {
			return plan{}, because(ErrUnknown, "%s; its initial root.json is needed again", p.note)
		}
		return plan{}, because(ErrUnknown, "nothing is known of this instance yet; its initial root.json and its mirror are needed")
	}
	address := p.address(o.Mirror)
	if address == "" {
		return plan{}, because(ErrUnknown, "no mirror of this instance is known")
	}
	p.mirror, err = parseMirror(address)
	return p, err
}

// address of the mirror to ask. What the cache says counts for a private instance only: it is not signed.
func (p plan) address(given string) string {
	switch {
	case given != "":
		return given
	case !p.private:
		return p.in.mirror
	case p.old != nil:
		return p.old.Mirror
	}
	return ""
}
