//go:build g3n && cgo && linux

package gl

/*
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// EGL 1.5 and the platform extensions, as far as they are used here. libEGL is
// opened at run time: building needs no header and a host without it gets an
// ordinary error.
typedef void *handle;
static struct {
	void *(*getProcAddress)(const char *);
	uint32_t (*initialize)(handle, int32_t *, int32_t *);
	uint32_t (*bindAPI)(uint32_t);
	uint32_t (*chooseConfig)(handle, const int32_t *, handle *, int32_t, int32_t *);
	handle (*createContext)(handle, handle, handle, const int32_t *);
	uint32_t (*makeCurrent)(handle, handle, handle, handle);
	int32_t (*getError)(void);
	handle (*getPlatformDisplay)(uint32_t, handle, const int32_t *);
	uint32_t (*queryDevices)(int32_t, handle *, int32_t *);
	const char *(*queryDeviceString)(handle, int32_t);
} egl;

static const char *eglLoad(void) {
	void *lib = dlopen("libEGL.so.1", RTLD_NOW | RTLD_GLOBAL);
	if (!lib) return dlerror();
#define NEED(field, name) if (!(*(void **)&egl.field = dlsym(lib, name))) return name " is missing"
	NEED(getProcAddress, "eglGetProcAddress");
	NEED(initialize, "eglInitialize");
	NEED(bindAPI, "eglBindAPI");
	NEED(chooseConfig, "eglChooseConfig");
	NEED(createContext, "eglCreateContext");
	NEED(makeCurrent, "eglMakeCurrent");
	NEED(getError, "eglGetError");
#undef NEED
	*(void **)&egl.getPlatformDisplay = egl.getProcAddress("eglGetPlatformDisplayEXT");
	*(void **)&egl.queryDevices = egl.getProcAddress("eglQueryDevicesEXT");
	*(void **)&egl.queryDeviceString = egl.getProcAddress("eglQueryDeviceStringEXT");
	return egl.getPlatformDisplay ? NULL : "eglGetPlatformDisplayEXT is missing";
}

static int32_t eglDevices(handle *out, int32_t room) {
	int32_t n = 0;
	return egl.queryDevices && egl.queryDevices(room, out, &n) ? n : 0;
}

static int eglSoftware(handle device) {
	const char *ext = egl.queryDeviceString ? egl.queryDeviceString(device, 0x3055) : NULL; // EGL_EXTENSIONS
	return ext && strstr(ext, "EGL_MESA_device_software") != NULL;
}

// eglCurrent makes a desktop GL 3.3 core context without a surface current on
// this thread; platform 0x313F is a device, 0x31DD Mesa's without a surface.
static const char *eglCurrent(uint32_t platform, handle device) {
	handle display = egl.getPlatformDisplay(platform, device, NULL);
	if (!display) return "eglGetPlatformDisplay";
	int32_t major, minor, n = 0;
	if (!egl.initialize(display, &major, &minor)) return "eglInitialize";
	if (!egl.bindAPI(0x30A2)) return "eglBindAPI";
	const int32_t wanted[] = {0x3033, 0x0001, 0x3040, 0x0008, 0x3038}; // pbuffer surfaces, desktop GL
	handle config = NULL;
	if (!egl.chooseConfig(display, wanted, &config, 1, &n) || n < 1) return "eglChooseConfig";
	const int32_t version[] = {0x3098, 3, 0x30FB, 3, 0x30FD, 1, 0x3038}; // 3.3, core profile
	handle context = egl.createContext(display, config, NULL, version);
	if (!context) return "eglCreateContext";
	return egl.makeCurrent(display, NULL, NULL, context) ? NULL : "eglMakeCurrent";
}
static int32_t eglFault(void) { return egl.getError(); }

// What g3n's gls lacks: framebuffers with samples.
typedef struct { uint32_t many, one, buffers[3]; int32_t w, h; } target;
static struct {
	void (*genFramebuffers)(int32_t, uint32_t *);
	void (*bindFramebuffer)(uint32_t, uint32_t);
	void (*deleteFramebuffers)(int32_t, const uint32_t *);
	void (*genRenderbuffers)(int32_t, uint32_t *);
	void (*bindRenderbuffer)(uint32_t, uint32_t);
	void (*deleteRenderbuffers)(int32_t, const uint32_t *);
	void (*renderbufferStorageMultisample)(uint32_t, int32_t, uint32_t, int32_t, int32_t);
	void (*framebufferRenderbuffer)(uint32_t, uint32_t, uint32_t, uint32_t);
	uint32_t (*checkFramebufferStatus)(uint32_t);
	void (*blitFramebuffer)(int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, uint32_t, uint32_t);
	void (*readPixels)(int32_t, int32_t, int32_t, int32_t, uint32_t, uint32_t, void *);
	void (*pixelStorei)(uint32_t, int32_t);
	const unsigned char *(*getString)(uint32_t);
} gl;

static const char *glLoad(void) {
#define NEED(field, name) if (!(*(void **)&gl.field = egl.getProcAddress(name))) return name " is missing"
	NEED(genFramebuffers, "glGenFramebuffers");
	NEED(bindFramebuffer, "glBindFramebuffer");
	NEED(deleteFramebuffers, "glDeleteFramebuffers");
	NEED(genRenderbuffers, "glGenRenderbuffers");
	NEED(bindRenderbuffer, "glBindRenderbuffer");
	NEED(deleteRenderbuffers, "glDeleteRenderbuffers");
	NEED(renderbufferStorageMultisample, "glRenderbufferStorageMultisample");
	NEED(framebufferRenderbuffer, "glFramebufferRenderbuffer");
	NEED(checkFramebufferStatus, "glCheckFramebufferStatus");
	NEED(blitFramebuffer, "glBlitFramebuffer");
	NEED(readPixels, "glReadPixels");
	NEED(pixelStorei, "glPixelStorei");
	NEED(getString, "glGetString");
#undef NEED
	return NULL;
}

static const char *glName(void) { return (const char *)gl.getString(0x1F01); } // GL_RENDERER
static void glAlign(void) { gl.pixelStorei(0x0CF5, 1); }                         // rows of textures are packed

// targetNew makes a framebuffer of 16-bit floats with samples and one to gather
// them in; linear light must be averaged before it is bent by the film curve.
static int targetNew(target *t, int32_t w, int32_t h, int32_t samples) {
	const uint32_t framebuffer = 0x8D40, renderbuffer = 0x8D41, colour = 0x8CE0, depth = 0x8D00, complete = 0x8CD5;
	t->w = w;
	t->h = h;
	gl.genRenderbuffers(3, t->buffers);
	gl.bindRenderbuffer(renderbuffer, t->buffers[0]);
	gl.renderbufferStorageMultisample(renderbuffer, samples, 0x881A, w, h); // RGBA16F
	gl.bindRenderbuffer(renderbuffer, t->buffers[1]);
	gl.renderbufferStorageMultisample(renderbuffer, samples, 0x8CAC, w, h); // DEPTH_COMPONENT32F
	gl.bindRenderbuffer(renderbuffer, t->buffers[2]);
	gl.renderbufferStorageMultisample(renderbuffer, 0, 0x881A, w, h);
	gl.genFramebuffers(1, &t->many);
	gl.bindFramebuffer(framebuffer, t->many);
	gl.framebufferRenderbuffer(framebuffer, colour, renderbuffer, t->buffers[0]);
	gl.framebufferRenderbuffer(framebuffer, depth, renderbuffer, t->buffers[1]);
	int ok = gl.checkFramebufferStatus(framebuffer) == complete;
	gl.genFramebuffers(1, &t->one);
	gl.bindFramebuffer(framebuffer, t->one);
	gl.framebufferRenderbuffer(framebuffer, colour, renderbuffer, t->buffers[2]);
	return ok && gl.checkFramebufferStatus(framebuffer) == complete;
}

static void targetBind(target *t) { gl.bindFramebuffer(0x8D40, t->many); }

static void targetRead(target *t, float *out) {
	gl.bindFramebuffer(0x8CA8, t->many); // read
	gl.bindFramebuffer(0x8CA9, t->one);  // draw
	gl.blitFramebuffer(0, 0, t->w, t->h, 0, 0, t->w, t->h, 0x4000, 0x2600);
	gl.bindFramebuffer(0x8D40, t->one);
	gl.readPixels(0, 0, t->w, t->h, 0x1908, 0x1406, out); // RGBA, float
}

static void targetFree(target *t) {
	gl.bindFramebuffer(0x8D40, 0);
	gl.deleteFramebuffers(1, &t->many);
	gl.deleteFramebuffers(1, &t->one);
	gl.deleteRenderbuffers(3, t->buffers);
}
*/
import "C"

