package model

import "testing"

func TestReportsAreKnownByTheirShape(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, raw string
		want      Document
	}{
		{"OSV-Scanner's findings", `{"results":[{"source":{"path":"a"},"packages":[]}]}`, DocumentOSV},
		{"OSV-Scanner's report of nothing", `{"results":[],"experimental_config":{}}`, DocumentOSV},
		{"results of something else", `{"results":[{"packages":[]}]}`, ""},
		{"no results", `{"results":[]}`, ""},
		{"a test report that says so", `{"reportFormat":"CTRF","results":{}}`, DocumentCTRF},
		{"an older test report", `{"results":{"tool":{},"summary":{},"tests":[]}}`, DocumentCTRF},
		{"results without tests", `{"results":{"tool":{},"summary":{}}}`, ""},
		{"SARIF comes first", `{"$schema":"sarif","runs":[],"reportFormat":"CTRF"}`, DocumentSARIF},
	} {
		if got := SniffDocument([]byte(c.raw)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
