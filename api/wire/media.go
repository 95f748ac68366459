package wire

import "path"

// MediaType is the media type of a file of an album, by its ending alone.
func MediaType(name string) string {
	switch path.Ext(name) {
	case ".png":
		return "image/png"
	case ".jpg":
		return "image/jpeg"
	case ".webp":
		return "image/webp"
	case ".glb":
		return "model/gltf-binary"
	case ".usdz":
		return "model/vnd.usdz+zip"
	case ".json":
		return "application/json"
	}
	return "application/octet-stream"
}
