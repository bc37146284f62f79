package screen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/basis"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// auditedDemo is an auditor of the demo image, with its tree.
func auditedDemo(t *testing.T, files basis.Files) (*auditor, *model.Tree) {
	t.Helper()
	a, j, tree := onDemoWith(t, run.Flags{Audit: files})
	u, err := newAuditor(a, j)
	if err != nil {
		t.Fatal(err)
	}
	return u, tree
}

func TestAReviewOnTheScreenCountsFromThenOn(t *testing.T) {
	named, typed := filepath.Join(t.TempDir(), "named.yaml"), filepath.Join(t.TempDir(), "typed.yaml")
	u, tree := auditedDemo(t, basis.Files{Reviews: named})
	answer, err := u.Audit(t.Context(), tree)
	if err != nil || answer.Reviews != named || answer.Report.Current == nil {
		t.Fatalf("%v, reviews %q", err, answer.Reviews)
	}
	code := answer.Report.Current.Issues[0].Key()
	for file, decision := range map[string]audit.Decision{named: audit.Question, typed: audit.Reject} {
		where, err := u.Review(answer.Report, audit.Review{Code: code, Decision: decision, Note: "read", Reviewer: "ann"}, file)
		if err != nil || where != file {
			t.Fatalf("written to %q: %v", where, err)
		}
		again, err := u.Audit(t.Context(), tree)
		if err != nil {
			t.Fatal(err)
		}
		if r := again.Report.Current.Issues[0].Review; r == nil || again.Reviews != file {
			t.Errorf("after %s: %+v, reviews %q", decision, r, again.Reviews)
		}
	}
	after, err := u.readReviews()
	if err != nil || len(after) != 2 {
		t.Errorf("%d reviews count, of two files: %v", len(after), err)
	}
}

func TestNothingButReviewsIsWrittenTo(t *testing.T) {
	u, tree := auditedDemo(t, basis.Files{})
	answer, err := u.Audit(t.Context(), tree)
	if err != nil {
		t.Fatal(err)
	}
	review := audit.Review{Code: answer.Report.Current.Issues[0].Key(), Decision: audit.Accept, Reviewer: "ann"}
	folder := t.TempDir()
	policy := filepath.Join(folder, "policy.yaml")
	if err := os.WriteFile(policy, []byte("trusted_keys: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{"another file": policy, "a folder": folder, "no file": " "} {
		if where, err := u.Review(answer.Report, review, file); err == nil {
			t.Errorf("%s: a review was written to %q", name, where)
		}
	}
	for name, file := range map[string]string{"a file that is there": policy, "a folder": folder, "no file": ""} {
		if where, err := u.ExportAudit(tree, answer, file); err == nil {
			t.Errorf("%s: a report was written to %q", name, where)
		}
	}
	if data, err := os.ReadFile(policy); err != nil || string(data) != "trusted_keys: []\n" {
		t.Errorf("the other file now says %q: %v", data, err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("%d files are left behind: %v", len(entries), err)
	}
	report := filepath.Join(folder, "report.md")
	if where, err := u.ExportAudit(tree, answer, report); err != nil || where != report {
		t.Fatalf("written to %q: %v", where, err)
	}
	if data, err := os.ReadFile(report); err != nil || !strings.Contains(string(data), string(answer.Report.Digest)) {
		t.Errorf("the report does not say what it is about: %v", err)
	}
}

func TestFilesForTheScreensAuditMustBeThere(t *testing.T) {
	for name, files := range map[string]basis.Files{
		"evidence": {Evidence: "nowhere.json"}, "a specification": {Spec: "nowhere.yaml"},
	} {
		a := &run.App{Environment: run.Environment{Getenv: func(string) string { return "" }, Now: time.Now}, Flags: run.Flags{Audit: files}}
		if _, err := explorer(t.Context(), a, run.DemoSource); err == nil {
			t.Errorf("%s that is not there was not missed", name)
		}
	}
}
