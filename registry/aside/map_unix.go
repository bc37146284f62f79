//go:build linux || darwin

package aside

import "syscall"

// mappable says that the system maps files, and that a file without a name stays as long as it is mapped.
const mappable = true

// mapped is all of the file as memory that cannot be written to.
func (d *draft) mapped(size int64) ([]byte, error) {
	return syscall.Mmap(int(d.file.Fd()), 0, int(size), syscall.PROT_READ, syscall.MAP_SHARED)
}
