// Package doctor holds policy files of several kinds against one image and explains what becomes of each rule: met, not
// met, undefined or unsupported, on which node, by what it read. It knows the mistakes that published policies make, says
// which one this is, and proposes a corrected text, but only one that was evaluated, on this image and on tampered copies.
//
// It reads a judged model.Tree and verifies nothing itself. It opens no file and no connection, and its only clock is the
// one it is given. It must not know how an answer is shown, nor decide the exit code of verify.
package doctor
