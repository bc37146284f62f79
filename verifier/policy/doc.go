// Package policy answers whether what was found and proven about an image is enough: by default, whether the requested
// digest is trusted (trust rules §4). Only this answer decides the exit code of verify.
//
// It reads a judged model.Tree and nothing else: no files, no network, no clock.
package policy
