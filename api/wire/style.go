package wire

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"

	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/gcjson"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"
)

// Limits on what one style may hold.
const (
	maxStyleJSON = 8 << 20 // with patterns written inline
	maxSizes     = 40
	maxName      = 64
)

// Style is style.json.
type Style struct {
	Style      string            `json:"style"`
	Kind       string            `json:"kind"`
	Population string            `json:"population"`
	Sizes      []string          `json:"sizes"`
	Primary    []string          `json:"primary"`
	Secondary  []string          `json:"secondary,omitempty"`
	Chart      map[string]Chart  `json:"chart,omitempty"`
	POM        map[string]POM    `json:"pom,omitempty"`
	Pattern    *Pattern          `json:"pattern,omitempty"`
	Fabric     *Fabric           `json:"fabric,omitempty"`
	Fabrics    map[string]Fabric `json:"fabrics,omitempty"` // of further materials, by name
	Text       map[string]string `json:"text,omitempty"`    // title for people, per language
	Look       *Look             `json:"look,omitempty"`
	// What a shop's catalogue says beside: kept for the shop, of no effect on
	// how a garment fits.
	Brand      string    `json:"brand,omitempty"`
	Material   string    `json:"material,omitempty"`
	SizeSystem string    `json:"size_system,omitempty"` // EU, DE, US, ...
	SizeTypes  []string  `json:"size_types,omitempty"`  // regular, petite, ...
	Variants   []Variant `json:"variants,omitempty"`
}

