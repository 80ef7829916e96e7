"""The style sheets of `assets/` as one file: a browser waits for every sheet before it paints the first word.

They are joined once a process, in the order of their names. The address holds a digest of what was joined, so
browsers may keep the file for good; what changes in a sheet is seen after the next start.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response

ENDPOINT = "style_sheet"
FOR_GOOD = "public, max-age=31536000, immutable"
_ASSETS = Path(__file__).parent.parent / "assets"


class ColourScheme(StrEnum):
    """What a page is looked at on; the value is the condition under which its tokens stand in the sheet."""

    LIGHT = ""
    DARK = "(prefers-color-scheme: dark)"
    PRINT = "print"


def typeface() -> list[Path]:
    """The files of the typeface; each bears a digest of itself in its name, so browsers may keep it for good."""
    return sorted(_ASSETS.glob("*.woff2"))


def preloads(root: str = "/") -> str:
    """Tags that have the typeface fetched beside the sheet, not after it: the first words are painted in it."""
    return "\n".join(
        f'<link rel="preload" href="{root}assets/{file.name}" as="font" type="font/woff2" crossorigin>'
        for file in typeface()
    )


@cache
def joined() -> str:
    """Every sheet, one after the other."""
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sorted(_ASSETS.glob("*.css")))


@cache
def tokens(scheme: ColourScheme) -> Mapping[str, str]:
    """The design tokens by their names without dashes, for what cannot ask the sheet: pictures, plotly, papers."""
    found: dict[str, str] = {}
    for condition, rules in re.findall(r"(?:@media ([^{]+?) *\{\s*)?:root *\{([^}]*)\}", joined()):
        if condition in (ColourScheme.LIGHT, scheme):
            found |= re.findall(r"--([\w-]+): *([^;]+);", rules)
    return found


@cache
def address() -> str:
    """Where the joined sheet is, from the root of the site; beside the assets, which it names by their bare names."""
    return f"/assets/all-{sha256(joined().encode()).hexdigest()[:16]}.css"


def serve_style_sheet(server: Flask) -> None:
    """Answer at the address of the joined sheet, and name what its typeface is on every machine."""
    mimetypes.add_type("font/woff2", ".woff2")

    @server.get(address(), endpoint=ENDPOINT)
    def send() -> Response:
        return Response(joined(), mimetype="text/css", headers={"Cache-Control": FOR_GOOD})
