package dxf

import (
	"fmt"
	"io"
	"strings"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Unit is the unit of a drawing. The zero value means: as the file says, and
// millimetres where it says nothing, which is what its writers mean by that.
type Unit string

// The two units of the format.
const (
	Millimetre Unit = "mm"
	Inch       Unit = "in"
)

func (u Unit) metres() float64 {
	if u == Inch {
		return 0.0254
	}
	return 0.001
}

// agree settles the unit between what is stated and what the file says.
func (u Unit) agree(said string) (Unit, error) {
	var file Unit
	switch strings.ToUpper(said) {
	case "":
	case "METRIC", "MM":
		file = Millimetre
	case "ENGLISH", "INCH", "IN", "IMPERIAL":
		file = Inch
	default:
		return "", fault.Errorf("units are %.40q; METRIC (mm) or ENGLISH (inch) are known", said)
	}
	switch {
	case u != "" && u != Millimetre && u != Inch:
		return "", fault.Errorf("unit %.40q; mm and in are known", string(u))
	case u == "" && file == "":
		return Millimetre, nil
	case u == "":
		return file, nil
	case file != "" && file != u:
		return "", fault.Errorf("the file says it is in %s, but %s is stated for it", file, u)
	}
	return u, nil
}

// Drawing is what one DXF file holds, in metres.
type Drawing struct {
	Name       string // of the file, for messages
	Style      string
	SampleSize string
	RuleTable  string
	Units      Unit
	Pieces     []Piece
	Warnings   []error
}

// maxBlocks bounds the pieces of one file: sizes times panels.
const maxBlocks = 4000

// Read reads one DXF file. The name goes into messages; units may be empty.
func Read(r io.Reader, name string, units Unit) (*Drawing, error) {
	d, err := read(r, name, units)
	if err != nil {
		return nil, fault.Errorf("dxf: %s: %w", name, err)
	}
	return d, nil
}

func read(r io.Reader, name string, units Unit) (*Drawing, error) {
	f, err := readFile(r)
	if err != nil {
		return nil, err
	}
	d := &Drawing{Name: name}
	for _, kind := range f.skipped {
		d.warn("%q entities are not read", kind)
	}
	head := fieldsOf(f.entities.notes)
	for i := range f.blocks { // some writers put the style's texts into blocks
		for k, v := range fieldsOf(f.blocks[i].notes) {
			if _, ok := head[k]; !ok && (k == "units" || k == "sample size" || k == "style name" || k == "grade rule table") {
				head[k] = v
			}
		}
	}
	d.Style, d.SampleSize, d.RuleTable = head["style name"], head["sample size"], head["grade rule table"]
	if d.Units, err = units.agree(head["units"]); err != nil {
		return nil, err
	}
	return d, d.readPieces(f)
}

func (d *Drawing) warn(what string, args ...any) {
	if len(d.Warnings) < maxWarnings {
		d.Warnings = append(d.Warnings, fault.Errorf(what, args...))
	}
}

var errFlat = fault.Errorf("this is a flat DXF: it has no block per piece with a boundary on layer 1, so that lines cannot be told apart; export it as AAMA or ASTM DXF")

func (d *Drawing) readPieces(f *file) error {
	if len(f.blocks) > maxBlocks {
		return fault.Errorf("%d blocks; at most %d are read", len(f.blocks), maxBlocks)
	}
	in := newInserter(f.blocks)
	for i := range f.entities.inserts {
		ins := &f.entities.inserts[i]
		which, again, err := in.find(ins)
		if err != nil {
			return err
		}
		if again {
			d.warn("block %q is inserted more often than it is defined; how many are cut is said by its quantity", ins.block)
			continue
		}
		if err := d.readBlock(in, which, placement(ins, f.blocks[which].base)); err != nil {
			return err
		}
	}
	if len(f.entities.inserts) == 0 {
		for i := range f.blocks {
			if err := d.readBlock(in, i, placement(&insert{sx: 1, sy: 1}, r2.Vec{})); err != nil {
				return err
			}
		}
	}
	if len(d.Pieces) == 0 {
		return errFlat
	}
	d.nameSizes()
	d.numberNames()
	return nil
}

// readBlock makes a piece of a block that has a boundary. Where the sheet
// places the piece is of no meaning; how it turns and scales it is.
func (d *Drawing) readBlock(in *inserter, which int, m affine) error {
	k := d.Units.metres()
	m.a, m.b, m.c, m.d, m.t = k*m.a, k*m.b, k*m.c, k*m.d, r2.Vec{}
	b, err := in.flatten(which, m)
	if err != nil {
		return err
	}
	if !b.has(layerCut) {
		return nil
	}
	p, err := d.piece(b)
	if err != nil {
		return fault.Errorf("piece %q: %w", b.name, err)
	}
	d.Pieces = append(d.Pieces, p)
	return nil
}

func (b *block) has(layer int) bool {
	for i := range b.paths {
		if b.paths[i].layer == layer && len(b.paths[i].pts) > 1 {
			return true
		}
	}
	return false
}

// nameSizes finds piece and size of blocks that carry no texts: writers of
// nests put texts into the base size only and call the others PIECE_SIZE.
func (d *Drawing) nameSizes() {
	for i := range d.Pieces {
		p := &d.Pieces[i]
		if p.named || p.Size != "" {
			continue
		}
		for k := range d.Pieces {
			base := &d.Pieces[k]
			rest, ok := strings.CutPrefix(p.Name, base.Name)
			if base.named && ok && len(rest) > 1 && strings.ContainsAny(rest[:1], "_- .") {
				p.Name, p.Size, p.Category, p.Material = base.Name, rest[1:], base.Category, base.Material
				p.Drawn, p.Mirrored = base.Drawn, base.Mirrored
				break
			}
		}
	}
}

// numberNames tells pieces of one name and size apart: DET, DET 2, DET 3.
func (d *Drawing) numberNames() {
	seen := map[[2]string]int{}
	for i := range d.Pieces {
		p := &d.Pieces[i]
		key := [2]string{p.Name, p.Size}
		seen[key]++
		p.shared, p.number = p.Name, seen[key]
		if p.number > 1 {
			p.Name = fmt.Sprintf("%s %d", p.Name, p.number)
		}
		if p.number == 2 {
			d.warn("several pieces are called %q; they are numbered as they come", p.shared)
		}
	}
	if len(d.Pieces) > pattern.MaxPanels*maxSizes {
		d.Pieces = d.Pieces[:pattern.MaxPanels*maxSizes]
	}
}

// OfSize leaves only the pieces of one size. Pieces that name no size are
// taken to be of it. It is for shops that keep one file per size.
func (d *Drawing) OfSize(size string) error {
	var kept []Piece
	for _, p := range d.Pieces {
		if p.Size == "" || p.Size == size {
			p.Size = size
			kept = append(kept, p)
		}
	}
	if len(kept) == 0 {
		return fault.Errorf("dxf: %s: it holds no piece of size %q", d.Name, size)
	}
	d.Pieces = kept
	return nil
}
