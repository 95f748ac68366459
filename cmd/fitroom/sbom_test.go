package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var updateLicences = flag.Bool("licences", false, "write licences.json anew")

// licenceOf names the licence of a text, by the sentences that tell them apart.
func licenceOf(text string) string {
	has := func(words string) bool { return strings.Contains(text, words) }
	switch {
	case has("Mozilla Public License") && has("2.0"):
		return "MPL-2.0"
	case has("Apache License") && has("Version 2.0"):
		return "Apache-2.0"
	case has("Permission is hereby granted, free of charge"):
		return "MIT"
	case has("Redistribution and use in source and binary forms") && (has("Neither the name") || has("may not be used to endorse") || has("nor the names")):
		return "BSD-3-Clause"
	case has("Redistribution and use in source and binary forms"):
		return "BSD-2-Clause"
	case has("Permission to use, copy, modify, and") && has("distribute this software for any purpose"):
		return "ISC"
	}
	return ""
}

// builtOf reads the licences of the modules that go into the program from
// their own texts.
func builtOf(t *testing.T) map[string]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-f", `{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}`, "fitroom/cmd/fitroom").Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, dir, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || all[path] != "" {
			continue
		}
		names, err := filepath.Glob(filepath.Join(dir, "[LlCc][IiOo][CcPp]*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				continue // a folder
			}
			if all[path] = licenceOf(strings.Join(strings.Fields(string(text)), " ")); all[path] != "" {
				break
			}
		}
		if all[path] == "" {
			t.Errorf("the licence of %s is not recognised", path)
		}
	}
	return all
}

// The list of licences is that of the modules in the program, and each allows
// what is done with it.
func TestLicences(t *testing.T) {
	found := builtOf(t)
	if *updateLicences {
		data, err := json.MarshalIndent(found, "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("licences.json", append(data, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	var listed map[string]string
	if err := json.Unmarshal(licenceList, &listed); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(found, listed) {
		t.Errorf("licences.json is not what the modules say; go test ./cmd/fitroom -run Licences -licences writes it anew")
	}
	for path, id := range found {
		if !strings.Contains(" MIT Apache-2.0 BSD-2-Clause BSD-3-Clause ISC MPL-2.0 ", " "+id+" ") {
			t.Errorf("%s is under %q", path, id)
		}
	}
}

// The program lists what it is made of, each part with version and licence.
func TestSBOM(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "fitroom")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	out, err := exec.Command(bin, "version", "--sbom").Output()
	if err != nil {
		t.Fatal(err)
	}
	var b sbom
	d := json.NewDecoder(bytes.NewReader(out))
	if err := d.Decode(&b); err != nil || b.Format != "CycloneDX" {
		t.Fatal(err, b.Format)
	}
	if _, err := d.Token(); err != io.EOF {
		t.Error("more follows the list")
	}
	if len(b.Components) < 40 {
		t.Errorf("%d components", len(b.Components))
	}
	for _, c := range b.Components {
		if c.Name == "" || c.Version == "" || len(c.Licences) == 0 {
			t.Errorf("%+v", c)
		}
	}
}
