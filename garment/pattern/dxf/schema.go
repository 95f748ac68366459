package dxf

import _ "embed" // of the schema

// SeamsSchema is the JSON Schema of a seam list, as it is published.
//
//go:embed seams.schema.json
var SeamsSchema []byte
