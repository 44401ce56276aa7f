"""The shares of a study of CooRTweet's four columns."""

from __future__ import annotations

import pyarrow as pa

from inchorus.study import Study


def shared_in(study: Study) -> pa.Table:
    """object_id, account_id, content_id and timestamp_share (seconds since 1970) of shares with object and time."""
    return study.sql(
        "SELECT object_id, source AS account_id, content_id::VARCHAR AS content_id,"
        " epoch_us(time) / 1e6 AS timestamp_share FROM documents WHERE time IS NOT NULL AND object_id IS NOT NULL"
    )
