# Says which files the open .blend uses, one per line: "FLAMENCO " and a JSON list of [path as it is stored, absolute path].
import glob
import json
import os
import re

import bpy


def tell(stored, absolute):
    print("FLAMENCO " + json.dumps([stored, absolute]))


def several(path):
    """The files of a picture sequence or of a UDIM set."""
    if "<UDIM>" in path or "<UVTILE>" in path:
        return glob.glob(re.sub(r"<UDIM>|<UVTILE>", "*", glob.escape(path)))
    head, name = os.path.split(path)
    numbered = re.match(r"^(.*?)(\d+)(\.[^.]*)$", name)
    if not numbered:
        return [path]
    pattern = glob.escape(os.path.join(head, numbered.group(1))) + "*" + glob.escape(numbered.group(3))
    return [found for found in glob.glob(pattern)
            if re.match(r"^\d+$", os.path.basename(found)[len(numbered.group(1)):-len(numbered.group(3))])]


stored = bpy.utils.blend_paths(absolute=False, packed=False, local=False)
absolute = bpy.utils.blend_paths(absolute=True, packed=False, local=False)
for short, full in zip(stored, absolute):
    for path in (several(full) if "<UDIM>" in full or "<UVTILE>" in full else [full]):
        tell(short, os.path.normpath(path))
for picture in bpy.data.images:
    if picture.source == "SEQUENCE" and not picture.packed_file:
        for path in several(bpy.path.abspath(picture.filepath, library=picture.library)):
            tell(picture.filepath, os.path.normpath(path))
for movie in bpy.data.movieclips:
    if movie.source == "SEQUENCE":
        for path in several(bpy.path.abspath(movie.filepath, library=movie.library)):
            tell(movie.filepath, os.path.normpath(path))
