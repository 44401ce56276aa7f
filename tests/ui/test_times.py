from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inchorus.ui.times import apart, earlier

MOMENTS = st.tuples(
    st.datetimes(datetime(2024, 1, 1), datetime(2024, 1, 3), timezones=st.just(UTC)),
    st.sampled_from(["second", "minute", "hour", "day"]),
)
SPANS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}


@given(MOMENTS, MOMENTS)
def test_one_is_earlier_only_if_its_span_ends_before_the_other_begins(
    a: tuple[datetime, str], b: tuple[datetime, str]
) -> None:
    found = earlier(a, b)
    assert (found == -1) == (a[0] + SPANS[a[1]] <= b[0])
    assert earlier(b, a) == -found if found is not None else False


def test_without_a_time_nothing_is_said() -> None:
    assert earlier((None, None), (datetime(2024, 1, 1), "day")) is None
    assert apart((None, None), (datetime(2024, 1, 1), "day")) == ""


def test_how_far_apart() -> None:
    start = datetime(2024, 1, 1, 23, 59)
    assert apart((start, "second"), (start + timedelta(seconds=119), "second")) == "119 seconds"
    assert apart((start, "second"), (start + timedelta(minutes=119), "second")) == "119 minutes"
    assert apart((start, "second"), (start + timedelta(hours=47), "minute")) == "47 hours"
    assert apart((start, "second"), (start + timedelta(days=3000), "minute")) == "3,000 days"
    assert apart((start, "minute"), (start + timedelta(seconds=60), "minute")) == "1 minute"
    assert apart((start + timedelta(seconds=50), "second"), (start + timedelta(seconds=60), "minute")) == "1 minute"
    assert apart((start, "day"), (start + timedelta(minutes=2), "second")) == "1 day"
    assert apart((start, "hour"), (start + timedelta(minutes=2), "second")) == "1 hour"
