"""The product's pages on the reviewed data: in a browser, built in a process, answered over the network, started."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

from benchmarks import browser, clean_clone, rates, servers
from benchmarks.report import Line, beside

NO_MEMORY = {"ANSWER_MEMORY_MB": "0"}


def browsing(folder: Path, env: dict[str, str]) -> Iterator[Line]:
    """Words, charts and bytes, cold and warm."""
    if browser.chromium() is None:
        yield Line("not measured", "no Chromium; install it or set CHROMIUM")
        return
    with servers.gunicorn(servers.PRODUCT, env) as address:
        write_bare_page(address, folder)
        cold, warm = browser.cold_and_warm(address)
        place, place_warm = browser.cold_and_warm(f"{address}/tinh/ninh-thuan?mo=tat-ca", charts=True)
        slow = browser.seconds_until(address, browser.WORDS, throttled=True)
        slow_place = browser.seconds_until(f"{address}/tinh/ninh-thuan?mo=tat-ca", browser.PICTURES, throttled=True)
    with servers.gunicorn(servers.BARE_PAGE, env) as address:
        bare, bare_warm = browser.cold_and_warm(address)
        bare_slow = browser.seconds_until(address, browser.WORDS, throttled=True)
    yield Line("overview, cold: words visible", f"{cold.words:.2f} s", f"{bare.words:.2f} s", "< 0.6 s")
    yield Line("overview, cold: transferred", _size(cold), _size(bare), "< 400 kB")
    yield Line("overview, warm: words visible", f"{warm.words:.2f} s", f"{bare_warm.words:.2f} s")
    yield Line("overview, warm: transferred", _size(warm), _size(bare_warm), "< 50 kB")
    yield Line("overview, throttled: words visible", f"{slow:.2f} s", f"{bare_slow:.2f} s")
    yield Line("province page, throttled: charts visible as pictures", f"{slow_place:.2f} s", f"{bare_slow:.2f} s")
    yield Line("province page, cold: words visible", f"{place.words:.2f} s")
    yield Line("province page, cold: charts visible as pictures", f"{place.pictures or 0:.2f} s")
    yield Line("province page, cold: transferred", _size(place), "", "< 400 kB")
    yield Line("province page, warm: charts visible as pictures", f"{place_warm.pictures or 0:.2f} s")
    yield Line("province page, warm: transferred", _size(place_warm), "", "< 50 kB")


def builds(folder: Path, _env: dict[str, str]) -> Iterator[Line]:
    """How often a second one worker can build the overview, step by step."""
    found = rates.builds(folder, servers.LOOKED_AT)
    yield Line("overview data from a loaded snapshot", f"{found.overview:.0f}/s", "", ">= 200/s")
    yield Line("... and the page as elements", f"{found.elements:.0f}/s")
    what = f"... and as HTML ({found.html_bytes / 1000:.0f} kB); yardstick: HTML of finished elements alone"
    yield beside(what, found.html, found.html_alone, unit="/s", expected=">= 200/s")
    yield Line("everything read from the database each time, to HTML", f"{found.with_loading:.1f}/s")
    yield Line("reading the database once (cached until the data changes)", f"{found.loading_ms:.0f} ms")


def answers(folder: Path, env: dict[str, str]) -> Iterator[Line]:
    """Over the network: kept answers, answers built each time, and the smallest ones Dash can give."""
    with servers.gunicorn(servers.BARE_DASH, env) as address:
        page, callback = rates.answers(address), callback_rate(address)
    with servers.gunicorn(servers.PRODUCT, {**env, **NO_MEMORY}) as address:
        write_bare_page(address, folder)
        built = rates.answers(address), rates.answers(f"{address}/api/v1/gaps.json")
    with servers.gunicorn(servers.PRODUCT, env) as address:
        kept = rates.answers(address), rates.answers(f"{address}/api/v1/gaps.json")
    whole = "`/` whole page as HTML"
    yield beside(f"{whole}, kept; yardstick: index of a bare Dash app", kept[0], page, unit="/s")
    yield beside(f"{whole}, kept; yardstick: a bare callback of Dash", kept[0], callback, unit="/s")
    yield beside(f"{whole}, kept; yardstick: built each time", kept[0], built[0], unit="/s")
    yield beside("`/api/v1/gaps.json`, kept; yardstick: built each time", kept[1], built[1], unit="/s")
    with servers.gunicorn(servers.BARE_PAGE, env) as address:
        yield Line("the bare page, for comparison", "", f"{rates.answers(address):.0f} /s")


def callback_rate(address: str) -> float:
    """The rate of the callback that a browser sends on its first view of the address; 0 where none is sent."""
    if browser.chromium() is None:
        return 0
    view, _ = browser.cold_and_warm(address, runs=1)
    return rates.answers(*view.callback) if view.callback else 0


def start(folder: Path, _env: dict[str, str]) -> Iterator[Line]:
    """From an empty database to a full one, and from a clone to the first page."""
    fresh = servers.environment(folder / "start")
    what = "`python -m etl init` again, nothing changed; yardstick: on an empty database"
    first, again = servers.init(fresh), servers.init(fresh)
    yield beside(what, again, first, unit="s", digits=2)
    clean_clone.first_page(folder / "warms-the-package-cache")
    seconds = clean_clone.first_page(folder / "clone")
    yield Line("`make run` from a clean clone of the last commit to the first page", f"{seconds:.0f} s", "", "< 90 s")


def write_bare_page(address: str, folder: Path) -> None:
    """The overview's words without styles and scripts, filled up to the same number of bytes."""
    with urlopen(address, timeout=20) as answer:
        whole = answer.read().decode()
    words = re.sub(r"<script.*?</script>|<link[^>]*>", "", whole, flags=re.DOTALL)
    missing = len(whole.encode()) - len(words.encode())
    words = words.replace("</body>", f"<!--{whole[: max(0, missing - 7)].replace('--', '  ')}--></body>")
    (folder / "bare.html").write_text(words, encoding="utf-8")


def _size(view: browser.PageLoad) -> str:
    return f"{view.bytes / 1000:.0f} kB, {view.requests} requests"
