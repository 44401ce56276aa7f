"""Add tables to a study that is there already."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from typing import Any

from inchorus.engine.folder import clear_leftovers, fsync_path, put_in_place, repair, workplace
from inchorus.engine.parquet import Rows, write_table
from inchorus.study import MANIFEST, Study, hash_file


def add_tables(study: Study, tables: Mapping[str, Rows], facts: Mapping[str, Any]) -> Study:
    """Write `tables` into the study, over those of the same names, and `facts` into its manifest.

    As with `write_study`, a kill at any moment leaves the study as it was or as it is to be.
    """
    target = study.path.resolve()
    clear_leftovers(target)
    new = workplace(target)
    try:
        new.mkdir()
        entries = dict(study.manifest["tables"])
        for name, entry in entries.items():
            if name not in tables:
                path = study.file(name)
                try:
                    (new / str(entry["file"])).hardlink_to(path)
                except OSError:  # another file system, or one without links
                    shutil.copyfile(path, new / str(entry["file"]))
        for name, rows in tables.items():
            path = new / f"{name}.parquet"
            count = write_table(path, name, rows)
            fsync_path(path)
            entries[name] = {"file": path.name, "rows": count, "sha256": hash_file(path)}
        full = {**study.manifest, **facts, "tables": entries}
        (new / MANIFEST).write_text(json.dumps(full, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        fsync_path(new / MANIFEST)
        put_in_place(new, target)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        repair(target)
        raise
    return Study(study.path, full)
