package command

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
)

// spoken is what the program prints in plain style when somebody types lines.
func spoken(t *testing.T, typed string, args ...string) string {
	t.Helper()
	var out, complaints bytes.Buffer
	env := run.Environment{
		Args: args, Stdin: strings.NewReader(typed), Stdout: &out, Stderr: &complaints, Now: time.Now, Lines: true, Terminal: true,
		Getenv: func(name string) string { return map[string]string{"ACCESSIBLE": "1"}[name] },
	}
	if code := Main(t.Context(), "0.0.0-test", env); code != exit.OK {
		t.Fatalf("exit code %d: %s", code, complaints.String())
	}
	return out.String()
}

func TestAConversationInLines(t *testing.T) {
	got := spoken(t, "2\nchecks\npayload\nback\nchecks\nnothing\nhelp\n3\n2\nback\nquit\nlist\n", "demo")
	for _, want := range []string{
		"Policy satisfied.\n", "Nodes: 34.\n", "1. trusted: index", "trusted: signature, key, release-key; level 1", "Signed by, proven: ",
		"Checks: ", "passed: ", "No node is open.\n", "No node is open. Open one by its number.\n", `There is no node and no word "nothing"`, "back: the node before",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("nobody says %q:\n%s", want, got)
		}
	}
	if strings.Count(got, "Nodes: 34.") != 1 {
		t.Error("it goes on after quit")
	}
	if n := strings.Count(got, "\nNumber, list, find"); n < 9 {
		t.Errorf("%d questions stand on a line of their own", n)
	}
}

// What the screen has in views is said in lines, one fact each.
func TestEveryViewIsAWordInLines(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	for typed, want := range map[string]string{
		"find trivy":         "Found: 1 of 34.\n7. untrusted: Vulnerability scan",
		"find delete_notes":  "in the payload\n",
		"find":               "Say what to find",
		"filter :invalid":    "Nodes: 9. Hidden: 25.\n11. invalid: Test result",
		"filter :nonsense":   "Nothing answers: ",
		"coverage":           "linux/amd64, number 16:\nsignature: none\nprovenance: 1: number 17, covered by something trusted\n",
		"signers":            "Proven: key, release-key: 2.\n2. trusted: signature, key, release-key",
		"audit":              "Findings that were let through: 2.\nFinding 1: AISubtech-1.1.1 Instruction Manipulation (Direct Prompt Injection), severity HIGH\n",
		"packages name:ajv":  "Packages: 1 of 47, in 5 SBOMs.\najv 8.17.1; npm; MIT\n",
		"packages vuln:x":    "That cannot be done: ",
		"9\npackages":        "in 1 SBOMs.\n",
		"policy":             "Policy satisfied.\nRequirement met: ",
		"7\nsigner":          "Trigger: push\n",
		"signer":             "No node is open. Open one by its number.\n",
		"7\nlearn":           "Does not prove: That it is true.",
		"7\nlearn log":       "Check: log: ",
		"7\nlearn soul":      `There is no check "soul".`,
		"7\ncommands":        "\ncosign verify-attestation --type ",
		"7\nlookups":         "found: cosign-att, 1\n",
		"7\nbreak":           "Ways to break it, in memory only: 11.\ncontent: ",
		"7\nbreak payload 2": "Broken on purpose, and caught by the check signature: failed.",
		"7\nbreak later":     "Broken on purpose, and nothing catches it. ",
		"7\nbreak payload 0": "That cannot be done: it has ",
		"1\nbreak":           "Nothing is signed here that could be broken.\n",
		"7\ntrust":           "Number 7 was untrusted and is trusted.\n",
		"7\ntrust\nuntrust nightly-scan.yml@nightly": "Number 7 was trusted and is untrusted.\n",
		"2\ntrust\ntrusted":                          "Trusted signers: ",
		"untrust release-key":                        "That cannot be done: ",
		"save nobody":                                `nobody who is trusted is called "nobody"`,
		"9c6095\nexport bundle b.json":               "That cannot be done: ",
		"9c6095\nexport node node.json":              "Written: ",
		"9c6095\nexport payload p.json":              "Written: ",
		"9c6095\nexport soul s":                      `there is no part "soul"`,
		"pack evidence.tar":                          "34 nodes in ",
		"diff demo":                                  "Nothing is different.\n",
		"diff":                                       "That cannot be done: say what to compare with",
		"diff nothing":                               "demo-server:nothing is not in the cache",
		"diff nothing.json":                          "open nothing.json: it does not exist",
	} {
		if got := spoken(t, typed+"\n", "demo"); !strings.Contains(got, want) {
			_, said, _ := strings.Cut(got, "\n34. ")
			t.Errorf("%q: nobody says %q:\n%.2000s", typed, want, said)
		}
	}
	for _, name := range []string{"node.json", "p.json", "evidence.tar"} {
		if info, err := os.Stat(name); err != nil || info.Size() == 0 {
			t.Errorf("%s was not written: %v", name, err)
		}
	}
}

func TestPlainTextIsNotDrawn(t *testing.T) {
	all := "2\nchecks\npayload\nsigner\nlearn\ncommands\nlookups\nbreak\nbreak signature\ncoverage\nsigners\naudit\npackages\npolicy\ntrusted\nfind a\nfilter :sbom\ndiff demo\nhelp\n"
	for _, r := range spoken(t, all, "demo") {
		if r >= 0x2190 && r <= 0x2bff || unicode.IsControl(r) && r != '\n' {
			t.Errorf("%U is drawing", r)
		}
	}
}

func TestASourceIsChosenInLines(t *testing.T) {
	t.Chdir(t.TempDir())
	got := spoken(t, "1\nquit\n")
	for _, want := range []string{"Sources: 1.\n1. demo", "Number, or another source: ", "Nodes: 34."} {
		if !strings.Contains(got, want) {
			t.Errorf("nobody says %q:\n%s", want, got)
		}
	}
	if got := spoken(t, "\n"); strings.Contains(got, "Nodes") {
		t.Errorf("nothing was chosen:\n%s", got)
	}
}
