// Package fetch asks services that are no container registries for documents: package registries above all. It does so
// politely and within bounds: few requests at once, Retry-After obeyed, sizes and times limited, no redirect to another
// host and no plain HTTP but to this machine.
//
// It also holds the manners that all clients of ours share (manners.go), and reads where people told other programs about
// such services.
//
// It must not know what the documents say.
package fetch
