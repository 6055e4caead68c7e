"""Turns a sequence of EXR files into JPEG previews, with the colour management of the loaded blend file.

Run by Blender: ... --python exr_sequence_to_jpeg.py -- --exr-glob GLOB --output-pattern PATTERN
"""

import argparse
import fnmatch
import pathlib
import re
import sys

import bpy


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--exr-glob", required=True)
    parser.add_argument("--output-pattern", required=True)
    return parser.parse_args(sys.argv[sys.argv.index("--") + 1:])


def frame_number(path):
    digits = re.search(r"(\d+)$", path.stem)
    if not digits:
        raise ValueError(f"no frame number at the end of the name of {path}")
    return int(digits.group(1))


def exr_files(glob):
    names = sorted(path.name for path in glob.parent.iterdir())
    files = [glob.parent / name for name in names if fnmatch.fnmatch(name, glob.name)]
    if not files:
        raise ValueError(f"no files match {glob}")
    return files


def strips(editor):
    return editor.strips if hasattr(editor, "strips") else editor.sequences


def main():
    args = arguments()
    glob = pathlib.Path(args.exr_glob)
    frames = {frame_number(path): path for path in exr_files(glob)}

    bpy.ops.scene.new(type="EMPTY")
    scene = bpy.context.scene
    editor = scene.sequence_editor_create()
    first = None
    for frame, path in sorted(frames.items()):
        strip = strips(editor).new_image(name=path.name, filepath=str(path), channel=1, frame_start=frame)
        first = first or strip
    size = first.elements[0]
    if size.orig_width and size.orig_height:
        scene.render.resolution_x = size.orig_width
        scene.render.resolution_y = size.orig_height
    scene.frame_start = min(frames)
    scene.frame_end = max(frames)

    render = scene.render
    render.resolution_percentage = 100
    render.use_sequencer = True
    render.use_overwrite = True
    render.use_file_extension = True
    render.filepath = str(glob.parent / args.output_pattern)
    render.image_settings.file_format = "JPEG"
    render.image_settings.quality = 90
    bpy.ops.render.render(animation=True, use_viewport=False)
    bpy.ops.wm.quit_blender()


main()
