package main

import (
	"fmt"
	"os"
	"path/filepath"

	"fitroom/api/wire"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"
)

// readBodyFile reads body.json from a file; "-" is standard input.
func readBodyFile(name string) (body.Measurements, float64, error) {
	if name == "" {
		return body.Measurements{}, 0, usagef("--body is missing; it names a body.json")
	}
	f := os.Stdin
	if name != "-" {
		var err error
		if f, err = os.Open(name); err != nil {
			return body.Measurements{}, 0, err
		}
		defer f.Close()
	}
	m, ease, err := wire.ReadBody(f)
	if err != nil {
		return m, 0, fmt.Errorf("%s: %w", name, err)
	}
	return m, ease, nil
}

// readStyle reads a style from a folder, a style.json or a pattern file.
func readStyle(name string) (*tryon.Style, wire.Style, error) {
	if name == "" {
		return nil, wire.Style{}, usagef("--garment is missing; it names a style folder, a style.json or a pattern file")
	}
	dir, base := filepath.Split(filepath.Clean(name))
	if dir == "" {
		dir = "."
	}
	if info, err := os.Stat(name); err != nil {
		return nil, wire.Style{}, err
	} else if info.IsDir() {
		dir, base = name, "style.json"
	}
	s, j, err := wire.OpenStyle(os.DirFS(dir), base)
	if err != nil {
		return nil, j, fmt.Errorf("%s: %w", name, err)
	}
	return s, j, nil
}
