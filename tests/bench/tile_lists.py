#!/usr/bin/env python3
"""The tiles that are measured: a seeded choice with as many from each zoom as there are, where the land is.

    tile_lists.py [--place france|agglomeration] [--polygons N]      prints one "zoom column row" a line
"""

import argparse
import math
import random

from coverage import PLACES, UNIT, Coverage

# How many tiles, and from which zooms.
LISTS = {"france": (207, range(6, 15)), "agglomeration": (145, range(9, 17))}


def tile_of(longitude, latitude, zoom):
    """Zoom, column, row of the tile that holds a place."""
    count = 1 << zoom
    turn = math.asinh(math.tan(math.radians(latitude))) / math.pi
    return zoom, int((longitude + 180) / 360 * count), int((1 - turn) / 2 * count)


def tile_list(coverage, place):
    """Tiles that each hold a corner of some cell; low zooms give all they have, high ones the rest in equal parts."""
    wanted, zooms = LISTS[place]
    dice = random.Random(coverage.seed)
    tiles = []
    for left, zoom in zip(range(len(zooms), 0, -1), zooms):
        quota = (wanted - len(tiles)) // left
        chosen = {}
        for _ in range(40 * quota):
            cell = coverage.cells[int(dice.random() * len(coverage.cells))]
            x, y = coverage.corner(cell.column, cell.row)
            chosen.setdefault(tile_of(x / UNIT, y / UNIT, zoom), None)
            if len(chosen) == quota:
                break
        tiles += sorted(chosen)
    return tiles


def write_tile_list(tiles, path):
    with open(path, "w", encoding="ascii") as file:
        file.writelines(f"{zoom} {column} {row}\n" for zoom, column, row in tiles)


def read_tile_list(path):
    with open(path, encoding="ascii") as file:
        return [tuple(map(int, line.split())) for line in file]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--place", choices=sorted(PLACES), default="france")
    parser.add_argument("--polygons", type=int)
    options = parser.parse_args()
    for tile in tile_list(Coverage(options.place, options.polygons), options.place):
        print(*tile)
