package audit

import (
	"cmp"
	"path"
	"slices"

	"github.com/attestree/attestree/model"
)

// Catalogue is what many specifications show by themselves, without any image.
type Catalogue struct {
	Specs     []SpecReport // by path
	Globals   []SpecReport // the lists that hold for every server or skill
	Problems  []Problem    // files that could not be read, by path
	NotJudged []FlagID     // flags that need evidence which specifications do not have
	Partly    []FlagID     // flags that were judged as far as an entry shows them by itself; a scan may show more
}

// partly are flags that a scan may raise as well as a specification.
var partly = []FlagID{DeadAllowance, TooBroad}

// fromSpecs are the flags that a specification can show by itself.
var fromSpecs = []FlagID{
	NoReason, BoilerplateReason, DeadAllowance, TooBroad, ToolScopeIgnored, DuplicateCode, StaleReason, RefDrift,
	InsecureIgnore, MockEnv, GlobalAllowance,
}

// ShownBySpecs reports whether a specification can show by itself that a flag is due.
func (id FlagID) ShownBySpecs() bool { return slices.Contains(fromSpecs, id) }

// JudgeCatalogue flags what specifications and global lists show by themselves.
func JudgeCatalogue(specs []Spec, globals []Spec, problems []Problem) Catalogue {
	across := repeats{}
	for _, s := range specs {
		seen := map[string]bool{}
		for _, a := range s.Allowances {
			if reason := plain(a.Reason); !seen[reason] {
				seen[reason] = true
				across[reason]++
			}
		}
	}
	c := Catalogue{Problems: slices.Clone(problems), Partly: partly}
	for _, s := range specs {
		c.Specs = append(c.Specs, judgeSpec(s, across))
	}
	for _, s := range globals {
		c.Globals = append(c.Globals, judgeSpec(s, across))
	}
	byPath := func(a, b SpecReport) int { return cmp.Compare(a.Spec.Path, b.Spec.Path) }
	slices.SortFunc(c.Specs, byPath)
	slices.SortFunc(c.Globals, byPath)
	slices.SortFunc(c.Problems, func(a, b Problem) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line)) })
	for _, k := range kinds {
		if !k.id.ShownBySpecs() {
			c.NotJudged = append(c.NotJudged, k.id)
		}
	}
	return c
}

// Select keeps the specifications whose name or path matches the pattern (path.Match) and, where flags are given, of
// those only what has one of these flags. Problems stay: what could not be read may be anything. The error is that of a
// malformed pattern.
func (c Catalogue) Select(pattern string, flags []FlagID) (Catalogue, error) {
	out := c
	out.Specs, out.Globals = nil, nil
	for _, r := range c.Specs {
		matches, err := r.Spec.Matches(pattern)
		if err != nil {
			return Catalogue{}, err
		}
		if r, kept := only(r, flags); matches && kept {
			out.Specs = append(out.Specs, r)
		}
	}
	for _, r := range c.Globals {
		if r, kept := only(r, flags); pattern == "" && kept {
			out.Globals = append(out.Globals, r)
		}
	}
	return out, nil
}

// Matches reports whether the specification's name, path or folder matches a pattern (path.Match), of the folder its last
// part too; everything matches "". The error is that of a malformed pattern.
func (s Spec) Matches(pattern string) (bool, error) {
	if pattern == "" {
		return true, nil
	}
	folder := path.Dir(s.Path)
	for _, name := range []string{s.Name, s.Path, folder, path.Base(folder)} {
		if matches, err := path.Match(pattern, name); matches || err != nil {
			return matches, err
		}
	}
	return false, nil
}

// only keeps of a report what has one of the flags; everything where none are given.
func only(r SpecReport, flags []FlagID) (SpecReport, bool) {
	if len(flags) == 0 {
		return r, true
	}
	pick := func(all Flags) (some Flags) {
		for _, f := range all {
			if slices.Contains(flags, f.ID) {
				some = append(some, f)
			}
		}
		return some
	}
	kept := r
	kept.Flags, kept.Entries = pick(r.Flags), nil
	for _, e := range r.Entries {
		if e.Flags = pick(e.Flags); len(e.Flags) > 0 {
			kept.Entries = append(kept.Entries, e)
		}
	}
	return kept, len(kept.Flags) > 0 || len(kept.Entries) > 0
}

// Totals counts what there is.
type Totals struct {
	Specs   int
	Entries int
	Flags   map[FlagID]int // once per entry, or per specification where the flag is about that
}

// Totals counts the catalogue. Entries are those of the specifications; flags are also those of the global lists.
func (c Catalogue) Totals() Totals {
	t := Totals{Specs: len(c.Specs), Flags: map[FlagID]int{}}
	for _, r := range c.Specs {
		t.Entries += len(r.Entries)
	}
	for _, r := range slices.Concat(c.Specs, c.Globals) {
		for _, f := range r.Flags {
			t.Flags[f.ID]++
		}
		for _, e := range r.Entries {
			for _, f := range e.Flags {
				t.Flags[f.ID]++
			}
		}
	}
	return t
}

// Reach reports whether anything is flagged at least that severely.
func (c Catalogue) Reach(s model.Severity) bool {
	return slices.ContainsFunc(slices.Concat(c.Specs, c.Globals), func(r SpecReport) bool { return r.Reach(s) })
}
