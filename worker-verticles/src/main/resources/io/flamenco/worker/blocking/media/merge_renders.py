"""Merges two renders of the same frames, each weighed by its number of samples.

Run by Blender: ... --python merge_renders.py -- JSON
The JSON names input1, input2, weight1, weight2, output, and for a sequence frame_start and frame_end.
Colour = (input1 * weight1 + input2 * weight2) / (weight1 + weight2); alpha and size are those of input1.
"""

import json
import sys

import bpy

order = json.loads(sys.argv[sys.argv.index("--") + 1])
first = order.get("frame_start", 1)
last = order.get("frame_end", first)
is_sequence = "frame_start" in order

scene = bpy.context.scene
for thing in list(bpy.data.objects):
    bpy.data.objects.remove(thing)
scene.render.engine = "CYCLES"
scene.use_nodes = True
nodes = scene.node_tree.nodes
links = scene.node_tree.links
nodes.clear()


def image_node(path):
    image = bpy.data.images.load(path)
    node = nodes.new("CompositorNodeImage")
    node.image = image
    if is_sequence:
        image.source = "SEQUENCE"
        node.frame_duration = last - first + 1
        node.frame_start = first
        node.frame_offset = first - 1
        node.use_auto_refresh = True
    return node


def value_node(value):
    node = nodes.new("CompositorNodeValue")
    node.outputs[0].default_value = value
    return node


def mix(operation, one, other):
    node = nodes.new("CompositorNodeMixRGB")
    node.blend_type = operation
    node.inputs[0].default_value = 1.0
    links.new(one, node.inputs[1])
    links.new(other, node.inputs[2])
    return node.outputs[0]


image1 = image_node(order["input1"])
image2 = image_node(order["input2"])
weight1 = value_node(order["weight1"])
weight2 = value_node(order["weight2"])
total = nodes.new("CompositorNodeMath")
total.operation = "ADD"
links.new(weight1.outputs[0], total.inputs[0])
links.new(weight2.outputs[0], total.inputs[1])
weighed1 = mix("MULTIPLY", image1.outputs[0], weight1.outputs[0])
weighed2 = mix("MULTIPLY", image2.outputs[0], weight2.outputs[0])
merged = mix("DIVIDE", mix("ADD", weighed1, weighed2), total.outputs[0])
composite = nodes.new("CompositorNodeComposite")
links.new(merged, composite.inputs[0])
links.new(image1.outputs["Alpha"], composite.inputs["Alpha"])

render = scene.render
render.use_compositing = True
render.use_sequencer = False
render.resolution_x, render.resolution_y = image1.image.size
render.resolution_percentage = 100
render.use_file_extension = True
render.use_overwrite = True
render.image_settings.file_format = "OPEN_EXR"
render.image_settings.color_mode = "RGBA"
render.image_settings.color_depth = "32"
render.image_settings.exr_codec = "ZIP"
render.filepath = order["output"]
scene.frame_start = first
scene.frame_end = last
scene.frame_set(first)
if is_sequence:
    bpy.ops.render.render(animation=True)
else:
    render.filepath = order["output"]
    render.use_file_extension = False
    bpy.ops.render.render(write_still=True)
bpy.ops.wm.quit_blender()
