// Package web holds the pages, embedded: templates, style sheet, script and
// the words in every language. It knows neither fittings nor requests.
//
// Rules of the room: nothing is loaded from elsewhere; every page works
// without its script; a sentence shown to people stands in words/*.json in
// every language and nowhere else.
package web
