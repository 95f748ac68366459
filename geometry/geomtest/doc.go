// Package geomtest holds small meshes and tolerance checks for tests.
package geomtest
