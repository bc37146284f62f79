//go:build !linux

package aside

// forget leaves it to the system when to take the memory of a mapping back.
func forget([]byte) {}
