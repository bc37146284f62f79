package command

import (
	"time"

	"github.com/attestree/attestree/verifier/trust"
)

// rootsDocument is the JSON of "trust roots".
type rootsDocument struct {
	SchemaVersion string         `json:"schemaVersion"`
	Tool          string         `json:"tool"`
	ListedAt      time.Time      `json:"listedAt"`
	Roots         []rootDocument `json:"roots"`
	Notes         []string       `json:"notes"`
}

type rootDocument struct {
	Name     string           `json:"name"`
	Source   string           `json:"source"` // as in a report
	Date     string           `json:"date"`
	AgeDays  *int             `json:"ageDays"` // null where the date is not known
	SHA256   string           `json:"sha256"`
	Update   *updateDocument  `json:"update"` // null where none was made
	Requires []string         `json:"requires"`
	Members  []memberDocument `json:"members"`
}

type updateDocument struct {
	Mirror      string    `json:"mirror"`
	FetchedAt   time.Time `json:"fetchedAt"`
	ExpiresAt   time.Time `json:"expiresAt"`
	Version     int64     `json:"version"`
	RootVersion int64     `json:"rootVersion"`
}

type memberDocument struct {
	Kind      trust.MemberKind `json:"kind"`
	Name      string           `json:"name"`
	Title     string           `json:"title"`
	ID        string           `json:"id"`
	NotBefore *time.Time       `json:"notBefore"` // null if open
	NotAfter  *time.Time       `json:"notAfter"`
}

func (a *app) rootsDocument(roots []rootInUse, notes []string) rootsDocument {
	d := rootsDocument{
		SchemaVersion: "1", Tool: "attestree " + a.version, ListedAt: a.Now().UTC().Truncate(time.Second),
		Roots: []rootDocument{}, Notes: append([]string{}, notes...),
	}
	for _, r := range roots {
		d.Roots = append(d.Roots, newRootDocument(r, a.Now()))
	}
	return d
}

func newRootDocument(r rootInUse, now time.Time) rootDocument {
	d := rootDocument{
		Name: r.Info.Name, Source: r.Info.Source, Date: r.Info.Date, SHA256: r.Info.SHA256,
		Requires: requirements(r.Requires), Members: []memberDocument{},
	}
	if age, ok := days(now, date(r.Info.Date)); ok {
		d.AgeDays = &age
	}
	if k := r.kept; k != nil {
		d.Update = &updateDocument{
			Mirror: k.Mirror, FetchedAt: k.FetchedAt, ExpiresAt: k.Expires, Version: k.Version, RootVersion: k.RootVersion,
		}
	}
	for _, m := range r.Members() {
		d.Members = append(d.Members, newMemberDocument(m))
	}
	return d
}

func newMemberDocument(m trust.Member) memberDocument {
	d := memberDocument{Kind: m.Kind, Name: m.Name, Title: m.Title, ID: m.ID}
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
