package command

import "io"

// watched is standard output for those who print there and ask nobody whether it worked, as what prints help does. It
// remembers the first error. It is a terminal where what it writes to is one, so that help has its colours and its width.
type watched struct {
	io.Writer
	err error
}

// Write implements io.Writer.
func (w *watched) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if err != nil && w.err == nil {
		w.err = err
	}
	return n, err
}

// Read and Close make it what is asked for its descriptor (term.File). Nothing is read from it, and it is not ours to close.
func (*watched) Read([]byte) (int, error) { return 0, io.EOF }

// Close does nothing.
func (*watched) Close() error { return nil }

// Fd is the descriptor below, an invalid one where there is none.
func (w *watched) Fd() uintptr {
	if f, is := w.Writer.(interface{ Fd() uintptr }); is {
		return f.Fd()
	}
	return ^uintptr(0)
}
