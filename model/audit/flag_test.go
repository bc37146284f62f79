package audit

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
)

// flagged are changes of a story in which nothing is flagged: each raises its flag.
var flagged = []struct {
	name   string
	flag   FlagID
	change func(*story)
}{
	{"the attestation counts more than the evidence lists", CountMismatch, with("allowedIssues", "2")},
	{"the attestation does not count", CountMismatch, with("allowedIssues", "")},
	{"it passed and counts tools in words", HollowPass, with("toolsScanned", `"3"`)},
	{"it passed and does not count what blocks", CountMismatch, with("blockingIssues", `"0"`)},
	{"it passed with blocking issues", CountMismatch, with("blockingIssues", "1")},
	{"no entry allows what was let through", CountMismatch, specSays("AISubtech-1.1.1", "AISubtech-1.1.2")},
	{"the evidence miscounts itself", CountMismatch, summarySays(`"allowed_count":1`, `"allowed_count":3`)},
	{"the scanner put words in place of a reason", NoReason, summarySays(goodReason, "Explicitly allowed")},
	{"a reason of the specification is blank", NoReason, specSays(goodReason, "  ")},
	{"a reason is too short", BoilerplateReason, both(goodReason, "This is fine in v2.0.1.")},
	{"an entry matches no finding", DeadAllowance, moreEntries("- {code: AITech-9.1, reason: '" + goodReason + "'}")},
	{"an entry has a code of an earlier scanner", DeadAllowance, moreEntries("- {code: W001, reason: '" + goodReason + "'}")},
	{"an entry names half a sub-technique", DeadAllowance, moreEntries("- {code: AISubtech-1.1, reason: '" + goodReason + "'}")},
	{"an entry has a pattern for a code", DeadAllowance, moreEntries("- {code: 'AITech-*', reason: '" + goodReason + "'}")},
	{"an entry has a code that the taxonomy does not have", DeadAllowance, moreEntries("- {code: AITech-1.1.1, reason: '" + goodReason + "'}")},
	{"a group of techniques is allowed", TooBroad, specSays("AISubtech-1.1.1", "AITech-1")},
	{"a technique is allowed and one sub-technique found", TooBroad, specSays("AISubtech-1.1.1", "AITech-1.1")},
	{"an entry names a tool", ToolScopeIgnored, specSays("code: AISubtech-1.1.1", "code: AISubtech-1.1.1\n      tool: forecast")},
	{"a code is there twice", DuplicateCode, moreEntries("- {code: AISubtech-1.1.1, reason: '" + goodReason + " Again.'}")},
	{"a high severity was let through", HighSeverityAllowed, summarySays(`"LOW"`, `"HIGH"`)},
	{"a severity that nobody knows was let through", HighSeverityAllowed, summarySays(`"LOW"`, `"SPICY"`)},
	{"the reason is about another version", StaleReason, both("v2.0.1", "v1.9.0")},
	{"the ref is an older tag", RefDrift, specSays("refs/tags/v2.0.1", "refs/tags/v2.0.0")},
	{"the ref is a branch", RefDrift, specSays("refs/tags/v2.0.1", "refs/heads/main")},
	{"insecure_ignore is set", InsecureIgnore, specSays("security:", "security:\n  insecure_ignore: yes")},
	{"it passed without tools", HollowPass, with("toolsScanned", "0")},
	{"it passed and does not count tools", HollowPass, with("toolsScanned", "")},
	{"the scan ended with a warning", ScanWarning, func(s *story) { s.attribute = "MCP_SECURITY_SCAN_WARNING" }},
	{"the scan failed", ScanWarning, func(s *story) { s.attribute = "MCP_SECURITY_SCAN_FAILED" }},
	{"only yara was used", WeakAnalyzers, summarySays(`["yara","llm"]`, `["yara"]`)},
	{"no analyzer is named", WeakAnalyzers, summarySays(`["yara","llm"]`, `[]`)},
	{"a reason appeals to an LLM that took no part", WeakAnalyzers, func(s *story) {
		summarySays(`["yara","llm"]`, `["yara","api"]`)(s)
		both("Read in", "LLM analyzer confirms it. Read in")(s)
	}},
	{"the scanner's version is not said", ScannerVersion, with("scannerVersion", "")},
	{"the scanner is too old", ScannerVersion, with("scannerVersion", `"3.9.9"`)},
	{"the scanner's version is no version", ScannerVersion, with("scannerVersion", `"latest"`)},
	{"the scan is too old", StaleScan, func(s *story) { s.change = func(c *Case) { c.Now = scanTime.Add(31 * 24 * time.Hour) } }},
	{"the scan is older than the image", StaleScan, func(s *story) {
		s.annotations = map[string]string{"org.opencontainers.image.created": scanTime.Add(time.Hour).Format(time.RFC3339)}
	}},
	{"the scan is older than the build", StaleScan, func(s *story) { s.built = scanTime.Add(time.Hour).Format(time.RFC3339) }},
	{"the scan has no date", StaleScan, with("scanDate", "")},
	{"nothing is attached", NoSCAI, func(s *story) { s.noScan = true }},
	{"what is attached is no scan", NoSCAI, func(s *story) { s.attribute = "REVIEWED" }},
	{"two scans are attached", SeveralSCAI, func(s *story) { s.second = true }},
	{"the evidence is not at hand", EvidenceProblem, func(s *story) { s.noEvidence = true }},
	{"the evidence is another file", EvidenceProblem, func(s *story) {
		s.change = func(c *Case) { c.Evidence = &File{Name: "other.json", Bytes: []byte(goodSummary + " ")} }
	}},
	{"the evidence says otherwise", EvidenceProblem, summarySays(`"passed"`, `"failed"`)},
	{"the evidence is of another server", EvidenceProblem, summarySays(`"server":"weather"`, `"server":"climate"`)},
	{"the evidence is no summary", EvidenceProblem, func(s *story) { s.summary = "[]" }},
	{"the producer names another commit", ChainMismatch, func(s *story) { s.producer = strings.Repeat("0", 40) }},
	{"the evidence is of another run", ChainMismatch, func(s *story) { s.run = source + "/actions/runs/78" }},
	{"the inner statement is about another image", ChainMismatch, func(s *story) { s.inner = "sha256:" + model.Digest(strings.Repeat("9", 64)) }},
	{"the image names another commit", ChainMismatch, func(s *story) {
		s.annotations = map[string]string{"org.opencontainers.image.revision": strings.Repeat("0", 40)}
	}},
	{"the specification is of another server", ChainMismatch, func(s *story) {
		specSays("name: weather", "name: climate")(s)
		s.change = func(c *Case) { c.Spec.Spec.Path = "uvx/climate/spec.yaml" }
	}},
	{"the scan is of something else", ChainMismatch, func(s *story) { s.target = "sha256:" + model.Digest(strings.Repeat("8", 64)) }},
	{"the scan ran against mocks", MockEnv, specSays("security:", "security:\n  mock_env: [{name: KEY, value: x}]")},
	{"the list for every server allowed it", GlobalAllowance, func(s *story) {
		specSays("AISubtech-1.1.1", "AISubtech-1.1.2")(s)
		s.global = "allowed_issues: [{code: AISubtech-1.1.1, reason: '" + goodReason + "'}]"
	}},
	{"nobody who is trusted signed", UntrustedSCAI, func(s *story) { s.verdict = model.Untrusted }},
	{"the signature is right and nobody is pinned", UntrustedSCAI, func(s *story) { s.verdict = model.Valid }},
	{"the attestation is invalid", UntrustedSCAI, func(s *story) { s.verdict = model.Invalid }},
}

