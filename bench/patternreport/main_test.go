package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fitroom/geometry/geomtest"
)

// The report names every file, and all go as they should.
func TestReport(t *testing.T) {
	out := t.TempDir()
	var said bytes.Buffer
	if err := run(t.Context(), []string{"-data", geomtest.Data(t), "-out", out, "-only", "tshirt"}, &said); err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile(filepath.Join(out, "table.md"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(table)
	if strings.Contains(text, "**fails**") || !strings.Contains(text, "refused, as it should be") || !strings.Contains(text, "DXF + RUL + seams") {
		t.Errorf("%s", text)
	}
	if !strings.Contains(said.String(), "as they should") {
		t.Errorf("no summary: %s", said.String())
	}
	if info, err := os.Stat(filepath.Join(out, "thumbnails.png")); err != nil || info.Size() < 10_000 {
		t.Errorf("thumbnails: %v", err)
	}
	if err := run(t.Context(), []string{"-data", t.TempDir()}, &said); err == nil || !strings.Contains(err.Error(), "-data") {
		t.Errorf("got %v", err)
	}
}

// Drapes are counted by kind; what does not fit counts neither way, and a report
// without drapes has no such table.
func TestOutcomesByKind(t *testing.T) {
	shirt := &entry{format: "template"}
	for k, v := range []verdict{worn, tooSmall, failed} {
		shirt.outcomes[k] = &outcome{Verdict: v}
	}
	skirt := &entry{format: "DXF"}
	skirt.outcomes[0] = &outcome{Verdict: tooLarge}
	skirt.outcomes[1] = &outcome{Verdict: worn}
	text := byKind([]*entry{shirt, {format: "empty"}, skirt})
	for _, want := range []string{"| template | 3 | 1 | 0 | 0 | 1 | 1 | 50 % |", "| DXF | 2 | 0 | 1 | 0 | 1 | 0 | 100 % |"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	if strings.Contains(text, "empty") || byKind([]*entry{{format: "DXF"}}) != "" {
		t.Error("a kind without drapes is listed")
	}
	if said := summary([]*entry{shirt, skirt}); !strings.Contains(said, "of the other 3, 2 come to rest") {
		t.Error(said)
	}
}
