package audit

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
)

func TestTheNewestTrustedScanCounts(t *testing.T) {
	s := newStory()
	s.second = true
	r := s.audit(t)
	if !strings.HasPrefix(r.Current.ID, "sha256:3") || len(r.Others) != 1 {
		t.Errorf("%s counts, beside %d others", r.Current.ID, len(r.Others))
	}
	if !r.Satisfied(model.SeverityWarning) {
		t.Error("a second trusted scan spoils the first")
	}
}

// What a stranger attaches must neither count, however new it is, nor keep a good image from passing.
func TestAStrangersScanBesideATrustedOneChangesNothing(t *testing.T) {
	s := newStory()
	c := Case{Now: auditNow, HasGlobal: true}
	tree := s.tree()
	stranger := newStory()
	stranger.verdict, stranger.attribute = model.Untrusted, "MCP_SECURITY_SCAN_WARNING"
	stranger.attest(tree, model.Digest("sha256:"+strings.Repeat("0", 64)), scanTime.Add(48*time.Hour))
	tree.Judge()
	r := JudgeImage(tree, c)
	if r.Current == nil || !r.Current.Trusted() || r.Current.Claim.Status != "PASSED" {
		t.Fatalf("the stranger's counts: %+v", r.Current)
	}
	if !r.Satisfied(model.SeverityWarning) {
		t.Errorf("the stranger keeps it from passing: %v", r.everywhere())
	}
	if !r.Others[0].Flags.Has(UntrustedSCAI) || !r.Flags.Has(SeveralSCAI) {
		t.Error("the stranger's scan is not mentioned")
	}
}

func TestNothingCountsOfWhatIsAboutAPlatformOnly(t *testing.T) {
	s := newStory()
	s.noScan = true
	tree := s.tree()
	platform := model.Digest("sha256:" + strings.Repeat("7", 64))
	tree.Apply(model.NodeFound{Node: model.Node{
		ID: string(platform), Parent: string(imageDigest), Kind: model.KindImage, Digest: platform, Platform: "linux/arm64",
	}})
	id := model.Digest("sha256:" + strings.Repeat("8", 64))
	tree.Apply(model.NodeFound{Node: model.Node{
		ID: string(id), Parent: string(platform), Kind: model.KindAttestation, Format: model.FormatBundle, Digest: id, Subject: platform,
		Blob: model.Descriptor{Digest: id, Size: 2},
	}})
	tree.Apply(model.Opened{ID: string(id), Attestation: &model.Attestation{PredicateType: typeSCAI, RawPredicate: s.predicate(), Statement: statementAbout(platform)}})
	tree.Apply(model.Judged{ID: string(id), Report: model.Report{Verdict: model.Trusted, SignedAt: scanTime}})
	tree.Judge()
	r := JudgeImage(tree, Case{Now: auditNow})
	if r.Current != nil || !r.Flags.Has(NoSCAI) || len(r.Others) != 1 || r.Others[0].Platform != "linux/arm64" {
		t.Errorf("%+v", r)
	}
}

func TestMissingEvidenceSaysSinceWhen(t *testing.T) {
	s := newStory()
	s.noEvidence = true
	for _, test := range []struct {
		name string
		now  time.Time
		want string
	}{
		{"while the artifact is kept", scanTime.Add(29 * 24 * time.Hour), "--evidence"},
		{"afterwards", scanTime.Add(31 * 24 * time.Hour), "unverifiable since 2026-03-31"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s.change = func(c *Case) { c.Now, c.MaxAge = test.now, 0 }
			r := s.audit(t)
			if got := r.Current.Binding.Problem; !strings.Contains(got, test.want) {
				t.Errorf("%q does not say %q", got, test.want)
			}
			if r.Satisfied(model.SeverityError) {
				t.Error("missing evidence is a pass")
			}
		})
	}
}

func TestASpecificationThatAnybodyCanAttachSettlesNothing(t *testing.T) {
	s := newStory()
	s.change = func(c *Case) { c.Spec.Vouched = false }
	r := s.audit(t)
	for _, id := range []FlagID{InsecureIgnore, ToolScopeIgnored, RefDrift} {
		found := false
		for _, lacking := range r.NotJudged {
			found = found || lacking == id
		}
		if !found {
			t.Errorf("%s is settled by a copy that nobody vouches for", id)
		}
	}
}

func TestWhatIsRaisedIsNotSaidToBeUnjudged(t *testing.T) {
	r := Report{
		Flags:     Flags{{ID: StaleReason, Severity: model.SeverityWarning}, {ID: CountMismatch, Severity: model.SeverityError}},
		NotJudged: []FlagID{TooBroad, StaleReason, MockEnv},
	}
	not, partly := r.Unjudged()
	if !slices.Equal(not, []FlagID{TooBroad, MockEnv}) || !slices.Equal(partly, []FlagID{StaleReason}) {
		t.Errorf("not judged: %v; in part: %v", not, partly)
	}
}

func TestTheCommitOfACheckoutIsSaid(t *testing.T) {
	for _, test := range []struct {
		commit string
		want   model.CheckStatus
	}{
		{commitHash, model.CheckPassed}, {strings.Repeat("0", 40), model.CheckFailed}, {"", model.CheckSkipped},
	} {
		s := newStory()
		s.change = func(c *Case) { c.Spec.Commit = test.commit }
		for _, l := range s.audit(t).Current.Links {
			if l.ID == "spec-commit" && l.Status != test.want {
				t.Errorf("commit %q: %s, want %s", test.commit, l.Status, test.want)
			}
		}
	}
}

