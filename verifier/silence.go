package verifier

import (
	"os"

	rekorlog "github.com/sigstore/rekor/pkg/log"
)

// Rekor's packages log hostile entries to standard error, stack trace and all. That would write over the screen, and put
// a stranger's text into a terminal. Their logger is a global that can be replaced only by having it made anew, and it
// takes the standard error that it finds then: so it is made with the null device in that place, before anything runs.
func init() {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return
	}
	stderr := os.Stderr
	os.Stderr = null
	rekorlog.ConfigureLogger("dev", "")
	os.Stderr = stderr
}
