package predicate

import (
	"strings"

	"github.com/attestree/attestree/model"
)

// As is p as a decoded predicate of one kind. plain is false where programs may read it differently: it is a string, or
// a key is there twice.
func As[T model.Predicate](p model.Predicate) (t T, plain, ok bool) {
	_, wrapped := p.(noticed)
	t, ok = Plain(p).(T)
	return t, !wrapped, ok
}

// Origin is that of the predicate itself, if it has one.
func (n noticed) Origin() model.Origin {
	if p, ok := n.Predicate.(model.Originated); ok {
		return p.Origin()
	}
	return model.Origin{}
}

// Origin is the source and the run as the provenance says. BuildKit names the run as its builder.
func (p Provenance) Origin() model.Origin {
	o := model.Origin{Repository: p.Repository, Ref: p.Ref, Run: p.Invocation}
	o.Commit, o.Dirty = strings.CutSuffix(p.Commit, "-dirty")
	if runURL.MatchString(p.BuilderID) {
		o.Run = p.BuilderID
	}
	return o
}

// Origin is the source and the run of Dockyard's scans: the commit that the producer names, and the run whose page is
// the evidence. Elsewhere the producer is a tool with a source of its own, which says nothing about the image.
func (s SCAI) Origin() model.Origin {
	for _, a := range s.Attributes {
		if a.Scan == nil {
			continue
		}
		o := model.Origin{Repository: s.Producer.URI, Run: a.Evidence.URI}
		for line := range strings.SplitSeq(s.Producer.Digests, "\n") {
			if commit, found := strings.CutPrefix(line, "gitCommit:"); found {
				o.Commit = commit
			}
		}
		return o
	}
	return model.Origin{}
}
