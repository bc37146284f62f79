package exposure

import (
	"context"
	"slices"
	"strings"

	"github.com/attestree/attestree/model/packages"
)

// Joined is what the packages of a table have, by all documents together. It does not change once it is made.
type Joined struct {
	Sources   []Evidence
	Truncated bool // there is more in a document, or of one package, than was read

	rows    map[int32][]Vulnerability
	outside []Vulnerability
}

// Of is the vulnerabilities of a row of the table, the gravest that is not excused first.
func (j *Joined) Of(row int) []Vulnerability { return j.rows[int32(row)] }

// Outside is what was found in no package of the table: in packages that no SBOM here lists, or in the image as such.
func (j *Joined) Outside() []Vulnerability { return j.outside }

// Exposures is what packages.Table.WithExposures wants to know.
func (j *Joined) Exposures() map[int32]packages.Exposure {
	out := make(map[int32]packages.Exposure, len(j.rows))
	for row, list := range j.rows {
		var e packages.Exposure
		for _, v := range list {
			e.IDs = append(append(e.IDs, v.ID), v.Aliases...)
			if v.Excused {
				e.Excused++
				continue
			}
			e.Open++
			e.Worst = max(e.Worst, v.Severity)
			if slices.ContainsFunc(v.Claims, func(c Claim) bool { return c.Status.Excuses() }) {
				e.Claimed++
			}
		}
		out[row] = e
	}
	return out
}

// maxPerRow is how many vulnerabilities of one package are kept; the kernel has a few thousand.
const maxPerRow = 10_000

// Join finds for every row of a table what reports say of it. Reports and SBOMs must be of the same image. The error is
// the context's.
func Join(ctx context.Context, t *packages.Table, image Image, reports []*Report) (*Joined, error) {
	if len(reports) == 0 {
		return &Joined{}, ctx.Err()
	}
	j := &joiner{
		table: t, finder: t.Finder(), image: image, claims: map[string][]claimRef{}, numbers: map[place]int{},
		inRows: map[string]bool{}, affected: map[*claim]map[int32]string{}, out: &Joined{rows: map[int32][]Vulnerability{}},
	}
	for n, r := range reports {
		j.out.Sources = append(j.out.Sources, r.Evidence)
		j.out.Truncated = j.out.Truncated || r.Truncated
		for i := range r.claims {
			for _, id := range r.claims[i].ids {
				j.claims[fold(id)] = append(j.claims[fold(id)], claimRef{n, &r.claims[i]})
			}
		}
	}
	for n, r := range reports {
		for i := range r.found {
			if i%1024 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			j.take(n, r.Evidence.Node, &r.found[i])
		}
	}
	for n, r := range reports {
		j.assert(n, r)
	}
	if err := j.settle(ctx); err != nil {
		return nil, err
	}
	return j.out, nil
}

// joiner is one run of Join.
type joiner struct {
	table    *packages.Table
	finder   *packages.Finder
	image    Image
	claims   map[string][]claimRef       // by vulnerability
	numbers  map[place]int               // which of its vulnerabilities a row has under a name
	affected map[*claim]map[int32]string // see named
	inRows   map[string]bool             // vulnerabilities that some row has
	out      *Joined
}

// claimRef is a statement with the number of its source.
type claimRef struct {
	source int
	claim  *claim
}

// place is a row, or what is in none, and a vulnerability.
type place struct {
	row    int32 // -1 for what is in no row
	target string
	id     string
}

// fold is the name of a vulnerability as names are compared.
func fold(id string) string { return strings.ToUpper(strings.TrimSpace(id)) }

// take files a vulnerability under the rows that have it.
func (j *joiner) take(source int, node string, f *found) {
	rows, match := j.locate(node, f)
	s := Sighting{Source: source, ID: f.ids0(), Severity: f.severity, Match: match}
	for _, row := range rows {
		j.add(row, "", f, s)
	}
	if len(rows) == 0 {
		j.add(-1, f.target(), f, s)
	}
}

// add adds a sighting to a vulnerability of a row, which may have it under another name already.
func (j *joiner) add(row int32, target string, f *found, s Sighting) {
	list := j.out.outside
	if row >= 0 {
		list = j.out.rows[row]
	}
	n, known := len(list), false
	for _, id := range f.ids {
		if at, there := j.numbers[place{row, target, fold(id)}]; there {
			n, known = at, true
			break
		}
	}
	if !known {
		if row >= 0 && n >= maxPerRow || n >= maxFound {
			j.out.Truncated = true
			return
		}
		list = append(list, Vulnerability{ID: f.ids0(), Target: target})
	}
	v := &list[n]
	for _, id := range f.ids {
		if at := (place{row, target, fold(id)}); len(v.Aliases) < maxWords {
			if _, there := j.numbers[at]; !there && fold(id) != fold(v.ID) {
				v.Aliases = append(v.Aliases, id)
			}
			j.numbers[at] = n
			j.inRows[at.id] = j.inRows[at.id] || row >= 0
		}
	}
	v.Severity = max(v.Severity, f.severity)
	v.Title, v.FixedIn = either(v.Title, f.title), either(v.FixedIn, f.fixedIn)
	s.ids = f.ids
	v.sighted(s)
	if row >= 0 {
		j.out.rows[row] = list
	} else {
		j.out.outside = list
	}
}

// sighted adds a sighting, unless it says no more than another one.
func (v *Vulnerability) sighted(s Sighting) {
	if slices.ContainsFunc(v.Sightings, func(o Sighting) bool {
		return o.Source == s.Source && o.ID == s.ID && o.Severity == s.Severity && o.Match == s.Match && slices.Equal(o.ids, s.ids)
	}) {
		return
	}
	if len(v.Sightings) >= maxWords {
		v.unseen = true
		return
	}
	v.Sightings = append(v.Sightings, s)
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
