// Package web holds the pages, embedded: templates, style sheet and
// script. It knows neither fittings nor requests.
//
// Rules of the room: nothing is loaded from elsewhere; every page works
// without its script; a sentence shown to people stands in
// garment/words in every language and nowhere else.
package web
