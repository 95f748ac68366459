// Drapes a scene with Jolt Physics (npm jolt-physics): node jolt.mjs SCENE.json OUT.obj SECONDS ITERATIONS
//
// Settings: a spring on every edge, of the stiffness at which a regular net of
// triangles has the cloth's modulus (k = sqrt(3)/2 E); no bending; 60 steps a
// second; so many solver iterations a step; the scene's friction and thickness.
// Soft bodies do not collide with themselves in Jolt.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [path, out, seconds, iterations] = process.argv.slice(2);
const require = createRequire(join(process.cwd(), 'here.js'));
const { default: load } = await import(pathToFileURL(require.resolve('jolt-physics')).href);
const Jolt = await load();
const head = JSON.parse(readFileSync(path, 'utf8'));
const bin = readFileSync(path.replace(/\.json$/, '.bin'));
let at = 0;
const ints = (n) => { const a = new Int32Array(bin.buffer.slice(bin.byteOffset + at, bin.byteOffset + at + 4 * n)); at += 4 * n; return a; };
const floats = (n) => { const a = new Float32Array(bin.buffer.slice(bin.byteOffset + at, bin.byteOffset + at + 4 * n)); at += 4 * n; return a; };
const [nv, nt, ne] = ints(3);
const start = floats(3 * nv), tris = ints(3 * nt);
floats(6 * nt + 3 * nv);
const edges = ints(2 * ne), rest = floats(ne);

const settings = new Jolt.JoltSettings();
settings.mMaxWorkerThreads = 0;
const filter = new Jolt.ObjectLayerPairFilterTable(2), broad = new Jolt.BroadPhaseLayerInterfaceTable(2, 2);
filter.EnableCollision(0, 1);
broad.MapObjectToBroadPhaseLayer(0, new Jolt.BroadPhaseLayer(0));
broad.MapObjectToBroadPhaseLayer(1, new Jolt.BroadPhaseLayer(1));
settings.mObjectLayerPairFilter = filter;
settings.mBroadPhaseLayerInterface = broad;
settings.mObjectVsBroadPhaseLayerFilter = new Jolt.ObjectVsBroadPhaseLayerFilterTable(broad, 2, filter, 2);
const jolt = new Jolt.JoltInterface(settings), world = jolt.GetPhysicsSystem(), bodies = world.GetBodyInterface();
world.SetGravity(new Jolt.Vec3(...head.gravity));

function solid(c) {
  const here = new Jolt.RVec3(...(c.type === 'sphere' ? c.center ?? [0, 0, 0] : [0, 0, 0])), up = new Jolt.Quat(0, 0, 0, 1);
  if (c.type === 'sphere') return new Jolt.BodyCreationSettings(new Jolt.SphereShape(c.radius), here, up, Jolt.EMotionType_Static, 0);
  const lines = readFileSync(join(dirname(path), c.obj), 'utf8').split('\n').map((l) => l.split(/\s+/));
  const v = lines.filter((l) => l[0] === 'v').map((l) => l.slice(1, 4).map(Number));
  const f = lines.filter((l) => l[0] === 'f').map((l) => l.slice(1, 4).map((s) => parseInt(s) - 1));
  const list = new Jolt.TriangleList();
  list.resize(f.length);
  f.forEach((t, i) => t.forEach((k, j) => { const q = list.at(i).get_mV(j); [q.x, q.y, q.z] = v[k]; }));
  return new Jolt.BodyCreationSettings(new Jolt.MeshShapeSettings(list).Create().Get(), here, up, Jolt.EMotionType_Static, 0);
}
const floor = solid(head.collider);
floor.mFriction = head.friction;
bodies.AddBody(bodies.CreateBody(floor).GetID(), Jolt.EActivation_DontActivate);

const cloth = new Jolt.SoftBodySharedSettings(), vertex = new Jolt.SoftBodySharedSettingsVertex();
for (let i = 0; i < nv; i++) {
  [vertex.mPosition.x, vertex.mPosition.y, vertex.mPosition.z] = start.slice(3 * i, 3 * i + 3);
  vertex.mInvMass = nv / head.total_mass;
  cloth.mVertices.push_back(vertex);
}
for (let t = 0; t < nt; t++) cloth.AddFace(new Jolt.SoftBodySharedSettingsFace(tris[3 * t], tris[3 * t + 1], tris[3 * t + 2], 0));
const give = 2 / (Math.sqrt(3) * head.stretch_modulus_N_per_m);
for (let e = 0; e < ne; e++) {
  const spring = new Jolt.SoftBodySharedSettingsEdge(edges[2 * e], edges[2 * e + 1], give);
  spring.mRestLength = rest[e];
  cloth.mEdgeConstraints.push_back(spring);
}
cloth.Optimize();
const make = new Jolt.SoftBodyCreationSettings(cloth, new Jolt.RVec3(0, 0, 0), new Jolt.Quat(0, 0, 0, 1), 1);
make.mNumIterations = Number(iterations);
make.mFriction = head.friction;
make.mVertexRadius = head.thickness;
make.mUpdatePosition = false;
make.mAllowSleeping = false;
const soft = bodies.CreateSoftBody(make);
bodies.AddBody(soft.GetID(), Jolt.EActivation_Activate);

const before = process.cpuUsage();
for (let i = 0; i < 60 * Number(seconds); i++) jolt.Step(1 / 60, 1);
const used = process.cpuUsage(before);
const moved = Jolt.castObject(soft.GetMotionProperties(), Jolt.SoftBodyMotionProperties).GetVertices();
let obj = '';
for (let i = 0; i < nv; i++) { const p = moved.at(i).mPosition; obj += `v ${p.GetX()} ${p.GetY()} ${p.GetZ()}\n`; }
for (let t = 0; t < nt; t++) obj += `f ${tris[3 * t] + 1} ${tris[3 * t + 1] + 1} ${tris[3 * t + 2] + 1}\n`;
writeFileSync(out, obj);
console.log(JSON.stringify({ cpu_s: (used.user + used.system) / 1e6 }));
