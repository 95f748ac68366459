// Package words holds everything that is said to people: one file per language,
// read by the rooms that speak. Another language is one more file; the tests then
// ask it for the same entries, the same places to fill and none of its forbidden
// words.
//
// Sentences come in three kinds. Those of the fit report have {names} to fill,
// those of pages and problems are whole or filled by fmt, and those of faults are
// found by their English, which stands where the fault is found (geometry/fault).
// Numbers are the same in every language, with its decimal mark.
package words