import (
	"errors"
	"fmt"
	"strings"
	"unsafe"
)

// openContext makes a GL context current on the calling thread, which must be
// locked. Graphics cards come before Mesa's driver for the processor.
func openContext() (device string, real bool, err error) {
	if fault := C.eglLoad(); fault != nil {
		return "", false, fmt.Errorf("no EGL: %s", C.GoString(fault))
	}
	var devices [16]C.handle
	n := int(C.eglDevices(&devices[0], 16))
	type place struct {
		platform C.uint32_t
		device   C.handle
	}
	var places []place
	for _, d := range devices[:n] {
		if C.eglSoftware(d) == 0 {
			places = append(places, place{0x313F, d})
		}
	}
	places = append(places, place{0x31DD, nil})
	for _, d := range devices[:n] {
		if C.eglSoftware(d) != 0 {
			places = append(places, place{0x313F, d})
		}
	}
	var faults []error
	for _, p := range places {
		if step := C.eglCurrent(p.platform, p.device); step != nil {
			faults = append(faults, fmt.Errorf("%s: EGL error 0x%x", C.GoString(step), int(C.eglFault())))
			continue
		}
		if fault := C.glLoad(); fault != nil {
			return "", false, errors.New(C.GoString(fault))
		}
		C.glAlign()
		device = C.GoString(C.glName())
		return device, !computed(device), nil
	}
	return "", false, fmt.Errorf("no display: %w", errors.Join(faults...))
}

