// Package policy answers whether what was found and proven about an image is enough: by default, whether the requested
// digest is trusted; with a policy file, whether everything is there that the file asks for (docs/policy.md). Only this
// answer decides the exit code of verify.
//
// It also reads, describes and edits the policy file, which says who is trusted (docs/policy.md). Bytes
// come in and values go out: it opens no file, no connection and asks no clock, and reads a judged model.Tree without
// judging it again. What is undefined, unsupported or not judged never satisfies.
package policy