func TestReasonsThatDifferFromTheEvidenceAreSeen(t *testing.T) {
	s := newStory()
	s.spec = replaced(s.spec, goodReason, goodReason+" Or so.")
	for _, l := range s.audit(t).Current.Links {
		if l.ID == "reasons" && l.Status != model.CheckFailed {
			t.Errorf("%+v", l)
		}
	}
}

func TestScansWithoutASigningTimeAreNotRanked(t *testing.T) {
	s := newStory()
	tree := s.tree()
	s.attest(tree, model.Digest("sha256:"+strings.Repeat("3", 64)), time.Time{})
	tree.Judge()
	r := JudgeImage(tree, Case{Now: auditNow})
	if r.Satisfied(model.SeverityWarning) || !r.Flags.Has(SeveralSCAI) {
		t.Errorf("one of two undated scans is taken for the newest: %v", r.Flags)
	}
}

func TestASkillIsJudgedByItsOwnRules(t *testing.T) {
	s := newStory()
	s.attribute = "SKILL_SECURITY_SCAN_PASSED"
	s.conditions["toolsScanned"], s.conditions["findingsCount"] = "", "1"
	s.conditions["configFile"] = `"skills/tidy/spec.yaml"`
	s.spec = `metadata: {name: tidy}
spec: {repository: https://forge.example/acme/skills, path: tidy, version: 2.0.1}
security: {allowed_issues: [{rule_id: SHELL_COMMAND, reason: "` + goodReason + `"}]}
`
	s.summary = `{"skill":"tidy","status":"passed","findings_count":1,"analyzers":["static","behavioral"],"allowed_issues":[
{"code":"SHELL_COMMAND","rule_id":"SHELL_COMMAND","category":"command_execution","severity":"MEDIUM","analyzer":"static",
"title":"A command is run","file_path":"SKILL.md","line_number":12,"allowed_reason":"` + goodReason + `"}],"allowed_count":1}`
	r := s.audit(t)
	for _, f := range r.everywhere() {
		t.Errorf("%s: %s", f.ID, f.Message)
	}
	row := r.Current.Issues[0]
	if row.Entry == nil || row.Issue.Where() != "SKILL.md:12" || row.Applied != "every finding of the rule SHELL_COMMAND, in every file" {
		t.Errorf("%+v", row)
	}
	if !r.Satisfied(model.SeverityInfo) {
		t.Error("it is not satisfied")
	}
}

func TestAServerMayBeCalledOtherwiseThanItsFolder(t *testing.T) {
	s := newStory()
	s.spec = strings.ReplaceAll(s.spec, "name: weather", "name: acme-weather")
	if r := s.audit(t); !r.Satisfied(model.SeverityInfo) {
		t.Errorf("the file that the attestation names is taken for another: %v", r.everywhere())
	}
}

func TestTheBranchOfASkillThatIsPinnedIsARemark(t *testing.T) {
	const skill = "metadata: {name: tidy}\nspec: {repository: https://forge.example/acme/skills, version: 1.0.0, ref: %s}\n" +
		"provenance: {repository_ref: refs/heads/main}\n"
	for _, test := range []struct {
		name, ref string
		want      model.Severity
	}{{"a commit", commitHash, model.SeverityInfo}, {"a branch", "main", model.SeverityWarning}} {
		spec, err := ParseSpec("skills/tidy/spec.yaml", fmt.Appendf(nil, skill, test.ref))
		if err != nil {
			t.Fatal(err)
		}
		flags := judgeSpec(spec, nil).Flags
		if len(flags) != 1 || flags[0].ID != RefDrift || flags[0].Severity != test.want {
			t.Errorf("pinned to %s: %v, want %s", test.name, flags, test.want)
		}
	}
}

func TestTheOlderTypeOfSCAIIsAuditedToo(t *testing.T) {
	for _, predicateType := range []string{typeSCAI, "https://in-toto.io/attestation/scai/attribute-report/v0.2"} {
		if model.FamilyOf(predicateType) != model.FamilySCAI {
			t.Errorf("%s is not taken for SCAI", predicateType)
		}
	}
}

func TestWhatCannotBeHadMayHideAScan(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, announced string
		kind            model.Kind
		want            int
	}{
		{"an attestation of which nothing is said", "", model.KindAttestation, 1},
		{"one that is announced as a scan", typeSCAI, model.KindAttestation, 1},
		{"one that is announced as something else", "https://slsa.dev/provenance/v1", model.KindAttestation, 0},
		{"a manifest of any kind", "", model.KindArtifact, 1},
		{"a signature", "", model.KindSignature, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tree := newStory().tree()
			id := "sha256:" + model.Digest(strings.Repeat("8", 64))
			tree.Apply(model.NodeFound{Node: model.Node{
				ID: string(id), Parent: string(imageDigest), Kind: test.kind, Digest: id, Subject: imageDigest,
				Unavailable: "denied", Annotations: map[string]string{"in-toto.io/predicate-type": test.announced},
			}})
			tree.Apply(model.Judged{ID: string(id), Report: model.Report{Verdict: model.Unavailable}})
			tree.Judge()
			if got := JudgeImage(tree, Case{Now: auditNow}).Hidden; got != test.want {
				t.Errorf("%d, want %d", got, test.want)
			}
		})
	}
}
