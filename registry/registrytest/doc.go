// Package registrytest is a container registry for tests: it listens on a loopback port, serves what it is given, and
// misbehaves on request. It counts what it is asked, in requests and in sequential rounds.
//
// It knows the distribution specification and the ways in which registries break it. It must not know what is being
// tested, and no program may link it.
package registrytest
