package report

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/attestree/attestree/cmd/attestree/internal/output/fleetreport"
	"github.com/attestree/attestree/model/fleet"
)

// Keeper writes a report line by line, so that as much as possible is left of it wherever the program is stopped.
type Keeper struct {
	path  string
	file  *os.File
	lines *fleetreport.Lines
	err   error // why nothing is written any more
}

// Keep begins a report at path, in place of what is there, with the rows that are known already. The file that was there
// goes only when those are written.
func Keep(path string, header fleet.Header, rows []fleet.Row) (*Keeper, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("keep the report: %w", err)
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, fmt.Errorf("keep the report: %w", err)
	}
	k := &Keeper{path: path, file: file, lines: fleetreport.NewLines(file)}
	k.err = k.lines.Header(header)
	for _, row := range rows {
		k.Add(row)
	}
	if k.err == nil {
		k.err = os.Rename(file.Name(), path)
	}
	if k.err != nil {
		_ = file.Close()
		_ = os.Remove(file.Name())
		return nil, fmt.Errorf("keep the report: %w", k.err)
	}
	return k, nil
}

// Add writes a row.
func (k *Keeper) Add(row fleet.Row) {
	if k.err == nil {
		k.err = k.lines.Row(row)
	}
}

// End writes the footer and closes the file; nil leaves the footer out, for a report that was not finished. It says
// whether everything could be written.
func (k *Keeper) End(footer *fleet.Footer) error {
	if k.err == nil && footer != nil {
		k.err = k.lines.Footer(*footer)
	}
	if err := k.file.Close(); k.err == nil {
		k.err = err
	}
	if k.err != nil {
		return fmt.Errorf("keep the report in %s: %w", k.path, k.err)
	}
	return nil
}
