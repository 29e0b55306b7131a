"""Curves as SVG: a title, axes with units, a line with markers for each series, named at its end."""
import html
import math

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 84, 176, 56, 66
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")  # told apart by the colour-blind too (Okabe and Ito)
INK, GRID = "#333333", "#dddddd"


class Axis:
    """Maps values to pixels; logarithmic axes carry their own values as ticks, others round numbers from 0."""

    def __init__(self, values, begin, end, logarithmic):
        self.begin, self.end, self.logarithmic = begin, end, logarithmic
        if logarithmic:
            self.low, self.high = math.log(min(values)), math.log(max(values))
            self.ticks = sorted(set(values))
        else:
            step = round_step(max(values) / 5)
            self.ticks = [step * i for i in range(math.ceil(max(values) / step) + 1)]
            self.low, self.high = 0, self.ticks[-1]

    def pixel(self, value):
        place = math.log(value) if self.logarithmic else value
        share = (place - self.low) / ((self.high - self.low) or 1)
        return self.begin + share * (self.end - self.begin)


def round_step(rough):
    """The next of 1, 2, 2.5, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)


def number(value):
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:g}"


def text(x, y, words, anchor="middle", size=13, colour=INK, extra=""):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"{extra}>'
            f"{html.escape(words)}</text>")


def line(x1, y1, x2, y2, colour):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def spread(places, least=17):
    """Heights of the series' names, moved down where one would cover the one above."""
    heights, last = {}, -math.inf
    for name, height in sorted(places, key=lambda place: place[1]):
        heights[name] = last = max(height, last + least)
    return heights


def chart(title, x_label, y_label, series, log_x=True):
    """`series` maps a name to (x, y) pairs, sorted by x. Heights begin at 0."""
    points = [point for line_points in series.values() for point in line_points]
    x_axis = Axis([x for x, _ in points], LEFT, WIDTH - RIGHT, log_x)
    y_axis = Axis([y for _, y in points], HEIGHT - BOTTOM, TOP, False)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
             f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
             text(LEFT, 30, title, anchor="start", size=16, extra=' font-weight="bold"')]
    for tick in y_axis.ticks:
        y = y_axis.pixel(tick)
        parts += [line(LEFT, y, WIDTH - RIGHT, y, GRID), text(LEFT - 8, y + 4, number(tick), anchor="end")]
    for tick in x_axis.ticks:
        x = x_axis.pixel(tick)
        parts += [line(x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 5, INK),
                  text(x, HEIGHT - BOTTOM + 20, number(tick))]
    parts += [line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, INK),
              text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 18, x_label),
              text(22, (TOP + HEIGHT - BOTTOM) / 2, y_label,
                   extra=f' transform="rotate(-90 22 {(TOP + HEIGHT - BOTTOM) / 2:.1f})"')]
    names = spread([(name, y_axis.pixel(found[-1][1])) for name, found in series.items()])
    for colour, (name, found) in zip(COLOURS, series.items()):
        places = [(x_axis.pixel(x), y_axis.pixel(y)) for x, y in found]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places]
        parts.append(text(places[-1][0] + 10, names[name] + 4, name, anchor="start", colour=colour))
    return "\n".join([*parts, "</svg>"]) + "\n"
