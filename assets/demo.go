package assets

import (
	"embed"
	"io/fs"
)

//go:embed demo
var demo embed.FS

// Demo holds the bundled people (people/*.json, body.json of the contract) and
// styles (styles/*/style.json).
func Demo() fs.FS {
	sub, err := fs.Sub(demo, "demo")
	if err != nil {
		panic("assets: the demo folder is not embedded") // impossible in a built binary
	}
	return sub
}
