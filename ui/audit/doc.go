// Package audit is the view of allowed issues: what a scan was told to overlook, why, how far that reaches, and a form to
// record a review or write a report.
//
// What follows from a scan is decided by model/audit. The view must not judge anything, and writes only what its Backend is
// asked to after the person has asked for it.
package audit
