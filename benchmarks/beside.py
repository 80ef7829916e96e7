"""The product beside other ways to show the same table; all of them read the same values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from benchmarks import browser, peers, rates, servers
from benchmarks.report import Line, beside
from benchmarks.web import NO_MEMORY, callback_rate
from models.base.database import make_engine

LOOKED_AT = date.fromisoformat(servers.LOOKED_AT)
TABLE = "document.querySelectorAll('table tr').length > 5"
CANVAS = 'document.querySelectorAll(\'[data-testid="stVegaLiteChart"] canvas, [data-testid="stVegaLiteChart"] svg\')'
PLOTS = "document.querySelectorAll('.js-plotly-plot .main-svg .scatterlayer')"
PLACE = f"/tinh/{peers.PLACE}"
LARGE = "/bieu-do/cam-ket/thanh-hoa-922-2023/htx_count"
HOW = ("", ", throttled")
Pair = tuple[float, float]  # seconds, plain and throttled


def beside_peers(folder: Path, env: dict[str, str]) -> Iterator[Line]:
    """Rates first, then a browser that waits, plain and throttled; without Datasette and Streamlit only plain Dash."""
    table = folder / "peer.sqlite3"
    engine = make_engine(env["DATABASE_URL"])
    peers.write_table(engine, table, LOOKED_AT)
    engine.dispose()
    yield from _dash_rates(table, env)
    try:
        yield from _rates(table, env)
    except peers.PeerMissingError as error:
        yield Line("Datasette and Streamlit", str(error))
    if browser.chromium() is None:
        yield Line("browser", "no Chromium; install it or set CHROMIUM")
        return
    yield from _waiting(table, env)


def _dash_rates(table: Path, env: dict[str, str]) -> Iterator[Line]:
    with servers.gunicorn(servers.PRODUCT, env) as address:
        page = rates.answers(address)
    with servers.gunicorn(peers.NAIVE, {**env, "PEER_TABLE": str(table)}) as address:
        naive = callback_rate(address)
    yield beside("overview, kept; yardstick: the callback of the plain Dash way", page, naive, unit="/s")


def _rates(table: Path, env: dict[str, str]) -> Iterator[Line]:
    with peers.datasette(table) as address:
        json = rates.answers(f"{address}/peer/gaps.json?_size=max&_shape=array")
    runs = peers.streamlit_rate(table, rates.SECONDS)
    with servers.gunicorn(servers.PRODUCT, env) as address:
        kept, page = rates.answers(f"{address}/api/v1/gaps.json"), rates.answers(address)
    with servers.gunicorn(servers.PRODUCT, {**env, **NO_MEMORY}) as address:
        built = rates.answers(address)
    yield beside("JSON of all gaps, kept; yardstick: Datasette's JSON", kept, json, unit="/s", expected="ratio >= 4")
    what = "overview, kept; yardstick: Streamlit's script alone, one process, no network"
    yield beside(what, page, runs, unit="/s", expected="ratio >= 10")
    yield beside("overview, built each time; the same yardstick", built, runs, unit="/s")


def _waiting(table: Path, env: dict[str, str]) -> Iterator[Line]:
    count = _charts(env)
    with servers.gunicorn(peers.NAIVE, {**env, "PEER_TABLE": str(table)}) as address:
        naive = _both(f"{address}/{peers.PLACE}", f"{PLOTS}.length >= {count}")
    with servers.gunicorn(servers.PRODUCT, env) as address:
        words, pictures = _both(address, browser.WORDS), _both(address + PLACE, browser.PICTURES)
        large = _both(address + LARGE, f"{PLOTS}.length >= 1")
    for how, ours, theirs in zip(HOW, pictures, naive, strict=True):
        what = f"charts of a province visible{how}; yardstick: the plain Dash way"
        yield beside(what, ours, theirs, unit="s", digits=2)
    with suppress(peers.PeerMissingError):  # said before
        yield from _others_waiting(table, count, words, pictures, large)


def _others_waiting(table: Path, count: int, words: Pair, pictures: Pair, large: Pair) -> Iterator[Line]:
    with peers.datasette(table) as address:
        shown = _both(f"{address}/peer/gaps?_size=100", TABLE)
    with peers.streamlit(table) as address:
        charts = _both(f"{address}/?place={peers.PLACE}", f"{CANVAS}.length >= {count}")
    for index, how in enumerate(HOW):
        what = f"overview's words visible{how}; yardstick: Datasette's table"
        yield beside(what, words[index], shown[index], unit="s", digits=2, expected="<= yardstick + 0.3 s")
        half = "ratio < 0.5" if how else ""
        what = f"charts of a province visible{how}; yardstick: Streamlit's"
        yield beside(what, pictures[index], charts[index], unit="s", digits=2, expected=half)
        what = f"one chart drawn large by plotly, on a page of its own{how}; the same yardstick"
        yield beside(what, large[index], charts[index], unit="s", digits=2)


def _both(address: str, shown: str) -> Pair:
    return (
        browser.seconds_until(address, shown, throttled=False),
        browser.seconds_until(address, shown, throttled=True),
    )


def _charts(env: dict[str, str]) -> int:
    """How many charts the province page has."""
    from urllib.request import urlopen

    with servers.gunicorn(servers.PRODUCT, env) as address, urlopen(address + PLACE, timeout=60) as answer:
        return int(answer.read().count(b'class="graph-frame"'))
