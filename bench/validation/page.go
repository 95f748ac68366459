package main

import (
	"fmt"
	"io"

	"fitroom/bench/laws"
)

const head = `# What cloth obeys, and how nearly the drape does

Written by ` + "`make validation`" + `: every scene of ` + "`bench/laws`" + ` at four mesh sizes
against its closed form or differential equation. ` + "`go test ./bench/laws`" + ` holds the
three coarser meshes to the bound in the last column. The meshes are irregular
triangles, as garments have them.

| law | figure | meshes [mm] | off, coarsest to finest [%] | bound [%] |
|---|---|---|---|---|
`

const foot = `
What needs no curve is a test in ` + "`garment/drape`" + `: the patch test to 1e-12 N, rigid
motions to 1e-10 of the energy, forces against finite differences of every
energy, bending exact for a constant curvature on an irregular mesh to 1e-6.

Line: the law. Dots: the drape, the finest mesh dark.
`

func summary(w io.Writer, l *laws.Law, samples []laws.Sample) {
	meshes, off := "", ""
	for i := range samples {
		if i > 0 {
			meshes, off = meshes+", ", off+", "
		}
		meshes += fmt.Sprintf("%.3g", 1000*samples[i].Edge)
		off += fmt.Sprintf("%+.2f", 100*samples[i].Off())
	}
	fmt.Fprintf(w, "| [%s](#%s) | %s | %s | %s | %.3g |\n", l.Title, l.Key, l.Figure, meshes, off, 100*l.Within)
}

func chapter(w io.Writer, l *laws.Law, samples []laws.Sample) {
	fmt.Fprintf(w, "\n## <a id=%q></a>%s\n\n`%s`\n\nSource: %s.\n\n![%s](validation/%s.png)\n\n", l.Key, l.Title, l.Formula, l.Source, l.Title, l.Key)
	fmt.Fprintf(w, "| mesh [mm] | vertices | %s | law | off [%%] |\n|---|---|---|---|---|\n", l.Figure)
	for _, s := range samples {
		fmt.Fprintf(w, "| %.3g | %d | %.4g | %.4g | %+.2f |\n", 1000*s.Edge, s.Vertices, s.Got, s.Want, 100*s.Off())
	}
}
