package card

import (
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

func (s *scope) guarantees() []Guarantee {
	return []Guarantee{
		s.sourceIntegrity(), s.transparency(), s.security(), s.containerScan(), s.dependencies(), s.repudiation(), s.monitoring(),
	}
}

// rest puts a guarantee on the evidence of a node.
func (g *Guarantee) rest(support Support, e *model.Entry, text string) {
	g.Support, g.Text, g.Nodes, g.Verdict = support, text, []string{e.Node.ID}, behind(e)
	if behind(e) == model.Valid && (support == Held || support == Partly) {
		g.Text += "; you have not said whom you trust"
	}
}

// also adds a node that the evidence rests on.
func (g *Guarantee) also(e *model.Entry) {
	if !slices.Contains(g.Nodes, e.Node.ID) {
		g.Nodes = append(g.Nodes, e.Node.ID)
	}
}

// none is a guarantee that nothing found carries.
func (s *scope) none(g Guarantee) Guarantee {
	g.Support, g.Text = NoEvidence, "no attestation carries this"
	if s.unseen != "" {
		g.Support, g.Text = NotKnown, "no attestation that was found carries this, and not everything could be looked at: "+s.unseen
	}
	return g
}

// at names the platform that a node of some is about, to stand before what it says, and counts the others.
func (s *scope) at(e *model.Entry, all []*model.Entry) string {
	p := s.place(e)
	switch {
	case p == "" && e.Node.Subject != s.root.Node.Digest:
		return "of the whole index: "
	case p == "":
		return ""
	}
	others := map[model.Digest]bool{}
	for _, other := range all {
		if other.Node.Subject != e.Node.Subject {
			others[other.Node.Subject] = true
		}
	}
	if n := len(others); n > 0 {
		return p + " and " + number(n, "other platform") + ": "
	}
	return p + ": "
}

// sourceIntegrity is held by a provenance that proves repository and commit, and contradicted where what counts names
// another source than the one that is proven.
func (s *scope) sourceIntegrity() Guarantee {
	g := Guarantee{ID: SourceIntegrity, Check: "the commit in the source repository, and a build of your own from it"}
	e, _ := s.provenance()
	if other, f := s.otherSource(); other != nil {
		g.rest(Contradicted, other, f.Message)
		if e != nil {
			g.also(e)
		}
		return g
	}
	if e == nil {
		return s.none(g)
	}
	switch l := s.origin(); l.Basis {
	case Proven:
		g.rest(Held, e, l.Text)
		if lack := s.proofless(); len(lack) > 0 {
			g.rest(Partly, e, l.Text+"; not proven for "+strings.Join(lack, ", "))
		}
	case Claimed:
		g.rest(ClaimedOnly, s.tree.Entry(l.Node), l.Text+": "+l.Note)
	case Checked, Absent, Unknown:
		g.rest(NoEvidence, e, "a provenance is there, and names no source")
	}
	return g
}

// proofless are the platforms of which no provenance proves the source.
func (s *scope) proofless() []string {
	var proven []*model.Entry
	for _, e := range s.found(model.FamilyProvenance) {
		if p := proof(e); p["Source"] != "" && p["Commit"] != "" {
			proven = append(proven, e)
		}
	}
	return s.without(proven)
}

// otherSource is a node of the image's makers that names another source or commit than the certificates prove.
func (s *scope) otherSource() (*model.Entry, model.Finding) {
	ids := []string{"predicate-certificate-mismatch", "source-mismatch", "commit-mismatch"}
	for _, e := range append(append([]*model.Entry{s.root}, s.platforms...), s.found(model.FamilyProvenance)...) {
		if v := e.Standing.Verdict; v != model.Trusted && v != model.Valid && v != model.Covered {
			continue
		}
		for _, f := range e.Cross {
			if slices.Contains(ids, f.ID) {
				return e, f
			}
		}
	}
	return nil, model.Finding{}
}

// transparency is held by provenance that is signed, for the image or for every platform of it.
func (s *scope) transparency() Guarantee {
	g := Guarantee{ID: BuildTransparency, Check: "builder, source and run of the provenance, and the run's own page"}
	all := s.found(model.FamilyProvenance)
	if len(all) == 0 {
		return s.none(g)
	}
	var firm []*model.Entry
	said := slices.DeleteFunc(slices.Clone(all), hollow)
	if len(said) == 0 {
		g.rest(Contradicted, all[0], s.at(all[0], all)+"the provenance says nothing of the build")
		return g
	}
	all = said
	for _, e := range all {
		if _, plain, ok := decoded[predicate.Provenance](e); ok && plain && good(e) && e.Attestation.Nested == nil {
			firm = append(firm, e)
		}
	}
	best := all[0]
	if len(firm) > 0 {
		best = s.lowest(firm)
	}
	title := best.Attestation.Predicate.Title()
	if level := model.EntrySLSA(best).Title(); level != "" {
		title += ", " + level
	}
	s.stands(&g, best, all, firm, title, "is signed")
	if lack := s.without(all); len(firm) == 0 && len(lack) > 0 {
		g.Text += "; none at all for " + strings.Join(lack, ", ")
	}
	return g
}

// hollow reports whether a provenance names neither builder, nor kind of build, nor source, nor run: what is left of any
// document that was attested as one.
func hollow(e *model.Entry) bool {
	p, _, ok := decoded[predicate.Provenance](e)
	return ok && p.BuilderID == "" && p.BuildType == "" && p.Repository == "" && p.Invocation == ""
}

// lowest is, of the provenances that count most, the one of the whole image, or else of the platform that reaches the least:
// what is said of several must be true of each.
func (s *scope) lowest(list []*model.Entry) *model.Entry {
	level := func(e *model.Entry) int {
		switch l := model.EntrySLSA(e); {
		case e.Node.Subject == s.root.Node.Digest:
			return -1
		case l != nil:
			return l.Level
		}
		return 0
	}
	return slices.MinFunc(firsts(list), func(a, b *model.Entry) int { return level(a) - level(b) })
}

// stands puts a guarantee on the best node of all that carry it: held where firm ones are about everything, partly where
// they are about some platforms. does says of what is missing what a firm one does.
func (s *scope) stands(g *Guarantee, best *model.Entry, all, firm []*model.Entry, title, does string) {
	switch missing := s.without(firm); {
	case len(firm) == 0:
		g.rest(ClaimedOnly, best, s.at(best, all)+title+": "+why(best))
	case len(missing) > 0:
		g.rest(Partly, best, s.at(best, firm)+title+"; none that "+does+" for "+strings.Join(missing, ", "))
	default:
		g.rest(Held, best, s.at(best, firm)+title)
	}
}

// dependencies is held by an SBOM that lists packages and is signed, or inside what is signed. Whether it is complete
// cannot be seen from it.
func (s *scope) dependencies() Guarantee {
	g := Guarantee{ID: DependencyTracking, Check: "syft IMAGE: a list of your own to compare with"}
	all := s.found(model.FamilySBOM)
	if len(all) == 0 {
		return s.none(g)
	}
	var lists, firm []*model.Entry
	for _, e := range all {
		list, plain, ok := decoded[predicate.SBOM](e)
		if !ok || list.Packages == 0 {
			continue
		}
		lists = append(lists, e)
		if plain && backed(e) {
			firm = append(firm, e)
		}
	}
	if len(lists) == 0 {
		g.rest(Contradicted, all[0], s.at(all[0], all)+"the SBOM lists no package")
		g.Check = "packages, or components, in the payload"
		return g
	}
	best := lists[0]
	if len(firm) > 0 {
		best = firm[0]
	}
	title := best.Attestation.Predicate.Title()
	if best.Standing.Verdict == model.Covered {
		title += ", unchanged since the image was signed"
	}
	s.stands(&g, best, all, firm, title, "counts")
	for _, e := range firm {
		g.also(e)
	}
	return g
}

// repudiation is held by a signature, or signed provenance, of the image itself.
func (s *scope) repudiation() Guarantee {
	g := Guarantee{ID: NonRepudiation, Check: "attestree verify IMAGE --certificate-identity … --certificate-oidc-issuer …, or --key"}
	voices, whole := s.voices(), ""
	if e := s.coverer(); len(voices) == 0 && e != nil {
		voices, whole = []*model.Entry{e}, "the index that holds it is "
	}
	if len(voices) == 0 {
		if s.root.Standing.Verdict == model.Invalid {
			g.rest(Contradicted, s.root, s.root.Standing.Reason)
			return g
		}
		return s.none(g)
	}
	best := voices[0]
	who := voucher(best).Text
	if !good(best) {
		g.rest(ClaimedOnly, best, fmt.Sprintf("%ssigned by %s, which is %s", whole, who, best.Standing.Verdict))
		return g
	}
	text := whole + "signed by " + who
	for _, l := range best.Report.Log {
		if l.Verified {
			text += ", in a transparency log"
			break
		}
	}
	g.rest(Held, best, text)
	for _, e := range voices {
		if good(e) {
			g.also(e)
		}
	}
	return g
}
