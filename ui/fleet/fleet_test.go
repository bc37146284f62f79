package fleet

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

// fakeFeed brings batches that were written down.
type fakeFeed struct{ batches []Batch }

func (f fakeFeed) Run(context.Context) <-chan Batch {
	out := make(chan Batch, len(f.batches))
	for _, b := range f.batches {
		out <- b
	}
	close(out)
	return out
}

// fakeRows are images with every state of a cell, and every way to count.
func fakeRows() []fleet.Row {
	columns := fleet.Columns(nil)
	cell := func(c fleet.ColumnID, state fleet.State, value string) fleet.Cell {
		return fleet.Cell{Column: c, State: state, Value: value, Count: 1, On: "index", Signers: []string{uitest.Workflow}}
	}
	none := func(c fleet.ColumnID) fleet.Cell { return fleet.Cell{Column: c, State: fleet.StateNone} }
	good := fleet.Row{
		Index: 0, Reference: "ghcr.io/acme/web:1.4.2", Resolved: "ghcr.io/acme/web@sha256:aa", Verdict: "trusted", Complete: true, Policy: fleet.Answer{Satisfied: true},
		Sources: []fleet.Source{{File: "deploy.yaml", Line: 12, Object: "Deployment shop/web, container app"}}, JudgedAt: "2026-11-21T12:00:00Z",
		Cells: []fleet.Cell{
			cell(fleet.ColumnSignature, "trusted", ""), {Column: fleet.ColumnSBOM, State: "covered", Coverage: "trusted", Value: "412 packages", On: "2 of 2 platforms"},
			{Column: fleet.ColumnProvenance, State: "trusted", Value: "L3", Level: 3, On: "index"}, cell(fleet.ColumnScan, "trusted", "PASSED, 1 allowed"), none(fleet.ColumnVEX),
		},
	}
	bad := fleet.Row{
		Index: 1, Reference: "registry.example/team/legacy-billing-service:2019-04", Verdict: "unsigned", Complete: true, JudgedAt: "2026-11-21T12:00:00Z",
		Policy: fleet.Answer{Reasons: []string{"no trusted signature on the image"}, NotMet: []string{"signature"}}, Changes: []fleet.Change{{Kind: fleet.ChangeLost, Worse: true, Column: fleet.ColumnSignature}},
		Cells: []fleet.Cell{
			none(fleet.ColumnSignature), {Column: fleet.ColumnSBOM, State: fleet.StatePartial, On: "1 of 2 platforms", Count: 1},
			cell(fleet.ColumnProvenance, "invalid", "L0"), none(fleet.ColumnScan), none(fleet.ColumnVEX),
		},
	}
	blind := fleet.Row{
		Index: 3, Reference: "ghcr.io/acme/worker@sha256:bb", Verdict: "unavailable", Missed: []string{"referrers-api denied of sha256:bb"},
		Policy: fleet.Answer{Reasons: []string{"nobody knows"}}, JudgedAt: "2026-11-21T12:00:00Z",
	}
	for _, c := range columns {
		blind.Cells = append(blind.Cells, fleet.Cell{Column: c.ID, State: fleet.StateUnknown, Reason: "referrers-api denied"})
	}
	gone := fleet.Failed(fleet.Image{Reference: "private.example/secret:1"}, 2, columns, "denied", "401 from the registry", "2026-11-21T12:00:00Z")
	return []fleet.Row{good, gone, bad, blind} // as they came, which is not the order of the list
}

func evilRow() fleet.Row {
	r := fleet.Row{
		Reference: uitest.Hostile, Resolved: uitest.Hostile, Verdict: uitest.Hostile, Reason: uitest.Hostile, Problem: uitest.Hostile, ProblemKind: uitest.Hostile, Missed: []string{uitest.Hostile}, Lookalikes: []string{uitest.Hostile}, SignedAs: []string{uitest.Hostile}, AsOf: uitest.Hostile, Outdated: true,
		JudgedAt: uitest.Hostile, Sources: []fleet.Source{{File: uitest.Hostile, Object: uitest.Hostile}}, Policy: fleet.Answer{Reasons: []string{uitest.Hostile}},
	}
	for _, c := range fleet.Columns([]string{uitest.Hostile}) {
		r.Cells = append(r.Cells, fleet.Cell{Column: c.ID, State: uitest.Hostile, Value: uitest.Hostile, On: uitest.Hostile, Reason: uitest.Hostile, Signers: []string{uitest.Hostile}})
	}
	return r
}

