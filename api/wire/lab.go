package wire

import (
	"bytes"
	"io"
	"io/fs"

	"fitroom/garment/fabric"
	"fitroom/garment/fabric/u3m"
	"fitroom/garment/fit"
)

// KES is a KES-F report, in the units it is printed in.
type KES struct {
	Weight    float64 `json:"weight_g_m2"`
	Thickness float64 `json:"thickness_mm"`
	Load      float64 `json:"load_gf_cm,omitempty"` // of the extension; absent: 500
	EMTWarp   float64 `json:"emt_warp_pct"`
	EMTWeft   float64 `json:"emt_weft_pct"`
	LTWarp    float64 `json:"lt_warp,omitempty"`
	LTWeft    float64 `json:"lt_weft,omitempty"`
	BWarp     float64 `json:"b_warp_gfcm2_cm"`
	BWeft     float64 `json:"b_weft_gfcm2_cm"`
	G         float64 `json:"g_gf_cm_deg"`
}

// FAST is a FAST report, in the units it is printed in.
type FAST struct {
	Weight    float64 `json:"weight_g_m2"`
	Thickness float64 `json:"t2_mm"`
	E5Warp    float64 `json:"e5_warp_pct,omitempty"`
	E5Weft    float64 `json:"e5_weft_pct,omitempty"`
	E100Warp  float64 `json:"e100_warp_pct"`
	E100Weft  float64 `json:"e100_weft_pct"`
	EB5       float64 `json:"eb5_pct"`
	CWarp     float64 `json:"c_warp_mm"`
	CWeft     float64 `json:"c_weft_mm"`
}

// maxU3M bounds a U3M file with its textures.
const maxU3M = 256 << 20

// report reads the fabric from a test report or a U3M file; found says whether
// the style names one. What the report leaves open is added to the notes.
func (f Fabric) report(at string, dir fs.FS, notes *[]fit.Remark, faults *Errors) (out fabric.Fabric, found bool) {
	structure := fabric.Structure(f.Structure)
	var r fabric.Reading
	var err error
	switch {
	case f.KES != nil:
		at += "/kes"
		k := f.KES
		r, err = fabric.KES{Name: "own", Structure: structure, WeightGM2: k.Weight, ThicknessMm: k.Thickness, LoadGfCm: k.Load, EMTWarp: k.EMTWarp, EMTWeft: k.EMTWeft,
			LTWarp: k.LTWarp, LTWeft: k.LTWeft, BWarp: k.BWarp, BWeft: k.BWeft, G: k.G, Friction: f.Friction}.Fabric()
	case f.FAST != nil:
		at += "/fast"
		s := f.FAST
		r, err = fabric.FAST{Name: "own", Structure: structure, WeightGM2: s.Weight, ThicknessMm: s.Thickness, E5Warp: s.E5Warp, E5Weft: s.E5Weft, E100Warp: s.E100Warp, E100Weft: s.E100Weft,
			EB5: s.EB5, CWarp: s.CWarp, CWeft: s.CWeft, Friction: f.Friction}.Fabric()
	case f.U3M != "":
		at += "/u3m"
		r, err = readU3M(f.U3M, dir)
	default:
		return fabric.Fabric{}, false
	}
	if err != nil {
		faults.add(at, "%v", err)
		return fabric.Fabric{}, true
	}
	if f.Usable != nil {
		r.Fabric.UsableWarp, r.Fabric.UsableWeft = f.Usable.Warp, f.Usable.Weft
		faults.join(at, r.Fabric.Validate())
	}
	for _, a := range r.Assumed {
		*notes = append(*notes, fit.FabricReport(a))
	}
	return r.Fabric, true
}

func readU3M(name string, dir fs.FS) (fabric.Reading, error) {
	data, err := readBeside(name, dir)
	if err != nil {
		return fabric.Reading{}, err
	}
	return u3m.Read(bytes.NewReader(data), int64(len(data)), name)
}

// readBeside reads a file beside style.json.
func readBeside(name string, dir fs.FS) ([]byte, error) {
	f, err := openBeside(name, dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxU3M))
}
