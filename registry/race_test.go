//go:build race

package registry

// slower is how many times fewer there are of what comes in thousands: under the race detector each takes as many times
// longer, and on a busy machine longer than a test may.
const slower = 10
