"""How many processors this process may use: fer's own rule (src/core/processors.cpp), so that every side gets the same."""
import math
import os
import pathlib


def words(path):
    try:
        return path.read_text().split()
    except OSError:
        return []


def share(found):
    """Quota / period of two words; 0 where there is no limit: "max 100000", -1, or no such file."""
    try:
        quota_time, period = map(float, found)
    except ValueError:
        return 0
    return quota_time / period if quota_time > 0 and period > 0 else 0


def quota_of_version_2(group):
    return share(words(group / "cpu.max"))


def quota_of_version_1(group):
    return share(words(group / "cpu.cfs_quota_us") + words(group / "cpu.cfs_period_us"))


def smallest(limits):
    return min((limit for limit in limits if limit > 0), default=0)


def groups_from(mount, group):
    """The mount and every group below it down to `group`; one outside of what this process is shown ends them."""
    yield mount
    for part in filter(None, group.split("/")):
        if part == "..":
            return
        mount = mount / part
        yield mount


def quota(root="/"):
    """The processors that the control groups grant, the smallest from the own group to the root; 0: no limit."""
    root = pathlib.Path(root)
    mounts = root / "sys/fs/cgroup"
    limits = []
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        lines = []
    for line in lines:  # "0::/path" of version 2, "4:cpu,cpuacct:/path" of version 1
        if line.count(":") < 2:
            continue
        _, controllers, group = line.split(":", 2)
        if not controllers:
            limits += [quota_of_version_2(folder) for mount in (mounts, mounts / "unified")
                       for folder in groups_from(mount, group)]
        elif "cpu" in controllers.split(","):
            limits += [quota_of_version_1(folder) for mount in (mounts / controllers, mounts / "cpu")
                       for folder in groups_from(mount, group)]
    return smallest(limits)


def usable(root="/"):
    granted = len(os.sched_getaffinity(0))
    limit = quota(root)
    return math.ceil(limit) if 0 < limit < granted else granted
