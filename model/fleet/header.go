package fleet

import "fmt"

// Header is the first line of a report: what it is of, and by what it was made.
type Header struct {
	SchemaVersion string   `json:"schemaVersion"` // "1"
	Tool          string   `json:"tool"`          // "attestree 0.1.0"
	StartedAt     string   `json:"startedAt"`     // RFC 3339
	Source        string   `json:"source"`        // as the person named it
	Images        int      `json:"images"`        // in the whole list, of all shards together
	List          string   `json:"list"`          // SHA-256 in hex of the whole list's references
	Shard         Shard    `json:"shard"`
	Columns       []string `json:"columns"`
	Judging       Judging  `json:"judging"`
	Notes         []string `json:"notes"`
	// Problems are parts of the list that could not be read, or that run an image which they do not name, so that images may
	// be missing.
	Problems []string `json:"problems"`
}

// Shard is a part of a list: the references whose place in it leaves Index when divided by Count. The zero value is the
// whole.
type Shard struct {
	Index int `json:"index"` // from 0
	Count int `json:"count"` // 0 and 1 are the whole
}

// Holds reports whether the reference at a place of the list belongs to the shard.
func (s Shard) Holds(place int) bool { return s.Count < 2 || place%s.Count == s.Index }

// Size is how many references of a list belong to the shard.
func (s Shard) Size(images int) int {
	if s.Count < 2 {
		return images
	}
	return (images - s.Index + s.Count - 1) / s.Count
}

// String is "2/10", counted from 1; "" for the whole.
func (s Shard) String() string {
	if s.Count < 2 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Index+1, s.Count)
}

// Judging is what verdicts rest on, as hashes (SHA-256 in hex). Reports that differ in it cannot be read as one.
type Judging struct {
	Policy  PolicyFile `json:"policy"`
	Signers string     `json:"signers"` // whom the run trusts
	Roots   []Root     `json:"roots"`
	Options string     `json:"options"` // everything else that verdicts depend on
}

// PolicyFile is the policy that decides; without a path it is the default one.
type PolicyFile struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// Root is a trusted root.
type Root struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Differs says in a few words what keeps two reports from being read as one, "" if nothing does. Where files lie differs
// from machine to machine and does not matter; what they hold does.
func (h Header) Differs(other Header) string {
	switch {
	case h.SchemaVersion != other.SchemaVersion:
		return "versions of the report's form"
	case h.Tool != other.Tool:
		return fmt.Sprintf("versions (%s and %s)", h.Tool, other.Tool)
	case h.Judging.Policy.SHA256 != other.Judging.Policy.SHA256:
		return "policies"
	case h.Judging.Signers != other.Judging.Signers:
		return "trusted signers"
	case !sameRoots(h.Judging.Roots, other.Judging.Roots):
		return "trusted roots"
	case h.Judging.Options != other.Judging.Options:
		return "options"
	}
	return ""
}

func sameRoots(a, b []Root) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].SHA256 != b[i].SHA256 {
			return false
		}
	}
	return true
}

// Footer is the last line of a report that was finished.
type Footer struct {
	Complete   bool         `json:"complete"` // every image of the list or shard has a row, and the list has no problems
	Summary    Summary      `json:"summary"`
	Copies     []Difference `json:"copies"`  // digests whose copies differ
	Removed    []string     `json:"removed"` // references that only the earlier report has
	FinishedAt string       `json:"finishedAt"`
	// Lines is the SHA-256 in hex of the lines of all images, as they were written. It tells what was changed afterwards by
	// mistake or in haste, and not what somebody took care to change.
	Lines string `json:"lines"`
}
