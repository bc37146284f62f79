// Package basis brings together what an audit of an image rests on beside the image itself: specification, evidence and
// reviews, from files that the person named, from a checkout, or from the host of the proven source.
//
// It knows where these are and whose word each is. It must not audit: model/audit does.
package basis

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model/audit"
)

// Files name what an audit of a source rests on, beside what is attached to it.
type Files struct {
	Specs, Spec, Evidence string
	ScannerVersion        string
	MaxAge                string // as in 30d or 12h, "" for any
	Reviews               string
	Fetch                 fetchFlags
}

// RegisterGiven adds the flags that name what an audit of SOURCE rests on, beside --specs.
func (f *Files) RegisterGiven(c *cobra.Command) {
	p := c.Flags()
	p.StringVar(&f.Spec, "spec", "", "the spec.yaml that SOURCE was scanned by")
	p.StringVar(&f.Evidence, "evidence", "", "the scan-summary.json whose digest the SCAI of SOURCE names (or the folder it is in)")
	p.StringVar(&f.Reviews, "reviews", "", "reviews of allowed issues that count (YAML file; see docs/audit.md)")
	f.Fetch.register(c)
}

// ParseAge reads a length of time, also in days, which time.ParseDuration does not know. "" is 0: no limit.
func ParseAge(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	age, err := time.ParseDuration(s)
	if days, is := strings.CutSuffix(s, "d"); is {
		var n int
		n, err = strconv.Atoi(days)
		if n > 36500 {
			return 0, fmt.Errorf("%q is longer than a hundred years", s)
		}
		age = time.Duration(n) * 24 * time.Hour
	}
	if err != nil || age <= 0 {
		return 0, fmt.Errorf("%q: want a length of time, as in 30d or 12h", s)
	}
	return age, nil
}

// Given reads the files that flags name. What cannot be read stops the audit: a person who names a file does not
// want an answer without it. The file of reviews need not be there where it is to be written.
func (f *Files) Given(reviewing bool) (audit.Case, error) {
	c := audit.Case{MinScanner: f.ScannerVersion}
	var err error
	if c.MaxAge, err = ParseAge(f.MaxAge); err != nil {
		return c, exit.Usage(fmt.Errorf("--max-age: %w", err))
	}
	if f.Evidence != "" {
		name := f.Evidence
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			name = filepath.Join(name, evidenceFile)
		}
		data, err := userfile.Read(name, audit.MaxSummary)
		if err != nil {
			return c, fmt.Errorf("--evidence: %w", err)
		}
		c.Evidence = &audit.File{Name: name, Bytes: data}
	}
	if f.Spec != "" {
		data, err := userfile.Read(f.Spec, audit.MaxSpec)
		if err != nil {
			return c, fmt.Errorf("--spec: %w", err)
		}
		s, err := audit.ParseSpec(f.Spec, data)
		if err != nil {
			return c, fmt.Errorf("--spec: %w", err)
		}
		c.Spec = &audit.SpecFile{Spec: s, From: f.Spec, Vouched: true, Trust: "it was given by hand: nothing shows that it is the file of the signed commit"}
	}
	c.Reviews, err = f.readReviews(reviewing)
	return c, err
}

// Beside is the scan summary in or beside a source that is a folder or file, nil if there is none. It says nothing unless
// its digest is the signed one.
func Beside(source string) *audit.File {
	for _, prefix := range []string{"oci:", "archive:", "file:"} {
		source = strings.TrimPrefix(source, prefix)
	}
	info, err := os.Stat(source)
	if err != nil {
		return nil
	}
	if !info.IsDir() {
		source = filepath.Dir(source)
	}
	name := filepath.Join(source, evidenceFile)
	data, err := userfile.ReadRegular(name, audit.MaxSummary)
	if err != nil {
		return nil
	}
	return &audit.File{Name: name, Bytes: data}
}

// evidenceFile is what scanners call their summary.
const evidenceFile = "scan-summary.json"

// readReviews reads the file of --reviews. One that is to be written to need not be there yet.
func (f *Files) readReviews(reviewing bool) ([]audit.Review, error) {
	if f.Reviews == "" {
		return nil, nil
	}
	data, err := userfile.Read(f.Reviews, audit.MaxSpec)
	if err != nil && (!reviewing || !errors.Is(err, fs.ErrNotExist)) {
		return nil, fmt.Errorf("--reviews: %w", err)
	}
	list, err := audit.ParseReviews(f.Reviews, data)
	if err != nil {
		return nil, fmt.Errorf("--reviews: %w", err)
	}
	return list, nil
}

// ReviewsIn is what a file of reviews holds, nothing where it is not there yet.
func ReviewsIn(name string) ([]byte, error) {
	data, err := userfile.Read(name, audit.MaxSpec)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}
