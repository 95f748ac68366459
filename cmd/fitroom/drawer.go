package main

import (
	"fmt"
	"io"

	"fitroom/render"
	"fitroom/render/gl"

	"github.com/spf13/cobra"
)

// drawerFlag is --renderer: what draws the pictures.
type drawerFlag struct{ name string }

func (f *drawerFlag) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.name, "renderer", gl.Auto,
		"what draws pictures: auto (a graphics card if there is one that draws the same, else the processor), soft (the processor), gl (bin/fitroom-gl on whatever driver there is)")
}

// open returns the drawer, nil for the renderer every picture has of its own,
// and what it is. Failures of the card are told on log and cost no picture.
func (f *drawerFlag) open(log io.Writer) (d render.Drawer, what string, end func() error, err error) {
	card, what, err := gl.Choose(f.name, gl.Program(), func(err error) { fmt.Fprintln(log, "renderer:", err) })
	if err != nil {
		return nil, "", nil, err
	}
	if !card.OnCard() {
		return nil, what, card.Close, nil
	}
	return &gl.Shared{Drawer: card}, what, card.Close, nil
}

// openDrawer opens what draws the pictures of a service.
func (f *serviceFlags) openDrawer(log io.Writer) (end func() error, err error) {
	f.drawer, _, end, err = f.by.open(log)
	return end, err
}
