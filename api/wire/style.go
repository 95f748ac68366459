package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"path"
	"slices"
	"sort"
	"strings"
	"unicode"

	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/gcjson"
	"fitroom/garment/pattern/spec"
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
}

// Chart is one row of a size chart: bands or plain values per size.
type Chart struct {
	Unit   string                `json:"unit"`
	Bands  map[string][2]float64 `json:"bands,omitempty"`
	Values map[string]float64    `json:"values,omitempty"`
}

// POM is one point of measure of the garment.
type POM struct {
	Unit        string             `json:"unit,omitempty"`
	Measure     string             `json:"measure,omitempty"` // full or half
	Tolerance   float64            `json:"tolerance,omitempty"`
	ToleranceOf string             `json:"tolerance_of,omitempty"` // full or half; absent: as Measure
	Values      map[string]float64 `json:"values,omitempty"`
	Free        bool               `json:"free,omitempty"`
}

// Pattern says where the panels come from.
type Pattern struct {
	Format   string                     `json:"format"`
	Files    map[string]json.RawMessage `json:"files,omitempty"` // per size: a path beside style.json, or the specification itself
	Template string                     `json:"template,omitempty"`
	Options  map[string]string          `json:"options,omitempty"`
	// Of format dxf, files beside style.json and what they leave open.
	Rules     string  `json:"rul,omitempty"`
	Seams     string  `json:"seams,omitempty"`
	Units     string  `json:"units,omitempty"` // mm or in
	Line      string  `json:"line,omitempty"`  // sewn along: sew or cut; absent: sew where drawn
	Allowance float64 `json:"allowance_mm,omitempty"`
}

// Fabric is a preset or a list of figures.
type Fabric struct {
	Preset    string  `json:"preset,omitempty"`
	Density   float64 `json:"density_g_m2,omitempty"`
	Thickness float64 `json:"thickness_mm,omitempty"`
	Warp      float64 `json:"warp_N_m,omitempty"`
	Weft      float64 `json:"weft_N_m,omitempty"`
	Shear     float64 `json:"shear_N_m,omitempty"`
	BendWarp  float64 `json:"bend_warp_uNm,omitempty"`
	BendWeft  float64 `json:"bend_weft_uNm,omitempty"`
	Friction  float64 `json:"friction,omitempty"`
	Usable    *Usable `json:"usable_stretch,omitempty"`
	Grade     string  `json:"grade,omitempty"`
}

// Usable is the strain up to which a fabric can be worn.
type Usable struct {
	Warp float64 `json:"warp"`
	Weft float64 `json:"weft"`
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
		return nil, Style{}, FieldError{"", fmt.Sprintf("%s is larger than %d MB, the most that is read", name, maxStyleJSON>>20)}
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
		Patterns: map[string]*pattern.Pattern{tryon.OneSize: p},
	}
	return s, Style{Style: id, Kind: "garment", Population: string(body.Unspecified), Sizes: s.Sizes}, nil
}

// defaultFabric stands in where a style names none; the report says so. A
// plain woven cotton is what patterns without a word on fabric are made for.
const defaultFabric = "poplin"

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
	s.convertFabrics(at, out, &faults)
	if faults.err() == nil {
		// Before the patterns are drafted: a wrong measure is better told from
		// its place in the chart than from the seam that cannot be drawn.
		faults.join(at, out.Validate())
	}
	if faults.err() == nil && s.Pattern != nil {
		s.convertPatterns(at+"/pattern", dir, out, &faults)
	}
	if err := faults.err(); err != nil {
		return nil, err
	}
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

func (c Chart) convert(at string, sizes []string, faults *Errors) fit.Chart {
	unit := lengthUnit(c.Unit)
	if unit == 0 {
		faults.add(at+"/unit", "is %q; it must be cm, mm, m or in", clip(c.Unit))
	}
	if (c.Bands == nil) == (c.Values == nil) {
		faults.add(at, "needs either bands or values, and not both")
	}
	knownSizes(at+"/bands", sizes, slices.Collect(maps.Keys(c.Bands)), faults)
	knownSizes(at+"/values", sizes, slices.Collect(maps.Keys(c.Values)), faults)
	if c.Values != nil {
		metres := map[string]float64{}
		for size, v := range c.Values {
			metres[size] = unit * v
		}
		chart, err := fit.PlainChart(sizes, metres)
		if err != nil {
			faults.add(at+"/values", "%v", err)
		}
		return chart
	}
	bands := map[string][2]float64{}
	for size, b := range c.Bands {
		bands[size] = [2]float64{unit * b[0], unit * b[1]}
	}
	return fit.Chart{Bands: bands}
}

func knownSizes(at string, sizes, given []string, faults *Errors) {
	sort.Strings(given)
	for _, size := range given {
		if !slices.Contains(sizes, size) {
			faults.add(at, "names size %q, which is not among the style's sizes %s", clip(size), listed(sizes))
		}
	}
}

// listed names sizes, the first few of many.
func listed(sizes []string) string {
	const most = 12
	if len(sizes) > most {
		return strings.Join(sizes[:most], ", ") + ", ..."
	}
	return strings.Join(sizes, ", ")
}

