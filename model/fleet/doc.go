// Package fleet holds what is known about many images at once: a row for each image with a cell for each kind of
// evidence, their summary, what changed since an earlier report, and where copies of one digest differ.
//
// All of it is values and pure functions. A cell tells absence from ignorance: "none" says that everywhere was looked
// and nothing is there, "unknown" that some look-up was denied, failed or cut short. The JSON names of the values are
// those of a report's lines (docs/json.md): fields may be added, never changed.
package fleet