func fakeFleet(batches ...Batch) Screen {
	about := About{Tool: "attestree 0.1.0", Source: "images.txt", Images: 4, Columns: fleet.Columns(nil)}
	return New(fakeFeed{batches}, about, screen.Drawing{})
}

// driveFleet opens a matrix in a size and types keys. Commands run at once; what it asks of its shell comes back.
func driveFleet(t testing.TB, f Screen, size, keys string) (after Screen, asked []tea.Msg) {
	t.Helper()
	var w, h int
	if _, err := fmt.Sscanf(size, "%dx%d", &w, &h); err != nil {
		t.Fatal(err)
	}
	var obey func(cmd tea.Cmd)
	feed := func(msg tea.Msg) {
		next, cmd := f.Update(msg)
		f = next.(Screen)
		obey(cmd)
	}
	obey = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				obey(c)
			}
		case screen.SourceWantedMsg, screen.LeftMsg, screen.StartWantedMsg, tea.QuitMsg:
			asked = append(asked, msg)
		default:
			feed(msg)
		}
	}
	feed(tea.WindowSizeMsg{Width: w, Height: h})
	obey(f.Init())
	for k := range strings.FieldsSeq(keys) {
		feed(uitest.Press(k))
	}
	return f, asked
}

func plainFleet(f Screen) string {
	return uitest.PlainText(f.View().Content)
}

func shots() map[string]struct {
	fleet Screen
	keys  string
} {
	type shot = struct {
		fleet Screen
		keys  string
	}
	whole := Batch{Rows: fakeRows(), Progress: "4 of 4 images"}
	troubled := fakeFleet(whole, Batch{Err: errors.New("stopped after 4 of 9 images")})
	troubled.about.Images, troubled.about.Problems = 9, []string{"deploy.yaml:40: it is no YAML"}
	troubled.about.Notes = []string{"the earlier report was made with different policies: what changed may have changed because of that"}
	troubled.about.Removed = []string{"ghcr.io/acme/old:1"}
	evil := fakeFleet(Batch{Rows: []fleet.Row{evilRow()}, Progress: uitest.Hostile, Err: errors.New(uitest.Hostile)})
	evil.about = About{Tool: uitest.Hostile, Source: uitest.Hostile, Columns: fleet.Columns([]string{uitest.Hostile}), Problems: []string{uitest.Hostile}, Notes: []string{uitest.Hostile}, Removed: []string{uitest.Hostile}}
	ascii := New(fakeFeed{[]Batch{whole}}, fakeFleet().about, screen.Drawing{ASCII: true, NoColor: true})
	return map[string]shot{
		"fleet":         {fakeFleet(whole), ""},
		"fleet-reading": {fakeFleet(whole), "j j tab j"},
		"fleet-sorted":  {fakeFleet(whole), "s"},
		"fleet-filter":  {fakeFleet(whole), "f s b o m : n o"},
		"fleet-help":    {fakeFleet(whole), "?"},
		"fleet-trouble": {troubled, "G"},
		"fleet-empty":   {fakeFleet(), ""},
		"fleet-ascii":   {ascii, "j"},
		"evil-fleet":    {evil, ""},
	}
}

func TestFleetScreens(t *testing.T) {
	for name, s := range shots() {
		for _, size := range []string{"60x16", "80x24", "120x40"} {
			t.Run(name+"-"+size, func(t *testing.T) {
				f, _ := driveFleet(t, s.fleet, size, s.keys)
				uitest.Golden(t, name+"-"+size, plainFleet(f))
			})
		}
	}
}

func TestAFleetFitsEverySize(t *testing.T) {
	for name, s := range shots() {
		t.Run(name, func(t *testing.T) {
			uitest.EverySize(func(w, h int) {
				f, _ := driveFleet(t, s.fleet, fmt.Sprintf("%dx%d", w, h), s.keys)
				content := f.View().Content
				lines := strings.Split(content, "\n")
				if len(lines) > h || !f.tooSmall() && len(lines) != h {
					t.Errorf("%dx%d: %d lines", w, h, len(lines))
				}
				for i, l := range lines {
					if got := ansi.StringWidth(l); got > w || !f.tooSmall() && got != w {
						t.Errorf("%dx%d: line %d is %d cells wide: %q", w, h, i, got, ansi.Strip(l))
					}
				}
				uitest.Printable(t, content)
				if !f.tooSmall() && !f.helping && !strings.Contains(ansi.Strip(content), f.Styles.Glyphs.Cursor.String()) {
					t.Errorf("%dx%d: the selected row is not marked", w, h)
				}
			})
		})
	}
}

