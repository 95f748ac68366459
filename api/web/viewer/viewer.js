// A GLB in a canvas, turned by drag, pinch, wheel and keys. The page loads this
// only when somebody asks to see a size in 3D.
import {
  AmbientLight, Box3, DirectionalLight, HemisphereLight, PerspectiveCamera, Scene, Vector3, WebGLRenderer,
} from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";

const step = Math.PI / 12; // of a key press: 24 to a turn

// show draws the file into the canvas until stop() is called.
export async function show(canvas, address) {
  const renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
  renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
  const scene = new Scene();
  scene.add(new HemisphereLight(0xffffff, 0xb9ad98, 2.2), new AmbientLight(0xffffff, 0.4));
  const sun = new DirectionalLight(0xffffff, 1.6);
  sun.position.set(1.2, 2.5, 2);
  scene.add(sun);

  const { scene: model } = await new GLTFLoader().loadAsync(address);
  scene.add(model);
  const box = new Box3().setFromObject(model), middle = box.getCenter(new Vector3());
  const height = box.max.y - box.min.y;

  const camera = new PerspectiveCamera(30, 1, 0.05, 50);
  const controls = new OrbitControls(camera, canvas);
  controls.target.copy(middle);
  controls.minDistance = 0.4;
  controls.maxDistance = 4 * height;
  controls.enablePan = false;
  camera.position.set(middle.x, middle.y, middle.z + 2.2 * height);

  let awaiting = 0;
  const draw = () => {
    awaiting = 0;
    renderer.render(scene, camera);
  };
  const redraw = () => { awaiting ||= requestAnimationFrame(draw); };
  const fit = () => {
    const { clientWidth: w, clientHeight: h } = canvas;
    if (w === 0 || h === 0) return;
    renderer.setSize(w, h, false);
    camera.aspect = w / h;
    camera.updateProjectionMatrix();
    redraw();
  };
  const turn = (event) => {
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const zooms = { "+": 0.85, "-": 1 / 0.85 };
    const away = camera.position.clone().sub(controls.target);
    if (moves[event.key]) {
      const [round, over] = moves[event.key];
      const polar = Math.acos(Math.max(-1, Math.min(1, away.y / away.length())));
      const tilted = Math.max(0.1, Math.min(Math.PI - 0.1, polar + over)), azimuth = Math.atan2(away.x, away.z) + round;
      away.setFromSphericalCoords(away.length(), tilted, azimuth);
    } else if (zooms[event.key]) {
      away.setLength(Math.max(controls.minDistance, Math.min(controls.maxDistance, away.length() * zooms[event.key])));
    } else return;
    event.preventDefault();
    camera.position.copy(controls.target).add(away);
    controls.update();
  };
  controls.addEventListener("change", redraw);
  canvas.addEventListener("keydown", turn);
  const watch = new ResizeObserver(fit);
  watch.observe(canvas);
  controls.update();
  fit();
  return function stop() {
    watch.disconnect();
    canvas.removeEventListener("keydown", turn);
    controls.dispose();
    renderer.dispose();
    if (awaiting) cancelAnimationFrame(awaiting);
  };
}
