"""Damage to plain bytes, to JSON and to text headers: one seeded change at a time."""

import copy
import json
from random import Random

NUMBERS = (
    -1,
    0,
    1,
    2,
    3,
    7,
    127,
    128,
    255,
    256,
    32767,
    65535,
    65536,
    2**31 - 1,
    2**31,
    2**32,
    2**63,
)
WORDS = (
    *(str(number) for number in NUMBERS),
    *("", " ", "NaN", "inf", "-inf", "1e999", "-0.0", "1e-320", "0x10", "1/0", "true", "nan nan"),
    *("../x", "/", "\\", "\0", "%s", "\u0665", "\U0001f9b4", "a" * 300, "A" * 5000),
)
VALUES = (
    *(None, True, False, "", [], {}, 0.5, -0.5, 1e-320, 1e308, -1e308, [None], {"": None}),
    *NUMBERS,
    *WORDS,
)


def damaged_bytes(data: bytes, rng: Random) -> bytes:
    """One change: bytes flipped, set, cut away, put in, moved; or the end lost."""
    if not data:
        return bytes([rng.randrange(256)])
    content = bytearray(data)
    # Most damage near the front, where headers lie.
    place = int(rng.random() ** 3 * len(content))
    length = min(len(content) - place, 1 + int(rng.random() ** 4 * 400))
    kind = rng.randrange(7)
    if kind == 0:
        content[place] ^= 1 << rng.randrange(8)
    elif kind == 1:
        content[place] = rng.randrange(256)
    elif kind == 2:
        del content[place:]
    elif kind == 3:
        del content[place : place + length]
    elif kind == 4:
        content[place:place] = rng.randbytes(length)
    elif kind == 5:
        source = rng.randrange(len(content))
        content[place:place] = content[source : source + length]
    else:
        width = rng.choice((1, 2, 4, 8))
        number = rng.choice(NUMBERS) % 256**width
        content[place : place + width] = number.to_bytes(width, rng.choice(("little", "big")))
    return bytes(content)


def damaged_text(data: bytes, rng: Random) -> bytes:
    """One change to lines of text: a line lost, doubled, moved, cut; or a word of it replaced."""
    lines = data.split(b"\n")
    number = rng.randrange(len(lines))
    kind = rng.randrange(6)
    if kind == 0:
        del lines[number]
    elif kind == 1:
        lines.insert(rng.randrange(len(lines) + 1), lines[number])
    elif kind == 2:
        lines[number] = lines[number][: rng.randrange(len(lines[number]) + 1)]
    else:
        words = lines[number].split(b" ")
        words[rng.randrange(len(words))] = rng.choice(WORDS).encode()
        lines[number] = b" ".join(words)
    return b"\n".join(lines)


def damaged_json(data: bytes, rng: Random) -> bytes:
    """One change to a JSON text: a value replaced, a member lost, renamed, copied; or its bytes."""
    if rng.random() < 0.2:
        return damaged_bytes(data, rng)
    try:
        return changed_json(json.loads(data), rng)
    except (ValueError, IndexError, RecursionError):
        return damaged_bytes(data, rng)


def changed_json(content: object, rng: Random) -> bytes:
    """One member of a JSON value changed, as text."""
    places = list(places_within(content))
    holder, key = rng.choice(places)
    other, other_key = rng.choice(places)
    kind = rng.randrange(8)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder[key] = copy.deepcopy(other[other_key])
    elif kind == 2 and isinstance(holder, dict):
        holder[rng.choice(WORDS)] = holder.pop(key)
    elif kind == 3:
        holder[key] = [holder[key]] * rng.choice((1, 2, 9, 70))
    elif kind == 4:
        holder[key] = "<nested>"
        depth = rng.choice((5, 900, 20_000))
        return json.dumps(content).encode().replace(b'"<nested>"', b"[" * depth + b"]" * depth)
    else:
        holder[key] = rng.choice(VALUES)
    return json.dumps(content, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")


def places_within(content: object):
    """Every member of every object and list, as its holder and key."""
    members = []
    if isinstance(content, dict):
        members = list(content.items())
    elif isinstance(content, list):
        members = list(enumerate(content))
    for key, value in members:
        yield content, key
        yield from places_within(value)


def several(change, data: bytes, rng: Random, more: float = 0.4) -> bytes:
    """At least one change, and another each time with this probability."""
    data = change(data, rng)
    while rng.random() < more:
        data = change(data, rng)
    return data
