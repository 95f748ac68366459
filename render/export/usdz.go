package export

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"regexp"
	"strconv"

	"fitroom/geometry"
	"fitroom/render"
)

// usdName is what the format allows as the name of a prim.
var usdName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// usdzAlign is the boundary on which the data of each file in the package
// starts, so that it can be used straight from memory (USDZ specification 1.3,
// "Alignment").
const usdzAlign = 64

// USDZ writes a scene for AR Quick Look: a package of one text layer, in metres
// with Y up and one mesh per object, and the fabric pictures. Fit figures are
// a primvar of the mesh named "fit".
func USDZ(w io.Writer, s render.Scene) error {
	if err := s.Validate(); err != nil {
		return fmt.Errorf("export USDZ: %w", err)
	}
	var layer bytes.Buffer
	u := usda{bufio.NewWriter(&layer)}
	u.line("#usda 1.0\n(\n    defaultPrim = \"Fitting\"\n    metersPerUnit = 1\n    upAxis = \"Y\"\n)\n\ndef Xform \"Fitting\" (\n    kind = \"component\"\n)\n{")
	type file struct {
		name string
		data []byte
	}
	var pictures []file
	seen := map[string]bool{}
	for i, o := range partsOf(&s) {
		if !usdName.MatchString(o.Name) || seen[o.Name] {
			return fmt.Errorf("export USDZ: object %d is named %q; names are of letters, digits and _, and each is used once", i, o.Name)
		}
		seen[o.Name] = true
		u.mesh(o)
		u.material(o)
		if o.UV == nil {
			continue
		}
		picture, err := fabricPicture(o)
		if err != nil {
			return fmt.Errorf("export USDZ: fabric texture: %w", err)
		}
		pictures = append(pictures, file{o.Name + ".png", picture.Bytes()})
	}
	u.line("}")
	if err := u.w.Flush(); err != nil {
		return err
	}
	count := &counter{w: w}
	z := zip.NewWriter(count)
	for _, f := range append([]file{{"fitting.usda", layer.Bytes()}}, pictures...) { // the layer comes first
		if err := store(z, count, f.name, f.data); err != nil {
			return fmt.Errorf("export USDZ: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("export USDZ: %w", err)
	}
	return nil
}

type counter struct {
	w io.Writer
	n int
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += n
	return n, err
}

// store adds a file without compression, its data on the boundary: an extra
// field of the header, which readers skip, fills the gap.
func store(z *zip.Writer, at *counter, name string, data []byte) error {
	if err := z.Flush(); err != nil {
		return err
	}
	const header, field = 30, 4 // bytes of a local header and of an empty extra field
	fill := (usdzAlign - (at.n+header+field+len(name))%usdzAlign) % usdzAlign
	const private = 0x1986 // an id no archiver uses
	extra := append([]byte{private & 0xff, private >> 8, byte(fill), 0}, make([]byte, fill)...)
	f, err := z.CreateRaw(&zip.FileHeader{
		Name: name, Method: zip.Store, Extra: extra, CRC32: crc32.ChecksumIEEE(data),
		CompressedSize64: uint64(len(data)), UncompressedSize64: uint64(len(data)),
	})
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return err
}

// usda writes the text form of Universal Scene Description.
type usda struct{ w *bufio.Writer }

func (u usda) line(format string, args ...any) { fmt.Fprintf(u.w, format+"\n", args...) }

func (u usda) mesh(o *part) {
	c := split(o)
	u.line("    def Mesh \"%s\" (\n        prepend apiSchemas = [\"MaterialBindingAPI\"]\n    )\n    {", o.Name)
	if !geometry.NewTopology(o.Tris).Closed() {
		u.line("        uniform bool doubleSided = 1")
	}
	u.line("        uniform token subdivisionScheme = \"none\"")
	u.line("        rel material:binding = </Fitting/%s_look>", o.Name)
	u.list("int[] faceVertexCounts", len(c.indices)/3, "", func(b []byte, _ int) []byte { return append(b, '3') })
	u.list("int[] faceVertexIndices", len(c.indices), "", func(b []byte, i int) []byte {
		return strconv.AppendUint(b, uint64(c.indices[i]), 10)
	})
	u.list("point3f[] points", len(c.pos), "", func(b []byte, i int) []byte { return tuple(b, c.pos[i][:]) })
	u.list("normal3f[] normals", len(c.nrm), "vertex", func(b []byte, i int) []byte { return tuple(b, c.nrm[i][:]) })
	if c.uv != nil { // upward, where glTF has it downward
		u.list("texCoord2f[] primvars:st", len(c.uv), "vertex", func(b []byte, i int) []byte {
			return tuple(b, []float32{c.uv[i][0], -c.uv[i][1]})
		})
	}
	if c.fit != nil {
		u.list("float[] primvars:fit", len(c.fit), "vertex", func(b []byte, i int) []byte { return number(b, c.fit[i]) })
	}
	u.line("    }")
}

func (u usda) list(name string, n int, interpolation string, item func([]byte, int) []byte) {
	fmt.Fprintf(u.w, "        %s = [", name)
	var b []byte
	for i := range n {
		b = b[:0]
		if i > 0 {
			b = append(b, ", "...)
		}
		u.w.Write(item(b, i))
	}
	if interpolation == "" {
		u.line("]")
		return
	}
	u.line("] (\n            interpolation = \"%s\"\n        )", interpolation)
}

func tuple(b []byte, v []float32) []byte {
	b = append(b, '(')
	for i, x := range v {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = number(b, x)
	}
	return append(b, ')')
}

// number keeps a hundredth of a millimetre at a body's height.
func number(b []byte, x float32) []byte { return strconv.AppendFloat(b, float64(x), 'g', 6, 32) }

func (u usda) material(o *part) {
	m := &o.Material
	look := "/Fitting/" + o.Name + "_look"
	u.line("    def Material \"%s_look\"\n    {\n        token outputs:surface.connect = <%s/Surface.outputs:surface>\n", o.Name, look)
	u.line("        def Shader \"Surface\"\n        {\n            uniform token info:id = \"UsdPreviewSurface\"")
	if o.UV != nil {
		u.line("            color3f inputs:diffuseColor.connect = <%s/Fabric.outputs:rgb>", look)
	} else {
		g := m.Ground()
		u.line("            color3f inputs:diffuseColor = (%.4f, %.4f, %.4f)", linear(g.R), linear(g.G), linear(g.B))
	}
	u.opacity(o, look)
	u.line("            float inputs:metallic = 0\n            float inputs:roughness = %.3f\n            token outputs:surface\n        }", roughness(m))
	if o.UV != nil {
		u.line("\n        def Shader \"Fabric\"\n        {\n            uniform token info:id = \"UsdUVTexture\"\n            asset inputs:file = @%s.png@", o.Name)
		u.line("            token inputs:sourceColorSpace = \"sRGB\"\n            token inputs:wrapS = \"repeat\"\n            token inputs:wrapT = \"repeat\"")
		u.line("            float2 inputs:st.connect = <%s/Place.outputs:result>\n            float3 outputs:rgb\n            float outputs:a\n        }", look)
		u.line("\n        def Shader \"Place\"\n        {\n            uniform token info:id = \"UsdPrimvarReader_float2\"\n            string inputs:varname = \"st\"\n            float2 outputs:result\n        }")
	}
	u.line("    }")
}

// opacity says where one sees through: holes cut at half their cover, sheer
// cloth blended. AR Quick Look draws no cloth that is both.
func (u usda) opacity(o *part, look string) {
	m := &o.Material
	switch {
	case m.Sheer > 0:
		u.line("            float inputs:opacity = %.3f", 1-m.Sheer)
	case o.UV != nil && m.Sheerness():
		u.line("            float inputs:opacity.connect = <%s/Fabric.outputs:a>", look)
		if !o.print {
			u.line("            float inputs:opacityThreshold = 0.5")
		}
	}
}
