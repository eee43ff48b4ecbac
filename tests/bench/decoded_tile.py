"""Reads a vector tile byte by byte, apart from every library under measure, and says what is wrong with it.

The format's rules are MVT 2.1's (clauses named in the complaints); validity of polygons is GEOS', asked through its C
library by ctypes so that no package is needed for it.
"""

import ctypes
import ctypes.util
import struct
from dataclasses import dataclass, field


class BrokenTile(Exception):
    """Bytes that are no vector tile."""


@dataclass
class Feature:
    kind: int                                     # 1 point, 2 line, 3 polygon
    number: int = 0                               # the feature id
    properties: dict = field(default_factory=dict)
    polygons: list = field(default_factory=list)  # each a list of rings, the shell first, not closed
    faults: list = field(default_factory=list)    # what MVT 2.1 forbids


@dataclass
class Layer:
    name: str = ""
    extent: int = 4096
    features: list = field(default_factory=list)


def _varint(data, place):
    value = shift = 0
    while True:
        if place >= len(data):
            raise BrokenTile("a number is cut off")
        byte = data[place]
        place += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, place
        shift += 7


def _fields(data):
    """(number, wire type, value) of each field of a Protobuf message."""
    place = 0
    while place < len(data):
        key, place = _varint(data, place)
        wire = key & 7
        if wire == 0:
            value, place = _varint(data, place)
        elif wire in (1, 5):
            size = 8 if wire == 1 else 4
            value, place = data[place:place + size], place + size
        elif wire == 2:
            size, place = _varint(data, place)
            value, place = data[place:place + size], place + size
            if len(value) != size:
                raise BrokenTile("a message is cut off")
        else:
            raise BrokenTile(f"wire type {wire}")
        yield key >> 3, wire, value


def _packed(data):
    values, place = [], 0
    while place < len(data):
        value, place = _varint(data, place)
        values.append(value)
    return values


def _unzigzag(value):
    return (value >> 1) ^ -(value & 1)


def _value(data):
    for number, _, value in _fields(data):
        if number == 1:
            return value.decode()
        if number in (2, 3):
            return struct.unpack("<f" if number == 2 else "<d", value)[0]
        if number == 4:
            return value - (1 << 64) if value >> 63 else value
        return _unzigzag(value) if number == 6 else bool(value) if number == 7 else value
    raise BrokenTile("a value without a value")


def doubled_area(ring):
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]))


def _read_polygons(feature, commands):
    """§4.3.4.4: rings of positive area begin a polygon, those of negative area are holes of the one before."""
    x = y = place = 0
    ring = []
    while place < len(commands):
        command, count = commands[place] & 7, commands[place] >> 3
        place += 1
        if command == 7:
            if count != 1:
                feature.faults.append("§4.3.3.3: ClosePath must have count 1")
            if len(ring) < 3:
                feature.faults.append("§4.3.4.4: a ring of fewer than three points")
            area = doubled_area(ring)
            if area == 0:
                feature.faults.append("§4.3.4.4: a ring without area")
            elif area > 0:
                feature.polygons.append([ring])
            elif feature.polygons:
                feature.polygons[-1].append(ring)
            else:
                feature.faults.append("§4.3.4.4: a hole without a shell")
            ring = []
            continue
        if command not in (1, 2):
            raise BrokenTile(f"command {command}")
        if command == 1 and (count != 1 or ring):
            feature.faults.append("§4.3.4.4: a ring must begin with one MoveTo")
        for _ in range(count):
            if place + 2 > len(commands):
                raise BrokenTile("a command without its parameters")
            dx, dy = _unzigzag(commands[place]), _unzigzag(commands[place + 1])
            place += 2
            if command == 2 and dx == 0 and dy == 0:
                feature.faults.append("§4.3.3.2: LineTo goes nowhere")
            x, y = x + dx, y + dy
            ring.append((x, y))
    if ring:
        feature.faults.append("§4.3.4.4: a ring without ClosePath")


