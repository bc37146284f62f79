package document

import "sort"

// seeker finds the values at offsets, each behind the one before: so that a text is not read again for each of them.
type seeker struct {
	d     *Document
	limit int   // where the next mark is; 0 before the first offset
	next  token // what has not been looked at
	i     int   // the last value that has been
	keyed bool  // it is the one whose key came last
}

// at is the last value that begins at an offset or before it, be it with its key; -1 before the first.
func (s *seeker) at(offset int) int {
	if offset < int(s.d.wide[0].off) {
		return -1
	}
	if offset >= s.limit {
		s.begin(offset)
	}
	for ; s.next.kind != tokenEnd && s.next.from <= offset; s.next = tokenAt(s.d.raw, s.next.to) {
		switch s.next.kind {
		case tokenKey:
			s.i, s.keyed = s.i+1, true
		case tokenPlain, tokenOpen:
			if !s.keyed {
				s.i++
			}
			s.keyed = false
		case tokenClose, tokenEnd:
		}
	}
	return s.i
}

// begin goes to the last mark that is not behind an offset, or to the outermost value.
func (s *seeker) begin(offset int) {
	marks := s.d.marks
	m := sort.Search(len(marks), func(m int) bool { return int(marks[m].start) > offset })
	from := mark{start: s.d.wide[0].off}
	if m > 0 {
		from = marks[m-1]
	}
	s.limit = len(s.d.raw) + 1
	if m < len(marks) {
		s.limit = int(marks[m].start)
	}
	s.i, s.keyed, s.next = int(from.number)-1, false, tokenAt(s.d.raw, int(from.start))
}
