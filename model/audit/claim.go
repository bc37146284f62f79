package audit

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// Claim is what one attribute of an SCAI predicate says of a scan (in-toto attestation spec, predicates/scai.md, with
// the conditions that Dockyard writes). Nothing in it is established by itself.
type Claim struct {
	Attribute string
	Skill     bool
	Status    string // "PASSED", "WARNING", "FAILED"; "" for an attribute that is no scan
	Target    string
	// TargetDigest is of what the attribute is about, "" where that is not said: the subject then.
	TargetDigest model.Digest

	Scanner, ScannerVersion, ScannerURI string
	Analyzers                           []string
	Tools                               int // scanned; -1 where it is not said
	Findings                            int // of a skill; -1 where it is not said
	Blocking, Allowed                   int // -1 where it is not said
	ScanDate                            string
	ConfigFile                          string // path of spec.yaml in the producer's repository
	SourceRepository                    string // copied from the specification, unverified
	RunID                               string
	Conditions                          []model.Field // all of them as written

	EvidenceName, EvidenceURI string
	EvidenceDigest            model.Digest // "" where no SHA-256 is named

	Producer, ProducerURI, ProducerCommit string
}

// Name is what the attribute says in a person's words: "MCP scan PASSED"; of what is no scan the attribute itself.
func (c Claim) Name() string {
	switch {
	case c.Status != "" && c.Skill:
		return "skill scan " + c.Status
	case c.Status != "":
		return "MCP scan " + c.Status
	case c.Attribute == "":
		return "SCAI without an attribute"
	}
	return c.Attribute
}

// Plain is a condition's value for a person: a list of texts without brackets and quotes, anything else as written.
func Plain(value string) string {
	var texts []string
	if !strings.HasPrefix(value, "[") || json.Unmarshal([]byte(value), &texts) != nil {
		return value
	}
	return strings.Join(texts, ", ")
}

// maxAttributes is how many attributes of one predicate are read.
const maxAttributes = 100

// readClaims reads an SCAI predicate. Attributes that are no scans are read too, with an empty Status.
func readClaims(predicate []byte) []Claim {
	if !json.Valid(predicate) {
		return nil
	}
	r := gjson.ParseBytes(predicate)
	producer := Claim{
		Producer: text(r, "producer.name"), ProducerURI: text(r, "producer.uri"), ProducerCommit: text(r, "producer.digest.gitCommit"),
	}
	var out []Claim
	if attributes := r.Get("attributes"); attributes.IsArray() {
		attributes.ForEach(func(_, a gjson.Result) bool {
			out = append(out, readClaim(producer, a))
			return len(out) < maxAttributes
		})
	}
	return out
}

func readClaim(c Claim, a gjson.Result) Claim {
	c.Attribute = text(a, "attribute")
	if what, status, is := strings.Cut(c.Attribute, "_SECURITY_SCAN_"); is && (what == "MCP" || what == "SKILL") {
		c.Status, c.Skill = status, what == "SKILL"
	}
	c.Target = text(a, "target.name")
	if c.Target == "" {
		c.Target = text(a, "target.uri")
	}
	c.TargetDigest = sha256Of(a.Get("target"))
	n := a.Get("conditions")
	c.Scanner, c.ScannerVersion, c.ScannerURI = text(n, "scanner"), text(n, "scannerVersion"), text(n, "scannerUri")
	c.Tools, c.Findings = whole(n, "toolsScanned"), whole(n, "findingsCount")
	c.Blocking, c.Allowed = whole(n, "blockingIssues"), whole(n, "allowedIssues")
	c.ScanDate, c.ConfigFile = text(n, "scanDate"), text(n, "configFile")
	c.SourceRepository, c.RunID = text(n, "sourceRepository"), text(n, "runId")
	if list := n.Get("analyzers"); list.IsArray() {
		list.ForEach(func(_, v gjson.Result) bool {
			c.Analyzers = append(c.Analyzers, v.String())
			return len(c.Analyzers) < maxAttributes
		})
	}
	if n.IsObject() {
		n.ForEach(func(key, value gjson.Result) bool {
			written := value.String()
			if value.Type == gjson.Null {
				written = "null" // which is not an empty text
			}
			c.Conditions = append(c.Conditions, model.Field{Label: key.String(), Value: written})
			return len(c.Conditions) < maxAttributes
		})
	}
	e := a.Get("evidence")
	c.EvidenceName, c.EvidenceURI = text(e, "name"), text(e, "uri")
	c.EvidenceDigest = sha256Of(e)
	return c
}

// sha256Of is the SHA-256 digest of a resource descriptor, "" where it has none.
func sha256Of(r gjson.Result) model.Digest {
	d, err := model.ParseDigest("sha256:" + strings.ToLower(text(r, "digest.sha256")))
	if err != nil {
		return ""
	}
	return d
}

func text(r gjson.Result, path string) string {
	if v := r.Get(path); v.Type == gjson.String {
		return v.String()
	}
	return ""
}

// whole is a number that counts something, -1 if there is none.
func whole(r gjson.Result, path string) int {
	v := r.Get(path)
	if v.Type != gjson.Number || v.Num < 0 || v.Num > 1<<30 || v.Num != float64(int(v.Num)) {
		return -1
	}
	return int(v.Num)
}

// scanned is when the scan is said to have been made, zero if that is no time.
func (c Claim) scanned() time.Time {
	at, err := time.Parse(time.RFC3339, c.ScanDate)
	if err != nil {
		return time.Time{}
	}
	return at
}