func TestWhatIsMissingInTheListIsCountedWhereItHasNoLine(t *testing.T) {
	f := fakeFleet(Batch{Rows: fakeRows()})
	f.about.Problems = []string{"compose.yaml:3 (service web): it names no image", "b.yaml:1: it is no YAML", "c.yaml:1: it is no YAML", "d.yaml:1: it is no YAML"}
	for size, want := range map[string]string{"80x24": "not looked at: and 2 more, said when you leave", "80x15": "! 4 not in the rows"} {
		f, _ := driveFleet(t, f, size, "")
		if got := plainFleet(f); !strings.Contains(got, want) {
			t.Errorf("%s: %q is not said:\n%s", size, want, got)
		}
	}
}

func TestAnImageThatCannotBeOpenedSaysWhy(t *testing.T) {
	f, _ := driveFleet(t, fakeFleet(Batch{Rows: fakeRows()}), "120x40", "")
	next, _ := f.Update(screen.SourceRefusedMsg{Source: "registry:x", Err: errors.New("no such image")})
	if got := plainFleet(next.(Screen)); !strings.Contains(got, "no such image") {
		t.Errorf("got:\n%s", got)
	}
}

func TestAReferenceOfAListNeverNamesAFile(t *testing.T) {
	row := fakeRows()[0]
	row.Reference = "oci:/etc"
	_, asked := driveFleet(t, fakeFleet(Batch{Rows: []fleet.Row{row}}), "80x24", "enter")
	if len(asked) != 1 || asked[0].(screen.SourceWantedMsg).Source != "registry:oci:/etc" {
		t.Errorf("asked for %v", asked)
	}
}

func TestWhatOpensIsTheDigestThatWasJudged(t *testing.T) {
	row := fakeRows()[0]
	row.Digest = string(uitest.Digest("judged"))
	_, asked := driveFleet(t, fakeFleet(Batch{Rows: []fleet.Row{row}}), "80x24", "enter")
	if len(asked) != 1 || asked[0].(screen.SourceWantedMsg).Source != "registry:"+row.Reference+"@"+row.Digest {
		t.Errorf("asked for %v", asked)
	}
}

func TestWhatIsWrongAmongWhatIsAttachedIsSaid(t *testing.T) {
	row := fakeRows()[0]
	row.Invalid = 9
	f, _ := driveFleet(t, fakeFleet(Batch{Rows: []fleet.Row{row}}), "120x40", "")
	if got := plainFleet(f); strings.Count(got, "invalid: 9 of") != 2 {
		t.Errorf("got:\n%s", got)
	}
}

func TestANameThatOnlyLooksLikeAnotherIsMarkedWhateverIsCutOff(t *testing.T) {
	image := fleet.Image{Reference: "ghcr.i\u043e/a/very/long/path/to/an/image/of/somebody:1.0"}
	row := fleet.Failed(image, 0, fleet.Columns(nil), "unreachable", "no host of that name is known", "")
	for size, says := range map[string]string{"60x16": "⚠ …", "120x40": "(mixes Latin and"} {
		f, _ := driveFleet(t, fakeFleet(Batch{Rows: []fleet.Row{row}}), size, "")
		if shown := ansi.Strip(f.View().Content); !strings.Contains(shown, says) {
			t.Errorf("%s:\n%s", size, shown)
		}
	}
}

func TestWhatThereIsToKnowDoesNotBeginWithTheImagesName(t *testing.T) {
	row := fleet.Row{Reference: "r.example/app:1", Resolved: "r.example/app@sha256:aa", Policy: fleet.Answer{Reasons: []string{"Image r.example/app@sha256:aa is not signed. Signature required."}}}
	if got := remark(row); got != "Image is not signed. Signature required." {
		t.Errorf("%q", got)
	}
}

func TestRowsStandInTheOrderOfTheListHoweverTheyCome(t *testing.T) {
	rows := fakeRows()
	f, _ := driveFleet(t, fakeFleet(Batch{Rows: rows[:2]}, Batch{Rows: rows[2:]}), "120x40", "")
	var got []int
	for _, i := range f.list.Order {
		got = append(got, f.rows[i].Index)
	}
	if !slices.Equal(got, []int{0, 1, 2, 3}) {
		t.Errorf("order %v", got)
	}
}

