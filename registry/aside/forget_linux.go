package aside

import "syscall"

// forget gives back the memory of a mapping, which is read from the file again when somebody looks (madvise(2)).
func forget(raw []byte) {
	_ = syscall.Madvise(raw, syscall.MADV_DONTNEED) // advice: without it the memory goes back when somebody needs it
}
