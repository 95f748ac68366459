module fitroom/bench/peers/render

go 1.26.0

require (
	fitroom v0.0.0
	github.com/fogleman/fauxgl v0.0.0-20200818143847-27cddc103802
	gonum.org/v1/gonum v0.17.0
)

require (
	github.com/HugoSmits86/nativewebp v0.9.3 // indirect
	github.com/disintegration/imaging v1.6.2 // indirect
	github.com/fogleman/simplify v0.0.0-20170216171241-d32f302d5046 // indirect
	github.com/g3n/engine v0.2.0 // indirect
	github.com/go-gl/glfw/v3.3/glfw v0.0.0-20210410170116-ea3d685f79fb // indirect
	github.com/golang/freetype v0.0.0-20170609003504-e2365dfdc4a0 // indirect
	github.com/klauspost/compress v1.20.3 // indirect
	github.com/nfnt/resize v0.0.0-20180221191011-83c6a9932646
	golang.org/x/image v0.47.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/text v0.43.0 // indirect
	gopkg.in/yaml.v2 v2.4.0 // indirect
)

replace fitroom => ../../..

replace github.com/go-gl/glfw/v3.3/glfw => ../../../render/gl/glfwstub