func with(condition, value string) func(*story) {
	return func(s *story) { s.conditions[condition] = value }
}

func specSays(before, after string) func(*story) {
	return func(s *story) { s.spec = replaced(s.spec, before, after) }
}

func summarySays(before, after string) func(*story) {
	return func(s *story) { s.summary = replaced(s.summary, before, after) }
}

func both(before, after string) func(*story) {
	return func(s *story) {
		s.spec, s.summary = replaced(s.spec, before, after), replaced(s.summary, before, after)
	}
}

// replaced changes text that must be there: a change of nothing would test nothing.
func replaced(text, before, after string) string {
	if !strings.Contains(text, before) {
		panic("the story does not say " + before)
	}
	return strings.ReplaceAll(text, before, after)
}

func moreEntries(entry string) func(*story) {
	return func(s *story) { s.spec += "    " + entry + "\n" }
}

func TestNothingIsFlaggedWhereNothingIsWrong(t *testing.T) {
	r := newStory().audit(t)
	for _, f := range r.everywhere() {
		t.Errorf("%s: %s", f.ID, f.Message)
	}
	if len(r.NotJudged) > 0 {
		t.Errorf("not judged: %v", r.NotJudged)
	}
	if !r.Satisfied(model.SeverityInfo) {
		t.Error("it is not satisfied")
	}
}

