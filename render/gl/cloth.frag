precision highp float;
in vec3 Place;
in vec3 Normal;
in vec3 Light;
in vec4 Cloth;
flat in vec4 Mark;
flat in float Slope;
flat in vec3 WeftAxis;
flat in vec3 WarpAxis;

uniform vec3 Eye;
uniform vec3 ToKey, ToRim, KeyLight, RimLight, SkyLight, GroundLight;
uniform vec3 ShadowEye, ShadowRight, ShadowUp, ShadowForward;
uniform float Pixel, ShadowMid, ShadowScale;
uniform int ShadowSize, SegRow, ListRow;
uniform vec3 Color, Thread;
uniform bool OnFabric, Dyed, Heat, Stepped, HasPattern, HasHoles, HasWeave;
uniform float Sheen, Gloss, Luster, Cover, PerMetre, PatternSide, WeaveSide;
uniform float WeaveTone, WeaveDepth, WeaveFleck, WeaveTile, WeaveRange, WeaveBlur, DecalMargin, CurveEnd;
uniform vec2 Per;
uniform int Stops, Decals, Layer; // Layer: 0 both sides, 1 the inner alone, 2 the outer
uniform float StopAt[16];
uniform vec3 StopColor[16];
uniform vec4 DecalTurn[4], DecalPlace[4];
uniform sampler2D Shadow, Segs, List, Pattern, Holes, Weave;
uniform sampler2D DecalColour0, DecalColour1, DecalColour2, DecalColour3;
uniform sampler2D DecalAlpha0, DecalAlpha1, DecalAlpha2, DecalAlpha3;
out vec4 FragColor;

vec3 picture(sampler2D t, float side, vec2 at, float footprint) {
	return textureLod(t, vec2(at.x, 1.0 - at.y), max(0.0, log2(footprint * side))).rgb;
}

// --- shadow.go
const float shadowBias = 0.003;
const float softbox = 0.25;

vec2 lit(vec3 at, vec2 slope, int stride) {
	vec2 p = at.xy / float(stride);
	ivec2 i = ivec2(floor(p));
	vec2 f = p - vec2(i);
	if (any(lessThan((i - 2) * stride, ivec2(0))) || any(greaterThanEqual((i + 3) * stride, ivec2(ShadowSize)))) return vec2(1.0, 0.0);
	float bias = shadowBias / 2.0 * float(stride);
	float sum = 0.0, all = 0.0, off = 0.0, offs = 0.0;
	for (int j = -2; j <= 3; j++) {
		float wy = max(0.0, 3.0 - abs(float(j) - f.y));
		for (int k = -2; k <= 3; k++) {
			float w = wy * max(0.0, 3.0 - abs(float(k) - f.x));
			float z = at.z - bias + dot(slope * float(stride), vec2(k, j) - f);
			float d = texelFetch(Shadow, (i + ivec2(k, j)) * stride, 0).r;
			all += w;
			if (z <= d) sum += w;
			else { off += z - d; offs += 1.0; }
		}
	}
	return vec2(sum / all, offs > 0.0 ? off / offs : 0.0);
}

float shadowAt(vec3 p, vec3 n) {
	vec3 q = p + n * shadowBias - ShadowEye;
	vec3 at = vec3(ShadowMid + dot(q, ShadowRight) * ShadowScale - 0.5, ShadowMid - dot(q, ShadowUp) * ShadowScale - 0.5, dot(q, ShadowForward));
	float nz = min(dot(n, ShadowForward), -0.05);
	float most = 3.0 / ShadowScale;
	vec2 slope = clamp(vec2(-dot(n, ShadowRight), dot(n, ShadowUp)) / nz / ShadowScale, -most, most);
	float near = lit(at, slope, 1).x;
	vec2 far = lit(at, slope, 4);
	if (far.x == 1.0) return near;
	if (far.x == 0.0 && near == 0.0) return 0.0;
	float wide = far.y * softbox * ShadowScale / 6.0;
	if (wide <= 1.0) return near;
	if (wide >= 4.0) return far.x;
	float half_ = lit(at, slope, 2).x;
	return wide < 2.0 ? mix(near, half_, wide - 1.0) : mix(half_, far.x, (wide - 2.0) / 2.0);
}

// --- seammark.go
float hump(float x, float mid, float half_, float pixel) {
	float t = abs(x - mid) / half_;
	if (t >= 1.0) return 0.0;
	t = 1.0 - t * t;
	return t * t * min(1.0, 2.0 * half_ / pixel);
}
float lineCover(float d, float half_, float pixel) {
	float w = max(half_, 0.7 * pixel);
	return max(0.0, 1.0 - d / (2.0 * w)) * half_ / w;
}
float rowSlope(float x, float pixel) {
	float s = 0.30 * hump(abs(x), 0.0008, 0.0008, pixel);
	return x > 0.0 ? -s : s;
}
float halfWaves(float x) {
	float k = floor(x), f = x - k;
	f = 4.0 * f * (1.0 - f);
	return mod(k, 2.0) != 0.0 ? -f : f;
}
float wave(float along) { return 0.6 * halfWaves(along / 0.011) + 0.4 * halfWaves(along / (0.011 * 1.618) + 0.3); }

