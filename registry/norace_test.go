//go:build !race

package registry

// slower is how many times fewer there are of what comes in thousands, see race_test.go.
const slower = 1
