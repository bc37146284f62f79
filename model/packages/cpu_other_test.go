//go:build !unix

package packages

import "time"

// processed is not known here.
func processed() time.Duration { return 0 }