func TestWhatIsNotKnownIsNeverShownAsAbsent(t *testing.T) {
	rows := fakeRows()
	f, _ := driveFleet(t, fakeFleet(Batch{Rows: rows}), "120x40", "j j")
	got := plainFleet(f)
	for _, l := range strings.Split(got, "\n") {
		if strings.Contains(l, "private.example") && strings.Contains(l, "none") {
			t.Errorf("what was denied is shown as absent: %s", l)
		}
	}
	for _, want := range []string{"! not looked at", "✘ not satisfied", "! incomplete", "✓ satisfied", "that is not that nothing is"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said:\n%s", want, got)
		}
	}
}

func TestAFleetIsFiltered(t *testing.T) {
	columns, rows := fleet.Columns(nil), fakeRows()
	for filter, want := range map[string]int{
		"": 4, "is:satisfied": 2, "is:not": 2, "is:denied": 1, "is:changed": 1, "sbom:partial": 1, "sbom:none": 0, "sbom:unknown": 2,
		"provenance:l3": 1, "slsa-provenance:invalid": 1, "image:acme": 2, "shop/web": 1, "acme is:incomplete": 1, "nothing": 0,
	} {
		if got := siftFleet(rows, columns, widget.ListedBy{Number: len(rows), Filter: filter}); len(got) != want {
			t.Errorf("%q: %d images, want %d", filter, len(got), want)
		}
	}
}

func TestEveryColumnOfAFleetSortsBothWays(t *testing.T) {
	columns, rows := fleet.Columns(nil), fakeRows()
	for c := range len(columns) + fleetCells + 1 {
		up, down := siftFleet(rows, columns, widget.ListedBy{Number: 4, Sorted: c + 1}), siftFleet(rows, columns, widget.ListedBy{Number: 4, Sorted: -c - 1})
		for i := 1; i < len(up); i++ {
			if compareFleet(rows[up[i-1]], rows[up[i]], columns, c) > 0 || compareFleet(rows[down[i-1]], rows[down[i]], columns, c) < 0 {
				t.Errorf("column %d is not in order", c)
			}
		}
	}
	if worst := siftFleet(rows, columns, widget.ListedBy{Number: 4, Sorted: outcome + 1}); rows[worst[0]].Problem == "" {
		t.Error("what could not be looked at does not come first")
	}
}

func manyRows(n int) []fleet.Row {
	rows, four := make([]fleet.Row, n), fakeRows()
	for i := range rows {
		rows[i] = four[i%4]
		rows[i].Index, rows[i].Reference = i, fmt.Sprintf("registry.example/team/app-%06d:1.%d", i, i%9)
	}
	return rows
}

func BenchmarkKeyInAFleet(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			f, _ := driveFleet(b, fakeFleet(Batch{Rows: manyRows(n)}), "200x60", "")
			keys := []tea.KeyPressMsg{uitest.Press("j"), uitest.Press("ctrl+d"), uitest.Press("G"), uitest.Press("g"), uitest.Press("f"), uitest.Press("a"), uitest.Press("backspace"), uitest.Press("enter")}
			i := 0
			for b.Loop() {
				next, _ := f.Update(keys[i%len(keys)])
				f = next.(Screen)
				_ = f.View()
				i++
			}
		})
	}
}

// What a batch costs while rows arrive: keys wait for it.
func BenchmarkBatchOfAFleet(b *testing.B) {
	f, _ := driveFleet(b, fakeFleet(Batch{Rows: manyRows(1000)}), "200x60", "")
	batch := cameMsg{batch: Batch{Rows: manyRows(10), Progress: "some"}}
	for b.Loop() {
		next, _ := f.Update(batch)
		_ = next.(Screen).View()
	}
}

func TestColoursOfFleets(t *testing.T) {
	for name, s := range shots() {
		uitest.GoldenInks(t, name, func(theme string, w, h int) string {
			f := s.fleet
			f.Skin = screen.NewSkin(screen.Drawing{Theme: theme})
			f, _ = driveFleet(t, f, fmt.Sprintf("%dx%d", w, h), s.keys)
			return f.View().Content
		})
	}
}
