in vec3 VertexPosition;
in vec3 VertexNormal;
in vec4 Open;   // open outside, open inside, scalar, its slope
in vec4 Fabric; // place in the fabric, lay under the pattern
in vec4 Marks;  // first and number in List, mask of decals
in vec3 Weft;
in vec3 Warp;
uniform vec3 Eye, Right, Up, Forward;
uniform vec2 View;

out vec3 Place;
out vec3 Normal;
out vec3 Light; // open outside, open inside, scalar
out vec4 Cloth;
flat out vec4 Mark;
flat out float Slope;
flat out vec3 WeftAxis;
flat out vec3 WarpAxis;

void main() {
	Place = VertexPosition;
	Normal = VertexNormal;
	Light = Open.xyz;
	Slope = Open.w;
	Cloth = Fabric;
	Mark = Marks;
	WeftAxis = Weft;
	WarpAxis = Warp;
	vec3 p = VertexPosition - Eye;
	float z = dot(p, Forward);
	const float near = 0.05, far = 200.0;
	gl_Position = vec4(dot(p, Right) * View.x, dot(p, Up) * View.y, (z * (far + near) - 2.0 * far * near) / (far - near), z);
}
