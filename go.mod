module fitroom

go 1.26.0

require (
	github.com/disintegration/imaging v1.6.2
	github.com/klauspost/compress v1.20.3
	github.com/qmuntal/gltf v0.29.0
	golang.org/x/image v0.47.0
	gonum.org/v1/gonum v0.17.0
)

require (
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)
