package main

import (
	_ "embed"
	"encoding/json"
	"errors"
	"runtime/debug"
	"strings"
)

// licences of the modules in the program, by path; a test reads them from the
// modules' own texts and holds this list to them.
//
//go:embed licences.json
var licenceList []byte

// sbom is a software bill of materials after CycloneDX 1.6 (ECMA-424), as far
// as the program itself knows what it is made of.
type sbom struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"`
	Metadata   sbomAbout   `json:"metadata"`
	Components []sbomEntry `json:"components"`
}

type sbomAbout struct {
	Component sbomEntry `json:"component"`
}

type sbomEntry struct {
	Type       string         `json:"type"`
	Name       string         `json:"name"`
	Version    string         `json:"version"`
	URL        string         `json:"purl,omitempty"`
	Licences   []sbomLicence  `json:"licenses,omitempty"`
	Properties []sbomProperty `json:"properties,omitempty"`
}

// sbomProperty holds what CycloneDX has no field for: the sum in go.sum.
type sbomProperty struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type sbomLicence struct {
	Licence struct {
		ID string `json:"id"`
	} `json:"license"`
}

func licenced(id string) []sbomLicence {
	var l sbomLicence
	l.Licence.ID = id
	return []sbomLicence{l}
}

// bundled are the parts that are no Go modules.
func bundled() []sbomEntry {
	return []sbomEntry{{Type: "library", Name: "three", Version: "0.187.0", URL: "pkg:npm/three@0.187.0", Licences: licenced("MIT")}}
}

// newSBOM lists what this program was built of.
func newSBOM() (sbom, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return sbom{}, errors.New("this program was built without a list of its modules")
	}
	var known map[string]string
	if err := json.Unmarshal(licenceList, &known); err != nil {
		return sbom{}, err
	}
	b := sbom{Format: "CycloneDX", Spec: "1.6", Version: 1, Metadata: sbomAbout{sbomEntry{Type: "application", Name: "fitroom", Version: version, Licences: licenced("Apache-2.0")}}}
	b.Components = append(b.Components, sbomEntry{Type: "platform", Name: "go", Version: strings.TrimPrefix(info.GoVersion, "go"), Licences: licenced("BSD-3-Clause")})
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		e := sbomEntry{Type: "library", Name: m.Path, Version: m.Version, URL: "pkg:golang/" + m.Path + "@" + m.Version, Properties: []sbomProperty{{"go:sum", m.Sum}}}
		if id := known[m.Path]; id != "" {
			e.Licences = licenced(id)
		}
		b.Components = append(b.Components, e)
	}
	b.Components = append(b.Components, bundled()...)
	return b, nil
}
