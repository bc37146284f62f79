package card

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// scope is what an answer is made from: the image, its platforms, and what is attached to them.
type scope struct {
	tree      *model.Tree
	facts     Facts
	root      *model.Entry
	platforms []*model.Entry // that can be run, of an index
	subjects  map[model.Digest]bool
	about     []*model.Entry // directly about one of the subjects: the image, its platforms, what holds it
	unseen    string         // why something may be attached that was not seen, "" if all was
}

// whole reports whether the image is the one that was asked for, and not a platform of it.
func (s *scope) whole() bool { return s.root == s.tree.Root() }

func survey(t *model.Tree, root *model.Entry, facts Facts) *scope {
	subjects := map[model.Digest]bool{root.Node.Digest: true}
	s := &scope{tree: t, facts: facts, root: root, subjects: subjects}
	if !s.whole() {
		s.facts.Policy = nil
		for _, d := range root.Node.Within {
			subjects[d] = true
		}
	}
	s.below(s.root)
	t.Walk(func(e *model.Entry) {
		if subjects[e.Node.Subject] {
			s.about = append(s.about, e)
		}
	})
	s.unseen = s.notSeen()
	return s
}

// below finds the images that an index holds, those of indexes in it included. One without a platform may run anywhere.
func (s *scope) below(index *model.Entry) {
	for _, id := range index.Children {
		e := s.tree.Entry(id)
		if e == nil || !slices.Contains(e.Node.Within, index.Node.Digest) {
			continue
		}
		switch {
		case e.Node.Kind == model.KindIndex:
			s.below(e)
		case e.Node.Kind == model.KindImage && e.Node.Platform != "unknown/unknown":
			s.platforms = append(s.platforms, e)
			s.subjects[e.Node.Digest] = true
		}
	}
}

// called is a platform, or the image's digest where it says none.
func called(platform *model.Entry) string {
	return cmp.Or(platform.Node.Platform, platform.Node.Digest.Short())
}

// concerns reports whether a node has anything to do with the image: everything has with the one at the root.
func (s *scope) concerns(e *model.Entry) bool {
	for at := e; at != nil; at = s.tree.Entry(at.Node.Parent) {
		if s.whole() || at == s.root || s.subjects[at.Node.Subject] {
			return true
		}
	}
	return s.subjects[e.Node.Digest]
}

// asked reports whether a look-up was for what may be attached to the image, or to what holds it.
func (s *scope) asked(l model.Lookup) bool { return s.whole() || s.subjects[l.Subject] }

// searching is why something may be there that has not been seen yet, and nothing worse.
const searching = "the search has not ended"

// notSeen says why something may be there that was not seen.
func (s *scope) notSeen() string {
	t := s.tree
	if t.Err != nil {
		return t.Err.Error()
	}
	for _, l := range t.Lookups {
		if l.Status.Incomplete() && s.asked(l) {
			return fmt.Sprintf("%s was %s", l.Mechanism, l.Status)
		}
	}
	counts := map[model.Verdict]int{}
	t.Walk(func(e *model.Entry) {
		if s.concerns(e) {
			counts[e.Standing.Verdict]++
		}
	})
	switch n := counts[model.Unavailable]; {
	case n > 0:
		return fmt.Sprintf("%d of what is attached could not be had", n)
	case !t.Found:
		return searching
	case counts[model.Unchecked] > 0:
		return "not everything has been judged yet"
	}
	return ""
}

// nothing is the basis of what nothing says.
func (s *scope) nothing() Basis {
	if s.unseen != "" {
		return Unknown
	}
	return Absent
}

// good reports whether a node is one on which something proven can rest.
func good(e *model.Entry) bool {
	return !e.Verifying && (e.Standing.Verdict == model.Trusted || e.Standing.Verdict == model.Valid)
}

