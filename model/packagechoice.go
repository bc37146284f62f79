package model

// ChooserKind is what says which package an image wraps.
type ChooserKind string

// The kinds. Values may be added, never changed.
const (
	ChosenByReader ChooserKind = "reader"    // a flag, or a specification that the reader named
	ChosenBySpec   ChooserKind = "spec.yaml" // attached to the image
	ChosenBySBOM   ChooserKind = "sbom"      // the root of an SBOM of the image
)

// Choice is why a package is taken for the one inside an image. That is worth as much as whoever says so.
type Choice struct {
	By     ChooserKind
	Node   string  // the document that says so, "" where it is the reader
	Rivals []Rival // documents of the image that name another package, or another version
}

// Rival is a document that names another package than the one that was chosen.
type Rival struct {
	By   ChooserKind
	Node string
	PURL string // as the document writes it
}

// Vouched reports whether whoever chose the package is to be believed: the reader, or a document that is trusted, or that
// lies inside of what is trusted. A package that was asked about by itself was chosen by the reader.
func (t *Tree) Vouched(p *Package) bool {
	if p.Choice == nil || p.Choice.By == ChosenByReader {
		return true
	}
	e := t.entries[p.Choice.Node]
	return e != nil && trustedOrInside(e.Standing)
}

func trustedOrInside(s Standing) bool {
	return s.Verdict == Trusted || s.Verdict == Covered && s.Coverage == Trusted
}

// ChosenBy says on whose word a package is taken for the one inside, in a few words: "named by an SBOM (sha256:…), which is
// unsigned". It is "" for a package that was asked about by itself, and may hold attested text.
func (t *Tree) ChosenBy(p *Package) string {
	switch {
	case p.Choice == nil:
		return ""
	case p.Choice.By == ChosenByReader:
		return "named by you"
	}
	e := t.entries[p.Choice.Node]
	if e == nil {
		return "named by " + p.Choice.document()
	}
	return "named by " + p.Choice.document() + " (" + e.Node.Digest.Short() + "), which is " + e.Standing.words()
}

func (c Choice) document() string {
	if c.By == ChosenBySpec {
		return "the attached spec.yaml"
	}
	return "the root of an SBOM"
}

// words are a standing in a few words.
func (s Standing) words() string {
	if s.Verdict == Covered {
		return "covered, and " + s.Coverage.String()
	}
	return s.Verdict.String()
}

// choiceFindings say on whose word a package is taken for the one inside, where that is nobody's, and who says otherwise.
func (t *Tree) choiceFindings(p *Package, add adder) {
	c := p.Choice
	if c == nil {
		return
	}
	if !t.Vouched(p) {
		if e := t.entries[c.Node]; e != nil && unvouched(e.Standing) {
			add("package-unvouched", SeverityWarning,
				"it was %s: whoever may push to the repository can have attached that; --package=%s asks for it by name", t.ChosenBy(p), p.PURL)
		}
	}
	for _, r := range c.Rivals {
		e := t.entries[r.Node]
		if e == nil || !readable(e.Standing.Verdict) {
			continue
		}
		severity := SeverityInfo // anybody who may push can have attached it
		if counts(e.Standing.Verdict) {
			severity = SeverityWarning
		}
		if t.outvoted(c, r) {
			add("package-disputed", SeverityError,
				"%s, which is %s by whom you trust now, names %s instead, and counts more than what was followed: open the image again to look at that package",
				naming(e), e.Standing.words(), r.PURL)
			continue
		}
		add("package-disputed", severity, "%s, which is %s, names %s instead, and was not followed", naming(e), e.Standing.words(), r.PURL)
	}
}

// outvoted reports whether a rival counts more than the document that was followed. When the package was chosen it did not:
// the reader trusts others since.
func (t *Tree) outvoted(c *Choice, r Rival) bool {
	followed, rival := t.entries[c.Node], t.entries[r.Node]
	if c.By == ChosenByReader || followed == nil || rival == nil {
		return false
	}
	was, is := followed.Standing.Weight(), rival.Standing.Weight()
	return is > was || is == was && is > 0 && (c.By != ChosenBySpec || r.By == ChosenBySpec)
}

// Weight is how much the word of a document counts that has this standing: 0 for what is wrong or could not be had.
func (s Standing) Weight() int {
	switch s.Verdict {
	case Trusted:
		return 5
	case Covered:
		if s.Coverage == Trusted {
			return 4
		}
		return 2
	case Valid:
		return 3
	case Untrusted:
		return 2
	case Unsigned, Unverifiable, Unchecked: // unchecked where nobody judges at all
		return 1
	case Invalid, Unavailable:
	}
	return 0
}

// unvouched reports whether nobody who can be named stands behind a document.
func unvouched(s Standing) bool {
	switch s.Verdict {
	case Unsigned, Unverifiable, Invalid, Unavailable:
		return true
	case Trusted, Valid, Untrusted, Covered, Unchecked:
	}
	return false
}