// OpenStyle reads a style from a folder with style.json, from a style.json
// itself, or from a bare pattern file without chart: a GarmentCode
// specification, a style of the single size "one", or a DXF. name is a slash path within files.
func OpenStyle(files fs.FS, name string) (*tryon.Style, Style, error) {
	if info, err := fs.Stat(files, name); err == nil && info.IsDir() {
		name = path.Join(name, "style.json")
	}
	if strings.EqualFold(path.Ext(name), ".dxf") {
		return bareDXF(files, name)
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, Style{}, fmt.Errorf("style: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxStyleJSON+1))
	if err != nil {
		return nil, Style{}, fmt.Errorf("style %s: %w", name, err)
	}
	if len(data) > maxStyleJSON {
		return nil, Style{}, Fault("", "%s is larger than %d MB, the most that is read", name, maxStyleJSON>>20)
	}
	if bareGarmentCode(data) {
		return bareStyle(name, data)
	}
	dir, err := fs.Sub(files, path.Dir(name))
	if err != nil {
		return nil, Style{}, fmt.Errorf("style %s: %w", name, err)
	}
	var s Style
	if err := decodeBytes(data, path.Base(name), &s); err != nil {
		return nil, s, err
	}
	out, err := s.Convert("", dir)
	return out, s, err
}

// bareGarmentCode tells a GarmentCode specification from a style.json: the
// one has "pattern" with "panels", the other never.
func bareGarmentCode(data []byte) bool {
	var probe struct {
		Pattern struct {
			Panels json.RawMessage `json:"panels"`
		} `json:"pattern"`
	}
	return json.Unmarshal(data, &probe) == nil && probe.Pattern.Panels != nil
}

func bareStyle(name string, data []byte) (*tryon.Style, Style, error) {
	p, err := gcjson.Parse(data, path.Base(name))
	if err != nil {
		return nil, Style{}, fmt.Errorf("%s: %w", name, err)
	}
	id := strings.TrimSuffix(strings.TrimSuffix(path.Base(name), ".json"), "_specification")
	cloth, _ := fabric.Preset(defaultFabric)
	s := &tryon.Style{
		Style:    fit.Style{ID: id, Kind: "garment", Population: body.Unspecified, Sizes: []string{tryon.OneSize}, Fabric: cloth},
		Patterns: map[string]*pattern.Pattern{tryon.OneSize: p}, Notes: []fit.Remark{unknownNote(defaultFabric)},
	}
	return s, Style{Style: id, Kind: "garment", Population: string(body.Unspecified), Sizes: s.Sizes}, nil
}

// Under names a style that is worn beneath another, and its size.
type Under struct {
	Style string `json:"style"`
	Size  string `json:"size"`
}

// Convert turns the JSON into SI units and builds the patterns; dir holds the
// files it names (nil: none may be named); at is the pointer of the style
// within its document.
func (s Style) Convert(at string, dir fs.FS) (*tryon.Style, error) {
	var faults Errors
	out := &tryon.Style{Style: fit.Style{
		ID: s.Style, Kind: s.Kind, Population: body.Population(s.Population), Sizes: s.Sizes,
		Chart: map[body.Key]fit.Chart{}, POM: map[body.Key]fit.POM{},
	}}
	s.checkHead(at, &faults)
	s.Look.check(at+"/look", &faults)
	s.Look.open(at+"/look", dir, &faults)
	s.checkVariants(at, &faults)
	out.Primary = keysOf(at+"/primary", s.Primary, &faults)
	out.Secondary = keysOf(at+"/secondary", s.Secondary, &faults)
	for _, name := range slices.Sorted(maps.Keys(s.Chart)) {
		where := at + "/chart/" + name
		if key, ok := measurementKey(name); !ok {
			faults.add(where, "is not a measurement known here%s", suggest(name, keyNames()))
		} else {
			out.Chart[key] = s.Chart[name].convert(where, s.Sizes, &faults)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.POM)) {
		s.convertPOM(at+"/pom/"+name, name, out, &faults)
	}
	s.convertFabrics(at, dir, out, &faults)
	if faults.err() == nil {
		// Before the patterns are drafted: a wrong measure is better told from
		// its place in the chart than from the seam that cannot be drawn.
		faults.join(at, out.Validate())
	}
	if faults.err() == nil && s.Pattern != nil {
		s.convertPatterns(at+"/pattern", dir, out, &faults)
		s.Look.onPanels(at+"/look", out.Sizes, out.Patterns, &faults)
	}
	if err := faults.err(); err != nil {
		return nil, err
	}
	out.Notes = append(out.Notes, out.EitherUnit()...)
	return out, nil
}

func (s Style) checkHead(at string, faults *Errors) {
	if s.Style == "" || len(s.Style) > maxName || !printable(s.Style) || strings.ContainsAny(s.Style, "/\\") {
		faults.add(at+"/style", "is %q; a style needs a name of 1 to %d characters without slashes", clip(s.Style), maxName)
	}
	switch body.Population(s.Population) {
	case body.Women, body.Men, body.Unspecified:
	default:
		faults.add(at+"/population", "is %q; it must be women, men or unspecified", clip(s.Population))
	}
	if len(s.Sizes) == 0 || len(s.Sizes) > maxSizes {
		faults.add(at+"/sizes", "holds %d sizes; a style has 1 to %d, smallest first", len(s.Sizes), maxSizes)
	}
	seen := map[string]bool{}
	for i, size := range s.Sizes {
		where := fmt.Sprintf("%s/sizes/%d", at, i)
		switch {
		case size == "" || len(size) > maxName || !printable(size) || strings.Contains(size, "\\"):
			faults.add(where, "is %q; a size needs a name of 1 to %d printable characters without spaces around it", clip(size), maxName)
		case seen[size]:
			faults.add(where, "size %q stands twice", size)
		}
		seen[size] = true
	}
}

// printable reports a name that shows as what it is: no control or direction
// marks, no spaces around it.
func printable(name string) bool {
	return strings.TrimSpace(name) == name && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
}

func clip(s string) string {
	if len(s) > maxName {
		return strings.ToValidUTF8(s[:maxName], "") + "..."
	}
	return s
}

func keysOf(at string, names []string, faults *Errors) []body.Key {
	var keys []body.Key
	for i, name := range names {
		key, ok := measurementKey(name)
		if !ok {
			faults.add(fmt.Sprintf("%s/%d", at, i), "%q is not a measurement known here%s", clip(name), suggest(name, keyNames()))
			continue
		}
		keys = append(keys, key)
	}
	return keys
}
