package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"fitroom/geometry"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// The files are read back by programs nobody here wrote, from npm.
var readers = []string{
	"gltf-validator@2.0.0-dev.3.10", "meshoptimizer@1.3.0", "three@0.187.0",
	"@gltf-transform/core@4.5.1", "@gltf-transform/extensions@4.5.1", "pngjs@7.0.0", "jpeg-js@0.4.4",
}

// node runs a script with the readers at hand and decodes what it prints.
func node(t *testing.T, dir, script string, out any, args ...string) {
	t.Helper()
	name := filepath.Join(dir, "script.mjs")
	if err := os.WriteFile(name, []byte(script), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", append([]string{name}, args...)...)
	cmd.Stderr = os.Stderr
	printed, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(printed, out); err != nil {
		t.Fatalf("the reader printed %q: %v", printed, err)
	}
}

// install fetches the readers once for all tests below.
func install(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("short: the readers come from npm")
	}
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed: files cannot be read back by others", tool)
		}
	}
	dir := t.TempDir()
	args := []string{"install", "--prefix", dir, "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0", "--fetch-timeout=20000"}
	if out, err := exec.Command("npm", append(args, readers...)...).CombinedOutput(); err != nil {
		t.Skipf("npm cannot install the readers: %v\n%s", err, out)
	}
	return dir
}

// dome is a smooth sheet of n x n squares: enough vertices for several blocks
// of the codecs.
func dome(n int) render.Object {
	o := sewn()
	o.Pos, o.Tris, o.UV, o.Scalar = nil, nil, nil, nil
	for j := range n + 1 {
		for i := range n + 1 {
			x, z := float64(i)/float64(n)-0.5, float64(j)/float64(n)-0.5
			o.Pos = append(o.Pos, r3.Vec{X: x, Y: 1.2 - x*x - z*z + 0.01*math.Sin(40*x), Z: z})
			o.Scalar = append(o.Scalar, x*x)
		}
	}
	at := func(i, j int) int32 { return int32(j*(n+1) + i) }
	uv := func(v int32) r2.Vec { return r2.Vec{X: o.Pos[v].X, Y: o.Pos[v].Z} }
	for j := range n {
		for i := range n {
			a, b, c, d := at(i, j), at(i+1, j), at(i+1, j+1), at(i, j+1)
			o.Tris = append(o.Tris, geometry.Tri{a, c, b}, geometry.Tri{a, d, c})
			o.UV = append(o.UV, [3]r2.Vec{uv(a), uv(c), uv(b)}, [3]r2.Vec{uv(a), uv(d), uv(c)})
		}
	}
	return o
}

const readGLB = `
import validator from 'gltf-validator';
import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { MeshoptDecoder } from 'meshoptimizer';
import fs from 'fs';
await MeshoptDecoder.ready;
const bytes = new Uint8Array(fs.readFileSync(process.argv[2]));
const issues = (await validator.validateBytes(bytes, {maxIssues: 20})).issues;
const io = new NodeIO().registerExtensions(ALL_EXTENSIONS).registerDependencies({'meshopt.decoder': MeshoptDecoder});
const doc = await io.readBinary(bytes);
const objects = doc.getRoot().listNodes().map(n => {
  const p = n.getMesh().listPrimitives()[0], m = n.getMatrix();
  const [pos, uv, fit] = ['POSITION', 'TEXCOORD_0', '_FIT'].map(a => p.getAttribute(a));
  const info = p.getMaterial().getBaseColorTextureInfo();
  const move = info && info.getExtension('KHR_texture_transform');
  const corners = Array.from(p.getIndices().getArray()).map(i => {
    const [x, y, z] = pos.getElement(i, []);
    const at = [0, 1, 2].map(k => m[k]*x + m[4+k]*y + m[8+k]*z + m[12+k]);
    let t = uv ? uv.getElement(i, []) : [0, 0];
    if (uv && move) t = t.map((v, k) => move.getOffset()[k] + move.getScale()[k]*v);
    return [...at, ...t, fit ? fit.getScalar(i) : 0];
  });
  return {name: n.getName(), corners};
});
console.log(JSON.stringify({issues, objects}));`

type readBack struct {
	Issues struct {
		NumErrors, NumWarnings int
		Messages               []struct{ Code, Message string }
	}
	Objects []struct {
		Name    string
		Corners [][6]float64 // position [m], texture place, fit
	}
}

