"""Objects that tell nothing of two sources, as everybody has them: layers that the test of objects leaves out."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, I64
from inchorus.relate.sharing_units import Units

HOUR = 3600.0
DAY = 24 * HOUR
MANY = 8  # sources at least: fewer may be a group, whatever part of all they are
EVERYBODY = 0.5  # of the sources that have any object; with a quarter, a group of ten among forty would be set aside


def object_layers(u: Units, sources: int) -> dict[str, BOOL]:
    """By the names of `labels.OBJECT_LAYERS`, which objects (by number) are in the layer; each is in one at most.

    `sources` is how many have any object at all, if only one of their own: those who share with others may be a group.

    >>> n = 9
    >>> u = Units(np.arange(n, dtype=np.int32), np.arange(n) * 60.0, np.arange(n), np.zeros(n, np.int32), np.arange(n))
    >>> {name: int(which.sum()) for name, which in object_layers(u, 12).items()}
    {'one hour': 1, 'one day': 0, "everybody's": 0}
    """
    objects = int(u.object.max(initial=-1)) + 1
    users = np.bincount(u.object, minlength=objects)
    first, last = np.full(objects, np.inf), np.full(objects, -np.inf)
    when = u.time[u.unit]
    np.minimum.at(first, u.object, when)
    np.maximum.at(last, u.object, when)
    popular = (users >= MANY) & (users > EVERYBODY * sources)
    hour, day = last - first <= HOUR, last - first <= DAY
    return {"one hour": popular & hour, "one day": popular & day & ~hour, "everybody's": popular & ~day}


def without(u: Units, layers: dict[str, BOOL]) -> Units:
    """The units without the objects of the layers: who was there stays as it was, what they have in common does not."""
    if not len(u.object):
        return u
    stay = ~np.any(list(layers.values()), axis=0)[u.object]
    return u._replace(object=u.object[stay], unit=u.unit[stay])


def numbers(layers: dict[str, BOOL]) -> dict[str, I64]:
    """The numbers of the objects of each layer that has any."""
    return {name: np.flatnonzero(which) for name, which in layers.items() if which.any()}