vec4 number(sampler2D t, int k, int row) { return texelFetch(t, ivec2(k % row, k / row), 0); }

struct Sewn { float dark, thread; vec3 tilt; };

Sewn sewing(float width) {
	Sewn m = Sewn(0.0, 0.0, vec3(0.0));
	float seam = 1e30, hem = 1e30, along = 0.0, stitch = 0.0;
	vec3 seamQ = vec3(0.0), hemQ = vec3(0.0);
	bool free = false, twin = false;
	int first = int(Mark.x), n = int(Mark.y);
	for (int i = first; i < first + n; i++) {
		int k = int(number(List, i, ListRow).r);
		vec4 a = number(Segs, 3 * k, SegRow), b = number(Segs, 3 * k + 1, SegRow), c = number(Segs, 3 * k + 2, SegRow);
		vec3 ab = b.xyz - a.xyz, ap = Place - a.xyz;
		float l2 = dot(ab, ab);
		float t = l2 > 0.0 ? clamp(dot(ap, ab) / l2, 0.0, 1.0) : 0.0;
		vec3 q = ap - ab * t;
		float d = dot(q, q);
		if (c.y == 0.0 && d < seam) { seam = d; seamQ = q; }
		if (b.w > 0.0 && d < hem) { hem = d; hemQ = q; along = a.w + t * sqrt(l2); stitch = b.w; free = c.y != 0.0; twin = c.x != 0.0; }
	}
	if (seam < 0.006 * 0.006) {
		float d = sqrt(seam);
		m.dark = lineCover(d, 0.0009, width) * 0.42;
		m.tilt = -seamQ * (0.28 * hump(d, 0.00225, 0.00225, width) / max(d, 1e-6));
	}
	if (stitch == 0.0) return m;
	float d = sqrt(hem), dash = 0.6;
	if (width < 0.0032 / 3.0) dash = 1.0 - smoothstep(0.55, 0.65, fract(along / 0.0032));
	m.thread = dash * lineCover(abs(d - stitch), 0.0005, width);
	float slope = rowSlope(d - stitch, width);
	if (twin) {
		m.thread = max(m.thread, dash * lineCover(abs(d - stitch + 0.0055), 0.0005, width));
		slope += rowSlope(d - stitch + 0.0055, width);
	}
	if (free) {
		slope -= 0.60 * hump(d, 0.0, 0.0030, width);
		slope += 0.14 * hump(d, stitch + 0.0016 + 0.0022, 0.0022, width);
		if (d < stitch) slope += 0.14 * wave(along) * hump(d, stitch / 2.0, stitch / 2.0, width);
	}
	m.tilt += hemQ * (slope / max(d, 1e-6));
	return m;
}

// --- colormap.go
vec3 rampAt(float x) {
	int k = 0;
	while (k + 1 < Stops && x >= StopAt[k + 1]) k++;
	if (Stepped || k + 1 == Stops || x <= StopAt[k]) return StopColor[k];
	return mix(StopColor[k], StopColor[k + 1], (x - StopAt[k]) / (StopAt[k + 1] - StopAt[k]));
}

vec3 heat(float width, vec3 n, float nv, float open) {
	vec3 c = pow((vec3(150.0 / 255.0) + 0.055) / 1.055, vec3(2.4));
	float x = Light.z;
	if (!isnan(x)) {
		float w = isnan(Slope) ? 0.0 : width * Slope;
		c = vec3(0.0);
		for (int k = 0; k < 4; k++) c += 0.25 * rampAt(x + w * ((float(k) + 0.5) / 4.0 - 0.5));
	}
	float form = 0.72 + 0.16 * max(0.0, dot(n, ToKey)) + 0.12 * nv;
	return c * (form * (0.65 + 0.35 * open));
}

// --- decal.go
vec3 printed(vec3 c, int i, sampler2D colour, sampler2D alpha, float width) {
	if (i >= Decals || (int(Mark.z) >> i & 1) == 0) return c;
	vec2 d = Cloth.xy - DecalPlace[i].xy;
	vec2 at = vec2(0.5) + vec2(dot(d, DecalTurn[i].xy), dot(d, DecalTurn[i].zw));
	at = DecalMargin + at * (1.0 - 2.0 * DecalMargin);
	if (any(lessThan(at, vec2(0.0))) || any(greaterThan(at, vec2(1.0)))) return c;
	float foot = width * DecalPlace[i].z;
	return c * (1.0 - picture(alpha, DecalPlace[i].w, at, foot).r) + picture(colour, DecalPlace[i].w, at, foot);
}

