package audit

// Answer is an audit of one image with what is at hand, and what to know of how it was made.
type Answer struct {
	Report    Report
	Notes     []string // what could not be used, one sentence each
	Complete  bool     // everything was seen that may be a scan
	Satisfied bool     // see Report.Satisfied, at the severity warning
	Reviews   string   // the file of reviews that count, "" where there is none
}
