// Package album turns the outcome of a fitting into the files a person looks
// at: pictures, fit maps, 3D files and report.json.
package album
