package main

import (
	"encoding/json"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/testdata"
)

// TestEveryNodeOfTheDemoHasTheVerdictItWasMadeFor compares the program's JSON with what the generator of the demo
// meant each node to show: verdict, coverage and the check that decides.
func TestEveryNodeOfTheDemoHasTheVerdictItWasMadeFor(t *testing.T) {
	var expected []struct {
		Name, ID, Kind, PredicateType, Verdict, Check, Coverage string
	}
	if err := json.Unmarshal(testdata.DemoExpected, &expected); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, code := run(t, "verify", "demo", "-o", "json")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	found := map[string]gjson.Result{}
	collect(found, gjson.Get(stdout, "root"))
	for _, want := range expected {
		got, there := found[want.ID]
		if !there {
			t.Errorf("%s was not found", want.Name)
			continue
		}
		delete(found, want.ID)
		for field, value := range map[string]string{
			"kind": want.Kind, "predicateType": want.PredicateType, "verdict": want.Verdict, "coverage": want.Coverage,
		} {
			if g := got.Get(field).String(); g != value {
				t.Errorf("%s: %s is %q, want %q (reason: %s)", want.Name, field, g, value, got.Get("reason"))
			}
		}
		if check := decisive(got); want.Check != "" && check != want.Check {
			t.Errorf("%s: the check that decides is %q, want %q", want.Name, check, want.Check)
		}
	}
	for id := range found {
		t.Errorf("%s was not expected", id)
	}
}

// decisive is the first check that failed, else the first required one that did not pass.
func decisive(node gjson.Result) string {
	missing := ""
	for _, c := range node.Get("checks").Array() {
		switch {
		case c.Get("status").String() == "failed":
			return c.Get("id").String()
		case missing == "" && c.Get("required").Bool() && c.Get("status").String() != "passed":
			missing = c.Get("id").String()
		}
	}
	return missing
}