// All packings pass the Khronos validator without error or warning, and
// gltf-transform reads the same triangles from each, to the quantum.
func TestPackingsAreReadBack(t *testing.T) {
	dir := install(t)
	scene := render.Scene{Objects: []render.Object{tetrahedron(), sewn(), printed(dome(40))}}
	var plain readBack
	size := map[Packing]int{}
	for p, name := range []string{"float", "quantised", "compressed"} {
		var buf bytes.Buffer
		if err := GLB(&buf, scene, Packing(p)); err != nil {
			t.Fatal(err)
		}
		size[Packing(p)] = buf.Len()
		file := filepath.Join(dir, name+".glb")
		if err := os.WriteFile(file, buf.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		var got readBack
		node(t, dir, readGLB, &got, file)
		if got.Issues.NumErrors+got.Issues.NumWarnings > 0 {
			t.Errorf("%s: the validator finds %d errors and %d warnings: %v", name, got.Issues.NumErrors, got.Issues.NumWarnings, got.Issues.Messages)
		}
		if p == 0 {
			if n := len(got.Objects); n != 4 || got.Objects[3].Name != "garment_print1" {
				t.Fatalf("%d nodes are read, want body, two garments and garment_print1", n)
			}
			plain = got
			continue
		}
		for i, o := range got.Objects {
			far := apart(plain.Objects[i].Corners, o.Corners)
			t.Logf("%s %s: %d triangles, corners at most %.2f of a quantum apart", name, o.Name, len(o.Corners)/3, far)
			if far > 0.51 {
				t.Errorf("%s: %s has corners %g quanta apart from the plain file's", name, o.Name, far)
			}
		}
	}
	t.Logf("bytes: plain %d, quantised %d, compressed %d", size[Float], size[Quantised], size[Compressed])
	if size[Quantised] >= size[Float] || size[Compressed] >= size[Quantised] {
		t.Error("packing does not make the file smaller")
	}
}

// apart compares two lists of triangles in any order and rotation: each is
// turned to its least corner, then the lists are sorted on a coarse grid. It
// returns the largest difference in quanta of its column; fit figures have the
// quantum of a float32.
func apart(a, b [][6]float64) float64 {
	if len(a) != len(b) {
		return math.Inf(1)
	}
	sortTriangles(a)
	sortTriangles(b)
	var span [6]float64
	for k := range 6 {
		lo, hi := a[0][k], a[0][k]
		for _, c := range a {
			lo, hi = min(lo, c[k]), max(hi, c[k])
		}
		span[k] = hi - lo
	}
	side := max(span[0], span[1], span[2])
	quantum := [6]float64{side / maxQuantum, side / maxQuantum, side / maxQuantum, span[3] / maxQuantum, span[4] / maxQuantum, 1e-7}
	far := 0.0
	for i := range a {
		for k := range 6 {
			if d := math.Abs(a[i][k] - b[i][k]); d > 1e-7 { // plain files hold float32
				far = max(far, d/quantum[k])
			}
		}
	}
	return far
}

func sortTriangles(c [][6]float64) {
	const coarse = 1e-3 // far above the quantum, far below an edge
	less := func(p, q [6]float64) int {
		for k := range 6 {
			if math.Abs(p[k]-q[k]) > coarse {
				if p[k] < q[k] {
					return -1
				}
				return 1
			}
		}
		return 0
	}
	tris := make([][3][6]float64, len(c)/3)
	for i := range tris {
		t := [3][6]float64{c[3*i], c[3*i+1], c[3*i+2]}
		for less(t[1], t[0]) < 0 || less(t[2], t[0]) < 0 {
			t = [3][6]float64{t[1], t[2], t[0]}
		}
		tris[i] = t
	}
	slices.SortFunc(tris, func(p, q [3][6]float64) int {
		for k := range 3 {
			if d := less(p[k], q[k]); d != 0 {
				return d
			}
		}
		return 0
	})
	for i, t := range tris {
		copy(c[3*i:], t[:])
	}
}

const readUSDZ = `
import fs from 'fs';
globalThis.document = { createElementNS: () => ({ addEventListener() {}, removeEventListener() {}, style: {} }) };
const { USDLoader } = await import('three/addons/loaders/USDLoader.js');
const file = fs.readFileSync(process.argv[2]);
const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
const group = new USDLoader().parse(buffer);
const objects = [];
group.updateMatrixWorld(true);
group.traverse(o => {
  if (!o.isMesh) return;
  let g = o.geometry;
  if (g.index) g = g.toNonIndexed();
  const p = g.getAttribute('position'), uv = g.getAttribute('uv');
  const corners = [];
  for (let i = 0; i < p.count; i++) corners.push([p.getX(i), p.getY(i), p.getZ(i), uv ? uv.getX(i) : 0, uv ? -uv.getY(i) : 0, 0]);
  objects.push({name: o.name, corners, textured: !!(o.material && o.material.map)});
});
console.log(JSON.stringify({objects}));`

// three.js reads the same meshes from the USDZ as gltf-transform from the GLB.
func TestUSDZIsReadBack(t *testing.T) {
	dir := install(t)
	scene := render.Scene{Objects: []render.Object{tetrahedron(), sewn(), printed(dome(20))}}
	scene.Objects[2].Name = "sheet"
	var glb, usdz bytes.Buffer
	if err := errors.Join(GLB(&glb, scene, Float), USDZ(&usdz, scene)); err != nil {
		t.Fatal(err)
	}
	a, b := filepath.Join(dir, "a.glb"), filepath.Join(dir, "b.usdz")
	if err := errors.Join(os.WriteFile(a, glb.Bytes(), 0o644), os.WriteFile(b, usdz.Bytes(), 0o644)); err != nil {
		t.Fatal(err)
	}
	var want, got readBack
	node(t, dir, readGLB, &want, a)
	node(t, dir, readUSDZ, &got, b)
	if len(got.Objects) != len(want.Objects) {
		t.Fatalf("three.js reads %d meshes, want %d", len(got.Objects), len(want.Objects))
	}
	for i, o := range got.Objects {
		w := want.Objects[i]
		for k := range w.Corners {
			w.Corners[k][5] = 0
		}
		if far := apart(w.Corners, o.Corners); o.Name != w.Name || far > 1 {
			t.Errorf("mesh %q has corners %g quanta from those of %q", o.Name, far, w.Name)
		}
	}
}
