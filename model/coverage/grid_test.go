package coverage

import (
	"errors"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/filter"
)

// flat is a tree by the parent of each of its nodes.
type flat []int32

func (f flat) Parent(at int) int32 { return f[at] }

func (f flat) Branch(at int) bool {
	for _, parent := range f {
		if int(parent) == at {
			return true
		}
	}
	return false
}

func TestWhereANodeStandsInTheGrid(t *testing.T) {
	index := filter.Facts{Node: "index", Kind: model.KindIndex}
	amd64 := filter.Facts{Node: "amd64", Kind: model.KindImage}
	for _, c := range []struct {
		name   string
		node   filter.Facts
		on     int32 // what it hangs on: 0 is the index, 1 a platform, 2 a manifest that is attached to that
		column int   // where it stands, -1 for nowhere
	}{
		{"what names a platform is about that", filter.Facts{Family: model.FamilySBOM, Subject: "amd64"}, 1, 1},
		{"what names the index is about that, wherever it hangs", filter.Facts{Family: model.FamilySBOM, Subject: "index"}, 1, 0},
		{"what names no subject is about what it hangs on", filter.Facts{Family: model.FamilySBOM}, 1, 1},
		{"a layer of what is attached is about what that is attached to", filter.Facts{Family: model.FamilySBOM}, 2, 1},
		{"what is about something attached is about no image", filter.Facts{Family: model.FamilySignature, Subject: "manifest"}, 2, -1},
		{"what is about no predicate has no row", filter.Facts{Kind: model.KindArtifact, Subject: "amd64"}, 1, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			manifest := filter.Facts{Node: "manifest", Family: model.FamilySBOM, Format: model.FormatNone, Subject: "amd64"}
			g := Of([]filter.Facts{index, amd64, manifest, c.node, {Node: "a layer"}}, flat{-1, 0, 1, c.on, 2}, nil)
			got := -1
			for _, r := range g.Rows {
				for column, nodes := range r.Cells {
					for _, at := range nodes {
						if at != 3 {
							t.Errorf("node %d stands in the row %s", at, r.Family)
							continue
						}
						got = column
					}
				}
			}
			if got != c.column || len(g.Columns) != 2 {
				t.Errorf("it stands in column %d of %d, want %d", got, len(g.Columns), c.column)
			}
		})
	}
}

func TestWhyACellIsEmpty(t *testing.T) {
	asked := func(s model.LookupStatus) []model.Lookup {
		return []model.Lookup{{Status: model.LookupNone}, {Status: s}}
	}
	for _, c := range []struct {
		name    string
		tree    model.Tree
		lookups []model.Lookup
		want    Gap
	}{
		{"while something is still coming", model.Tree{}, asked(model.LookupNone), Looking},
		{"where everything was looked at", model.Tree{Found: true}, asked(model.LookupUnsupported), Absent},
		{"where one place denied", model.Tree{Found: true}, asked(model.LookupDenied), Unseen},
		{"where one place was cut short", model.Tree{Found: true}, asked(model.LookupTruncated), Unseen},
		{"where discovery did not finish", model.Tree{Found: true, Err: errors.New("it broke off")}, asked(model.LookupNone), Unseen},
		{"where nobody looked", model.Tree{Found: true}, nil, NotLooked},
	} {
		if got := GapOf(&c.tree, c.lookups); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
