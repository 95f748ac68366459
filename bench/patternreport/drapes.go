package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fitroom/garment/cloth"
	"fitroom/garment/fabric"

	"gonum.org/v1/gonum/spatial/r3"
)

// drapeAll tries the sewn garments on the three bodies of their population, and
// leaves a picture of each.
func drapeAll(ctx context.Context, s *settings, entries []*entry, out io.Writer) error {
	room, err := newWardrobe()
	if err != nil {
		return err
	}
	pictures := filepath.Join(s.out, "drapes")
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		return err
	}
	book, err := openLedger(filepath.Join(s.out, "drapes.jsonl"))
	if err != nil {
		return err
	}
	defer book.file.Close()
	n := 0
	for _, e := range entries {
		if !e.sewable() {
			continue
		}
		if n++; s.drape == "sample" && n%sampleEvery != 1 {
			continue
		}
		for k := range builds {
			if err := e.drapeOn(ctx, s, room, book, k, out); err != nil {
				return err
			}
		}
	}
	return nil
}

// drapeOn drapes one garment on one body, unless the ledger has it.
func (e *entry) drapeOn(ctx context.Context, s *settings, room *wardrobe, book *ledger, k int, out io.Writer) error {
	o := outcome{File: e.name, Wearer: builds[k], EdgeMM: s.edgeMM}
	if known, ok := book.done[o.key()]; ok {
		e.outcomes[k] = &known
		return nil
	}
	w, err := room.wearer(ctx, e.people, k)
	if err != nil {
		return err
	}
	f, ok := fabric.Preset(e.cloth)
	if !ok {
		return fmt.Errorf("there is no fabric %q", e.cloth)
	}
	var tried outcome
	var cloth *cloth.Cloth
	var pos []r3.Vec
	for _, size := range e.sizesFor(k) { // the first that can be put on
		if tried, cloth, pos, err = w.try(ctx, size.Pattern, f, s.edgeMM/1000); err != nil {
			return err
		}
		tried.Size = size.Name
		if tried.Verdict != tooSmall {
			break
		}
	}
	tried.File, tried.Wearer, tried.EdgeMM = e.name, builds[k], s.edgeMM
	e.outcomes[k] = &tried
	fmt.Fprintf(out, "%s on %s: %s: %s, %.1f CPU s, stretched %.0f %%, %d crossings at the start\n", e.name, builds[k], tried.Verdict, tried.Text, tried.CPU, 100*tried.Stretch, tried.Start)
	if pos != nil {
		if err := w.picture(filepath.Join(s.out, "drapes", e.pictureName(k)), cloth, pos); err != nil {
			return err
		}
	}
	return book.add(tried)
}

// pictureName is the name of the picture of a drape.
func (e *entry) pictureName(k int) string {
	plain := strings.Map(func(r rune) rune {
		if strings.ContainsRune("/=,. ", r) {
			return '-'
		}
		return r
	}, strings.TrimSuffix(e.name, ".json"))
	return plain + "-" + builds[k] + ".png"
}
