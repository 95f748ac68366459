package web

import "embed"

// Files holds page/*.html and static/*.
//
//go:embed page static
var Files embed.FS
