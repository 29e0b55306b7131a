"""Writes a fixture as JSON, one line a case, the same on every machine.

Strict JSON has no NaN and no infinity: they are written as the texts "nan", "inf" and "-inf".
"""
import json
import math
import pathlib

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "fixtures"


def plain(value):
    """The value with strict JSON in place of what JSON lacks."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def settled(old, new, near):
    """`new`, but with the old number wherever the two differ by less than processors and their libraries do."""
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        return {key: settled(old[key], new[key], near) for key in new}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [settled(a, b, near) for a, b in zip(old, new)]
    return old if type(old) is type(new) is float and near(old, new) else new


def write(name, fixture, relative=0.0, absolute=0.0):
    """`fixture` is {section: list of cases, or a single value}; a number that is as near to that of the file before as
    `relative` or `absolute` say stays as it was. `absolute` may be {section: limit}."""
    path = FIXTURES / name
    new = plain(fixture)
    if path.exists():
        old = json.loads(path.read_text())
        for section, value in new.items():
            limit = absolute.get(section, 0.0) if isinstance(absolute, dict) else absolute
            if section in old:
                new[section] = settled(old[section], value,
                                       lambda a, b: math.isclose(a, b, rel_tol=relative, abs_tol=limit))
    sections = []
    for key, value in new.items():
        if isinstance(value, list):
            text = "[\n" + ",\n".join(json.dumps(case) for case in value) + "\n]"
        else:
            text = json.dumps(value)
        sections.append(f"{json.dumps(key)}: {text}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{\n" + ",\n".join(sections) + "\n}\n")
