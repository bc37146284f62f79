// Package report reads and keeps a fleet's report in JSON lines: what an interrupted run goes on from, what a later one
// is compared with, and the parts that several machines made.
//
// It knows the form of the lines (docs/json.md). It must not judge anything: what a report says is what some run of this
// program said, and is believed as far as the person who names the file believes it.
package report

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"github.com/attestree/attestree/model/fleet"
)

const (
	maxLine = 8 << 20   // bytes of one line
	maxRows = 2_000_000 // of one report
)

// Reader reads a report row by row.
type Reader struct {
	Header fleet.Header
	Footer *fleet.Footer // nil until the last line of a report that was finished has been read

	name  string
	file  *os.File
	lines *bufio.Scanner
	line  int
	sum   hash.Hash // of the rows' lines
	torn  error     // why the last line could not be read; it is the end if no other follows
}

// Open opens a report and reads its header. The caller closes it.
func Open(path string) (*Reader, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	r := &Reader{name: path, file: file, lines: bufio.NewScanner(file), sum: sha256.New()}
	r.lines.Buffer(make([]byte, 64<<10), maxLine)
	if err := r.header(); err != nil {
		_ = file.Close()
		return nil, err
	}
	return r, nil
}

// Close closes the file.
func (r *Reader) Close() { _ = r.file.Close() }

func (r *Reader) header() error {
	raw, err := r.scan()
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		return fmt.Errorf("%s is in UTF-16: a shell rewrote what was printed; have the report written with --report FILE", r.name)
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	var line struct {
		Kind string `json:"kind"`
		fleet.Header
	}
	if json.Unmarshal(raw, &line) != nil || line.Kind != "header" {
		return fmt.Errorf("%s is no report of attestree fleet: its first line is no header", r.name)
	}
	if line.SchemaVersion != "1" {
		return fmt.Errorf("%s has form %q, which this version does not know", r.name, line.SchemaVersion)
	}
	r.Header = line.Header
	return nil
}

func (r *Reader) scan() ([]byte, error) {
	if !r.lines.Scan() {
		if err := r.lines.Err(); err != nil {
			return nil, fmt.Errorf("read %s:%d: %w", r.name, r.line+1, err)
		}
		return nil, io.EOF
	}
	if r.line++; r.line > maxRows {
		return nil, fmt.Errorf("read %s: more than %d lines", r.name, maxRows)
	}
	return r.lines.Bytes(), nil
}

// Next is the next row, io.EOF after the last. A last line that was cut off when the program was stopped is left out; any
// other line that is none is an error.
func (r *Reader) Next() (fleet.Row, error) {
	for {
		raw, err := r.scan()
		if err != nil {
			return fleet.Row{}, err
		}
		if r.torn != nil {
			return fleet.Row{}, r.torn
		}
		var line struct {
			Kind string `json:"kind"`
			fleet.Row
		}
		if err := json.Unmarshal(raw, &line); err != nil {
			r.torn = fmt.Errorf("%s:%d is no line of a report: %w", r.name, r.line, err)
			continue
		}
		switch line.Kind {
		case "image":
			_, _ = r.sum.Write(raw)
			_, _ = r.sum.Write([]byte("\n"))
			if r.Footer != nil {
				return fleet.Row{}, fmt.Errorf("%s:%d: a row behind the end of the report", r.name, r.line)
			}
			if why := r.Header.Contradiction(line.Row); why != "" {
				return fleet.Row{}, fmt.Errorf("%s:%d contradicts itself and was changed by hand: %s", r.name, r.line, why)
			}
			return line.Row, nil
		case "summary":
			if err := r.end(raw); err != nil {
				return fleet.Row{}, err
			}
		default: // lines of a kind that a later version may have
		}
	}
}

// end reads the last line. What it says of the rows has to be true of those that were read.
func (r *Reader) end(raw []byte) error {
	var footer fleet.Footer
	if err := json.Unmarshal(raw, &footer); err != nil {
		return fmt.Errorf("%s:%d: %w", r.name, r.line, err)
	}
	if got := hex.EncodeToString(r.sum.Sum(nil)); footer.Lines != got {
		return fmt.Errorf("%s was changed after it was written: its rows are not those that its last line is about", r.name)
	}
	r.Footer = &footer
	return nil
}

// Load reads the rows that keep wants, by reference. others are the references that it does not want.
func Load(path string, keep func(reference string) bool) (header fleet.Header, rows map[string]fleet.Row, others []string, err error) {
	r, err := Open(path)
	if err != nil {
		return header, nil, nil, err
	}
	defer r.Close()
	rows = map[string]fleet.Row{}
	for {
		row, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return r.Header, rows, others, nil
		case err != nil:
			return header, nil, nil, err
		case keep(row.Reference):
			rows[row.Reference] = row
		default:
			others = append(others, row.Reference)
		}
	}
}
