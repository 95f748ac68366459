"""Draws a scene that `fitroom gallery` wrote with Blender's path tracer.

    blender --background --factory-startup --python picture.py -- scene.json out.png [samples]

The studio is built as real lamps: a softbox, a rim light, a dome and a paper
wall that curves into the floor. It holds no numbers of the scene itself.
"""
import json
import math
import os
import sys

import bpy
from mathutils import Vector


# The studio of package render: where its lamps hang (right, up, back) and what
# lamps of Blender, whose floor throws light back, need to come out as bright.
KEY, RIM = (-0.62, 0.78, 0.80), (0.75, 0.55, -0.62)
KEY_POWER, RIM_POWER, SKY_POWER, WALL_POWER = 0.66, 0.22, 0.31, 0.34
PAPER = (240, 237, 233)


def blender(v):
    """Y up to Blender's Z up."""
    return Vector((v[0], -v[2], v[1]))


def linear(rgb):
    return [((c / 255 + 0.055) / 1.055) ** 2.4 if c > 10 else c / 255 / 12.92 for c in rgb] + [1]


def lamp(place, target, size, power, colour):
    data = bpy.data.lights.new("lamp", "AREA")
    data.shape, data.size, data.energy, data.color = "DISK", size, power, colour
    ob = bpy.data.objects.new("lamp", data)
    ob.location = place
    ob.rotation_euler = (target - place).to_track_quat("-Z", "Y").to_euler()
    bpy.context.collection.objects.link(ob)


def surface(look, folder):
    m = bpy.data.materials.new(look["name"])
    m.use_nodes = True
    p = m.node_tree.nodes["Principled BSDF"]
    p.inputs["Base Color"].default_value = linear(look["colour"])
    p.inputs["Roughness"].default_value = look["roughness"]
    p.inputs["Sheen"].default_value = look["sheen"]
    p.inputs["Specular"].default_value = 0.3 + 0.4 * look["luster"]
    p.inputs["Anisotropic"].default_value = 0.8 * look["luster"]
    if look.get("swatch"):
        t = m.node_tree.nodes.new("ShaderNodeTexImage")
        t.image = bpy.data.images.load(os.path.join(folder, look["swatch"]))
        m.node_tree.links.new(t.outputs["Color"], p.inputs["Base Color"])
        m.node_tree.links.new(t.outputs["Alpha"], p.inputs["Alpha"])
    return m


def backdrop(floor, middle, forward, reach, colour):
    """A roll of paper: level under the subject, curving up behind it."""
    right = Vector((forward.y, -forward.x, 0))
    bend = 3 * reach
    track = [(-6 * reach, 0)] + [(1.5 * reach + bend * math.sin(a), bend * (1 - math.cos(a))) for a in [k * math.pi / 96 for k in range(49)]]
    track.append((1.5 * reach + bend, 12 * reach))
    verts, faces = [], []
    for along, up in track:
        base = Vector((middle.x, middle.y, floor)) + forward * along + Vector((0, 0, up))
        verts += [base - right * 9 * reach, base + right * 9 * reach]
    for k in range(len(track) - 1):
        faces.append((2 * k, 2 * k + 1, 2 * k + 3, 2 * k + 2))
    mesh = bpy.data.meshes.new("paper")
    mesh.from_pydata(verts, [], faces)
    for f in mesh.polygons:
        f.use_smooth = True
    ob = bpy.data.objects.new("paper", mesh)
    m = bpy.data.materials.new("paper")
    m.use_nodes = True
    m.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = linear(colour)
    m.node_tree.nodes["Principled BSDF"].inputs["Roughness"].default_value = 1
    m.node_tree.nodes["Principled BSDF"].inputs["Specular"].default_value = 0
    ob.data.materials.append(m)
    bpy.context.collection.objects.link(ob)


def main():
    args = sys.argv[sys.argv.index("--") + 1:]
    folder = os.path.dirname(os.path.abspath(args[0]))
    with open(args[0]) as f:
        job = json.load(f)
    scene_of(job, folder)
    render(args[1], int(args[2]) if len(args) > 2 else 48)


def scene_of(job, folder):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.wm.obj_import(filepath=os.path.join(folder, job["mesh"]), forward_axis="NEGATIVE_Z", up_axis="Y")
    for look in job["looks"]:
        ob = bpy.data.objects[look["name"]]
        ob.data.materials.clear()
        ob.data.materials.append(surface(look, folder))
    scene = bpy.context.scene
    eye, target = blender(job["eye"]), blender(job["target"])
    cam = bpy.data.cameras.new("camera")
    cam.sensor_fit, cam.angle = "VERTICAL", job["fov"]
    ob = bpy.data.objects.new("camera", cam)
    ob.location = eye
    ob.rotation_euler = (target - eye).to_track_quat("-Z", "Y").to_euler()
    bpy.context.collection.objects.link(ob)
    scene.camera = ob
    forward = (target - eye) * Vector((1, 1, 0))
    forward.normalize()
    right = Vector((forward.y, -forward.x, 0))
    reach = job["reach"]
    middle = blender(job["middle"])

    def aim(d):  # right, up, back as the renderer states its lamps
        v = right * d[0] + Vector((0, 0, d[1])) - forward * d[2]
        return v.normalized()

    far = 3.5 * reach
    lamp(middle + aim(KEY) * far, middle, 1.1 * reach, KEY_POWER * far * far * math.pi * 4, (1, 0.975, 0.94))
    lamp(middle + aim(RIM) * far, middle, 1.1 * reach, RIM_POWER * far * far * math.pi * 4, (0.92, 0.97, 1))
    level = Vector((middle.x, middle.y, job["floor"]))
    wall = lambda along, up: level + forward * along * reach + Vector((0, 0, up * reach))
    lamp(wall(1.8, 4), wall(4.5, 2.2), 3 * reach, WALL_POWER * far * far * math.pi * 4, (1, 1, 1))
    backdrop(job["floor"], middle, forward, reach, PAPER)
    world = bpy.data.worlds.new("sky")
    world.use_nodes = True
    world.node_tree.nodes["Background"].inputs[0].default_value = (0.97, 0.98, 1, 1)
    world.node_tree.nodes["Background"].inputs[1].default_value = SKY_POWER
    scene.world = world
    scene.render.resolution_x, scene.render.resolution_y = job["width"], job["height"]
    scene.render.resolution_percentage = 100


def render(picture, samples):
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.device = "CPU"
    scene.cycles.samples = samples
    scene.cycles.use_denoising = True
    if not hasattr(bpy.app.build_options, "openimagedenoise") or not bpy.app.build_options.openimagedenoise:
        scene.cycles.use_denoising = False
    scene.render.threads_mode, scene.render.threads = "FIXED", 2
    scene.view_settings.view_transform = "Standard"
    scene.render.image_settings.file_format = "PNG"
    scene.render.filepath = os.path.abspath(picture)
    bpy.ops.render.render(write_still=True)



main()
