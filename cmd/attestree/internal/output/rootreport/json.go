package rootreport

import (
	"io"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/verifier/trust"
)

// document is the JSON of "trust roots".
type document struct {
	SchemaVersion string    `json:"schemaVersion"`
	Tool          string    `json:"tool"`
	ListedAt      time.Time `json:"listedAt"`
	Roots         []root    `json:"roots"`
	Notes         []string  `json:"notes"`
}

type root struct {
	Name     string   `json:"name"`
	Source   string   `json:"source"` // as in a report
	Date     string   `json:"date"`
	AgeDays  *int     `json:"ageDays"` // null where the date is not known
	SHA256   string   `json:"sha256"`
	Update   *update  `json:"update"` // null where none was made
	Requires []string `json:"requires"`
	Members  []member `json:"members"`
}

type update struct {
	Mirror      string    `json:"mirror"`
	FetchedAt   time.Time `json:"fetchedAt"`
	ExpiresAt   time.Time `json:"expiresAt"`
	Version     int64     `json:"version"`
	RootVersion int64     `json:"rootVersion"`
}

type member struct {
	Kind      trust.MemberKind `json:"kind"`
	Name      string           `json:"name"`
	Title     string           `json:"title"`
	ID        string           `json:"id"`
	NotBefore *time.Time       `json:"notBefore"` // null if open
	NotAfter  *time.Time       `json:"notAfter"`
}

// JSON writes the roots as docs/json.md says, as they stand now.
func JSON(w io.Writer, tool string, roots []InUse, notes []string, now time.Time) error {
	d := document{
		SchemaVersion: "1", Tool: tool, ListedAt: now.UTC().Truncate(time.Second),
		Roots: []root{}, Notes: append([]string{}, notes...),
	}
	for _, r := range roots {
		d.Roots = append(d.Roots, newRoot(r, now))
	}
	return output.Encode(w, d)
}

func newRoot(r InUse, now time.Time) root {
	d := root{
		Name: r.Info.Name, Source: r.Info.Source, Date: r.Info.Date, SHA256: r.Info.SHA256,
		Requires: requirements(r.Requires), Members: []member{},
	}
	if age, ok := days(now, date(r.Info.Date)); ok {
		d.AgeDays = &age
	}
	if k := r.Kept; k != nil {
		d.Update = &update{
			Mirror: k.Mirror, FetchedAt: k.FetchedAt, ExpiresAt: k.Expires, Version: k.Version, RootVersion: k.RootVersion,
		}
	}
	for _, m := range r.Members() {
		d.Members = append(d.Members, newMember(m))
	}
	return d
}

func newMember(m trust.Member) member {
	d := member{Kind: m.Kind, Name: m.Name, Title: m.Title, ID: m.ID}
	if !m.From.IsZero() {
		d.NotBefore = &m.From
	}
	if !m.Until.IsZero() {
		d.NotAfter = &m.Until
	}
	return d
}

// requirements are the checks that a certificate signature has to pass under a root besides those that all have to.
func requirements(r trust.Requirements) []string {
	all := []string{"timestamp"}
	if r.SCT {
		all = append(all, "sct")
	}
	if r.Log {
		all = append(all, "log")
	}
	return all
}

// date reads a day; zero if there is none.
func date(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{}
	}
	return t
}
