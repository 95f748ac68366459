// Package assets embeds read-only data; its README lists origin and licence of
// each file.
package assets

import "embed"

// FS holds the files by name.
//
//go:embed body.bin.zst anthropometry.json people.csv prior.bin.zst
var FS embed.FS
