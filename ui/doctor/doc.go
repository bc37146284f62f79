// Package doctor is the policy doctor: what the rules of policy files make of the image, what they read, and how a wrong one
// is mended.
//
// Rules are evaluated by its Backend. The view must not count a rule as met that did not end so.
package doctor
