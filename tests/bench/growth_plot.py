"""Draws how things grow with the number of polygons: both axes logarithmic, one line a quantity, n log n beside them."""

import math
import statistics

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 440, 70, 190, 20, 50
# Blue, vermilion, green and violet that the colour-blind tell apart, and grey for the reference.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")


def series(sizes):
    """{name with unit: [(polygons, value)]}."""
    ordered = sorted(sizes.values(), key=lambda size: size["polygons"])
    lines = {"load, s": [(s["polygons"], s["load_ms"] / 1000) for s in ordered],
             "resident memory, GB": [(s["polygons"], s["resident_kb"] / 1e6) for s in ordered]}
    for zoom in ("6", "10", "14"):
        lines[f"cold tile z{zoom}, ms"] = [(s["polygons"], s["cold_ms"][zoom]) for s in ordered if zoom in s["cold_ms"]]
    lines["hot request, us"] = [(s["polygons"], statistics.median(s["hot_us"])) for s in ordered if s.get("hot_us")]
    return {name: points for name, points in lines.items() if points}


def svg(sizes):
    lines = series(sizes)
    counts = [count for points in lines.values() for count, _ in points]
    values = [value for points in lines.values() for _, value in points]
    left, right = math.floor(math.log10(min(counts))), math.ceil(math.log10(max(counts)))
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    right, high = max(right, left + 1), max(high, low + 1)

    def place(count, value):
        x = LEFT + (math.log10(count) - left) / (right - left) * (WIDTH - LEFT - RIGHT)
        y = HEIGHT - BOTTOM - (math.log10(value) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)
        return f"{x:.1f}", f"{y:.1f}"

    def line(points, style):
        return '<polyline fill="none" ' + style + ' points="' + " ".join(",".join(place(*point)) for point in points) + '"/>'

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    for power in range(low, high + 1):
        x, y = place(10**left, 10.0**power)
        parts += [f'<line x1="{x}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="#ddd"/>',
                  f'<text x="{LEFT - 8}" y="{y}" text-anchor="end" dominant-baseline="middle">{10.0**power:g}</text>']
    for power in range(left, right + 1):
        x, y = place(10**power, 10.0**low)
        parts += [f'<line x1="{x}" y1="{TOP}" x2="{x}" y2="{y}" stroke="#ddd"/>',
                  f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>']
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">polygons</text>')
    first = lines["load, s"][0]
    reference = [(count, first[1] * count * math.log(count) / (first[0] * math.log(first[0]))) for count, _ in lines["load, s"]]
    parts.append(line([(c, v) for c, v in reference if v <= 10.0**high], 'stroke="#888" stroke-dasharray="4 4"'))
    parts.append(f'<text x="{WIDTH - RIGHT + 12}" y="{TOP + 12}" fill="#666">- - -  n log n from the first load</text>')
    for number, (name, points) in enumerate(lines.items()):
        colour = COLOURS[number]
        parts.append(line(points, f'stroke="{colour}" stroke-width="2"'))
        for point in points:
            x, y = place(*point)
            parts.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 12}" y="{TOP + 34 + 20 * number}" fill="{colour}">{name}</text>')
    return "\n".join(parts + ["</svg>", ""])
