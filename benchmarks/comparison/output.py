"""A comparison as text and as JSON."""
from comparison.measurement import judge


def number(value):
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3f}"


def side_line(name, side):
    if side.missing:
        return f"  {name:<42} {'FAILED' if side.failed else 'not measured'}: {side.missing}"
    text = f"  {name:<42} {number(side.median()):>10}"
    if len(side.values) > 1:
        spread = 100 * (max(side.values) - min(side.values)) / side.median()
        text += f"   {number(min(side.values))} .. {number(max(side.values))} ({spread:.1f} %)"
    if side.memory:
        text += f"   peak {max(side.memory):,.0f} MB"
    return text


def target_line(found):
    name = found["side"] + (f" / {found['over']}" if found["over"] else "")
    text = f"  {name:<54} "
    if "missing" in found:
        return text + f"not measured   {'target ' + found['target'] if found['target'] else ''}".rstrip()
    text += f"{number(found['value']):>8}"
    if found["low"] != found["high"]:
        text += f"   {number(found['low'])} .. {number(found['high'])}"
    if found["target"]:
        text += f"   target {found['target']}"
    if found["met"] is not None:
        text += "   met" if found["met"] else "   NOT MET"
    return text


def row_text(row, sides):
    """Sides first, then ratios, and plain values that have a bound."""
    lines = [f"{row.name}: {row.what}, {row.unit}"]
    lines += [side_line(name, side) for name, side in sides.items()]
    lines += [target_line(judge(target, sides)) for target in row.targets if target.over or target.bound()]
    return "\n".join(lines)


def row_json(row, sides):
    return {
        "name": row.name,
        "what": row.what,
        "unit": row.unit,
        "sides": {name: {"missing": side.missing, "failed": side.failed} if side.missing else {
            "median": side.median(), "values": side.values, "peak_rss_mb": side.memory, "details": side.details}
            for name, side in sides.items()},
        "targets": [judge(target, sides) for target in row.targets],
    }
