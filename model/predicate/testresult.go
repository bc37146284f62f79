package predicate

import (
	"strings"

	"github.com/attestree/attestree/model"
)

// decodeTestResult reads test results (attestation spec, predicates/test-result.md).
//
// The summary holds result, passed, warned and failed (numbers, null where there is no such list), and url.
func decodeTestResult(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	result := text(r, "result")
	passed, warned, failed := length(r.Get("passedTests")), length(r.Get("warnedTests")), length(r.Get("failedTests"))
	said := func(list string) bool { return r.Get(list).IsArray() }
	n := newNote("Test result", result, saidOf(said("passedTests"), passed, "passed"), some(failed, "failed"), some(warned, "warned"))
	n.say("Result", "result", result)
	n.tellSaid(said("failedTests"), "Failed", "failed", failed)
	n.fields.add("Failed tests", strings.Join(list(r.Get("failedTests")), "\n"))
	n.tellSaid(said("warnedTests"), "Warned", "warned", warned)
	n.fields.add("Warned tests", strings.Join(list(r.Get("warnedTests")), "\n"))
	n.tellSaid(said("passedTests"), "Passed", "passed", passed)
	n.say("Run", "url", text(r, "url"))
	n.fields.add("Configuration", strings.Join(resources(r.Get("configuration")), "\n"))
	passing := strings.EqualFold(result, "PASSED")
	switch {
	case result == "":
		n.warn("no-result", "it does not say in a word how the tests ended: look at result")
	case strings.EqualFold(result, "FAILED"):
		n.warn("failed-tests", "the tests failed: look at failedTests, and at the run")
	case failed > 0 && passing:
		n.warn("failed-tests", "the result is said to be passed, although "+model.Counted(failed, "test")+" failed: look at failedTests")
	case passing && passed+warned == 0:
		n.warn("no-tests", "the result is said to be passed, but no test is named: look at passedTests, and at the run")
	}
	return n
}