def _read_feature(data, keys, values):
    feature, tags, commands = Feature(0), [], []
    for number, _, value in _fields(data):
        if number == 1:
            feature.number = value
        elif number == 2:
            tags += _packed(value)
        elif number == 3:
            feature.kind = value
        elif number == 4:
            commands += _packed(value)
    if len(tags) % 2 or any(k >= len(keys) for k in tags[::2]) or any(v >= len(values) for v in tags[1::2]):
        feature.faults.append("§4.4: tags that name no key or value")
    else:
        feature.properties = {keys[k]: values[v] for k, v in zip(tags[::2], tags[1::2])}
    if feature.kind == 3:
        _read_polygons(feature, commands)
    return feature


def layers_of(data):
    """The layers of a tile. Raises BrokenTile where the bytes are none."""
    layers = []
    for number, _, message in _fields(data):
        if number != 3:
            continue
        layer, keys, values, features = Layer(), [], [], []
        for part, _, value in _fields(message):
            if part == 1:
                layer.name = value.decode()
            elif part == 2:
                features.append(value)
            elif part == 3:
                keys.append(value.decode())
            elif part == 4:
                values.append(_value(value))
            elif part == 5:
                layer.extent = value
        layer.features = [_read_feature(feature, keys, values) for feature in features]
        layers.append(layer)
    return layers


class Geos:
    """Validity and area of polygons in tile units, as GEOS computes them."""

    def __init__(self):
        name = ctypes.util.find_library("geos_c") or "libgeos_c.so.1"
        self.library = library = ctypes.CDLL(name)
        pointer, byte = ctypes.c_void_p, ctypes.c_char
        library.GEOS_init_r.restype = pointer
        library.GEOSGeomFromWKB_buf_r.restype = pointer
        library.GEOSGeomFromWKB_buf_r.argtypes = [pointer, ctypes.c_char_p, ctypes.c_size_t]
        library.GEOSisValid_r.restype = byte
        library.GEOSisValid_r.argtypes = [pointer, pointer]
        library.GEOSArea_r.argtypes = [pointer, pointer, ctypes.POINTER(ctypes.c_double)]
        library.GEOSGeom_destroy_r.argtypes = [pointer, pointer]
        self.context = pointer(library.GEOS_init_r())

    def verdict(self, polygons):
        """(whether the multipolygon is valid, its area)."""
        parts = [struct.pack("<BII", 1, 6, len(polygons))]
        for rings in polygons:
            parts.append(struct.pack("<BII", 1, 3, len(rings)))
            for ring in rings:
                flat = [float(number) for point in ring + ring[:1] for number in point]
                parts.append(struct.pack(f"<I{len(flat)}d", len(ring) + 1, *flat))
        wkb = b"".join(parts)
        geometry = self.library.GEOSGeomFromWKB_buf_r(self.context, wkb, len(wkb))
        if not geometry:
            return False, 0.0
        area = ctypes.c_double()
        self.library.GEOSArea_r(self.context, geometry, ctypes.byref(area))
        valid = self.library.GEOSisValid_r(self.context, geometry) == b"\1"
        self.library.GEOSGeom_destroy_r(self.context, geometry)
        return valid, area.value


@dataclass
class Verdict:
    """What decoding many tiles found; `empty` names the tiles without a feature: a fast empty tile is a failure."""

    tiles: int = 0
    bytes: int = 0
    features: int = 0
    vertices: int = 0
    invalid: int = 0
    faults: dict = field(default_factory=dict)
    empty: list = field(default_factory=list)
    features_of: dict = field(default_factory=dict)

    @property
    def valid_share(self):
        return 1 - self.invalid / self.features if self.features else 0.0


def verdict_on(tiles):
    """Decodes tiles, given as {(zoom, column, row): bytes}."""
    geos, found = Geos(), Verdict()
    for place, data in tiles.items():
        found.tiles += 1
        found.bytes += len(data)
        features = [feature for layer in layers_of(data) for feature in layer.features]
        found.features += len(features)
        found.features_of[place] = len(features)
        if not features:
            found.empty.append(place)
        for feature in features:
            found.vertices += sum(len(ring) for rings in feature.polygons for ring in rings)
            for fault in feature.faults:
                found.faults[fault] = found.faults.get(fault, 0) + 1
            if feature.faults or not geos.verdict(feature.polygons)[0]:
                found.invalid += 1
    return found
