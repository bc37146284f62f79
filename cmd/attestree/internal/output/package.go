package output

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/pkg"
)

// PackageText writes a package for a person: its files with what is signed about them, what that proves, what was
// compared, and the answer.
func PackageText(page *Page, t *model.Tree, f Facts) error {
	p := &printer{tree: t, facts: f, styles: page.styles, glyphs: &page.styles.Glyphs}
	p.header()
	if root := t.Root(); root != nil {
		p.line("")
		p.node(root, "", "")
	}
	p.signers.list(p)
	p.ledger()
	page.out.WriteString(p.out.String())
	for _, s := range f.Packages {
		page.Line("")
		page.summary("", s)
		page.Line("")
		page.Line("%s", PackageAnswer(s))
		for _, reason := range s.Reasons {
			page.Line("  %s", Clean(reason))
		}
	}
	return page.Flush()
}

// packages writes what there is to say of the packages inside an image.
func (p *printer) packages() {
	for _, s := range p.facts.Packages {
		if s.Package == nil {
			continue
		}
		page := &Page{styles: p.styles}
		page.Line("")
		page.Line("Inside: %s, %s", Clean(s.Package.PURL), PackageAnswer(s))
		page.summary("  ", s)
		if !s.Satisfied {
			for _, reason := range s.Reasons {
				page.Line("  %s", Clean(reason))
			}
		}
		p.out.WriteString(page.out.String())
	}
}

// summary writes what is known of a package beside its nodes.
func (p *Page) summary(lead string, s pkg.Summary) {
	if s.Package == nil {
		return
	}
	for _, row := range [][2]string{
		{"in the image", s.Chosen}, {"registry", s.Package.Asked}, {"source, by its metadata", s.Package.Repository},
		{"publisher, by the registry", s.Package.Publisher.String()}, {"published by, as proven", strings.Join(s.Publishers, ", ")},
		{"checksum database", s.Package.Checksum},
	} {
		if row[1] != "" {
			p.Line("%s%s: %s", lead, row[0], Clean(row[1]+model.ScriptMark(row[1])))
		}
	}
	for _, sentence := range s.Proves {
		p.Line("%s%s", lead, Clean(sentence))
	}
	if c := s.Package.Claim; c != nil {
		p.compared(lead, Clean(c.From), s.Findings, "spec-")
	}
	if len(s.Package.Listings) > 0 {
		p.compared(lead, "the image", s.Findings, "image-")
	}
}

// compared lists in what a package differs from what something else says of it.
func (p *Page) compared(lead, with string, findings []model.Finding, prefix string) {
	var about []model.Finding
	for _, f := range findings {
		if strings.HasPrefix(f.ID, prefix) {
			about = append(about, f)
		}
	}
	if len(about) == 0 {
		p.Line("%scompared with %s: no difference", lead, with)
		return
	}
	p.Line("%scompared with %s:", lead, with)
	for _, f := range about {
		p.Line("%s  %s %s", lead, p.Mark(f.Severity), Clean(f.Message))
	}
}

// PackageAnswer is the answer about a package in a line.
func PackageAnswer(s pkg.Summary) string {
	answer := "not verified"
	switch {
	case s.Satisfied:
		answer = "verified"
	case s.Incomplete:
		answer = "not known"
	case s.Verified:
		answer = "verified, but not as was asked for"
	}
	return fmt.Sprintf("package: %s (coverage: %s)", answer, s.Coverage)
}
