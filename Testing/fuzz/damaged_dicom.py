"""Damage to the elements of a DICOM file, which is then encoded again so that its lengths fit.

Only Explicit VR Little Endian (PS3.5 section 7.1.2) with stated lengths, as our own files have.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from random import Random

from Testing.fuzz.damage import NUMBERS, WORDS, damaged_bytes

PREAMBLE = 132
LONG = (b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"UC", b"UN", b"UR", b"UT", b"SV", b"UV")
KINDS = (*LONG, b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FD", b"FL", b"IS", b"LO", b"LT")
KINDS = (*KINDS, b"PN", b"SH", b"SL", b"SS", b"ST", b"TM", b"UI", b"UL", b"US", b"??", b"\0\0")
ITEM = b"\xfe\xff\x00\xe0"
SYNTAXES = (
    *("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2"),
    *("1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.70", "1.2.3"),
    *("1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.201", ""),
)


@dataclass
class Element:
    """One element: tag, value representation, and bytes or the items of a sequence."""

    tag: bytes
    kind: bytes
    value: "bytes | list[list[Element]]"


def parse(data: bytes) -> list[Element]:
    """The elements of a data set, in order."""
    elements, place = [], 0
    while place < len(data):
        tag, kind = data[place : place + 4], data[place + 4 : place + 6]
        head = 12 if kind in LONG else 8
        length = int.from_bytes(data[place + (8 if head == 12 else 6) : place + head], "little")
        value = data[place + head : place + head + length]
        elements.append(Element(tag, kind, parse_items(value) if kind == b"SQ" else value))
        place += head + length
    return elements


def parse_items(data: bytes) -> list[list[Element]]:
    """The items of a sequence."""
    items, place = [], 0
    while place < len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        items.append(parse(data[place + 8 : place + 8 + length]))
        place += 8 + length
    return items


def encode(elements: list[Element]) -> bytes:
    """The bytes of a data set."""
    return b"".join(map(encoded, elements))


def encoded(element: Element) -> bytes:
    """The bytes of one element."""
    value = element.value
    if not isinstance(value, bytes):
        inside = [encode(item) for item in value]
        value = b"".join(ITEM + len(one).to_bytes(4, "little") + one for one in inside)
    if element.kind in LONG:
        return element.tag + element.kind + b"\0\0" + len(value).to_bytes(4, "little") + value
    return element.tag + element.kind + (len(value) & 0xFFFF).to_bytes(2, "little") + value


def places_of(elements: list[Element]) -> Iterator[tuple[list[Element], int]]:
    """Every element, as its data set and its place there."""
    for place, element in enumerate(elements):
        yield elements, place
        if not isinstance(element.value, bytes):
            for item in element.value:
                yield from places_of(item)


def damaged_dicom(data: bytes, rng: Random) -> bytes:
    """A few elements changed; now and then the encoded bytes too."""
    elements = parse(data[PREAMBLE:])
    for _ in range(1 + int(rng.random() ** 3 * 5)):
        places = list(places_of(elements))
        if places:
            change_element(*rng.choice(places), places, rng)
    result = data[:PREAMBLE] + encode(elements)
    return damaged_bytes(result, rng) if rng.random() < 0.25 else result


def change_element(holder: list[Element], place: int, places: list, rng: Random) -> None:
    """One change to one element."""
    element = holder[place]
    other_holder, other_place = rng.choice(places)
    other = other_holder[other_place]
    kind = rng.randrange(10)
    if kind == 0:
        del holder[place]
    elif kind == 1:
        holder.insert(place, Element(element.tag, element.kind, element.value))
    elif kind == 2:
        element.kind = rng.choice(KINDS)
    elif kind == 3:
        element.tag = rng.choice((other.tag, rng.randbytes(4)))
    elif kind == 4:
        # A copy, so that a sequence never holds itself.
        holder[place] = Element(element.tag, element.kind, deepcopy(other.value))
    elif kind == 5:
        element.value = nested(element, rng.choice((3, 40, 600)))
        element.kind = b"SQ"
    elif isinstance(element.value, bytes):
        element.value = changed_value(element, rng)
    elif element.value:
        change_items(element.value, rng)


def nested(element: Element, depth: int) -> bytes:
    """Sequences within sequences of the same tag, as bytes."""
    head = element.tag + b"SQ\0\0"
    inside = b""
    for _ in range(depth):
        item = ITEM + len(inside).to_bytes(4, "little") + inside
        inside = head + len(item).to_bytes(4, "little") + item
    return ITEM + len(inside).to_bytes(4, "little") + inside


def changed_value(element: Element, rng: Random) -> bytes:
    """Another value of an element that is no sequence."""
    value = element.value
    if element.tag == b"\x02\x00\x10\x00":
        value = rng.choice(SYNTAXES).encode()
    elif element.kind in (b"US", b"SS", b"UL", b"SL", b"AT", b"FL", b"FD"):
        width = max(len(value), 2)
        value = (rng.choice(NUMBERS) % 256**width).to_bytes(width, "little")
    elif len(value) > 2000 or rng.random() < 0.3:
        value = damaged_bytes(value, rng)
    else:
        parts = value.decode("latin-1").split("\\")
        parts[rng.randrange(len(parts))] = rng.choice(WORDS)
        value = "\\".join(parts * rng.choice((1, 1, 1, 2))).encode("utf-8")
    return value + b" " * (len(value) % 2)


def change_items(items: list[list[Element]], rng: Random) -> None:
    """An item of a sequence lost, doubled, emptied, or their order turned."""
    place = rng.randrange(len(items))
    kind = rng.randrange(4)
    if kind == 0:
        del items[place]
    elif kind == 1:
        items.extend([deepcopy(items[place])] * rng.choice((1, 20)))
    elif kind == 2:
        items[place] = []
    else:
        items.reverse()
