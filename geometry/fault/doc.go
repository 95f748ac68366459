// Package fault holds errors that can be told in every language: a fault keeps its
// English sentence and the values that fill it apart, so that whoever speaks to
// people finds the sentence in a catalogue and fills it with the same values.
//
// The English sentence stands where the fault is found and is its code; nothing
// here knows another language.
package fault
