"""The panel: one row a place, indicator, definition and date, with the promise of one horizon. Pure: no session."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from models.gaps.series import MORE_EXACT, SURER
from models.rows import Row
from models.targets.reading import GapView

ONE_VALUE = ["place", "indicator", "definition", "period_kind", "period_end"]
VALUE = [*ONE_VALUE, "place_name", "indicator_name", "key", "value", "unit", "value_kind", "qualifier"]
VALUE += ["publisher", "known_on", "source_title", "source_url", "published_on"]
PROMISE = ["programme", "horizon", "comparator", "low", "high", "clause", "target_definition"]
JUDGED = ["status", "flags", "gap", "percent", "needed_per_year", "actual_per_year"]
OF_PLACE = ["place", "place_name", "indicator", "indicator_name"]
COLUMNS = [*OF_PLACE, "definition", "period_kind", "period_end", "value", "unit", "value_kind", "qualifier"]
COLUMNS += [*PROMISE, "is_latest", *JUDGED, "publisher", "known_on", "source_title", "source_url", "key"]


def panel_frame(values: Sequence[Row], views: Sequence[GapView], promises: Sequence[Row]) -> pd.DataFrame:
    """`values` are rows of published values, `views` gaps of one horizon and `promises` the rows of the same gaps.

    Of several sources of one date the one that stands in the promise's series comes first, then the surer, the more
    exact and the later published. A promise stands beside the values comparable with it; its gap and status only
    beside the one that decided them (`is_latest`), as the gap arithmetic says. A promise without a value is a row
    without a date. What is unknown is None, never zero.
    """
    held = _held(views, promises)
    published = _one_a_date(pd.DataFrame(list(values), columns=VALUE, dtype=object), set(held["key"].dropna()))
    beside = published.merge(held.drop(columns=[*OF_PLACE, "unit", "definition"]), on="key", how="left")
    without = held[held["key"].isna()]
    frame = pd.concat([beside, without]) if len(without) else beside
    frame = frame.sort_values([*ONE_VALUE, "programme"], key=_as_text, kind="stable")[COLUMNS].reset_index(drop=True)
    return frame.astype(object).where(frame.notna(), None)


def _held(views: Sequence[GapView], promises: Sequence[Row]) -> pd.DataFrame:
    """Each promise as often as it has comparable values, by their key; once without a key where it has none."""
    kept = [*OF_PLACE, "unit", "definition", *PROMISE, *JUDGED]
    rows = []
    for view, promise in zip(views, promises, strict=True):
        told = {name: promise[name] for name in kept}
        latest = view.gap.latest
        open_ones = told | dict.fromkeys(JUDGED)
        for point in view.gap.series.points:
            is_latest = latest is not None and point.key == latest.key
            rows.append((told if is_latest else open_ones) | {"key": point.key, "is_latest": is_latest})
        if latest is None:
            rows.append(told | {"key": None, "is_latest": False})
    return pd.DataFrame(rows, columns=[*kept, "key", "is_latest"], dtype=object)


def _one_a_date(values: pd.DataFrame, comparable: set[str]) -> pd.DataFrame:
    order = values.assign(
        stands=values["key"].isin(comparable),
        surer=values["value_kind"].map(SURER),
        exact=values["qualifier"].map(MORE_EXACT),
        later=_as_text(values["published_on"]),
    )
    best = order.sort_values(["stands", "surer", "exact", "later", "key"]).drop_duplicates(ONE_VALUE, keep="last")
    return best[VALUE]


def _as_text(column: pd.Series) -> pd.Series:
    return column.where(column.notna(), "").astype(str)