// computed reports whether a driver computes on the processor, by the names of
// those of Mesa and of SwiftShader.
func computed(device string) bool {
	d := strings.ToLower(device)
	for _, word := range []string{"llvmpipe", "softpipe", "swrast", "swiftshader", "software"} {
		if strings.Contains(d, word) {
			return true
		}
	}
	return false
}

// target is a framebuffer of four samples.
type target struct{ t C.target }

func newTarget(w, h int) (*target, error) {
	t := &target{}
	if C.targetNew(&t.t, C.int32_t(w), C.int32_t(h), 4) == 0 {
		return nil, fmt.Errorf("the driver has no framebuffer of %d x %d floats with 4 samples", w, h)
	}
	return t, nil
}

func (t *target) bind() { C.targetBind(&t.t) }
func (t *target) free() { C.targetFree(&t.t) }
func (t *target) size() (w, h int) {
	return int(t.t.w), int(t.t.h)
}

// read returns four floats a pixel, the top row first.
func (t *target) read() []float32 {
	w, h := t.size()
	up := make([]float32, 4*w*h)
	C.targetRead(&t.t, (*C.float)(unsafe.Pointer(&up[0])))
	out := make([]float32, len(up))
	for y := range h {
		copy(out[4*w*y:4*w*(y+1)], up[4*w*(h-1-y):])
	}
	return out
}
