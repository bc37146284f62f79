// Package aside keeps large payloads where the system can take their memory back: each in a file of its own that has no
// name, so that nobody else changes it or cuts it short, mapped for reading. The program holds of it what is looked at.
//
// It knows files, memory and digests. It must not know what payloads are. Who compares one with its digest compares the
// bytes that will be read later, since there is no way to write to them.
package aside
