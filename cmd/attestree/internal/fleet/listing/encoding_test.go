package listing

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

// inUTF16 is text as a shell of Windows keeps it.
func inUTF16(text string, order binary.AppendByteOrder) []byte {
	out := order.AppendUint16(nil, 0xfeff)
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

func TestListsAreReadInTheEncodingsThatShellsWrite(t *testing.T) {
	const pod = `{"kind":"Pod","metadata":{"name":"web"},"spec":{"containers":[{"name":"app","image":"r.example/a:1"}]}}`
	for what, text := range map[string]string{
		"lines":      "# images\r\nr.example/a:1\r\n",
		"one line":   "r.example/a:1",
		"manifest":   "kind: Pod\r\nspec:\r\n  containers:\r\n  - image: r.example/a:1\r\n    name: app\r\n",
		"of kubectl": pod,
	} {
		for encoding, raw := range map[string][]byte{
			"UTF-8":                    []byte(text),
			"UTF-8 with a mark":        []byte("\ufeff" + text),
			"UTF-16, little end first": inUTF16(text, binary.LittleEndian),
			"UTF-16, big end first":    inUTF16(text, binary.BigEndian),
		} {
			list := New()
			if err := list.Read("x", iotest.OneByteReader(bytes.NewReader(raw))); err != nil {
				t.Errorf("%s in %s: %v", what, encoding, err)
				continue
			}
			if len(list.Images) != 1 || list.Images[0].Reference != "r.example/a:1" || list.Images[0].Problem != "" || len(list.Problems) > 0 {
				t.Errorf("%s in %s: %+v, %v", what, encoding, list.Images, list.Problems)
			}
		}
	}
}

func FuzzPlainMakesUTF8OfUTF16(f *testing.F) {
	f.Add([]byte("r.example/a:1\n"), true)
	f.Add([]byte{0xd8, 0x3d, 0xde, 0x00, 0xd8}, false)
	f.Fuzz(func(t *testing.T, raw []byte, little bool) {
		order, mark := binary.ByteOrder(binary.BigEndian), "\xfe\xff"
		if little {
			order, mark = binary.LittleEndian, "\xff\xfe"
		}
		var units []uint16
		for at := 0; at+1 < len(raw); at += 2 {
			units = append(units, order.Uint16(raw[at:]))
		}
		want := string(utf16.Decode(units))
		if len(raw)%2 == 1 && !strings.HasSuffix(want, "\uFFFD") {
			want += "\uFFFD"
		}
		r, err := plain(strings.NewReader(mark + string(raw)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || strings.TrimRight(string(got), "\uFFFD") != strings.TrimRight(want, "\uFFFD") {
			t.Errorf("%x is %q, %v, want %q", raw, got, err, want)
		}
	})
}
