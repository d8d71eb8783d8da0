"""Damage to volumes, pictures and archives where it gets past their checksums and compression."""

import gzip
import io
import zipfile
import zlib
from random import Random

from Testing.fuzz.damage import damaged_bytes, damaged_text

PNG_HEAD = 8


def damaged_image(data: bytes, rng: Random, name: str) -> bytes:
    """One change to a file of this name's format; to its bytes where it has none any more."""
    if rng.random() < 0.25:
        return damaged_bytes(data, rng)
    try:
        return damaged_inside(data, rng, name)
    except (OSError, EOFError, IndexError, zlib.error):
        return damaged_bytes(data, rng)


def damaged_inside(data: bytes, rng: Random, name: str) -> bytes:
    """One change that suits the format."""
    if name.endswith(".gz"):
        return gzip.compress(damaged_image(gzip.decompress(data), rng, name[:-3]), 1)
    if name.endswith((".nrrd", ".mha")):
        return damaged_header(data, rng, b"\n\n" if name.endswith("nrrd") else b"LOCAL\n")
    if name.endswith(".nii"):
        return damaged_bytes(data[:352], rng) + data[352:]
    if name.endswith(".png"):
        return damaged_png(data, rng)
    return damaged_bytes(data, rng)


def damaged_header(data: bytes, rng: Random, end: bytes) -> bytes:
    """A change to the text before the numbers."""
    header, mark, rest = data.partition(end)
    return damaged_text(header, rng) + mark + rest


def damaged_png(data: bytes, rng: Random) -> bytes:
    """A change to one chunk, its checksum made right again."""
    chunks, place = [], PNG_HEAD
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        chunks.append((data[place + 4 : place + 8], data[place + 8 : place + 8 + length]))
        place += 12 + length
    number = int(rng.random() * len(chunks))
    kind, content = chunks[number]
    what = rng.randrange(4)
    if what == 0:
        del chunks[number]
    elif what == 1:
        chunks.insert(rng.randrange(len(chunks) + 1), chunks[number])
    elif kind == b"IDAT" and what == 2:
        chunks[number] = kind, zlib.compress(damaged_bytes(zlib.decompress(content), rng))
    else:
        chunks[number] = kind, damaged_bytes(content, rng)
    written = [
        len(content).to_bytes(4, "big")
        + kind
        + content
        + zlib.crc32(kind + content).to_bytes(4, "big")
        for kind, content in chunks
    ]
    return data[:PNG_HEAD] + b"".join(written)


def damaged_zip(data: bytes, rng: Random) -> bytes:
    """A change to one file of an archive, packed again; or to the archive itself."""
    if rng.random() < 0.3:
        return damaged_bytes(data, rng)
    try:
        return damaged_content(data, rng)
    except (zipfile.BadZipFile, OSError, EOFError, IndexError, NotImplementedError, ValueError):
        return damaged_bytes(data, rng)


def damaged_content(data: bytes, rng: Random) -> bytes:
    """A change to one file of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    # The description is what decides; most damage goes there.
    described = [name for name in inside if name.endswith("data.pkl")]
    name = rng.choice(described if rng.random() < 0.7 else sorted(inside))
    if rng.random() < 0.1:
        del inside[name]
    else:
        inside[name] = damaged_bytes(inside[name], rng)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    return packed.getvalue()