func TestEachFlagIsRaisedByWhatItIsAbout(t *testing.T) {
	for _, test := range flagged {
		t.Run(test.name, func(t *testing.T) {
			s := newStory()
			test.change(&s)
			r := s.audit(t)
			all := r.everywhere()
			if !all.Has(test.flag) {
				t.Fatalf("%s was not raised, but %v", test.flag, all.IDs())
			}
			if r.Satisfied(model.SeverityInfo) {
				t.Error("flagged, and satisfied")
			}
			for _, f := range all {
				if f.Message == "" || f.ID.Clears() == "" || weight(f.Severity) < 0 {
					t.Errorf("%s does not explain itself: %+v", f.ID, f)
				}
			}
		})
	}
}

func TestEveryFlagIsTested(t *testing.T) {
	for _, id := range FlagIDs() {
		if !slices.ContainsFunc(flagged, func(row struct {
			name   string
			flag   FlagID
			change func(*story)
		}) bool {
			return row.flag == id
		}) {
			t.Errorf("%s is in no story", id)
		}
	}
}

// What does not raise a flag that one might expect.
func TestWhatIsNotWrongIsNotFlagged(t *testing.T) {
	for _, test := range []struct {
		name   string
		flag   FlagID
		change func(*story)
	}{
		{"an attempt of the run makes no other run", ChainMismatch, func(s *story) { s.run = runURL + "/attempts/1" }},
		{"evidence that is kept elsewhere is of no other run", ChainMismatch, func(s *story) { s.run = "https://store.example/evidence/7" }},
		{"the inner statement is about the image", ChainMismatch, func(s *story) { s.inner = imageDigest }},
		{"a version that covers the packaged one is no other", StaleReason, both("v2.0.1", "v2.0")},
		{"a code is no version", StaleReason, both("Read in v2.0.1", "AISubtech-1.1.9 does not apply. Read in v2.0.1")},
		{"a scoped tag names the version", RefDrift, specSays("refs/tags/v2.0.1", "refs/tags/@acme/weather@2.0.1")},
		{"a commit does not drift", RefDrift, specSays("refs/tags/v2.0.1", commitHash)},
		{"a scanner of the asked version is not old", ScannerVersion, with("scannerVersion", `"4.0.0"`)},
		{"a medium severity is not high", HighSeverityAllowed, summarySays(`"LOW"`, `"MEDIUM"`)},
		{"two sub-techniques need their technique", TooBroad, func(s *story) {
			specSays("AISubtech-1.1.1", "AITech-1.1")(s)
			summarySays(`"allowed_count":1`, `"warning_issues":[{"aitech":"AITech-1.1","aisubtech":"AISubtech-1.1.2","severity":"LOW"}]`)(s)
		}},
		{"an entry is not dead where the scan saw nothing", DeadAllowance, func(s *story) {
			moreEntries("- {code: AITech-9.1, reason: '" + goodReason + "'}")(s)
			summarySays(`"tools_scanned":3`, `"tools_scanned":0`)(s)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStory()
			test.change(&s)
			if all := s.audit(t).everywhere(); all.Has(test.flag) {
				t.Errorf("%s was raised: %v", test.flag, all)
			}
		})
	}
}

// What is not a number is not said to be none.
func TestACountThatIsNoNumberIsNotNone(t *testing.T) {
	t.Parallel()
	s := newStory()
	with("toolsScanned", `"3"`)(&s)
	with("blockingIssues", "null")(&s)
	with("allowedIssues", `["AITech-1.1"]`)(&s)
	r := s.audit(t)
	for id, want := range map[FlagID]string{HollowPass: "does not say in a number how many tools", CountMismatch: "neither how many issues block nor"} {
		if f := messageOf(r, id); !strings.Contains(f, want) {
			t.Errorf("%s says %q", id, f)
		}
	}
	for _, c := range r.Current.Claim.Conditions {
		if c.Label == "blockingIssues" && c.Value != "null" {
			t.Errorf("blockingIssues is shown as %q", c.Value)
		}
	}
}

// messageOf is what the flag of a scan with that id says, "" if there is none.
func messageOf(r Report, id FlagID) string {
	for _, f := range r.Current.Flags {
		if f.ID == id {
			return f.Message
		}
	}
	return ""
}
