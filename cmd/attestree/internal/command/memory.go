package command

import "runtime/debug"

// memoryGoal is from how many bytes on garbage is collected however often that takes. What is kept is bounded where it
// is read (registry.Limits), well below it.
const memoryGoal = 400 << 20

// boundMemory has the program stay small even where it is served as much as it takes. GOMEMLIMIT goes before.
func boundMemory(getenv func(string) string) {
	if getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryGoal)
	}
}