func (p POM) convert(at string, sizes []string, faults *Errors) fit.POM {
	if p.Free {
		return fit.POM{Free: true}
	}
	unit := lengthUnit(p.Unit)
	if unit == 0 {
		faults.add(at+"/unit", "is %q; it must be cm, mm, m or in", clip(p.Unit))
	}
	full := halves(at+"/measure", p.Measure, p.Measure, faults)
	tol := halves(at+"/tolerance_of", p.ToleranceOf, p.Measure, faults)
	if p.Tolerance < 0 || math.IsInf(p.Tolerance, 0) {
		faults.add(at+"/tolerance", "is %g; it must be 0 or more", p.Tolerance)
	}
	out := fit.POM{Values: map[string]float64{}, Tolerance: p.Tolerance * unit * tol}
	for size, v := range p.Values {
		if !(v > 0) {
			faults.add(at+"/values/"+size, "is %g %s; a measure of a garment is greater than 0", v, p.Unit)
		}
		out.Values[size] = v * unit * full
	}
	knownSizes(at+"/values", sizes, slices.Collect(maps.Keys(p.Values)), faults)
	return out
}

// convertPOM enters one garment measure. Measures of no zone are for drafting
// alone; without a template nobody would read them, so they are refused.
func (s Style) convertPOM(at, name string, out *tryon.Style, faults *Errors) {
	pom := s.POM[name].convert(at, s.Sizes, faults)
	key, ok := measurementKey(name)
	if !ok {
		key = body.Key(name)
	}
	switch {
	case fit.Known(key):
		out.POM[key] = pom
	case s.Pattern == nil || s.Pattern.Format != templateFormat:
		faults.add(at, "is not a measure of a garment known here")
	}
}

// templateFormat is the pattern format of garments drafted from their measures.
const templateFormat = "template"

// halves is what a declared half or full measure is multiplied with. Nothing
// is ever doubled unless it says half.
func halves(at, word, fallback string, faults *Errors) float64 {
	if word == "" {
		word = fallback
	}
	switch word {
	case "full":
		return 1
	case "half":
		return 2
	}
	faults.add(at, "is %q; it must be declared as full or half", clip(word))
	return 0
}

func (s Style) convertFabrics(at string, out *tryon.Style, faults *Errors) {
	main := Fabric{Preset: defaultFabric}
	if s.Fabric != nil {
		main = *s.Fabric
	}
	out.Fabric = main.convert(at+"/fabric", faults)
	if len(s.Fabrics) > 0 {
		out.Materials = map[string]fabric.Fabric{}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Fabrics)) {
		out.Materials[name] = s.Fabrics[name].convert(at+"/fabrics/"+name, faults)
	}
}

func (f Fabric) convert(at string, faults *Errors) fabric.Fabric {
	if f.Preset != "" {
		if own := f; own != (Fabric{Preset: f.Preset}) {
			faults.add(at, "gives the preset %q and figures of its own; give one or the other", clip(f.Preset))
		}
		p, ok := fabric.Preset(f.Preset)
		if !ok {
			faults.add(at+"/preset", "%q is not a preset%s", clip(f.Preset), suggest(f.Preset, fabric.Names()))
		}
		return p
	}
	out := fabric.Fabric{
		Name: "own", Density: f.Density / 1000, Thickness: f.Thickness / 1000,
		Warp: f.Warp, Weft: f.Weft, Shear: f.Shear, BendWarp: f.BendWarp * 1e-6, BendWeft: f.BendWeft * 1e-6,
		Friction: f.Friction, Grade: fabric.Grade(f.Grade), Source: "the style",
	}
	if f.Usable != nil {
		out.UsableWarp, out.UsableWeft = f.Usable.Warp, f.Usable.Weft
	}
	faults.join(at, out.Validate())
	return out
}

func (s Style) convertPatterns(at string, dir fs.FS, out *tryon.Style, faults *Errors) {
	out.Patterns = map[string]*pattern.Pattern{}
	switch s.Pattern.Format {
	case templateFormat:
		told := map[string]bool{}
		for _, size := range s.Sizes {
			p, err := spec.Draft(s.Pattern.Template, s.drafting(size), s.Pattern.Options)
			if err != nil {
				if said := err.Error(); !told[said] { // every size would say the same
					faults.add(at, "size %s: %s", size, said)
					told[said] = true
				}
				continue
			}
			out.Patterns[size] = p
		}
	case "garmentcode":
		knownSizes(at+"/files", s.Sizes, slices.Collect(maps.Keys(s.Pattern.Files)), faults)
		for _, size := range s.Sizes {
			raw, ok := s.Pattern.Files[size]
			if !ok {
				continue // this size can be advised on but not draped
			}
			p, err := readPattern(raw, dir)
			if err != nil {
				faults.add(at+"/files/"+size, "%v", err)
				continue
			}
			out.Patterns[size] = p
		}
	case dxfFormat:
		s.convertDXF(at, dir, out, faults)
	default:
		faults.add(at+"/format", "is %q; it must be template, garmentcode or dxf", clip(s.Pattern.Format))
	}
}

// drafting collects the finished measures of one size for a template [m].
func (s Style) drafting(size string) map[string]float64 {
	pom := map[string]float64{}
	for name, p := range s.POM {
		var faults Errors // found before
		if v, ok := p.convert("", s.Sizes, &faults).Values[size]; ok {
			pom[name] = v
		}
	}
	return pom
}

// readPattern reads a GarmentCode specification, written inline as an object
// or named as a file beside the style.
func readPattern(raw json.RawMessage, dir fs.FS) (*pattern.Pattern, error) {
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		return gcjson.Parse(raw, "the specification")
	}
	var name string
	if err := json.Unmarshal(raw, &name); err != nil {
		return nil, fmt.Errorf("must be a file name or a specification")
	}
	if dir == nil {
		return nil, fmt.Errorf("names the file %q; a style sent by itself must hold its patterns inline", clip(name))
	}
	if !fs.ValidPath(name) {
		return nil, fmt.Errorf("%q is not a path inside the style's folder", clip(name))
	}
	f, err := dir.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, err := gcjson.Read(f, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}
