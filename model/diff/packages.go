package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model/packages"
)

// PackageReport is what is different in the packages of two images.
type PackageReport struct {
	Before, After int // how many there are, whatever their versions
	Same          int // how many are on both sides in the same versions
	// Changes are in the order: downgraded, removed, added, upgraded, other licence; each by name.
	Changes []PackageChange
}

// PackageWay is how a package changed.
type PackageWay string

// The ways, in the order in which they are shown. They are part of the JSON contract.
const (
	Downgraded PackageWay = "downgraded"
	Removed    PackageWay = "removed"
	Added      PackageWay = "added"
	Upgraded   PackageWay = "upgraded"
	Reversed   PackageWay = "changed" // another version, of which nobody can say whether it is later
	Relicensed PackageWay = "relicensed"
)

// PackageWays lists the ways in their order.
var PackageWays = []PackageWay{Downgraded, Removed, Added, Upgraded, Reversed, Relicensed}

// PackageChange is one package that is different.
type PackageChange struct {
	Way    PackageWay
	Name   string
	Type   string
	PURL   string // of the later side, else of the earlier; "" where it has none
	Before string // versions, or licences where it was relicensed
	After  string
}

// Of is the changes of one way.
func (r *PackageReport) Of(way PackageWay) []PackageChange {
	var out []PackageChange
	for _, c := range r.Changes {
		if c.Way == way {
			out = append(out, c)
		}
	}
	return out
}

// product is one package in all its versions on one side.
type product struct {
	name, kind, purl string
	versions         []string
	licences         []string // of the versions
}

// comparePackages says which packages are different. Packages are the same by their package URL without version and
// qualifiers, else by type and name.
func comparePackages(before, after *packages.Table) *PackageReport {
	left, right := products(before), products(after)
	r := &PackageReport{Before: len(left), After: len(right)}
	for key, a := range left {
		if b := right[key]; b != nil {
			r.versions(a, b)
			continue
		}
		r.one(Removed, a)
	}
	for key, b := range right {
		if left[key] == nil {
			r.one(Added, b)
		}
	}
	slices.SortFunc(r.Changes, func(a, b PackageChange) int {
		return cmp.Or(cmp.Compare(slices.Index(PackageWays, a.Way), slices.Index(PackageWays, b.Way)),
			strings.Compare(a.Name, b.Name), strings.Compare(a.PURL, b.PURL), strings.Compare(a.Before, b.Before), strings.Compare(a.After, b.After))
	})
	return r
}

func products(t *packages.Table) map[string]*product {
	out := make(map[string]*product, t.Len())
	for row := range t.Len() {
		p := t.Row(row)
		key, purl := p.Type+"\x00"+p.Name, p.PURL
		if parsed, ok := packages.ParsePURL(p.PURL); ok {
			key = parsed.Package + "#" + parsed.Subpath
		}
		is := out[key]
		if is == nil {
			is = &product{name: p.Name, kind: p.Type, purl: purl}
			out[key] = is
		}
		if !slices.Contains(is.versions, p.Version) {
			is.versions, is.licences = append(is.versions, p.Version), append(is.licences, p.Licence)
		}
	}
	return out
}

func (r *PackageReport) one(way PackageWay, p *product) {
	c := PackageChange{Way: way, Name: p.name, Type: p.kind, PURL: p.purl}
	if versions := strings.Join(p.versions, ", "); way == Removed {
		c.Before = versions
	} else {
		c.After = versions
	}
	r.Changes = append(r.Changes, c)
}

// versions compares a package that is on both sides. Where exactly one version was replaced by another it is up- or
// downgraded; any further version came or went.
func (r *PackageReport) versions(a, b *product) {
	c := PackageChange{Name: b.name, Type: b.kind, PURL: b.purl}
	gone, come := without(a.versions, b.versions), without(b.versions, a.versions)
	switch {
	case len(gone) == 0 && len(come) == 0:
		r.Same++
	case len(gone) == 0:
		c.Way, c.After = Added, strings.Join(come, ", ")
	case len(come) == 0:
		c.Way, c.Before = Removed, strings.Join(gone, ", ")
	default:
		c.Way, c.Before, c.After = direction(gone, come), strings.Join(gone, ", "), strings.Join(come, ", ")
	}
	if c.Way != "" {
		r.Changes = append(r.Changes, c)
	}
	if was, is := a.licence(), b.licence(); was != is && was != "" && is != "" {
		r.Changes = append(r.Changes, PackageChange{Way: Relicensed, Name: b.name, Type: b.kind, PURL: b.purl, Before: was, After: is})
	}
}

func without(list, other []string) (rest []string) {
	for _, v := range list {
		if !slices.Contains(other, v) {
			rest = append(rest, v)
		}
	}
	return rest
}

// direction compares the highest of each.
func direction(gone, come []string) PackageWay {
	switch c := compareVersions(slices.MaxFunc(gone, compareVersions), slices.MaxFunc(come, compareVersions)); {
	case slices.Contains(gone, "") || slices.Contains(come, ""), c == 0:
		return Reversed
	case c < 0:
		return Upgraded
	}
	return Downgraded
}

// licence is all licences of a package in a fixed order.
func (p *product) licence() string {
	if len(p.licences) == 1 {
		return p.licences[0]
	}
	all := slices.Clone(p.licences)
	slices.Sort(all)
	return strings.Join(slices.Compact(all), ", ")
}
