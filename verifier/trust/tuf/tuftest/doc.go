// Package tuftest is a TUF repository for tests: it has keys of its own, publishes a trusted root on a loopback port, and
// misbehaves on request. It notes what it is asked.
//
// It knows The Update Framework and the ways in which a mirror can break it. It must not know what is being tested, and no
// program may link it.
package tuftest