// backed reports whether a node is good, or its bytes are what somebody who is trusted or valid signed the whole of.
func backed(e *model.Entry) bool {
	v := behind(e)
	return !e.Verifying && (v == model.Trusted || v == model.Valid)
}

// behind is a node's standing, or that of what covers it.
func behind(e *model.Entry) model.Verdict {
	if e.Standing.Verdict == model.Covered {
		return e.Standing.Coverage
	}
	return e.Standing.Verdict
}

// worth orders nodes by how much what they say counts; 0 where it counts for nothing.
func worth(e *model.Entry) int {
	switch e.Standing.Verdict {
	case model.Trusted:
		return 7
	case model.Valid:
		return 6
	case model.Covered:
		switch e.Standing.Coverage {
		case model.Trusted:
			return 5
		case model.Valid:
			return 4
		case model.Untrusted, model.Covered, model.Unsigned, model.Invalid, model.Unverifiable, model.Unavailable, model.Unchecked:
		}
		return 2
	case model.Untrusted:
		return 3
	case model.Unsigned, model.Unverifiable:
		return 1
	case model.Invalid, model.Unavailable, model.Unchecked:
	}
	return 0
}

// family is what a node's bytes were signed as. A statement nested in another does not count: programs read the outer.
func family(e *model.Entry) model.Family {
	switch a := e.Attestation; {
	case a == nil:
		return ""
	case a.Statement != nil:
		return model.FamilyOf(a.Statement.PredicateType)
	case a.Document != "" && a.Predicate != nil:
		return a.Predicate.Family()
	}
	return ""
}

// found are the nodes about the image that are of a family and say something, those that count most first.
func (s *scope) found(f model.Family) (out []*model.Entry) {
	for _, e := range s.about {
		if family(e) == f && worth(e) > 0 && e.Attestation.Predicate != nil {
			out = append(out, e)
		}
	}
	s.sort(out)
	return out
}

// sort puts first what counts most: by standing, by level, what is about the image before what is about a platform,
// what was signed later.
func (s *scope) sort(list []*model.Entry) {
	level := func(e *model.Entry) int {
		if l := model.EntrySLSA(e); l != nil {
			return l.Level
		}
		return 0
	}
	whole := func(e *model.Entry) int {
		if e.Node.Subject == s.root.Node.Digest {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b *model.Entry) int {
		return cmp.Or(
			cmp.Compare(worth(b), worth(a)), cmp.Compare(level(b), level(a)), cmp.Compare(whole(b), whole(a)),
			signedAt(b).Compare(signedAt(a)), cmp.Compare(a.Node.ID, b.Node.ID),
		)
	})
}

// decoded is a node's predicate as one kind. plain is false where programs may read its bytes differently.
func decoded[T model.Predicate](e *model.Entry) (p T, plain, ok bool) {
	p, plain, ok = predicate.As[T](e.Attestation.Predicate)
	return p, plain && e.Attestation.Problem == "", ok
}

// place names what a node is about that is not about the image itself, "" otherwise.
func (s *scope) place(e *model.Entry) string {
	for _, p := range s.platforms {
		if e.Node.Subject == p.Node.Digest && e.Node.Subject != s.root.Node.Digest {
			return called(p)
		}
	}
	return ""
}

// without names the platforms that none of the nodes is about; none where one is about the image itself.
func (s *scope) without(list []*model.Entry) (platforms []string) {
	about := map[model.Digest]bool{}
	for _, e := range list {
		about[e.Node.Subject] = true
	}
	if about[s.root.Node.Digest] {
		return nil
	}
	for _, p := range s.platforms {
		if !about[p.Node.Digest] {
			platforms = append(platforms, called(p))
		}
	}
	return platforms
}

// line is one that rests on a node.
func line(section Section, id, text string, basis Basis, e *model.Entry) Line {
	l := Line{Section: section, ID: id, Text: text, Basis: basis}
	if e != nil {
		l.Node, l.Verdict = e.Node.ID, e.Standing.Verdict
	}
	return l
}
