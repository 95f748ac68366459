/* All that g3n/engine v0.2.0 takes from the system's <GL/glx.h>: the type of
   glXGetProcAddressARB. With it g3n builds without any X11 or GL header. */
#ifndef FITROOM_GLX_H
#define FITROOM_GLX_H
#include "glcorearb.h"
typedef void (*(*PFNGLXGETPROCADDRESSPROC)(const GLubyte *procName))(void);
#endif
