// Package bvh answers nearest-point, ray and overlap questions about a mesh.
package bvh