// --- shade.go
const float studioFill = 0.18;
float bounce(float open, float albedo) {
	open = studioFill + (1.0 - studioFill) * open;
	return open / (1.0 - min(albedo, 0.9) * (1.0 - open));
}
vec3 shineTint(vec3 c) { return c * 0.75 + 0.09; }

vec3 lamps(vec3 color, vec3 n, vec3 toEye, vec3 warp, float open) {
	const float keyWrap = 0.12;
	float nv = dot(n, toEye);
	vec3 ao = vec3(bounce(open, color.r), bounce(open, color.g), bounce(open, color.b));
	vec3 sky = mix(GroundLight, SkyLight, 0.5 + 0.5 * n.y);
	vec3 base = color * (1.0 - 0.28 * Luster);
	vec3 light = sky * base * ao;
	float edge = 1.0 - max(0.0, nv);
	if (Luster > 0.0) {
		float up = 2.0 * nv * n.y - toEye.y;
		float fresnel = 0.22 + 0.78 * edge * edge * edge * edge * edge;
		light += mix(GroundLight, SkyLight, smoothstep(-1.2, 1.2, up)) * shineTint(color) * (0.9 * Luster * fresnel) * ao;
	}
	float fuzz = Sheen * edge * edge * edge;
	light += sky * ao * (0.28 * fuzz * (0.25 + 0.75 * max(color.r, max(color.g, color.b))));
	float nl = dot(n, ToKey);
	if (nl > -keyWrap) {
		float e = (nl + keyWrap) / (1.0 + keyWrap) * smoothstep(-keyWrap, 0.25, nl) * shadowAt(Place, n);
		vec3 half_ = normalize(ToKey + toEye);
		float g = Gloss * pow(max(0.0, dot(n, half_)), 16.0) * 0.5;
		light += KeyLight * (base * (1.0 + 0.5 * fuzz) + g) * e;
		float l = dot(warp, warp);
		if (Luster > 0.0 && l > 0.0) {
			float t = dot(warp, half_);
			float s = max(0.0, 1.0 - t * t / l);
			s *= s;
			s *= s;
			light += KeyLight * shineTint(color) * (e * Luster * 0.65 * s * s * s);
		}
	}
	nl = dot(n, ToRim);
	if (nl > 0.0) light += RimLight * (color * 0.5 + 0.03 * (1.0 + 4.0 * Sheen)) * (nl * open * (0.35 + 0.65 * edge));
	return light;
}

void main() {
	// --- sheer.go: inner sides first, then the outer ones over them
	if (Layer == (gl_FrontFacing ? 1 : 2)) discard;
	vec3 n = normalize(Normal);
	float open = Light.x;
	vec3 toEye = Eye - Place;
	float dist = length(toEye);
	toEye /= dist;
	if (!gl_FrontFacing && dot(n, toEye) < 0.0) { n = -n; open = Light.y; }
	float nv = dot(n, toEye);
	if (nv < 0.02) {
		n = normalize(n + toEye * (0.02 - nv));
		nv = dot(n, toEye);
	}
	float width = dist * Pixel / sqrt(max(nv, 0.1));
	if (Heat) {
		FragColor = vec4(min(heat(width, n, nv, open), CurveEnd), 1.0);
		return;
	}
	vec3 color = Color, shine = vec3(0.0);
	float cover = Cover;
	if (OnFabric) {
		vec2 at = (Cloth.xy + Cloth.zw) * Per;
		float foot = width * PerMetre;
		if (HasPattern) color = picture(Pattern, PatternSide, at, foot);
		if (HasHoles) {
			float solid = picture(Holes, PatternSide, at, foot).r;
			color /= max(solid, 1e-3);
			cover *= solid;
		}
		color = printed(color, 0, DecalColour0, DecalAlpha0, width);
		color = printed(color, 1, DecalColour1, DecalAlpha1, width);
		color = printed(color, 2, DecalColour2, DecalAlpha2, width);
		color = printed(color, 3, DecalColour3, DecalAlpha3, width);
		shine = WarpAxis - n * dot(WarpAxis, n);
		if (HasWeave) {
			vec3 w = textureLod(Weave, Cloth.xy / WeaveTile, max(0.0, log2(width * WeaveSide / WeaveTile) + WeaveBlur)).rgb * WeaveRange;
			color = color * (1.0 + WeaveTone * w.z) + WeaveFleck * max(0.0, w.z);
			n = normalize(n - WeftAxis * (WeaveDepth * w.x) - WarpAxis * (WeaveDepth * w.y));
		}
	}
	if (Mark.y > 0.0) {
		Sewn m = sewing(width);
		color = Dyed ? mix(color, Thread, m.thread) * (1.0 - m.dark) : color * (1.0 - max(m.dark, m.thread * 0.30));
		n = normalize(n + m.tilt);
	}
	FragColor = vec4(min(lamps(color, n, toEye, shine, open), CurveEnd), 1.0) * cover;
}
