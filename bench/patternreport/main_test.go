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
