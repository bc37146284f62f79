package packages

import "strings"

// Severity is how grave a vulnerability is said to be.
type Severity uint8

// The severities, the least first. SeverityNone is that of a package without vulnerabilities.
const (
	SeverityNone Severity = iota
	SeverityUnknown
	SeverityNegligible
	SeverityLow
	SeverityMedium
	SeverityHigh
	SeverityCritical
)

// String is the severity's word, "" for SeverityNone.
func (s Severity) String() string {
	switch s {
	case SeverityUnknown:
		return "unknown"
	case SeverityNegligible:
		return "negligible"
	case SeverityLow:
		return "low"
	case SeverityMedium:
		return "medium"
	case SeverityHigh:
		return "high"
	case SeverityCritical:
		return "critical"
	case SeverityNone:
	}
	return ""
}

// ParseSeverity is the severity that a word stands for, in the words of any scanner; SeverityUnknown for any other.
func ParseSeverity(word string) Severity {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "critical":
		return SeverityCritical
	case "high", "important":
		return SeverityHigh
	case "medium", "moderate":
		return SeverityMedium
	case "low":
		return SeverityLow
	case "negligible", "info", "informational", "none":
		return SeverityNegligible
	}
	return SeverityUnknown
}

// Exposure is how a row of a table is affected by vulnerabilities, as far as sorting and filtering ask. Package exposure
// finds it out.
type Exposure struct {
	Worst   Severity // of those that are not excused
	Open    int      // vulnerabilities that no trusted VEX excuses
	Excused int      // vulnerabilities that a trusted VEX excuses
	Claimed int      // of the open ones those for which there is an excuse that does not count
	IDs     []string // of all, with their other names
}

// WithExposures is the table with what vulnerabilities its rows have. A row that is not in the map has none that is
// known.
func (t *Table) WithExposures(exposures map[int32]Exposure) *Table {
	with := *t
	with.exposures = exposures
	t.orders.mu.Lock()
	defer t.orders.mu.Unlock()
	with.orders = &orders{all: t.orders.all}
	with.orders.all[BySeverity] = nil
	return &with
}

// Exposed reports whether it is known what vulnerabilities there are: whether WithExposures made the table.
func (t *Table) Exposed() bool { return t.exposures != nil }

// Exposure is how a row is affected.
func (t *Table) Exposure(row int) Exposure { return t.exposures[int32(row)] }
